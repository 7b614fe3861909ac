"""What a script gets back from a command that writes: ``{"schema", "commit", "as_of", "data"}``."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from lianxin.cli.run.saying import tell
from lianxin.cli.run.session import Session
from lianxin.core.problem import Finding

if TYPE_CHECKING:
    from lianxin.core.declare.kind import Kind
    from lianxin.storage.book import LedgerBook


#: So many records that one is likely one with are told of.
_MOST = 3
#: Asked where an issue is to be whistled for and nobody has written down whom it calls.
NO_WHISTLE = "还没有写着这件问题的哨单，现在写一张吗？"


def written(commit: str) -> str:
    """The last line of what a command says that has written: how to take it back; off a terminal, its commit too."""
    if not commit:
        return ""
    return "  要撤销：lianxin undo\n" if sys.stdout.isatty() else f"  账本记号 {commit[:10]}，撤销：lianxin undo\n"


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


def begin_with(book: LedgerBook, kind: Kind | None) -> str:
    """What to do where nothing of a kind is entered yet; empty where something is, or only the tool enters it."""
    from lianxin.actions.entry.known import any_of

    if kind is None or all(spec.auto for spec in kind.fields) or any_of(book, kind):
        return ""
    return f"还没有登记过{kind.label}；登记第一条：lianxin {kind.name} add\n"


def remarked(told: Sequence[str]) -> str:
    """What ``check`` will remark on in what was written, a line each."""
    return "".join(f"  提醒：{line}\n" for line in told)


def cautions(session: Session, twins: Sequence[Finding], *, before: bool = False) -> list[str]:
    """What a record is likely one with, and what to do about it; for a pipe without names.

    Args:
        session: This run.
        twins: What it is likely one with.
        before: It is not written yet, and somebody is asked whether it is to be.
    """
    from lianxin.actions.veiled import veiled
    from lianxin.core.code import CODES

    veil = session.workspace().veil
    remedies = (CODES[twin.code].remedy for twin in twins)
    ways = [twin.before(way) if before else twin.remedy(way) for twin, way in zip(twins, remedies, strict=True)]
    said = ((twin.public if veil else twin.message, way) for twin, way in zip(twins, ways, strict=True))
    told = [f"请留意：{what}。{remedy}" for what, remedy in said][:_MOST]
    if told and veil:
        with session.book(quiet=True) as book:
            told = [veiled(book, one) for one in told]
    more = len(twins) - len(told)
    return [*told, f"还有 {more} 件也像，没有列出；都看：lianxin check"] if more else told


def warn(session: Session, twins: Sequence[Finding]) -> None:
    """Say what a record is likely one with, and what to do about it; to a pipe without names."""
    for one in cautions(session, twins):
        tell(f"{one}\n")
