"""D003: one cadre or member entered twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from lianxin.core.book import Book
from lianxin.core.problem import Finding

_TWINS = """SELECT name, org, id, post, phone, born FROM person
WHERE (name, org) IN (SELECT name, org FROM person GROUP BY 1, 2 HAVING count(*) > 1)
ORDER BY name, org, id"""


def check(book: Book) -> Iterator[Finding]:
    """The same name in the same unit, unless post, telephone or year of birth tell two apart."""
    for _, rows in groupby(book.sql(_TWINS), key=lambda row: row[:2]):
        seen: list[tuple[object, ...]] = []
        for row in rows:
            twin = next((other for other in seen if not _apart(other, row)), None)
            if twin:
                yield Finding("D003", row[2], ("姓名",), f"与 {twin[2]} 同单位同名，可能是同一个人")
            seen.append(row)


def _apart(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    return any(mine and yours and mine != yours for mine, yours in zip(one[3:], other[3:], strict=True))
