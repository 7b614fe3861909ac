"""By which words a pasted message is understood (``policy/paste.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lianxin.core.declare.field import field
from lianxin.core.declare.record import Record
from lianxin.core.measure import Names
from lianxin.core.value import Text
from lianxin.kinds.life.event import Urgency


class Pressing(Record):
    """Words that say how soon it must move."""

    level: Urgency = field("紧急程度")
    words: Names = field("词")


class Sorting(Record):
    """Words that villagers use of one category, beside those of its own name and description."""

    category: Text = field("类别")
    words: Names = field("词")


class Pasting(Record):
    """``paste.yaml``."""

    pressing: tuple[Pressing, ...] = field("紧急", default=())
    sorting: tuple[Sorting, ...] = field("类别", default=())
    idle: Names = field("客套", default=(), help="只有这些话的，不算反映问题")
    visiting: Names = field("走访", default=("走访", "入户", "回访"), help="话里有这些词的，当作走访记录")


def pasting_of(policy: Mapping[str, Any] | None) -> Pasting:
    """What the file says; nothing where there is none or it is faulty (``check`` says so)."""
    try:
        return Pasting.model_validate(policy or {}, by_alias=True, by_name=False)
    except ValueError:  # what pydantic-core raises is one
        return Pasting()
