"""Households in contact: whom the members visit."""

from __future__ import annotations

from enum import StrEnum

from lianxin.core.declare.field import Privacy, field
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.record import Record
from lianxin.core.text.identity import identity_fault
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
    group: Text | None = field("所属组", default=None, term=True, judge=no_group, code="F036", often=True)
    category: Category = field("户类别", default=Category.ORDINARY, privacy=Privacy.INTERNAL)
    members: tuple[Member, ...] = field("家庭成员", default=())
    phone: Phone | None = field("电话", default=None, privacy=Privacy.PHONE, often=True)
    identity: Text | None = field(
        "身份证号",
        default=None,
        privacy=Privacy.IDENTITY,
        help="可不填；不会出现在对外文件里",
        judge=identity_fault,
        code="F031",
    )
    address: Text | None = field("住址", default=None, privacy=Privacy.ADDRESS, judge=numbered, code="F036")
    venture: Text | None = field(
        "致富项目", default=None, privacy=Privacy.INTERNAL, help="靠什么增收，如 养蜂、大棚；没有的不写"
    )
    contacts: tuple[Ref, ...] = field(
        "联系人", default=(), ref="person", help="联户的党员干部，一人或几人", offer=("last(village)",)
    )
    notes: Text | None = field("备注", default=None, privacy=Privacy.INTERNAL)
    history: tuple[Belonging, ...] = field(
        "曾属", default=(), auto=True, help="村撤并以前在哪个村组；从前的事仍算那里的"
    )
    ended: Ending | None = ENDED
    erased: Erasure | None = ERASED_ON
    voided: Voiding | None = VOIDED


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
    listed=("编号", "户主", "所属村", "所属组", "户类别", "电话", "联系人"),
    help="党员干部联系的农户",
)
