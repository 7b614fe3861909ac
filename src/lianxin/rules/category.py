"""P001: categories are those of policy/categories.yaml, so that counts by category add up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from lianxin.core.book import Book
from lianxin.core.problem import Finding
from lianxin.kinds.life.event import CORRECTION

_USED = "SELECT DISTINCT category FROM issue WHERE category IS NOT NULL ORDER BY category"
_WRITTEN = f"""SELECT e.record, e.n, iif(e.step = '{CORRECTION}', '新值', '类别')
FROM issue AS i JOIN event AS e ON e.record = i.id WHERE i.category = ?1 AND (json_extract(e.data, '$."类别"') = ?1
  OR json_extract(e.data, '$."字段"') = '类别' AND json_extract(e.data, '$."新值"') = ?1) ORDER BY e.record, e.n"""  # noqa: S608 - a step of our own


def check(book: Book) -> Iterator[Finding]:
    """A category in force that the policy does not list; without a policy every word will do."""
    policy = book.policy("categories")
    if policy is None:
        return
    allowed = categories(policy)
    for (word,) in book.sql(_USED):
        message = unlisted(word, allowed)
        if message is None:
            continue
        for record, n, label in book.sql(_WRITTEN, (word,)):
            yield Finding("P001", record, ("事件", n, label), message)


def unlisted(word: str, allowed: Sequence[str]) -> str | None:
    """Why a category will not do, with the nearest one that will; None when it is listed."""
    if word in allowed:
        return None
    near = get_close_matches(word, allowed, n=1, cutoff=0.4)
    hint = f"，是不是「{near[0]}」？" if near else "，"
    return f"没有「{word}」这个类别{hint}可写 {'、'.join(allowed)}"


def categories(policy: Mapping[str, Any]) -> tuple[str, ...]:
    """The words listed under 类别: each a word, or a mapping with its 名称."""
    listed = policy.get("类别")
    words = [
        part.get("名称") if isinstance(part, Mapping) else part for part in (listed if isinstance(listed, list) else ())
    ]
    return tuple(str(word) for word in words if word)
