"""A clerk with an empty ledger and her workbooks, and what she is told of them."""

from __future__ import annotations

import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

from lianxin.actions.bring.bring import Brought, bring
from lianxin.actions.bring.workbook import Asked
from lianxin.actions.check import every_problem
from lianxin.actions.workspace import Workspace
from lianxin.core.problem import Level
from lianxin.core.sheet import letter
from lianxin.storage.sheet.reading import read_sheets

NOW = datetime(2026, 11, 30, 10, 20)


class Clerk:
    """She has an empty ledger and her workbooks."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.times = 0

    def workspace(self) -> Workspace:
        self.times += 1
        return Workspace(self.root, NOW, machine=NOW, command=f"c{self.times:03}")

    def bring(self, path: Path, *, dry_run: bool = False, **asked: Any) -> Brought:
        return bring(self.workspace(), Asked(path.name, read_sheets(path), **asked), dry_run=dry_run)

    def rows(self, kind: str, columns: str) -> list[tuple[Any, ...]]:
        with self.workspace().book() as book:
            return book.sql(f"SELECT {columns} FROM {kind} ORDER BY id")

    def errors(self) -> list[str]:
        workspace = self.workspace()
        with workspace.book() as book:
            return [one.message for one in every_problem(book, workspace) if one.level is Level.ERROR]

    def head(self) -> str:
        words = ("git", "rev-parse", "HEAD")
        return subprocess.run(words, cwd=self.root, capture_output=True, check=True).stdout.decode().strip()

    def message(self) -> str:
        words = ("git", "log", "-1", "--format=%B")
        return subprocess.run(words, cwd=self.root, capture_output=True, check=True).stdout.decode()


def faults(brought: Brought, *, grave: bool = True) -> list[tuple[int, str, str]]:
    return [
        (one.row, letter(one.column) if one.column >= 0 else "", one.said)
        for one in brought.troubles
        if one.grave is grave
    ]


def agree(found: list[tuple[int, str, str]], counted: list[tuple[int, str, str]]) -> None:
    """What is found is what was counted by hand, place by place, with the words that were looked for."""
    assert [one[:2] for one in found] == [one[:2] for one in counted], found
    for (_, _, said), (_, _, word) in zip(found, counted, strict=True):
        assert word in said
