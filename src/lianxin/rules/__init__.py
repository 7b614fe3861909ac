"""Checks across records: each is a query over the index's tables and a pure function of its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lianxin.core.book import Book
from lianxin.core.problem import Finding
from lianxin.rules import (
    category,
    dangling,
    duplicate_household,
    duplicate_issue,
    duplicate_person,
    duplicate_visit,
    early_feedback,
    gap,
    merge_cycle,
    merge_void,
    pairing_party,
)

Rule = Callable[[Book], Iterator[Finding]]

#: Every rule, in the order of its codes: one file and one line here each.
RULES: tuple[Rule, ...] = (
    dangling.check,
    duplicate_issue.check,
    duplicate_household.check,
    duplicate_person.check,
    duplicate_visit.check,
    merge_cycle.check,
    merge_void.check,
    early_feedback.check,
    pairing_party.check,
    category.check,
    gap.check,
)


def check_book(book: Book) -> list[Finding]:
    """What every rule finds; the storage layer knows at which line it stands."""
    return [finding for rule in RULES for finding in rule(book)]
