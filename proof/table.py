"""What full runs found: ``proof/results/NAME.json``, which ``docs/reliability.md`` shows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

RESULTS = Path(__file__).parent / "results"

#: The order in which the page shows them; others follow by name.
_ORDER = ("crash", "power", "soak", "desks", "fuzz")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes:
        measure: What was tried, in words that mean something to a reader.
        tried: How often.
        broken: How often a promise was broken.
        told: How it was sampled, what it leaves out; empty when there is nothing to say.
    """

    measure: str
    tried: int
    broken: int
    told: str = ""


def keep(name: str, rows: Sequence[Row], *, beside: bool = False) -> None:
    """Keep what a full run of a program found today.

    Args:
        name: The program.
        rows: All it found; of one part of it, where ``beside`` leaves what other parts found.
    """
    today = date.today().isoformat()
    path = RESULTS / f"{name}.json"
    found = (
        {row["项目"]: row for row in json.loads(path.read_text(encoding="utf-8"))} if beside and path.exists() else {}
    )
    for row in rows:
        found[row.measure] = {
            "项目": row.measure,
            "试了": row.tried,
            "违反": row.broken,
            "说明": row.told,
            "日期": today,
        }
    RESULTS.mkdir(exist_ok=True)
    path.write_text(json.dumps([*found.values()], ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _place(path: Path) -> tuple[int, str]:
    return (_ORDER.index(path.stem) if path.stem in _ORDER else len(_ORDER), path.stem)


def _lines() -> Iterator[str]:
    yield "| 试什么 | 试了 | 违反 | 说明 | 日期 |"
    yield "| --- | ---: | ---: | --- | --- |"
    for path in sorted(RESULTS.glob("*.json"), key=_place):
        for row in json.loads(path.read_text(encoding="utf-8")):
            cells = row["项目"], f"{row['试了']:,}", f"{row['违反']:,}", row["说明"], row.get("日期", "")
            yield f"| {' | '.join(cells)} |"


def table() -> str:
    """The table of all programs, as Markdown."""
    return "\n".join(_lines())
