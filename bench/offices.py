"""Many seeded offices with the nine packs in force, no two alike, and the list of them that a roll-up reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bench import words
from bench.county import generate_county
from lianxin.core.asset import asset


def packs() -> list[str]:
    """Every campaign that is shipped."""
    return sorted(path.name for path in asset("campaigns").iterdir() if path.is_dir())


def names(many: int) -> Iterator[str]:
    """What the offices are called."""
    for n in range(many):
        yield f"{words.village(n).removesuffix('村')}镇"


def generate_offices(folder: Path, many: int, *, issues: int = 12, visits: int = 24) -> None:
    """Make so many offices and ``offices.yaml`` in a new folder.

    Args:
        folder: To be made.
        many: How many.
        issues, visits: Of the first; each next one has a few more, and after seven it begins again.
    """
    folder.mkdir(parents=True)
    listed = ["名称: 岫水县", "单位:"]
    for n, name in enumerate(names(many)):
        more = n % 7
        generate_county(folder / name, issues + more * 3, visits + more * 5, seed=n + 1, campaigns=packs())
        listed += [f"- 名称: {name}", "  层级: 镇", f"  位置: {name}"]
    (folder / "offices.yaml").write_text("\n".join(listed) + "\n", encoding="utf-8")
