"""终止 and 更名: what is no more keeps its number and what was done for it, and leads to what came after."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from lianxin.core.declare.field import Privacy, field
from lianxin.core.declare.kind import Derived
from lianxin.core.declare.record import Record
from lianxin.core.value import Day, FieldType, Ref, Text

#: Kinds whose records can end; a test compares them with the declarations.
ENDABLE = ("village", "org", "household", "person")


class Cause(StrEnum):
    """Why it is no more."""

    MERGED = "撤并"
    ABOLISHED = "撤销"
    SPLIT = "分户"
    JOINED = "合户"
    MOVED = "迁出"
    DIED = "户主去世无人"
    DECEASED = "去世"
    LEFT = "离任"


#: What can befall each kind.
CAUSES: dict[str, tuple[Cause, ...]] = {
    "village": (Cause.MERGED, Cause.ABOLISHED),
    "org": (Cause.MERGED, Cause.ABOLISHED),
    "household": (Cause.SPLIT, Cause.JOINED, Cause.MOVED, Cause.DIED),
    "person": (Cause.DECEASED, Cause.LEFT),
}


#: After these something else is there in its place.
HEIRS = (Cause.MERGED, Cause.JOINED, Cause.SPLIT)


class Ending(Record):
    """From which day it is no more, why, by which paper, and what came after."""

    on: Day = field("日期", help="从这天起没有了；从前的事仍算它的")
    why: Cause = field("事由")
    paper: Text | None = field("文号", default=None)
    into: tuple[Ref, ...] = field("去向", default=(), ref=ENDABLE, help="并到、分成了哪几个")
    by: Ref = field("经办人", ref="person")
    notes: Text | None = field("说明", default=None, privacy=Privacy.STORY)


class FormerName(Record):
    """A name it bore before."""

    name: Text = field("名称", term=True)
    until: Day = field("至")
    paper: Text | None = field("文号", default=None)


#: The fields, the same in every one of those kinds.
ENDED: Ending | None = field("终止", default=None, auto=True, help="撤并、撤销、迁出等；编号和从前的记录都保留")
FORMER: tuple[FormerName, ...] = field("曾用名", default=(), auto=True, help="改过的名称，用旧名也找得到")

#: Whether it is there on the day it is asked.
STANDING = Derived(
    "standing",
    "存续",
    FieldType.CHOICE,
    sql="""CASE WHEN json_extract(ended, '$."日期"') <= :today THEN '已终止' ELSE '存续' END""",
    choices=("存续", "已终止"),
    help="撤并、撤销、迁出的写已终止",
)


#: Kinds whose records may have borne another name; a test compares them with the declarations.
RENAMED = ("village", "org")


def former_names(record: Any) -> tuple[str, ...]:
    """What it went by before."""
    return tuple(one.name for one in record.former)
