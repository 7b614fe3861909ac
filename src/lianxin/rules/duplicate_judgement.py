"""D024: one survey or appraisal written down twice would be counted twice."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.core.book import Book
from lianxin.core.problem import Finding

_SURVEYS = """SELECT group_concat(id) FROM survey
GROUP BY about, subject, day, question HAVING count(*) > 1"""
_APPRAISALS = """SELECT group_concat(id) FROM appraisal GROUP BY whom, period, scheme HAVING count(*) > 1"""


def check(book: Book) -> Iterator[Finding]:
    """The same question about the same subject on one day; the same scheme for the same subject and period."""
    for statement, label, words in (
        (_SURVEYS, "测评对象", "同一天对同一对象测的同一个题目"),
        (_APPRAISALS, "考核对象", "同一对象、同一周期、同一方案"),
    ):
        for (ids,) in book.sql(statement):
            first, *later = sorted(ids.split(","))
            for id_ in later:
                yield Finding("D024", id_, (label,), f"与 {first} 是{words}，可能登记了两次")
