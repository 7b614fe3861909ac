"""Write the generated pages of docs/, or check that they are what the declarations say now (``--check``)."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:  # run as a script
    sys.path.insert(0, str(ROOT))

from proof.table import table  # noqa: E402 - after the path

from lianxin.core.document import Document  # noqa: E402
from lianxin.formats import render  # noqa: E402
from lianxin.kinds import KIND, KINDS  # noqa: E402
from lianxin.reports.reference import reference, walk  # noqa: E402

DOCS = ROOT / "docs"
RELIABILITY = DOCS / "reliability.md"
STEPS = DOCS / "手册" / "办理步骤.md"

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


def _reliability() -> str:
    """The page with what the full runs found between its marks."""
    found = f"<!-- found -->\n\n{table()}\n\n<!-- end -->"
    text = RELIABILITY.read_text(encoding="utf-8")
    return re.sub(r"<!-- found -->.*<!-- end -->", lambda _: found, text, flags=re.DOTALL)


def _steps() -> str:
    """The page with the table of each life between its marks."""

    def drawn(mark: re.Match[str]) -> str:
        life = KIND[mark["kind"]].lifecycle
        made = _markdown(Document("", (walk(life),))) if life else ""
        rows = "\n".join(line for line in made.splitlines() if line.startswith("|"))
        return f"<!-- steps {mark['kind']} -->\n\n{rows}\n\n<!-- end -->"

    text = STEPS.read_text(encoding="utf-8")
    return re.sub(r"<!-- steps (?P<kind>\w+) -->.*?<!-- end -->", drawn, text, flags=re.DOTALL)


def _markdown(document: Document) -> str:
    made = render(document, "md")
    return made if isinstance(made, str) else made.decode()


def pages() -> dict[Path, str]:
    """Every generated page and its text."""
    commands = "# 命令\n\n由 `make golden` 生成。\n\n" + "\n".join(map(_help, HELPED))
    kinds = "、".join(kind.label for kind in KINDS)
    return {
        DOCS / "reference.md": _markdown(reference()),
        DOCS / "commands.md": commands + f"\n记录种类:{kinds}。\n",
        RELIABILITY: _reliability(),
        STEPS: _steps(),
    }


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
