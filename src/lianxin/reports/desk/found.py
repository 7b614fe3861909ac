"""What was found by words, line by line: what it is, and the words around what was looked for."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.kinds import kind_of
from lianxin.reports.desk.item import Item, Part, part
from lianxin.reports.find import Found, stands


def found(hits: Sequence[Found], near: Sequence[tuple[str, str]], total: int, *, others: bool) -> list[Part]:
    """What was found, the likeliest first; else what is called nearly so.

    Args:
        hits: Those that are listed.
        near: Ids and names that are like what was looked for.
        total: How many were found.
        others: Something else than records was found.
    """
    if hits:
        return [Part("找到", [_item(one) for one in hits], total, "条")]
    like = [Item(id_, title, (_called(id_),)) for id_, title in near]
    nothing = [] if others else [part("没有找到", [], "条")]
    return [*nothing, *([part("名字相近的", like, "条")] if like else [])]


def _item(one: Found) -> Item:
    return Item(one.id, one.title, (_called(one.id), *one.told), marked=one.marked, where=stands(one))


def _called(id_: str) -> str:
    return f"{kind_of(id_).label} {id_}"
