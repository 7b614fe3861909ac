"""What a script gets back from a command that writes: ``{"schema", "commit", "as_of", "data"}``."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from lianxin.cli.session import Session


def written(commit: str) -> str:
    """The last line of what a command says that has written: its commit, and how to take it back."""
    return f"  提交 {commit[:10]}，撤销：lianxin undo\n" if commit else ""


def answer(session: Session, name: str, commit: str, data: Mapping[str, Any]) -> None:
    """Print one JSON object; keys are English, enumerated values Chinese."""
    clock = {"clock": session.machine.isoformat(" ", "minutes")} if session.tested[0] else {}
    made = {
        "schema": f"lianxin/{name}/1",
        "commit": commit,
        "as_of": session.now.date().isoformat(),
        **clock,
        "data": data,
    }
    sys.stdout.write(json.dumps(made, ensure_ascii=False, indent=2) + "\n")


def remarked(told: Sequence[str]) -> str:
    """What ``check`` will remark on in what was written, a line each."""
    return "".join(f"  提醒：{line}\n" for line in told)
