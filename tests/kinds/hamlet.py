"""A hamlet of a few records to which a test adds its own, as files; what a derived column says of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from lianxin.core.book import Query
from lianxin.core.declare.kind import Kind
from lianxin.kinds import KIND
from lianxin.storage.book import LedgerBook, open_book

BASE = Path(__file__).parents[1] / "errors" / "_base"
TODAY = date(2026, 6, 30)


@contextmanager
def hamlet(folder: Path, files: Mapping[str, str], today: date = TODAY) -> Iterator[LedgerBook]:
    """The base with these files over it, opened without git."""
    root = folder / "台账"
    shutil.copytree(BASE, root)
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    with open_book(root, today=today, now=datetime.combine(today, time(9))) as book:
        assert [problem.message for problem in book.problems()] == []
        yield book


def columns(book: LedgerBook, kind: str, *labels: str) -> list[tuple[Any, ...]]:
    """The values of some columns of every record of a kind, by id."""
    rows, _ids = book.select(Query(KIND[kind], labels, sort=("编号",)))
    return rows


def faults(kind: Kind, values: Mapping[str, Any]) -> list[tuple[str, tuple[str | int, ...]]]:
    """Code and place of each fault of one record."""
    record = kind.model.model_validate(values, by_alias=True, by_name=False)
    return [(fault.code, fault.loc) for fault in kind.faults(record)]
