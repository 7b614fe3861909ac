"""What a change of a record came to, field by field, before it is shown or written."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from lianxin.core.declare.field import FieldSpec

#: How a list is changed, as help and refusals say it.
GRAMMAR = "+… 添一项，2:… 改第 2 项，-2 删第 2 项，=… 整个换掉，- 全部删去"


class Item(Struct, frozen=True):
    """One item of a list, before and after; None where it is not there.

    Attributes:
        place: Where it stood before, from 1; for a new one, where it comes to stand.
    """

    place: int
    before: Any
    after: Any


class Changed(Struct, frozen=True):
    """One field of a record, before and after, as its file holds it; None where nothing was, or is, written.

    Attributes:
        items: Of a list, each of its items.
    """

    spec: FieldSpec
    before: Any
    after: Any
    items: tuple[Item, ...] = ()
