"""The steps and words that lives of several kinds share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, Literal

from lianxin.core.declare.field import Privacy, field
from lianxin.core.declare.lifecycle import Context, Event, Step
from lianxin.core.tone import Tone, Toned
from lianxin.core.value import Text, show_moment


class Urgency(Toned):
    """How soon it must move."""

    NORMAL = "一般"
    URGENT = "紧急", Tone.WARNING
    CRITICAL = "特急", Tone.ALARM


class UrgeForm(StrEnum):
    """In what form a department is urged."""

    REMIND = "催办"
    SUPERVISE = "督办"
    CIRCULAR = "通报"


class Light(Toned):
    """How near a limit is that still runs (预警灯)."""

    FINE = "正常", Tone.GOOD
    SOON = "即将到期", Tone.WARNING
    LATE = "已逾期", Tone.ALARM


class Progress(Event):
    """进展"""

    COMMAND = "progress"
    HELP = "记一笔进展"
    REPORTED = True

    step: Literal["进展"] = field("步骤", auto=True)
    text: Text = field("进展情况", privacy=Privacy.STORY)


_declare = field  # inside Amend the name is taken by the field it corrects


class Amend(Event):
    """更正"""

    COMMAND = "amend"
    TONE = Tone.MUTED

    step: Literal["更正"] = field("步骤", auto=True)
    event: Text | None = field(
        "事件编号", default=None, often=True, help="更正某一步时写第几步，查看时每一步后面写着；更正登记内容时不写"
    )
    field: Text = field("字段", help="更正哪一项，如 备注")
    value: Text | None = _declare("新值", default=None, privacy=Privacy.STORY, often=True, help="不写表示删去原值")
    why: Text = _declare("理由", privacy=Privacy.STORY)

    @classmethod
    def narrowed(cls, life: Any, context: Context) -> Mapping[str, Sequence[str]]:  # noqa: ARG003
        """The steps there are, by their places in the file."""
        events = life.record.events
        made = (
            f"{n} 第 {n} 步 {one.step}，{show_moment(one.at)}"
            for n, one in enumerate(events, 1)
            if not isinstance(one, Amend)
        )
        return {"event": tuple(made)}


#: What stands under 步骤 of one, whatever it corrects.
CORRECTION = Step(Amend).label


class Void(Event):
    """作废"""

    COMMAND = "void"
    HELP = "登记错了，作废（编号保留）"
    TONE = Tone.MUTED

    step: Literal["作废"] = field("步骤", auto=True)
    why: Text = field("理由", privacy=Privacy.STORY)
