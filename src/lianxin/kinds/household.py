"""Households in contact: whom the members visit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any

from lianxin.core.declare.field import Privacy, Spoken, field
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.record import Record
from lianxin.core.problem import Fault
from lianxin.core.text.identity import identity_fault
from lianxin.core.text.member import HOW, members
from lianxin.core.text.misplaced import no_group, numbered
from lianxin.core.text.name import no_name
from lianxin.core.value import Day, Phone, Ref, Text
from lianxin.kinds.ending import ENDED, STANDING, Ending
from lianxin.kinds.erasure import ERASED_ON, Erasure
from lianxin.kinds.void import VOIDED, Voiding


class Category(StrEnum):
    """Why a household is looked after."""

    ORDINARY = "一般"
    HARDSHIP = "困难"
    ALLOWANCE = "低保"
    FIVE_GUARANTEES = "五保"
    KEY = "重点"


class Member(Record):
    """One member of a household."""

    name: Text = field("姓名", privacy=Privacy.NAME, judge=no_name, code="F032")
    tags: tuple[Text, ...] = field(
        "标签", default=(), privacy=Privacy.INTERNAL, words=True, help="学生、老党员、残疾 等"
    )


def _told(text: str) -> list[dict[str, str]]:
    return [{"姓名": one.name, "标签": "、".join(one.tags)} for one in members(text)]


class Belonging(Record):
    """Where a household belonged before its village was merged."""

    village: Ref = field("所属村", ref="village")
    group: Text | None = field("所属组", default=None, term=True)
    until: Day = field("至")


class Household(Record):
    """One household."""

    id: Ref = field("编号", ref="household", auto=True)
    head: Text = field("户主", privacy=Privacy.NAME, judge=no_name, code="F032")
    village: Ref = field("所属村", ref="village", offer=("last",))
    group: Text | None = field(
        "所属组", default=None, term=True, judge=no_group, code="F036", often=True, follows="village"
    )
    moved: Day | None = field(
        "搬来日期",
        default=None,
        follows="village",
        help="哪天搬来现在的村组，从前的事仍算原来的；原来写错的，空着",
    )
    category: Category = field("户类别", default=Category.ORDINARY, privacy=Privacy.INTERNAL)
    members: tuple[Member, ...] = field("家庭成员", default=(), spoken=Spoken(_told, HOW))
    phone: Phone | None = field("电话", default=None, privacy=Privacy.PHONE, often=True)
    identity: Text | None = field(
        "身份证号",
        default=None,
        privacy=Privacy.IDENTITY,
        help="可不填；不会出现在对外文件里",
        judge=identity_fault,
        code="F031",
    )
    address: Text | None = field(
        "住址", default=None, privacy=Privacy.ADDRESS, judge=numbered, code="F036", follows="village"
    )
    venture: Text | None = field(
        "致富项目", default=None, privacy=Privacy.INTERNAL, help="靠什么增收，如 养蜂、大棚；没有的不写"
    )
    contacts: tuple[Ref, ...] = field(
        "联系人",
        default=(),
        ref="person",
        help="联户的党员干部，一人或几人",
        offer=("last(village)",),
        follows="village",
    )
    notes: Text | None = field("备注", default=None, privacy=Privacy.INTERNAL)
    history: tuple[Belonging, ...] = field(
        "曾属", default=(), auto=True, help="搬家、村撤并以前在哪个村组；从前的事仍算那里的"
    )
    ended: Ending | None = ENDED
    erased: Erasure | None = ERASED_ON
    voided: Voiding | None = VOIDED


#: What of a household passes into the past together.
_PAST = ("所属村", "所属组")


def _superseded(before: Mapping[str, Any], changes: Mapping[str, Any], _today: date) -> Mapping[str, Any]:
    """A move, told by its day, leaves behind where the household belonged until the day before."""
    moved = any(before.get(label) and label in changes and changes[label] != before[label] for label in _PAST)
    since = changes.get("搬来日期")
    if not moved or not since or "曾属" in changes:
        return changes
    left = {label: before[label] for label in _PAST if before.get(label)}
    try:
        left["至"] = str(date.fromisoformat(str(since)) - timedelta(days=1))
    except ValueError:  # the record's own check says so
        return changes
    return {**changes, "曾属": [*before.get("曾属", ()), left]}


def _check(household: Household) -> Iterator[Fault]:
    for n, (earlier, later) in enumerate(pairwise(household.history), 1):
        if later.until <= earlier.until:
            said = f"曾属要从早到晚：{later.until} 排在 {earlier.until} 后面"
            yield Fault("F020", ("曾属", n, "至"), said)


HOUSEHOLD = Kind(
    name="household",
    label="联系户",
    prefix="HU",
    folder="households",
    yearly=False,
    model=Household,
    title=lambda household: str(household.head),
    told_by=("所属村", "所属组"),
    derived=(STANDING,),
    past="history",
    superseded=_superseded,
    check=_check,
    listed=("编号", "户主", "所属村", "所属组", "户类别", "电话", "联系人"),
    help="党员干部联系的农户",
)
