"""``bench/RESULTS.md``: what a whole run measured, on which machine, with which versions, and how it grows."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import re
import sqlite3
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_LIBRARIES = ("typer", "PyYAML", "pydantic-core", "msgspec", "XlsxWriter", "python-docx", "Jinja2", "textual")
#: From 16,400 to 46,700 issues a work may take so many times as long.
GROWTH = 3.1


@dataclass(slots=True)
class Results:
    """The tables of a run, as they were printed.

    Attributes:
        tables: Title, and rows with the heads first.
        seconds: Of each work, by how many issues there were.
    """

    tables: list[tuple[str, list[Sequence[str]]]] = field(default_factory=list)
    seconds: dict[str, dict[int, float]] = field(default_factory=dict)
    begun: float = field(default_factory=lambda: os.getloadavg()[0])

    def took(self, work: str, size: int, seconds: float) -> None:
        """Keep what a work took, for its growth."""
        self.seconds.setdefault(work, {})[size] = seconds

    def grown(self) -> Iterator[tuple[str, ...]]:
        """Each work that was measured at the two largest sizes: seconds, and how many times as long it takes."""
        sizes = sorted({size for found in self.seconds.values() for size in found})[-2:]
        for work, found in self.seconds.items():
            if len(sizes) == 2 and all(size in found for size in sizes):
                small, large = (found[size] for size in sizes)
                mark = "" if large / small <= GROWTH else " ✗"
                yield work, f"{small:.3f}", f"{large:.3f}", f"{large / small:.2f}{mark}"

    def write(self, page: Path | None, root: Path) -> None:
        """Write what is known by now, so that a run that is stopped leaves what it measured."""
        if page:
            page.write_text(self.text(root), encoding="utf-8")

    def text(self, root: Path) -> str:
        """The page.

        Args:
            root: Of the project, whose commit is named.
        """
        told = "\n".join(f"- {line}" for line in (*_machine(self.begun), *_versions(root)))
        parts = ["# Results", "Written by `make bench`; what is measured and why stands in docs/performance.md.", told]
        growth = list(self.grown())
        tables = [*self.tables]
        if growth:
            tables.append((f"Growth, at most {GROWTH} × (seconds)", [("work", "smaller", "larger", "times"), *growth]))
        parts += [f"## {title}\n\n{_markdown(rows)}" for title, rows in tables]
        return "\n\n".join(parts) + "\n"


def _markdown(rows: Sequence[Sequence[str]]) -> str:
    head, *body = rows
    wide = len(head)
    lines = [head, ["---", *["---:"] * (wide - 1)], *([*row, *[""] * (wide - len(row))] for row in body)]
    return "\n".join(f"| {' | '.join(cell.replace('|', '｜') for cell in line)} |" for line in lines)


def _machine(begun: float) -> Iterator[str]:
    told = Path("/proc/cpuinfo").read_text(encoding="utf-8") if Path("/proc/cpuinfo").is_file() else ""
    model = re.search(r"model name\s*:\s*(.+)", told)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    yield f"{model[1] if model else platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GB"
    yield f"{platform.system()} {platform.release()}"
    yield f"load when it began {begun:.1f}, when it ended {os.getloadavg()[0]:.1f}"


def _versions(root: Path) -> Iterator[str]:
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=root, capture_output=True, text=True, check=False).stdout
    git = subprocess.run(["git", "--version"], capture_output=True, text=True, check=False).stdout
    yield f"lianxin {importlib.metadata.version('lianxin')}, commit {commit[:10]}"
    yield f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {git.strip()}"
    yield ", ".join(f"{name} {importlib.metadata.version(name)}" for name in _LIBRARIES)
