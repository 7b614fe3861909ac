"""Checks across records: each is a query over the index's tables and a pure function of its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

from lianxin.core.book import Book
from lianxin.core.problem import Finding

#: Every rule, in the order of its codes: one file with ``check(book)`` and one line here each. With it the kinds of
#: record whose writing may bring a fault of it about; what can only be seen in hindsight has none.
RULES: Mapping[str, tuple[str, ...]] = {
    "dangling": (),
    "voided": (),
    "duplicate": (),
    "group": ("village",),
    "merge.cycle": ("issue",),
    "merge.void": ("issue",),
    "merge.early_feedback": ("issue",),
    "pairing.party": ("pairing",),
    "project.money": ("project",),
    "project.date": ("project",),
    "pairing.tie": ("pairing", "activity", "promise", "project"),
    "pairing.term": ("pairing", "activity", "promise", "project"),
    "whistle_tie": (),
    "heard": (),
    "undertaking": ("issue", "org"),
    "category": ("issue",),
    "indicator": ("visit", "activity", "project"),
    "gap": (),
    "attached": (),
    "unsettled": ("issue", "visit", "pairing", "person", "household"),
    "hint.unhappy_close": (),
    "hint.late_handling": (),
    "hint.last_minute": (),
    "hint.pasted": (),
    "hint.empty_words": (),
    "hint.unheard": (),
    "hint.alike": (),
    "hint.cluster": (),
    "hint.often": (),
    "hint.met": (),
}


def check_kind(book: Book, kind: str) -> Iterator[Finding]:
    """What the rules find that the writing of one record of a kind may have brought about."""
    for name, kinds in RULES.items():
        if kind in kinds:
            yield from import_module(f"lianxin.rules.{name}").check(book)


def doubts(book: Book, kind: str, record: Any, *, new: bool = False) -> list[Finding]:
    """What is to be asked about before a record is written: which it may be one with, whom it may take for another.

    Args:
        book: The records.
        kind: Of the record.
        record: As it is to be.
        new: It is none yet: what tells of the same in other words is asked about too.
    """
    met = import_module("lianxin.rules.hint.met").of if kind == "visit" else None
    duplicate = import_module("lianxin.rules.duplicate")
    found = list(duplicate.likely(book, kind, record))
    if new and kind == "issue":
        same = {one.twin for one in found}
        found += (one for one in duplicate.resembling(book, record) if one.twin not in same)
    return [*found, *met(book, record)] if met else found


def doubtful(kind: str) -> frozenset[str]:
    """The fields of a kind that such doubts hang on."""
    compared: frozenset[str] = import_module("lianxin.rules.duplicate").compared(kind)
    return compared | {"people", "way"} if kind == "visit" else compared


def check_book(book: Book) -> list[Finding]:
    """What every rule finds; the storage layer knows at which line it stands."""
    return [finding for name in RULES for finding in import_module(f"lianxin.rules.{name}").check(book)]
