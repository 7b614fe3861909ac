"""D034: an issue heard on a visit is of a household that was visited, in the village where that was."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.core.book import Book
from lianxin.core.problem import Finding
from lianxin.kinds.issue.state import State

_PARTED = f"""SELECT i.id, i.visit, i.household, n.name FROM issue AS i JOIN visit AS v ON v.id = i.visit
LEFT JOIN village AS n ON n.id = i.village
WHERE i.base_state <> '{State.VOID}' AND CASE WHEN i.household IS NULL THEN i.village <> v.village ELSE NOT EXISTS (
    SELECT 1 FROM json_each(v.households) AS j WHERE j.value = i.household) END {{only}}
ORDER BY length(i.id), i.id"""  # noqa: S608 - a state of our own

_ONLY = """AND i.id IN (
    SELECT source FROM reference WHERE target = ?1 AND kind = 'issue' AND field = 'visit' UNION SELECT ?1)"""


def check(book: Book) -> Iterator[Finding]:
    """Issues whose visit does not know of them."""
    yield from parted(book)


def parted(book: Book, id_: str = "") -> Iterator[Finding]:
    """Issues at odds with the visit on which they were heard: all, or those of one visit, or the one."""
    for issue, visit, household, village in book.sql(_PARTED.format(only=_ONLY if id_ else ""), (id_,) if id_ else ()):
        if household:
            yield Finding("D034", issue, ("联系户",), f"写着来自走访 {visit}，那次的走访户里没有 {household}")
        else:
            yield Finding("D034", issue, ("所属村",), f"写着来自走访 {visit}，那次不在{village}")
