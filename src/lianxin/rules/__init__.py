"""Checks across records: each is a query over the index's tables and a pure function of its rows."""

from __future__ import annotations

from importlib import import_module

from lianxin.core.book import Book
from lianxin.core.problem import Finding

#: Every rule, in the order of its codes: one file with ``check(book)`` and one line here each.
RULES: tuple[str, ...] = (
    "dangling",
    "voided",
    "duplicate",
    "merge_cycle",
    "merge_void",
    "early_feedback",
    "pairing_party",
    "project_money",
    "pairing_tie",
    "pairing_term",
    "whistle_tie",
    "category",
    "indicator",
    "gap",
    "hint_unhappy_close",
    "hint_late_handling",
    "hint_last_minute",
    "hint_pasted",
    "hint_empty_words",
    "hint_unheard",
    "hint_alike",
    "hint_cluster",
    "hint_often",
)


def check_book(book: Book) -> list[Finding]:
    """What every rule finds; the storage layer knows at which line it stands."""
    return [finding for name in RULES for finding in import_module(f"lianxin.rules.{name}").check(book)]
