"""D011, D012: one village or one unit entered twice."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.core.book import Book
from lianxin.core.problem import Finding

_VILLAGES = """SELECT b.id, min(a.id) FROM village AS a JOIN village AS b
ON b.name = a.name AND b.town = a.town AND b.id > a.id
WHERE a.code IS NULL OR b.code IS NULL OR a.code = b.code GROUP BY b.id ORDER BY b.id"""
_UNITS = """SELECT b.id, min(a.id) FROM org AS a JOIN org AS b
ON b.name = a.name AND b.village IS a.village AND b.id > a.id GROUP BY b.id ORDER BY b.id"""


def check(book: Book) -> Iterator[Finding]:
    """The same name in one township, codes not telling two apart; the same name of units, not of two villages."""
    for id_, first in book.sql(_VILLAGES):
        yield Finding("D011", id_, ("名称",), f"与 {first} 同乡镇同名，可能是同一个村")
    for id_, first in book.sql(_UNITS):
        yield Finding("D012", id_, ("名称",), f"与 {first} 同名，可能是同一个单位")
