"""What appraisals (考核) of a scheme hold: points given by hand with their evidence, and grades decided."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct

from lianxin.core.book import Book
from lianxin.core.day.period import Period, parse_period

_APPRAISALS = """
SELECT id, whom, period, items, grade, commended, accountable, reason FROM appraisal WHERE scheme = ?
ORDER BY coalesce(decided, ''), length(id), id
"""


class Given(Struct, frozen=True):
    """Points an appraisal gives for one item.

    Attributes:
        record: The appraisal's id.
        by_hand: It says that they were not counted from the ledger.
    """

    record: str
    points: Decimal
    basis: str = ""
    evidence: str = ""
    by_hand: bool = False


class Grading(Struct, frozen=True):
    """What the latest appraisal for exactly this period decided."""

    record: str
    grade: str
    commended: bool
    accountable: bool
    reason: str


def _appraisals(book: Book, scheme: str, period: Period) -> Iterator[tuple[Period, tuple[Any, ...]]]:
    """Those for a period within the one scored: the quarters of a year, the year itself."""
    for row in book.sql(_APPRAISALS, (scheme,)):
        own = parse_period(str(row[2]), book.today)
        if period.since <= own.since and own.until <= period.until:
            yield own, row


def given(book: Book, scheme: str, period: Period) -> Mapping[tuple[str, str], Sequence[Given]]:
    """Points by subject and item."""
    found: dict[tuple[str, str], list[Given]] = {}
    for _own, (id_, whom, _period, items, *_rest) in _appraisals(book, scheme, period):
        for item in json.loads(items or "[]"):
            points = Given(
                id_, Decimal(str(item["得分"])), item.get("依据", ""), item.get("佐证", ""), item.get("手工") == "是"
            )
            found.setdefault((whom, item["项目"]), []).append(points)
    return found


def verdicts(book: Book, scheme: str, period: Period) -> Mapping[str, Grading]:
    """What was decided, by subject; a later decision replaces an earlier one."""
    return {
        row[1]: Grading(row[0], row[4] or "", row[5] == "是", row[6] == "是", row[7] or "")
        for own, row in _appraisals(book, scheme, period)
        if (own.since, own.until) == (period.since, period.until)
    }
