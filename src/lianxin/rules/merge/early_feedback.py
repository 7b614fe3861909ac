"""D008: a follower's reporter was told the result before there was one."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.core.book import Book
from lianxin.core.problem import Finding
from lianxin.core.sql import words
from lianxin.kinds.issue.state import AFTER
from lianxin.kinds.issue.table import LIFECYCLE

_FEEDBACK = LIFECYCLE.label("feedback")
_EARLY = f"""WITH RECURSIVE chain(start, at, n) AS (
  SELECT id, "into", 1 FROM issue WHERE "into" IS NOT NULL AND told_at IS NOT NULL AND "into" <> id
  UNION ALL
  SELECT start, i."into", n + 1 FROM chain JOIN issue AS i ON i.id = chain.at WHERE i."into" IS NOT NULL AND n < 64
)
SELECT f.id, f."into", f.told_at,
  (SELECT n FROM event WHERE record = f.id AND step = '{_FEEDBACK}' AND at = f.told_at ORDER BY n LIMIT 1)
FROM issue AS f JOIN issue AS t ON t.id = f."into"
WHERE f.told_at IS NOT NULL AND f."into" <> f.id AND NOT EXISTS (
  SELECT 1 FROM chain JOIN interval AS i ON i.record = chain.at
  WHERE chain.start = f.id AND i.state IN {words(AFTER)} AND i.since <= f.told_at)
ORDER BY f.id"""  # noqa: S608 - words of our own


def check(book: Book) -> Iterator[Finding]:
    """Feedback on a merged issue while nothing it follows had been resolved by then."""
    for id_, target, told_at, n in book.sql(_EARLY):
        if n is not None:
            yield Finding("D008", id_, ("事件", n, "时间"), f"{told_at} 反馈时，主案 {target} 还没有办结")
