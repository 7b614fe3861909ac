"""Issues: what villagers bring up, from their own words to the day it is struck off (S1b)."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING

from lianxin.core.declare.field import Privacy, field
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import Conduct
from lianxin.core.declare.need import Need
from lianxin.core.declare.record import Record
from lianxin.core.problem import Fault
from lianxin.core.text.misplaced import no_group
from lianxin.core.text.name import no_name
from lianxin.core.value import Day, Flag, Moment, Phone, Ref, Story, Text
from lianxin.kinds.erasure import ERASED_ON, Erasure
from lianxin.kinds.issue.choice import Level
from lianxin.kinds.issue.life import DERIVED
from lianxin.kinds.issue.state import CLOSING
from lianxin.kinds.issue.step import IssueEvent
from lianxin.kinds.issue.table import LIFECYCLE

if TYPE_CHECKING:
    from lianxin.kinds.issue.life import Life


class Channel(StrEnum):
    """How it reached the office."""

    VISIT = "入户走访"
    WECHAT = "微信"
    PHONE = "电话"
    RECEPTION = "接访"
    MEETING = "座谈会"
    FORM = "意见征求表"
    BOX = "意见箱"
    HOTLINE = "热线"
    LETTER = "信件"
    SMS = "群信通"
    DELEGATE_DAY = "党代表接待日"
    OPEN_MEETING = "民主说事"
    INSPECTION = "督查"
    TRANSFER = "转办"


class About(StrEnum):
    """Whom an opinion is about (S1c: 187 on organisations, 132 on members)."""

    ORGANISATION = "党组织"
    MEMBER = "党员"
    NOBODY = "无"


#: The five elements of a full description (有问题描述); who gave no name cannot be asked for any of them.
_ELEMENT = Need("五有里的「有问题描述」", {"anonymous": (False,)}, before=CLOSING)


class Issue(Record):
    """What was said at intake stands at the top and stays as it was; 更正 events correct it."""

    id: Ref = field("编号", ref="issue", auto=True)
    taken: Moment = field("登记时间", auto=True, help="记入台账的时间")
    taker: Ref = field("登记人", ref="person", auto=True)
    raised: Day = field("反映时间", copy=("visit.day",), help="群众反映的那天", offer=("visit.day", "today"))
    channel: Channel = field("来源渠道", offer=("visit=入户走访", "last"))
    visit: Ref | None = field("来自走访", default=None, ref="visit")
    level: Level = field("登记层级", default=Level.VILLAGE, copy=("office.level",), help="在哪一级登记、研判")
    anonymous: Flag = field("匿名", default=False, help="没法再去问他，五要素问到多少写多少，不写也能销号")
    reporter: Text | None = field(
        "反映人",
        default=None,
        privacy=Privacy.NAME,
        judge=no_name,
        code="F032",
        copy=("household.head",),
        copy_unless="anonymous",
        nobody="匿名",
        described="who",
        help="不愿留名的，写「匿名」",
        needed=Need("没有写反映人，也没有写匿名", {"anonymous": (False,)}, "F022"),
    )
    phone: Phone | None = field(
        "联系电话", default=None, privacy=Privacy.PHONE, copy=("household.phone",), copy_unless="anonymous"
    )
    household: Ref | None = field(
        "联系户", default=None, ref="household", copy=("visit.households",), copy_unless="anonymous", often=True
    )
    village: Ref = field("所属村", ref="village", copy=("household.village", "visit.village"))
    group: Text | None = field(
        "所属组",
        default=None,
        copy=("household.group", "visit.group"),
        term=True,
        judge=no_group,
        code="F036",
        follows="village",
    )
    summary: Text = field("事由", help="一句话，不写群众姓名")
    words: Story = field("原话", privacy=Privacy.STORY, help="原汁原味，照他说的记", offer=("left(visit.matters)",))
    who: Text | None = field("何人", default=None, privacy=Privacy.STORY, needed=_ELEMENT, offer=("household.head",))
    when: Text | None = field("何时", default=None, privacy=Privacy.STORY, needed=_ELEMENT, offer=("hour(words)",))
    where: Text | None = field("何地", default=None, privacy=Privacy.STORY, needed=_ELEMENT, offer=("village+group",))
    cause: Text | None = field("何因", default=None, privacy=Privacy.STORY, needed=_ELEMENT)
    course: Story | None = field("经过", default=None, privacy=Privacy.STORY, needed=_ELEMENT, offer=("visit.course",))
    about: About = field("涉及对象", default=About.NOBODY)
    notes: Text | None = field("备注", default=None, privacy=Privacy.STORY)
    erased: Erasure | None = ERASED_ON
    events: tuple[IssueEvent, ...] = field("事件", default=(), auto=True)


def _check(issue: Issue) -> Iterator[Fault]:
    if issue.anonymous and issue.reporter:
        yield Fault("F022", ("反映人",), "写了匿名，又写了反映人")
    if issue.anonymous and issue.phone:
        yield Fault("F022", ("联系电话",), "写了匿名，又留了联系电话；有电话就查得到是谁")
    if issue.raised > issue.taken.date():
        yield Fault("F020", ("反映时间",), f"反映时间 {issue.raised} 晚于登记时间 {issue.taken.date()}")


def _conduct() -> Conduct[Issue, Life]:
    from lianxin.kinds.issue.conduct import CONDUCT  # who only asks the index need not load the fold

    return CONDUCT


ISSUE = Kind(
    name="issue",
    label="问题",
    prefix="WT",
    folder="issues",
    yearly=True,
    model=Issue,
    title=lambda issue: str(issue.summary),
    listed=("编号", "反映时间", "所属村", "事由", "类别", "状态", "责任部门", "办结期限", "预警灯"),
    dated="反映时间",
    check=_check,
    lifecycle=LIFECYCLE,
    conduct=_conduct,
    derived=DERIVED,
    help="群众反映的问题，从登记到销号",
)
