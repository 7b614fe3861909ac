"""An invented issue, told step by step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from lianxin.core.day.calendar import Calendar
from lianxin.core.day.limit import Limits
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import Context, Event
from lianxin.core.problem import Fault
from lianxin.kinds.issue.conduct import attempt, fold
from lianxin.kinds.issue.life import Life
from lianxin.kinds.issue.record import Issue
from lianxin.kinds.issue.table import LIFECYCLE

CONTEXT = Context(Calendar(), Limits())

TRIAGE = {"问题性质": "个性", "公共个人": "公共", "合理性": "合理", "类别": "道路", "紧急程度": "一般"}

#: What each step asks for at the least, so that it can be taken in a sensible history.
ASKED: Mapping[str, Mapping[str, Any]] = {
    "受理": {"受理层级": "村", **TRIAGE},
    "上报": {"上报至": "镇", "原因": "村里没有施工队"},
    "解释疏导": {**TRIAGE, "合理性": "不合理", "理由": "补偿标准是县里统一定的"},
    "快办快结": {**TRIAGE, "处理情况": "当场换了灯泡", "报备": "是"},
    "补研判": {"类别": "水利"},
    "并案": {"并入": "WT-2026-A0099"},
    "交办": {"责任部门": "DW-A0001", "责任人": "RY-A0002", "办理时限": "5个工作日", "工作标准": "路面平整"},
    "签收": {},
    "退回": {"理由": "不归我们管"},
    "吹哨": {
        "哨单": "CS-2026-A0001",
        "牵头单位": "DW-A0003",
        "责任人": "RY-A0002",
        "办理时限": "5个工作日",
        "工作标准": "通水",
    },
    "进展": {"进展情况": "已到现场看过"},
    "催办": {"方式": "催办"},
    "延期": {"办理时限": "10个工作日", "理由": "连日下雨", "批准人": "RY-A0003"},
    "暂缓": {"原因": "河水没退", "恢复条件": "退水", "复核日期": "2026-12-01", "已告知反映人": "是"},
    "恢复": {},
    "办结": {"办理结果": "路面已经修平"},
    "反馈": {"反馈方式": "电话", "是否解决": "解决", "满意度": "满意"},
    "重办": {"理由": "雨后又塌了", "办理时限": "3个工作日"},
    "撤回": {"获知方式": "本人来电"},
    "举一反三": {"排查范围": "全村", "发现同类": "2", "解决同类": "2"},
    "心得体会": {"心得体会": "修路要赶在雨季前"},
    "销号": {},
    "更正": {"字段": "何地", "新值": "村口", "理由": "写错了"},
    "作废": {"理由": "重复登记"},
}


class Story:
    """Events in the order they are told; each call adds one and gives back the story."""

    def __init__(self, **intake: Any) -> None:
        self.intake: dict[str, Any] = {
            "编号": "WT-2026-A0001",
            "登记时间": "2026-03-02 09:00",
            "登记人": "RY-A0001",
            "反映时间": "2026-03-02",
            "来源渠道": "入户走访",
            "反映人": "甲某",
            "所属村": "CUN-A0001",
            "事由": "村口路面塌陷",
            "原话": "路塌了一大块，三轮车过不去",
            "何人": "过路的村民",
            "何时": "二月底",
            "何地": "村口桥头",
            "何因": "雨水冲刷",
            "经过": "一下雨就塌，填过两次",
            **intake,
        }
        self.events: list[dict[str, Any]] = []

    def then(self, at: str, step: str, **fields: Any) -> Story:
        """Add an event with what the step asks for; a field given as None is left out."""
        event: dict[str, Any] = {
            "编号": f"e{len(self.events) + 1}",
            "步骤": step,
            "时间": at,
            "记录时间": at,
            "经办人": "RY-A0001",
            **ASKED[step],
            **fields,
        }
        self.events.append({key: value for key, value in event.items() if value is not None})
        return self

    def issue(self) -> Issue:
        """The record."""
        return Issue.model_validate({**self.intake, "事件": self.events})

    def life(self, context: Context = CONTEXT, now: datetime | None = None) -> Life:
        """What it adds up to."""
        return fold(self.issue(), context, now)


def event_of(step: str, **fields: Any) -> Event:
    """One event by itself."""
    story = Story().then(fields.pop("时间"), step, **{"编号": "x1", **fields})
    return story.issue().events[0]


def refuse(issue: Issue, event: Event, context: Context = CONTEXT) -> Fault | None:
    """Why an event as it stands cannot be added."""
    values = event.model_dump(mode="json", by_alias=True, exclude_none=True, exclude={"step"})
    return attempt(event.step, issue, values, context).refusal


def stored(kind: Kind, life: Any) -> dict[str, Any]:
    """What the index keeps of a life: its columns, stays and faults, and the record as corrected."""
    columns = [column.name for column in kind.derived if column.sql is None]
    return {name: getattr(life, name) for name in (*columns, "record", "intervals", "faults", "lawful")}


def label(name: str) -> str:
    """The Chinese name of a step."""
    step = LIFECYCLE.step(name)
    assert step is not None
    return step.label


def codes(life: Life) -> list[str]:
    """Codes of the faults, in the order of the file."""
    return [fault.code for fault in life.faults]
