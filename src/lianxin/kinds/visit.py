"""Visits and visit diaries (走访/民情日记): where most issues are first heard."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from lianxin.core.declare.field import Privacy, field
from lianxin.core.declare.kind import Derived, Kind
from lianxin.core.declare.lifecycle import VOID
from lianxin.core.declare.need import EMPTY, Need
from lianxin.core.declare.record import Record
from lianxin.core.problem import Fault
from lianxin.core.sql import words
from lianxin.core.text.matter import matters
from lianxin.core.text.misplaced import no_group
from lianxin.core.text.name import no_name
from lianxin.core.text.pattern import late
from lianxin.core.value import Day, FieldType, Flag, Integer, Ref, Story, Text
from lianxin.kinds.erasure import ERASED_ON, Erasure
from lianxin.kinds.outcome import Outcome, outcome_text
from lianxin.kinds.void import VOIDED, Voiding


class Way(StrEnum):
    """How the people were met."""

    AT_HOME = "入户"
    MEETING = "座谈"
    RECEPTION = "接访"
    APPOINTMENT = "约访"
    GOING_DOWN = "下访"
    CALLBACK = "回访"
    PHONE = "电话"
    WECHAT = "微信"
    RESIDENT = "蹲点"


#: What 入户, 上门 and 走访 mean where a duty speaks of them: somebody went to where the people live.
AT_THE_DOOR = (Way.AT_HOME, Way.GOING_DOWN, Way.CALLBACK, Way.RESIDENT)

#: What a day in the village is.
IN_THE_VILLAGE = (*AT_THE_DOOR, Way.MEETING)

#: Where so many may come that their number says enough.
GATHERED = (Way.MEETING, Way.RECEPTION)

_HOW_MANY = late(
    r"(?:约|大约|共|一共)?[\d\uff10-\uff19一二三四五六七八九十百两几]+\s*(?:多|来|余)?\s*(?:人次|人|名|位|个人)"
)


def _no_person(text: str) -> str:
    """What is said of a number of people, or of anything else that is no name, where names are due."""
    if _HOW_MANY.fullmatch(text.strip()):
        return "写的是人数，不是姓名；来了多少人写到「见到人次」（--attendance 30）"
    return no_name(text)


class Review(Record):
    """A leader's reading of the diary (审阅)."""

    by: Ref = field("审阅人", ref="person")
    on: Day = field("审阅日期")
    comment: Text = field("审阅意见", privacy=Privacy.STORY)


class Visit(Record):
    """One visit, its diary and what came of it."""

    id: Ref = field("编号", ref="visit", auto=True)
    day: Day = field("日期", offer=("today",))
    until: Day | None = field("截止日期", default=None, help="蹲点等几天的，写最后一天", not_before=("day",))
    visitors: tuple[Ref, ...] = field("走访人", ref="person", help="一人或几人", offer=("households.contacts", "last"))
    village: Ref = field("所属村", ref="village", copy=("households.village",), offer=("households.village", "last"))
    group: Text | None = field(
        "所属组",
        default=None,
        copy=("households.group",),
        term=True,
        judge=no_group,
        code="F036",
        follows="village",
    )
    households: tuple[Ref, ...] = field("走访户", default=(), ref="household", often=True)
    people: tuple[Text, ...] = field(
        "见到的人",
        default=(),
        privacy=Privacy.NAME,
        words=True,
        help="不在联系户里的人",
        judge=_no_person,
        code="F032",
        needed=(
            Need(
                "走访户、见到的人、见到人次至少要写一样",
                {"way": GATHERED, "households": EMPTY, "attendance": (*EMPTY, 0)},
                "F021",
            ),
            Need(
                "走访户和见到的人至少要写一样",
                {"way": tuple(way for way in Way if way not in GATHERED), "households": EMPTY},
                "F021",
            ),
        ),
    )
    attendance: Integer | None = field("见到人次", default=None, help="接访、座谈来的人多，写总数；不写按户和人名数")
    way: Way = field("走访方式", offer=("last",))
    family: Story | None = field("家庭情况", default=None, privacy=Privacy.INTERNAL)
    hardship: Story | None = field("实际困难", default=None, privacy=Privacy.INTERNAL)
    heard: Story | None = field("所见所闻", default=None, privacy=Privacy.STORY, often=True)
    requests: Story | None = field(
        "诉求建议", default=None, privacy=Privacy.STORY, often=True, lines=True, help="一行一件，听到几件写几行"
    )
    evidence: tuple[Text, ...] = field(
        "佐证",
        default=(),
        privacy=Privacy.STORY,
        often=True,
        help="照片、材料：把文件拖进来，或写它的位置；也可只写名称",
    )
    handled: Story | None = field("办理情况", default=None, privacy=Privacy.STORY)
    helps: tuple[Outcome, ...] = field("帮扶", default=(), privacy=Privacy.INTERNAL, example="指标：慰问金，数量：500")
    reflection: Story | None = field("走访体会", default=None, privacy=Privacy.STORY)
    follow_up: Story | None = field("后续计划", default=None, privacy=Privacy.STORY)
    no_issue: Text | None = field(
        "未立问题原因", default=None, privacy=Privacy.STORY, help="听到诉求却没有登记问题时写明原因"
    )
    self_paid: Flag | None = field("食宿自理", default=None)
    review: Review | None = field("审阅", default=None, example="审阅人：石勇，审阅日期：2026-03-05，审阅意见：已阅")
    notes: Text | None = field("备注", default=None, privacy=Privacy.STORY)
    erased: Erasure | None = ERASED_ON
    voided: Voiding | None = VOIDED

    @property
    def matters(self) -> tuple[str, ...]:
        """What was asked for, each matter in its own words."""
        return matters(self.requests or "")

    @property
    def course(self) -> str | None:
        """How it came about, where one matter alone was told: what was seen of another is not of this."""
        return self.heard if len(self.matters) < 2 else None


def _check(visit: Visit) -> Iterator[Fault]:
    if not visit.visitors:
        yield Fault("F010", ("走访人",), "没有写走访人")
    named = len(visit.households) + len(visit.people)
    if visit.attendance is not None and visit.attendance < named:
        yield Fault("F028", ("见到人次",), f"见到人次 {visit.attendance}，写明的户和人却有 {named} 个")
    if visit.review and visit.review.on < visit.day:
        yield Fault("F020", ("审阅", "审阅日期"), f"审阅日期 {visit.review.on} 早于走访日期 {visit.day}")


_SEEN = """(SELECT group_concat(w.name, '、') FROM (
    SELECT 0 AS sort, j.key AS place, h.head AS name
    FROM json_each(households) AS j JOIN household AS h ON h.id = j.value
    UNION ALL SELECT 1, j.key, j.value FROM json_each(people) AS j ORDER BY sort, place) AS w)"""

_HEADS = "coalesce(attendance, coalesce(json_array_length(households), 0) + coalesce(json_array_length(people), 0))"

_DAYS = "CAST(julianday(coalesce(until, day)) - julianday(day) AS INTEGER) + 1"

_ISSUES = f"""(SELECT count(*) FROM reference AS r WHERE r.target = id AND r.kind = 'issue' AND r.field = 'visit'
    AND r.source NOT IN (SELECT i.id FROM issue AS i WHERE i.base_state = '{VOID}'))"""  # noqa: S608 - a word of our own


def _whether(ways: tuple[Way, ...]) -> str:
    return f"CASE WHEN way IN {words(ways)} THEN '是' ELSE '否' END"


#: What the visit ledger prints that stands in no single field.
DERIVED = (
    Derived("heads", "人次", FieldType.INTEGER, sql=_HEADS, help="见到人次；没有写的，按走访户和见到的人数"),
    Derived("days", "天数", FieldType.INTEGER, sql=_DAYS),
    Derived("at_door", "上门", FieldType.FLAG, sql=_whether(AT_THE_DOOR), help="到了户里：入户、下访、回访、蹲点"),
    Derived("went_down", "下村", FieldType.FLAG, sql=_whether(IN_THE_VILLAGE), help="到了村里：上门的，加上座谈"),
    Derived("seen", "户主", privacy=Privacy.NAME, sql=_SEEN, help="走访户的户主和见到的人"),
    Derived(
        "help_text", "帮扶情况", privacy=Privacy.INTERNAL, sql=outcome_text("helps"), help="慰问金、物品等，带数量"
    ),
    Derived("issues", "问题件数", FieldType.INTEGER, sql=_ISSUES, help="由这次走访登记的问题，作废的不算"),
    Derived("reviewer", "审阅人", FieldType.REF, refs=("person",), sql="json_extract(review, '$.审阅人')"),
    Derived("reviewed", "审阅日期", FieldType.DAY, sql="json_extract(review, '$.审阅日期')"),
    Derived("review_text", "审阅意见", privacy=Privacy.STORY, sql="json_extract(review, '$.审阅意见')"),
)

VISIT = Kind(
    name="visit",
    label="走访",
    prefix="ZF",
    folder="visits",
    yearly=True,
    model=Visit,
    title=lambda visit: f"{visit.day} {visit.way.value}",
    listed=("编号", "日期", "走访人", "所属村", "走访户", "走访方式", "诉求建议"),
    dated="日期",
    told_by=("户主", "所属村"),
    check=_check,
    derived=DERIVED,
    help="走访和民情日记",
)
