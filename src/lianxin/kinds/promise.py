"""Promises (承诺): what a unit or member undertook in public, and whether it was kept."""

from __future__ import annotations

from lianxin.core.declare.field import Privacy, field
from lianxin.core.declare.kind import Derived, Kind
from lianxin.core.declare.record import Record
from lianxin.core.tone import Tone, Toned
from lianxin.core.value import Day, FieldType, Flag, Ref, Text
from lianxin.kinds.void import VOIDED, Voiding


class Promise(Record):
    """One promise."""

    id: Ref = field("编号", ref="promise", auto=True)
    who: Ref = field("承诺人", ref=("org", "person"), help="单位或个人")
    to: Ref | None = field("承诺对象", default=None, ref=("village", "org", "person"))
    household: Ref | None = field("承诺户", default=None, ref="household", help="对着一户承诺的")
    to_text: Text | None = field("对象说明", default=None, help="不是一村一户一单位的，写给谁，如 全体村民")
    pairing: Ref | None = field("结对", default=None, ref="pairing", help="属于哪一对结对的承诺")
    text: Text = field("承诺内容", help="一句话，能看出兑现没有")
    public: Flag = field("公开", default=True, help="有没有公示")
    made: Day = field("承诺日期")
    due: Day | None = field("完成时限", default=None, coming=True, not_before=("made",))
    kept: Day | None = field("兑现日期", default=None, not_before=("made",))
    evidence: Text | None = field(
        "佐证", default=None, privacy=Privacy.STORY, help="凭什么说兑现了，如 验收单、照片、签字"
    )
    notes: Text | None = field("备注", default=None, privacy=Privacy.STORY)
    voided: Voiding | None = VOIDED


class State(Toned):
    """Where a promise stands; what has no limit is not due."""

    PENDING = "未到期"
    KEPT = "已兑现", Tone.GOOD
    LATE = "逾期未兑现", Tone.ALARM


_STATE = f"""CASE WHEN kept IS NOT NULL THEN '{State.KEPT}'
    WHEN due < :today THEN '{State.LATE}' ELSE '{State.PENDING}' END"""
_IN_TIME = "CASE WHEN kept IS NULL OR due IS NULL THEN NULL WHEN kept <= due THEN '是' ELSE '否' END"
_LATE = """CASE WHEN coalesce(kept, :today) > due
    THEN CAST(julianday(coalesce(kept, :today)) - julianday(due) AS INTEGER) END"""

DERIVED = (
    Derived("state", "状态", FieldType.CHOICE, sql=_STATE, help="没有定时限的算未到期", choices=tuple(State)),
    Derived("in_time", "按期兑现", sql=_IN_TIME),
    Derived("days_late", "逾期天数", FieldType.INTEGER, sql=_LATE),
)

PROMISE = Kind(
    name="promise",
    label="承诺",
    prefix="CN",
    folder="promises",
    yearly=False,
    model=Promise,
    title=lambda promise: str(promise.text),
    listed=("编号", "承诺人", "承诺对象", "承诺内容", "完成时限", "兑现日期", "状态"),
    dated="承诺日期",
    derived=DERIVED,
    help="单位和党员的公开承诺",
)
