"""An invented whistle, told step by step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tests.kinds.story import CONTEXT

from lianxin.core.declare.lifecycle import Context
from lianxin.kinds.whistle.column import Answer
from lianxin.kinds.whistle.conduct import attempt, fold
from lianxin.kinds.whistle.life import Life
from lianxin.kinds.whistle.record import Whistle

LEAD, OTHER, LATE, STRANGER = "DW-A0002", "DW-A0003", "DW-A0004", "DW-A0009"

#: What each step asks for at the least.
ASKED: Mapping[str, Mapping[str, Any]] = {
    "批准": {},
    "响应": {"部门": LEAD},
    "报到": {"部门": LEAD, "到场人": ["RY-A0002"]},
    "处置": {"部门": LEAD, "处置措施": "拉警戒线"},
    "办结": {"部门": LEAD, "办理结果": "险情排除"},
    "加哨": {"部门": LATE},
    "延期": {"部门": LEAD, "办结时限": "30个工作日", "理由": "连日下雨", "批准人": "RY-A0003"},
    "催办": {"方式": "催办"},
    "进展": {"进展情况": "已到现场看过"},
    "结哨": {"总的结果": "人都搬回去了"},
    "评哨": {"评价": "满意"},
    "撤哨": {"理由": "问题已经自己解决"},
    "更正": {"字段": "事项", "新值": "边坡开裂", "理由": "写错了"},
    "作废": {"理由": "重复登记"},
}


class Story:
    """Events in the order they are told; each call adds one and gives back the story."""

    def __init__(self, **top: Any) -> None:
        self.top: dict[str, Any] = {
            "编号": "CS-2026-A0001",
            "吹哨时间": "2026-03-02 09:00",
            "吹哨单位": "DW-A0001",
            "事项": "屋后边坡开裂，要几家一起上",
            "问题": ["WT-2026-A0001"],
            "紧急程度": "紧急",
            "牵头部门": LEAD,
            "报到部门": [{"部门": LEAD}, {"部门": OTHER, "报到时限": "2026-03-03 10:00"}],
            **top,
        }
        self.events: list[dict[str, Any]] = []

    def then(self, at: str, step: str, **fields: Any) -> Story:
        """Add an event with what the step asks for; a field given as None is left out."""
        event: dict[str, Any] = {**self._common(at), "步骤": step, **ASKED[step], **fields}
        self.events.append({key: value for key, value in event.items() if value is not None})
        return self

    def each(self, at: str, step: str, *depts: str) -> Story:
        """The same step by several departments."""
        for dept in depts or (LEAD, OTHER):
            self.then(at, step, 部门=dept)
        return self

    def _common(self, at: str) -> dict[str, Any]:
        return {"编号": f"e{len(self.events) + 1}", "时间": at, "记录时间": at, "经办人": "RY-A0001"}

    def whistle(self) -> Whistle:
        """The record."""
        return Whistle.model_validate({**self.top, "事件": self.events})

    def life(self, context: Context = CONTEXT) -> Life:
        """What it adds up to."""
        return fold(self.whistle(), context)

    def line(self, dept: str = LEAD, context: Context = CONTEXT) -> Answer:
        """One department's line of the list."""
        answer = self.life(context).answer(dept)
        assert answer is not None
        return answer

    def take(self, at: str, step: str, context: Context = CONTEXT, **fields: Any) -> tuple[str | None, tuple[str, ...]]:
        """Prepare a step and add it if it is lawful: the refusal, and what was shown."""
        given = {**self._common(at), **ASKED[step], **fields}
        values = {key: value for key, value in given.items() if value is not None}
        prepared = attempt(step, self.whistle(), values, context)
        refusal = prepared.refusal
        if refusal is None:
            self.events.append(prepared.event.model_dump(mode="json", by_alias=True, exclude_none=True))
        return refusal.message if refusal else None, prepared.reasons


def at(text: str) -> datetime:
    """A moment."""
    return datetime.fromisoformat(text)


def codes(life: Life) -> list[str]:
    """Codes of the faults, in the order of the file."""
    return [fault.code for fault in life.faults]
