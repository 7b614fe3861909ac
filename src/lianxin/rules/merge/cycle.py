"""D005: issues merged into one another in a ring, so that none of them is the one being dealt with."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.core.book import Book
from lianxin.core.problem import Finding
from lianxin.kinds.issue.table import LIFECYCLE

_RINGS = f"""WITH RECURSIVE chain(start, at, trail, n) AS (
  SELECT id, "into", id, 1 FROM issue WHERE "into" IS NOT NULL AND "into" <> id
  UNION ALL
  SELECT start, i."into", trail || ' → ' || at, n + 1 FROM chain JOIN issue AS i ON i.id = chain.at
  WHERE i."into" IS NOT NULL AND chain.at <> start AND n < 64
)
SELECT start, trail || ' → ' || at,
  (SELECT n FROM event WHERE record = start AND step = '{LIFECYCLE.label("merge")}' ORDER BY at DESC, n DESC LIMIT 1)
FROM chain WHERE at = start ORDER BY start"""  # noqa: S608 - a step of our own


def check(book: Book) -> Iterator[Finding]:
    """Every issue on such a ring; one merged into itself is the fold's business."""
    for id_, ring, n in book.sql(_RINGS):
        yield Finding("D005", id_, ("事件", n, "并入"), f"并案绕成了圈：{ring}")
