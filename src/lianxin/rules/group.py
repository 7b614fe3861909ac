"""D013: a household belongs to a group that its village has.

What is written from now on names such a group too; what was written before a village's groups were joined may stand.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from lianxin.core.book import Book
from lianxin.core.declare.field import FieldSpec
from lianxin.core.problem import Finding
from lianxin.core.text.choice import as_read
from lianxin.kinds import KIND
from lianxin.kinds.path import near

#: Its code: what stands is warned of, what is written is refused.
STRAY = "D013"


def check(book: Book) -> Iterator[Finding]:
    """Households whose group is none of those their village lists."""
    yield from stray(book, "household")


def groups_for(book: Book, spec: FieldSpec, values: Mapping[str, Any]) -> tuple[str, ...]:
    """The groups that a field may name, where the record's village lists any; none for every other field.

    Args:
        values: What is known of the record, by label.
    """
    village = values.get("所属村")
    if (spec.name, spec.many) != ("group", False) or not isinstance(village, str):
        return ()
    found = book.sql("SELECT groups FROM village WHERE id = ?", (village,))
    return tuple(json.loads(found[0][0])) if found and found[0][0] else ()


def stray(book: Book, kind: str, id_: str = "") -> Iterator[Finding]:
    """Records of a kind, or the one, that name a group their village does not list."""
    if not {"village", "group"} <= {spec.name for spec in KIND[kind].fields if not spec.many}:
        return
    only = "AND t.id = ?" if id_ else ""
    pairs = book.sql(
        f"""SELECT t.id, t."group", v.name, v.groups FROM "{kind}" AS t JOIN village AS v ON v.id = t.village
        WHERE t."group" IS NOT NULL AND v.groups IS NOT NULL {only} ORDER BY t.id""",  # noqa: S608 - a kind's own name
        (id_,) if id_ else (),
    )
    for record, group, village, listed in pairs:
        groups = json.loads(listed)
        if as_read(group) not in map(as_read, groups):
            told = near(group, groups) or f"，有 {'、'.join(groups)}"
            # people write anything where a group is due
            veiled = f"{village}没有这里写的组，有 {'、'.join(groups)}"
            yield Finding(STRAY, record, ("所属组",), f"{village}没有「{group}」{told}", veiled)
