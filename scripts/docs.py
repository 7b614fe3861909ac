"""Write the generated pages of docs/, or check that they are what the declarations say now (``--check``)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from lianxin.formats import render
from lianxin.kinds import KINDS
from lianxin.reports.reference import reference

DOCS = Path(__file__).resolve().parents[1] / "docs"

#: Commands whose --help is kept in the manual.
HELPED = ("", "check", "ledger", "handbook", "issue", "issue add", "issue assign")


def _help(words: str) -> str:
    environment = os.environ | {"COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}
    done = subprocess.run(
        [sys.executable, "-m", "lianxin", *words.split(), "--help"],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    text = "\n".join(line.rstrip() for line in done.stdout.strip().splitlines())
    return f"## lianxin {words}".rstrip() + f"\n\n```text\n{text}\n```\n"


def pages() -> dict[Path, str]:
    """Every generated page and its text."""
    made = render(reference(), "md")
    text = made if isinstance(made, str) else made.decode()
    commands = "# 命令\n\n由 `make golden` 生成。\n\n" + "\n".join(map(_help, HELPED))
    kinds = "、".join(kind.label for kind in KINDS)
    return {DOCS / "reference.md": text, DOCS / "commands.md": commands + f"\n记录种类:{kinds}。\n"}


def main() -> int:
    """Exit code 1 when ``--check`` finds a page out of date."""
    stale = [path for path, text in pages().items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if "--check" in sys.argv:
        for path in stale:
            print(f"{path.relative_to(DOCS.parent)} is out of date: run make golden")
        return 1 if stale else 0
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
