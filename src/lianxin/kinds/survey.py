"""Satisfaction surveys (满意度测评): forms handed out, returned and valid, and the answers by option."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from itertools import pairwise

from lianxin.core.declare.field import field
from lianxin.core.declare.kind import Derived, Kind
from lianxin.core.declare.record import Record
from lianxin.core.problem import Fault
from lianxin.core.sql import words
from lianxin.core.value import Day, FieldType, Integer, Ref, Text
from lianxin.kinds.void import VOIDED, Voiding


class Subject(StrEnum):
    """What is being judged."""

    VILLAGE_PARTY = "村级党组织"
    PAIRED_UNIT = "联建单位"
    DEPARTMENT = "承办部门"
    CADRE = "干部"
    MEMBER = "党员"
    WORK = "工作"
    OTHER = "其他"


class Answer(Record):
    """How many chose one option."""

    option: Text = field("选项", term=True, help="满意、基本满意、不满意、不了解 等")
    count: Integer = field("份数")


class Survey(Record):
    """One survey of one subject by one question."""

    id: Ref = field("编号", ref="survey", auto=True)
    about: Ref = field("测评对象", ref=("village", "org", "person"))
    subject: Subject = field("类别")
    day: Day = field("日期")
    question: Text | None = field("题目", default=None)
    org: Ref | None = field("组织单位", default=None, ref="org", help="谁来测的")
    handed_out: Integer = field("发放份数")
    returned: Integer = field("收回份数")
    valid: Integer = field("有效份数")
    answers: tuple[Answer, ...] = field(
        "答卷", help="一个选项一行，各行相加等于有效份数", example="选项：满意，份数：86"
    )
    notes: Text | None = field("备注", default=None)
    voided: Voiding | None = VOIDED


def _check(survey: Survey) -> Iterator[Fault]:
    counts = (("发放份数", "handed_out"), ("收回份数", "returned"), ("有效份数", "valid"))
    for (whole, whole_name), (part, part_name) in pairwise(counts):
        most, count = getattr(survey, whole_name), getattr(survey, part_name)
        if count > most:
            yield Fault("F026", (part,), f"{part} {count} 多于{whole} {most}")
    if not survey.answers:
        yield Fault("F010", ("答卷",), "没有写答卷")
        return
    seen: set[str] = set()
    for n, answer in enumerate(survey.answers):
        if answer.option in seen:
            yield Fault("F026", ("答卷", n, "选项"), f"「{answer.option}」写了两次，请合成一行")
        seen.add(answer.option)
    total = sum(answer.count for answer in survey.answers)
    if total != survey.valid:
        yield Fault("F026", ("有效份数",), f"各选项相加是 {total} 份，有效份数却是 {survey.valid}")


#: Options that mean the same, whatever the form called them.
_SATISFIED = ("非常满意", "很满意", "满意")
_FAIRLY = ("比较满意", "基本满意")
_NOT = ("不太满意", "不满意", "很不满意")


def _count(options: tuple[str, ...]) -> str:
    return f"""(SELECT coalesce(sum(json_extract(j.value, '$.份数')), 0) FROM json_each(answers) AS j
    WHERE json_extract(j.value, '$.选项') IN {words(options)})"""  # noqa: S608 - words of this file


_ANSWERS = """(SELECT group_concat(json_extract(j.value, '$.选项') || ' ' || json_extract(j.value, '$.份数'), '、')
    FROM json_each(answers) AS j)"""

#: The pieces a rate is computed from; the rate itself is a figure, never typed.
DERIVED = (
    Derived("satisfied", "满意数", FieldType.INTEGER, sql=_count(_SATISFIED), help="、".join(_SATISFIED)),
    Derived("fairly", "基本满意数", FieldType.INTEGER, sql=_count(_FAIRLY), help="、".join(_FAIRLY)),
    Derived("dissatisfied", "不满意数", FieldType.INTEGER, sql=_count(_NOT), help="、".join(_NOT)),
    Derived("answered", "有效数", FieldType.INTEGER, sql="valid", help="就是有效份数，算率时作分母"),
    Derived("answer_text", "答卷情况", sql=_ANSWERS, term=True, help="各选项的份数写成一行"),
)

SURVEY = Kind(
    name="survey",
    label="测评",
    prefix="CP",
    folder="surveys",
    yearly=False,
    model=Survey,
    title=lambda survey: f"{survey.day} {survey.subject.value}测评",
    listed=("编号", "日期", "类别", "测评对象", "发放份数", "有效份数", "答卷情况"),
    dated="日期",
    check=_check,
    derived=DERIVED,
    help="满意度测评",
)
