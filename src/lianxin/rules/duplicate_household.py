"""D002: one household entered twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from lianxin.core.book import Book
from lianxin.core.problem import Finding

_TWINS = """SELECT head, village, coalesce("group", '') AS part, id, phone, address, identity FROM household
WHERE (head, village, coalesce("group", '')) IN (
  SELECT head, village, coalesce("group", '') FROM household GROUP BY 1, 2, 3 HAVING count(*) > 1)
ORDER BY head, village, part, id"""


def check(book: Book) -> Iterator[Finding]:
    """The same head in the same village and group, unless telephone, address or identity tell two apart."""
    for _, rows in groupby(book.sql(_TWINS), key=lambda row: row[:3]):
        seen: list[tuple[str, ...]] = []
        for row in rows:
            twin = next((other for other in seen if not _apart(other, row)), None)
            if twin:
                yield Finding("D002", row[3], ("户主",), f"与 {twin[3]} 同村同组、户主同名，可能是同一户")
            seen.append(row)


def _apart(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return any(mine and yours and mine != yours for mine, yours in zip(one[4:], other[4:], strict=True))
