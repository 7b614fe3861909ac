"""The steps of a whistle's life: what each asks for, does, needs, offers and says stands in its class (S1b 9–10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, Union

from lianxin.core.day.time_limit import Due, due, parse_limit, wrong_limit
from lianxin.core.declare.field import Privacy, field
from lianxin.core.declare.lifecycle import Context, Event, Step
from lianxin.core.declare.record import ToldBy
from lianxin.core.tone import Tone
from lianxin.core.value import Deadline, Flag, Ref, Text, show_deadline
from lianxin.kinds.life.course import UnlawfulError, settle
from lianxin.kinds.life.event import Amend as SharedAmend
from lianxin.kinds.life.event import UrgeForm, Void
from lianxin.kinds.whistle.state import DEPARTMENT, Rating, Stage
from lianxin.kinds.whistle.tally import LIMITS, Call, WhistleTally, call, ruled

#: What each limit is about, as the clerk reads it.
_ABOUT = {"respond": "响应", "arrive": "报到", "finish": "办结"}


def _counted(asked: Call, event: Event, before: WhistleTally) -> tuple[Call, tuple[str, ...]]:
    """The deadlines of a call from its rules, and how they were counted."""
    changes: dict[str, Any] = {}
    lines: list[str] = []
    for name, _ in LIMITS:
        rule = getattr(asked, f"{name}_rule")
        counted = due(parse_limit(rule), event.at, before.course.context.calendar) if rule else None
        if counted:
            changes[f"{name}_due"] = counted.moment
            changes["provisional"] = changes.get("provisional") or counted.provisional or None
            lines.append(f"{asked.dept} 应{_ABOUT[name]} {_shown(counted)}")
    return asked.model_copy(update=changes), tuple(lines)


def _shown(counted: Due) -> str:
    return f"{show_deadline(counted.moment)}{'（暂定）' if counted.provisional else ''}：{counted.reason}"


class Departmental(Event):
    """A step of one department called, which its own little table must admit."""

    dept: Ref

    def take(self, tally: WhistleTally) -> None:
        """The department moves on, and what it did is noted."""
        answer = tally.answer(self.dept)
        target = DEPARTMENT[answer.stage].get(self.COMMAND)
        if target is None:
            lawful = "、".join(step.label for step in STEPS if step.name in DEPARTMENT[answer.stage])
            more = f"，能做的有：{lawful}" if lawful else "，它的事已经办完"
            raise UnlawfulError("L032", f"{self.dept} 现在是「{answer.stage}」，不能「{self.step}」{more}", "部门")
        if isinstance(target, Stage):
            tally.put(self.dept, stage=target)
        self.done(tally)

    def done(self, tally: WhistleTally) -> None:
        """Note what the department did."""

    @classmethod
    def possible(cls, tally: WhistleTally) -> bool:
        """When a department is ready for it."""
        return any(cls.COMMAND in DEPARTMENT[answer.stage] for answer in tally.answers.values())

    @classmethod
    def offered(cls, life: Any, context: Context) -> Mapping[str, str]:  # noqa: ARG003
        """The one department that can take it, if there is but one."""
        ready = [answer.dept for answer in life.answers if cls.COMMAND in DEPARTMENT[answer.stage]]
        return {"dept": ready[0]} if len(ready) == 1 else {}


class Approve(Event):
    """批准"""

    COMMAND = "approve"
    HELP = "批准吹哨，各部门的时限从这时起算"

    step: Literal["批准"] = field("步骤", auto=True)
    by: Ref | None = field("批准人", default=None, ref="person", help="不写就是经办人")
    calls: tuple[Call, ...] = field("期限", default=(), auto=True, help="各部门的时限，从批准起算")

    def take(self, tally: WhistleTally) -> None:
        """Every department asked for is called; its limits run from now."""
        tally.approved = self
        stored = {one.dept: (n, one) for n, one in enumerate(self.calls)}
        for dept, summons in tally.asked.items():
            n, written = stored.get(dept, (-1, None))
            if written is not None:
                call(tally, dept, self, written, "期限", n)
            else:  # not written down with the approval: by the rules of the summons, or the table of limits
                call(tally, dept, self, ruled(tally, dept, summons))

    def filled(self, before: Any) -> tuple[Self, tuple[str, ...]]:
        """With every department's limits counted."""
        calls = [_counted(ruled(before, dept, one), self, before) for dept, one in before.asked.items()]
        made = self.model_copy(update={"calls": tuple(made for made, _ in calls)})
        return made, tuple(line for _, lines in calls for line in lines)


class Summon(Event):
    """加哨"""

    COMMAND = "summon"
    HELP = "再叫一个部门来"
    TRAIL = ("dept",)

    step: Literal["加哨"] = field("步骤", auto=True)
    dept: Ref = field("部门", ref="org")
    respond_rule: Text | None = field(
        "响应时限", default=None, flag="respond", help="如 2小时；不写按紧急程度的规定", judge=wrong_limit
    )
    respond_due: Deadline | None = field("应响应期限", default=None, auto=True)
    arrive_rule: Text | None = field(
        "报到时限", default=None, flag="arrive", help="如 4小时、2026-03-10 15:00", judge=wrong_limit
    )
    arrive_due: Deadline | None = field("应报到期限", default=None, auto=True)
    finish_rule: Text | None = field("办结时限", default=None, flag="finish", help="如 10个工作日", judge=wrong_limit)
    finish_due: Deadline | None = field("应办结期限", default=None, auto=True)
    provisional: Flag | None = field("暂定", default=None, auto=True)
    why: Text | None = field("理由", default=None)

    def take(self, tally: WhistleTally) -> None:
        """One more department; called at once where the whistle is approved."""
        if self.dept in tally.asked:
            raise UnlawfulError("L033", f"{self.dept} 已经在报到部门里，不用再加", "部门")
        tally.asked[self.dept] = self
        if tally.approved is not None:
            call(tally, self.dept, self, self)

    def filled(self, before: Any) -> tuple[Self, tuple[str, ...]]:
        """With its limits; counted where the whistle is approved."""
        made, lines = _counted(ruled(before, self.dept, self), self, before)
        rules = {f"{name}_rule": getattr(made, f"{name}_rule") for name, _ in LIMITS}
        if before.approved is None:  # its limits run from the approval, like everybody's
            return self.model_copy(update=rules), ("时限从批准起算",)
        dues = {f"{name}_due": getattr(made, f"{name}_due") for name, _ in LIMITS}
        return self.model_copy(update={**rules, **dues, "provisional": made.provisional}), lines

    @classmethod
    def offered(cls, life: Any, context: Context) -> Mapping[str, str]:
        """The limits of the office's table."""
        table = context.limits.call(life.record.urgency)
        return {f"{name}_rule": str(getattr(table, name)) for name, _ in LIMITS}


class Respond(Departmental):
    """响应"""

    COMMAND = "respond"
    HELP = "一个部门答应来"
    TRAIL = ("dept",)

    step: Literal["响应"] = field("步骤", auto=True)
    dept: Ref = field("部门", ref="org")
    by: Ref | None = field("响应人", default=None, ref="person")

    def done(self, tally: WhistleTally) -> None:
        """It has answered."""
        tally.put(self.dept, responded=self.at, responder=self.by)


class Arrive(Departmental):
    """报到"""

    COMMAND = "arrive"
    HELP = "一个部门到了现场，没有先响应的也算响应"
    TRAIL = ("dept",)

    step: Literal["报到"] = field("步骤", auto=True)
    dept: Ref = field("部门", ref="org")
    who: tuple[Ref, ...] = field("到场人", ref="person", help="谁来了")

    def done(self, tally: WhistleTally) -> None:
        """It is there; who had not answered has now."""
        answer = tally.answers[self.dept]
        tally.put(self.dept, arrived=self.at, who=self.who, responded=answer.responded or self.at)

    def explained(self, before: Any, after: Any) -> Iterator[str]:  # noqa: ARG002
        """Whether it was late."""
        answer = before.answers.get(self.dept)
        if answer and answer.arrive_due and self.at > answer.arrive_due:
            yield f"晚于报到期限 {show_deadline(answer.arrive_due)}，记为迟到"


class Dispose(Departmental):
    """处置"""

    COMMAND = "dispose"
    HELP = "一个部门定了措施、动了手"
    TRAIL = ("dept",)

    step: Literal["处置"] = field("步骤", auto=True)
    dept: Ref = field("部门", ref="org")
    measure: Text = field("处置措施", privacy=Privacy.STORY)

    def done(self, tally: WhistleTally) -> None:
        """What it did is added to what it did before."""
        before = tally.answers[self.dept].measure
        tally.put(self.dept, measure=f"{before.rstrip('。；')}；{self.measure}" if before else self.measure)


class Finish(Departmental):
    """办结"""

    COMMAND = "finish"
    HELP = "一个部门办完了自己的事"
    TONE = Tone.GOOD
    TRAIL = ("dept",)

    step: Literal["办结"] = field("步骤", auto=True)
    dept: Ref = field("部门", ref="org")
    result: Text = field("办理结果", privacy=Privacy.STORY)
    evidence: tuple[Text, ...] = field("佐证", default=(), help="照片、验收单等的名称或文号")

    def done(self, tally: WhistleTally) -> None:
        """It has done its part."""
        tally.put(self.dept, finished=self.at, result=self.result)

    def explained(self, before: Any, after: Any) -> Iterator[str]:  # noqa: ARG002
        """For whom the whole still waits."""
        if self.dept in before.answers:
            others = (one for one in before.answers.values() if one.dept != self.dept)
            left = [one.dept for one in others if one.stage is not Stage.FINISHED]
            yield f"还等 {'、'.join(left)}" if left else "各部门都办结了，可以结哨"


class Extend(Departmental):
    """延期"""

    COMMAND = "extend"
    HELP = "一个部门的办结时限，到期前延后"
    TONE = Tone.WARNING
    TRAIL = ("dept", "rule")

    step: Literal["延期"] = field("步骤", auto=True)
    dept: Ref = field("部门", ref="org")
    rule: Text = field(
        "办结时限", flag="limit", help="新的时限，从通知该部门次日重新数，如 15个工作日；或新的日期", judge=wrong_limit
    )
    due: Deadline | None = field("应办结期限", default=None, auto=True)
    provisional: Flag | None = field("暂定", default=None, auto=True)
    why: Text = field("理由")
    approved: Ref = field("批准人", ref="person")

    def done(self, tally: WhistleTally) -> None:
        """Before the limit runs out, only so often, and never to an earlier day."""
        answer = tally.answers[self.dept]
        if answer.finish_due is None or answer.called is None:
            raise UnlawfulError("L006", f"{self.dept} 还没有定下办结期限，无从延期", "部门")
        was = show_deadline(answer.finish_due)
        if self.at > answer.finish_due:
            raise UnlawfulError("L003", f"{self.dept} 的期限 {was} 已过，不能再延期", "时间")
        most = tally.course.context.limits.extensions
        if answer.extensions >= most:
            raise UnlawfulError("L004", f"{self.dept} 已延期 {answer.extensions} 次，至多 {most} 次")
        due, provisional = settle(tally.course, self.rule, answer.called, self.due, bool(self.provisional), "办结时限")
        if due is None:
            raise UnlawfulError("L006", f"延期要写明新的时限，不能是「{self.rule}」", "办结时限")
        if due <= answer.finish_due:
            raise UnlawfulError("L005", f"新期限 {show_deadline(due)} 不晚于原期限 {was}", "办结时限")
        changes = {"finish_rule": self.rule, "finish_due": due, "provisional": provisional or None}
        tally.put(self.dept, extensions=answer.extensions + 1, **changes)

    @classmethod
    def possible(cls, tally: WhistleTally) -> bool:
        """While a department has a limit that runs and was not moved too often."""
        most = tally.course.context.limits.extensions
        running = (one for one in tally.answers.values() if one.finish_due and one.stage is not Stage.FINISHED)
        return super().possible(tally) and any(one.extensions < most for one in running)

    def filled(self, before: Any) -> tuple[Self, tuple[str, ...]]:
        """With the new deadline counted."""
        answer = before.answers.get(self.dept)
        counted = (
            due(parse_limit(self.rule), answer.called, before.course.context.calendar)
            if answer and answer.called
            else None
        )
        if counted is None or answer is None:
            return self, ()
        made = self.model_copy(update={"due": counted.moment, "provisional": counted.provisional or None})
        return made, (f"{self.dept} 应办结 {_shown(counted)}", f"第 {answer.extensions + 1} 次延期")


class Progress(Event):
    """进展"""

    COMMAND = "progress"
    HELP = "记一笔进展"
    TRAIL = ("dept",)

    step: Literal["进展"] = field("步骤", auto=True)
    dept: Ref | None = field("部门", default=None, ref="org", help="哪个部门的进展；不写就是整个哨的")
    text: Text = field("进展情况", privacy=Privacy.STORY)

    def take(self, tally: WhistleTally) -> None:
        """Told; of a department only if it was called."""
        if self.dept and tally.approved is not None:
            tally.answer(self.dept)


class Urge(Event):
    """催办"""

    COMMAND = "urge"
    HELP = "催办、督办、通报"
    TONE = Tone.WARNING
    TRAIL = ("dept", "by", "form")

    step: Literal["催办"] = field("步骤", auto=True)
    form: UrgeForm = field("方式")
    dept: Ref | None = field("部门", default=None, ref="org", help="催哪个部门；不写就是都催")
    by: Ref | None = field("催办单位", default=None, ref="org")
    number: Text | None = field("文号", default=None)
    text: Text | None = field("内容", default=None, privacy=Privacy.STORY)

    def take(self, tally: WhistleTally) -> None:
        """Counted, for each department that has not finished."""
        tally.urges.append(self)
        urged = [tally.answer(self.dept)] if self.dept else [*tally.answers.values()]
        for answer in urged:
            if answer.stage is not Stage.FINISHED:
                tally.put(answer.dept, urges=answer.urges + 1)


class Close(Event):
    """结哨"""

    COMMAND = "close"
    HELP = "各部门都办结了，整个哨办结"
    TONE = Tone.GOOD

    step: Literal["结哨"] = field("步骤", auto=True)
    result: Text = field("总的结果", privacy=Privacy.STORY)

    def take(self, tally: WhistleTally) -> None:
        """Only when every department called has finished."""
        left = [f"{one.dept}（{one.stage}）" for one in tally.answers.values() if one.stage is not Stage.FINISHED]
        if left:
            raise UnlawfulError("L036", f"还有部门没有办结：{'、'.join(left)}")
        tally.closed = self

    @classmethod
    def possible(cls, tally: WhistleTally) -> bool:
        """When every department called has finished."""
        return all(one.stage is Stage.FINISHED for one in tally.answers.values())


class Rate(Event):
    """评哨"""

    COMMAND = "rate"
    HELP = "评一个部门，或评整个哨"
    TRAIL = ("dept", "by")

    step: Literal["评哨"] = field("步骤", auto=True)
    rating: Rating = field("评价")
    dept: Ref | None = field("部门", default=None, ref="org", help="评哪个部门；不写就是评整个哨")
    by: Ref | None = field("评价单位", default=None, ref="org", help="不写就是吹哨单位")
    words: Text | None = field("评语", default=None, privacy=Privacy.STORY)

    def take(self, tally: WhistleTally) -> None:
        """Of one department, or of the whole."""
        if self.dept is None:
            tally.rated = self
        else:
            tally.answer(self.dept)
            tally.put(self.dept, rating=self.rating, words=self.words)


class Cancel(Event):
    """撤哨"""

    COMMAND = "cancel"
    HELP = "还没有部门报到之前撤回"
    TONE = Tone.WARNING

    step: Literal["撤哨"] = field("步骤", auto=True)
    why: Text = field("理由")

    def take(self, tally: WhistleTally) -> None:
        """Taken back."""
        tally.cancelled = self


class Amend(SharedAmend):
    """更正"""

    HELP = "更正吹哨内容或某一步"


#: Every step but blowing the whistle itself, in the order readers see them.
MODELS: tuple[type[Event], ...] = (
    Approve,
    Respond,
    Arrive,
    Dispose,
    Finish,
    Summon,
    Extend,
    Urge,
    Progress,
    Close,
    Rate,
    Cancel,
    Amend,
    Void,
)

STEPS = tuple(Step(model) for model in MODELS)

if TYPE_CHECKING:
    WhistleEvent = Event
else:
    WhistleEvent = Annotated[Union[MODELS], ToldBy("step")]  # noqa: UP007 - of a tuple
