"""The five haves (五有, S1b 4): each is there, or what is missing is said plainly."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from lianxin.core.declare.condition import blank
from lianxin.kinds.issue.choice import Satisfied, Solved, Told
from lianxin.kinds.issue.judgement import untriaged
from lianxin.kinds.issue.state import CLOSING, How, State
from lianxin.kinds.issue.tally import IssueTally

if TYPE_CHECKING:
    from lianxin.kinds.issue.step.end import Feedback

#: The five elements of a full description (有问题描述).
ELEMENTS = ("who", "when", "where", "cause", "course")

#: What a withdrawn issue need not have.
WAIVED = "不适用（已撤回）"


class HaveName(StrEnum):
    """The five, in the order of the handbook."""

    DESCRIBED = "有问题描述"
    ACCEPTED = "有受理情况"
    HANDLED = "有办理状态"
    ANSWERED = "有结果反馈"
    REFLECTED = "有心得体会"


class Have(Struct, frozen=True):
    """One of the five.

    Attributes:
        missing: What is missing, in words; empty when nothing is.
        waived: It is not asked for, the issue having been withdrawn.
    """

    name: HaveName
    missing: str = ""
    waived: bool = False

    @property
    def present(self) -> bool:
        """Whether it is there, or need not be."""
        return not self.missing

    @property
    def mark(self) -> str:
        """How it stands, in a word."""
        if self.waived:
            return WAIVED
        return "有" if self.present else "缺"


def _described(tally: IssueTally) -> str:
    missing = [spec.label for spec in blank(tally.record, CLOSING)]
    return "没写" + "、".join(missing) if missing else ""


def _accepted(tally: IssueTally) -> str:
    if tally.taken_up is None:
        return "还没有受理"
    if tally.into is not None:  # inherits the rest from the issue it follows
        return ""
    missing = untriaged(tally)
    return f"没有判定{missing}" if missing else ""


def _handled(tally: IssueTally) -> str:
    if tally.outcome is None:
        return "还没有办理结果"
    if tally.course.skipped:
        return f"办理过程里有 {tally.course.skipped} 步不合规"
    if tally.outcome.how is How.QUICK and not tally.outcome.reported:
        return "快办快结还没有向村党支部报备"
    return ""


def _answered(tally: IssueTally) -> str:
    told = tally.told
    if told is None:
        tries, days = tally.tries
        if not tries:
            return "还没有反馈"
        limits = tally.context.limits
        if tries >= limits.tries and days >= limits.try_days:
            return ""
        return f"联系过 {tries} 次、在 {days} 个日子，都没接通；至少 {limits.tries} 次、在 {limits.try_days} 个日子"
    if not all(_lacking(tally, answer) for answer in tally.answers):
        return ""  # one that was enough stays so, whatever was said afterwards
    published = [answer for answer in tally.answers if answer.how is Told.PUBLISHED]
    return _lacking(tally, published[-1] if tally.record.anonymous and published else told)


def _lacking(tally: IssueTally, told: Feedback) -> str:
    """What keeps one answer from being enough."""
    if tally.record.anonymous and told.how is not Told.PUBLISHED:
        return "匿名反映的，要公示结果并写明公示地点"
    missing = [spec.label for spec in blank(told, CLOSING)]
    said = "公示了结果，没写" if told.how is Told.PUBLISHED else "没记"
    return said + "、".join(missing) if missing else ""


def _reflected(tally: IssueTally) -> str:
    return "" if tally.reflects else "还没有写心得体会"


_CHECKS = (
    (HaveName.DESCRIBED, _described),
    (HaveName.ACCEPTED, _accepted),
    (HaveName.HANDLED, _handled),
    (HaveName.ANSWERED, _answered),
    (HaveName.REFLECTED, _reflected),
)


def haves(tally: IssueTally) -> list[Have]:
    """The five haves, as far as the events go; of what was withdrawn only the words and the withdrawal count."""
    if tally.withdrawn:
        kept = (HaveName.DESCRIBED, HaveName.ANSWERED)
        return [Have(name, waived=name not in kept) for name in HaveName]
    return [Have(name, check(tally)) for name, check in _CHECKS]


def needs_reason(tally: IssueTally) -> bool:
    """Whether striking off asks for a written reason: the person is not content."""
    told = tally.told
    return told is not None and (told.satisfied is Satisfied.DISSATISFIED or told.solved is Solved.UNSOLVED)


def unreachable(tally: IssueTally) -> bool:
    """Whether the person was tried often enough to be struck off as 联系不上."""
    tries, days = tally.tries
    limits = tally.context.limits
    return tally.state is State.RESOLVED and tries >= limits.tries and days >= limits.try_days
