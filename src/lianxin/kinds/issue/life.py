"""The issue's life: what its events add up to (S1b, domain tables of states, steps and haves), and the columns of that.

What hangs on the day, or on other records, is SQL over these columns: it stands in ``column``, and here in its place.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from msgspec import Struct

from lianxin.core.declare.field import Privacy
from lianxin.core.declare.lifecycle import Step
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType
from lianxin.kinds.issue import column as sql
from lianxin.kinds.issue.choice import Level, Merit, Reached, Satisfied, Scope, Solved, Sphere, Told
from lianxin.kinds.issue.clock import standing
from lianxin.kinds.issue.column import Assignment, Reopening
from lianxin.kinds.issue.haves import Have, HaveName, needs_reason, unreachable
from lianxin.kinds.issue.state import HELD, RUN_OUT, Closing, How, State, whistle_next
from lianxin.kinds.issue.step.end import Feedback
from lianxin.kinds.issue.tally import Holding, IssueTally, Outcome
from lianxin.kinds.life.column import FAULTS, RECOMPUTED, STAYS, Saying, columns, lawful
from lianxin.kinds.life.correction import Correction
from lianxin.kinds.life.event import Urgency

T = TypeVar("T")

#: The step that brings what is missing of the five haves.
_BRINGS = {
    HaveName.DESCRIBED: "amend",
    HaveName.ACCEPTED: "triage",
    HaveName.ANSWERED: "feedback",
    HaveName.REFLECTED: "reflect",
}

_says: Saying[Life] = Saying()


def _held(read: Callable[[Holding], T]) -> Callable[[Life], T | None]:
    """What is so of what a department has in hand."""
    return lambda life: read(life.tally.holding) if life.tally.holding else None


def _ended(read: Callable[[Outcome], T]) -> Callable[[Life], T | None]:
    """What is so of what the present round came to."""
    return lambda life: read(life.tally.outcome) if life.tally.outcome else None


def _told(read: Callable[[Feedback], T]) -> Callable[[Life], T | None]:
    """What is so of the answer that counts."""
    return lambda life: read(life.tally.told) if life.tally.told else None


class Life(Struct, frozen=True):
    """What an issue's events add up to.

    Result, feedback and closing are those of the present round; rounds before a reopening are in the events.

    Attributes:
        tally: The sum when all is played.
        corrections: What its amendments changed.
        haves: The five, in the order of the handbook.
        ends: The deadline as it stands; while suspended, as it will be if nobody resumes.
        record: As its amendments read it.
        intervals: Every stay in a state, in order; the last one is open.
        faults: What is wrong with the events, in the order of the file.
        recomputed: Notices of 暂定 deadlines counted anew because their year has been published.
        owed: Labels of what the department still has to name on signing: 责任人, 办理时限, 工作标准.
        limits: The first limit and everything that moved it, with reasons.
        refusals: Who sent it back, why and when.
        needs_reason: Striking off asks for a written reason.
        learned: Searches of the area for the same trouble.
        due: The deadline in force: none while it stands still; one that had run out stays so.
    """

    tally: IssueTally
    corrections: tuple[Correction, ...]
    haves: tuple[Have, ...]
    ends: datetime | None

    record = _says.of(lambda life: life.tally.record)
    intervals, faults, recomputed = STAYS, FAULTS, RECOMPUTED
    owed = _says.of(lambda life: life.tally.holding.owed if life.tally.holding and life.tally.state in HELD else ())
    limits = _says.of(lambda life: tuple(life.tally.limits))
    suspensions = _says.of(lambda life: life.tally.stood)
    refusals = _says.of(lambda life: tuple(life.tally.refusals))
    merges = _says.of(lambda life: tuple(life.tally.merges))
    urged = _says.of(lambda life: tuple(life.tally.urges))
    learned = _says.of(lambda life: tuple(life.tally.learns))
    evidence = _says.of(lambda life: life.tally.outcome.evidence if life.tally.outcome else ())
    needs_reason = _says.of(lambda life: needs_reason(life.tally))
    close_reason = _says.of(lambda life: life.tally.close_reason)

    shown = sql.SHOWN
    base_state = _says.choice(
        "存档状态", State, lambda life: life.tally.state, choices=tuple(map(str, State))
    )  # bare words: it is not the state that is shown, and bears none of its colours
    level_now = _says.choice("受理层级", Level, lambda life: life.tally.level)
    scope = _says.choice("问题性质", Scope, lambda life: life.tally.scope)
    sphere = _says.choice("公共个人", Sphere, lambda life: life.tally.sphere)
    merit = _says.choice("合理性", Merit, lambda life: life.tally.merit)
    category = _says.text("类别", lambda life: life.tally.category, term=True)
    urgency = _says.choice("紧急程度", Urgency, lambda life: life.tally.urgency)
    accepted_at = _says.moment("受理时间", lambda life: life.tally.taken_up.at if life.tally.taken_up else None)
    accepted_by = _says.one(
        "受理人", "person", lambda life: life.tally.taken_up.actor if life.tally.taken_up else None, "accepted_at"
    )
    reply = _says.text("答复", lambda life: life.tally.reply, privacy=Privacy.STORY)
    causes = sql.CAUSES
    remedies = sql.REMEDIES
    dept = _says.one("责任部门", "org", _held(lambda holding: holding.dept))
    co_depts = _says.several("配合单位", "org", lambda life: life.tally.holding.co_depts if life.tally.holding else ())
    person = _says.one("责任人", "person", _held(lambda holding: holding.person), "assigned_at")
    rule = _says.text("办理时限", _held(lambda holding: holding.rule))
    due = _says.deadline(
        "办结期限",
        lambda life: life.ends if standing(life.tally) in (None, RUN_OUT) else None,
        sql=sql.DUE,
        words=sql.DUE_WORDS,
        help="已计入延期和暂缓；正在暂缓的没有期限，清单里印剩多少",
    )
    base_due = _says.deadline(
        "存档期限", lambda life: life.ends, help="正在暂缓的，是一直没有恢复、满期自动恢复后的期限"
    )
    left = _says.text(
        "剩余时限", lambda life: standing(life.tally), help="正在暂缓的，时限还剩多少，如 剩 4 个工作日、时限已过"
    )
    first_due = _says.deadline("首次期限", lambda life: life.tally.first_due, help="头一次定下的期限，一直保留")
    provisional = _says.flag(
        "暂定",
        lambda life: life.tally.holding.provisional if life.tally.holding and life.ends else None,
        help="跨到了尚未公布放假安排的年份",
    )
    standard = _says.text("工作标准", _held(lambda holding: holding.standard), privacy=Privacy.STORY)
    document = _says.text("文号", _held(lambda holding: holding.document))
    every = _says.text("反馈周期", _held(lambda holding: holding.every))
    assigned_at = _says.moment("交办时间", _held(lambda holding: holding.assigned_at))
    assignments = _says.groups(
        "交办记录",
        Assignment,
        lambda life: tuple(map(sql.assignment, life.tally.given)),
        "每次交办一条，退回、上报、再交办的都在；台账可用「展开」分行",
    )
    sign_due = _says.deadline("签收期限", _held(lambda holding: holding.sign_due))
    sign_provisional = _says.flag(
        "签收暂定",
        _held(lambda holding: holding.sign_provisional if holding.sign_due else None),
        help="签收期限跨到了尚未公布放假安排的年份",
    )
    signed_at = _says.moment("签收时间", _held(lambda holding: holding.signed_at))
    signed_by = _says.one("签收人", "person", _held(lambda holding: holding.signed_by), "signed_at")
    signed_in_time = sql.SIGNED_IN_TIME
    extensions = _says.count("延期次数", lambda life: life.tally.extensions)
    returns = _says.count("退回次数", lambda life: len(life.tally.refusals))
    reopens = _says.count("重办次数", lambda life: len(life.tally.reopens))
    reopenings = _says.groups(
        "重办记录",
        Reopening,
        lambda life: tuple(life.tally.reopens),
        "每次重办一条；台账可用「展开」分行",
    )
    urges = _says.count("催办次数", lambda life: len(life.tally.urges))
    learns = _says.count("举一反三次数", lambda life: len(life.tally.learns))
    alike_found = _says.count(
        "发现同类", lambda life: sum(one.found or 0 for one in life.tally.learns), "举一反三查出的同类问题"
    )
    alike_solved = _says.count(
        "解决同类", lambda life: sum(one.solved or 0 for one in life.tally.learns), "举一反三一并解决的"
    )
    whistle = _says.one("哨单", "whistle", lambda life: life.tally.whistle)
    review_on = _says.day("复核日期", lambda life: life.tally.review_on)
    wakes = _says.day("自动恢复日", lambda life: life.tally.wakes, "暂缓累计满期，这天起自动恢复办理")
    result = _says.text("办理结果", _ended(lambda outcome: outcome.result), privacy=Privacy.STORY)
    resolved_at = _says.moment("办结时间", _ended(lambda outcome: None if outcome.how is How.MERGED else outcome.at))
    resolved_how = _says.choice("办结方式", How, _ended(lambda outcome: outcome.how))
    cost = _says.amount("费用", _ended(lambda outcome: outcome.cost), "元")
    final_result = sql.FINAL_RESULT
    final_at = sql.FINAL_AT
    told_at = _says.moment("反馈时间", _told(lambda told: told.at))
    told_how = _says.choice("反馈方式", Told, _told(lambda told: told.how))
    told_by = _says.one("反馈人", "person", _told(lambda told: told.by or told.actor), "told_at")
    reached = _says.choice("接通情况", Reached, lambda life: _reached(life.tally))
    attempts = _says.count("未接通次数", lambda life: len(life.tally.attempts), "这一轮办结以来")
    solved = _says.choice("是否解决", Solved, _told(lambda told: told.solved))
    satisfied = _says.choice("满意度", Satisfied, _told(lambda told: told.satisfied))
    reflection = _says.text(
        "心得体会",
        lambda life: life.tally.reflects[-1].text if life.tally.reflects else None,
        type=FieldType.STORY,
        privacy=Privacy.STORY,
    )
    closed_at = _says.moment("销号时间", lambda life: life.tally.closed_at)
    closed_how = _says.choice("销号方式", Closing, lambda life: life.tally.closed_how)
    into = _says.one("并入", "issue", lambda life: life.tally.into)
    leader = sql.LEADER
    missing = _says.text(
        "缺项",
        lambda life: "、".join(have.name for have in life.haves if not have.present) or None,
        help="五有里还缺的",
    )
    on_time = _says.flag(
        "按期办结", lambda life: _by(life.resolved_at, life.ends), help="与办结期限比", amiss=Tone.ALARM
    )
    on_time_first = _says.flag(
        "按首次期限办结",
        lambda life: _by(life.resolved_at, life.tally.first_clock),
        help="与首次期限比，暂缓的日子扣除，延期不算",
        amiss=Tone.WARNING,
    )
    warn_on = _says.day("预警起始日", lambda life: life.tally.context.warn_on(life.ends) if life.ends else None)
    light = sql.LIGHT
    overdue = sql.OVERDUE
    last_at = _says.moment(
        "最近动态", lambda life: max((event.at for event in life.record.events), default=life.record.taken)
    )
    teller = sql.ONE_PERSON

    @property
    def state(self) -> State:
        """As the events leave it, or as of the moment until which they were played."""
        return self.tally.state

    @property
    def lawful(self) -> tuple[Step, ...]:
        """What the table admits, less what the history forbids or leaves no need for; the step it waits for is first.

        What nothing more is owed to anybody waits for what is still missing of the five haves, and then to be struck
        off; what was sent back so often waits for departments to be called together.
        """
        wanted = self._wanted
        return tuple(sorted(lawful(self), key=lambda step: step.name != wanted)) if wanted else lawful(self)

    @property
    def _wanted(self) -> str:
        """The step it waits for, where that is not the one its state does."""
        if self._told:
            lacking = [_BRINGS[have.name] for have in self.haves if not have.present and have.name in _BRINGS]
            lacking.sort(key=lambda name: name == "amend")  # where another step is wanted too, that comes first
            return next(iter(lacking), "close")
        return "whistle" if whistle_next(self.state, self.returns, self.whistle) else ""

    @property
    def _told(self) -> bool:
        """Whether who said it was answered, or tried often enough."""
        return self.state is State.ANSWERED or (self.state is State.RESOLVED and unreachable(self.tally))

    def lacks(self, step: str = "") -> str:
        """What keeps an issue that was answered from being struck off; of a step, what that may bring. Or nothing."""
        five = [have for have in self.haves if not have.present] if self._told else []
        return "；".join(have.missing for have in five if step in ("", _BRINGS.get(have.name)))

    def have(self, name: HaveName) -> Have:
        """One of the five."""
        return next(have for have in self.haves if have.name is name)


DERIVED = columns(Life)


def _by(at: datetime | None, due: datetime | None) -> bool | None:
    return at <= due if at and due else None


def _reached(tally: IssueTally) -> Reached | None:
    """Of the answer that counts, else of the last try."""
    last = tally.told or (tally.attempts[-1] if tally.attempts else None)
    return last.reached if last else None
