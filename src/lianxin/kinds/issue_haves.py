"""The five haves (五有, S1b 4): each is there, or what is missing is said plainly."""

from __future__ import annotations

from enum import StrEnum

from lianxin.core.condition import blank
from lianxin.core.dataclass import dataclass
from lianxin.core.lifecycle import COMMON
from lianxin.core.record import fields_of
from lianxin.kinds.issue_event import CLOSING, Satisfied, Solved, Told, Triaged
from lianxin.kinds.issue_state import How, State
from lianxin.kinds.issue_tally import Tally

#: The five elements of a full description (有问题描述).
ELEMENTS = ("who", "when", "where", "cause", "course")

#: What a triage assessment says of an issue: attribute and label.
TRIAGE = {spec.name: spec.label for spec in fields_of(Triaged) if spec.name not in COMMON}


class HaveName(StrEnum):
    """The five, in the order of the handbook."""

    DESCRIBED = "有问题描述"
    ACCEPTED = "有受理情况"
    HANDLED = "有办理状态"
    ANSWERED = "有结果反馈"
    REFLECTED = "有心得体会"


@dataclass(frozen=True, slots=True)
class Have:
    """One of the five.

    Attributes:
        missing: What is missing, in words; empty when nothing is.
    """

    name: HaveName
    missing: str = ""

    @property
    def present(self) -> bool:
        """Whether it is there."""
        return not self.missing


def _described(tally: Tally) -> str:
    missing = [spec.label for spec in blank(tally.issue, CLOSING)]
    return "没写" + "、".join(missing) if missing else ""


def blank_triage(tally: Tally) -> list[str]:
    """Labels of the triage fields nobody has given yet."""
    return [label for name, label in TRIAGE.items() if getattr(tally, name) is None]


def _accepted(tally: Tally) -> str:
    if tally.withdrawn:
        return ""
    if tally.taken_up is None:
        return "还没有受理"
    if tally.into is not None:  # inherits the rest from the issue it follows
        return ""
    missing = blank_triage(tally)
    return "没有判定" + "、".join(missing) if missing else ""


def _handled(tally: Tally) -> str:
    if tally.outcome is None:
        return "还没有办理结果"
    if tally.skipped:
        return f"办理过程里有 {tally.skipped} 步不合规"
    if tally.outcome.how is How.QUICK and not tally.outcome.reported:
        return "快办快结还没有向村党支部报备"
    return ""


def _answered(tally: Tally) -> str:
    if tally.withdrawn:
        return ""
    told = tally.told
    if told is None:
        tries, days = tally.tries
        if not tries:
            return "还没有反馈"
        limits = tally.context.limits
        if tries >= limits.tries and days >= limits.try_days:
            return ""
        return f"联系过 {tries} 次、在 {days} 个日子，都没接通；至少 {limits.tries} 次、在 {limits.try_days} 个日子"
    if tally.issue.anonymous and told.how is not Told.PUBLISHED:
        return "匿名反映的，要公示结果并写明公示地点"
    missing = [spec.label for spec in blank(told, CLOSING)]
    said = "公示了结果，没写" if told.how is Told.PUBLISHED else "没记"
    return said + "、".join(missing) if missing else ""


def _reflected(tally: Tally) -> str:
    return "" if tally.reflects else "还没有写心得体会"


_CHECKS = (
    (HaveName.DESCRIBED, _described),
    (HaveName.ACCEPTED, _accepted),
    (HaveName.HANDLED, _handled),
    (HaveName.ANSWERED, _answered),
    (HaveName.REFLECTED, _reflected),
)


def haves(tally: Tally) -> list[Have]:
    """The five haves, as far as the events go."""
    return [Have(name, check(tally)) for name, check in _CHECKS]


def needs_reason(tally: Tally) -> bool:
    """Whether striking off asks for a written reason: the person is not content."""
    told = tally.told
    return told is not None and (told.satisfied is Satisfied.DISSATISFIED or told.solved is Solved.UNSOLVED)


def unreachable(tally: Tally) -> bool:
    """Whether the person was tried often enough to be struck off as 联系不上."""
    tries, days = tally.tries
    limits = tally.context.limits
    return tally.state is State.RESOLVED and tries >= limits.tries and days >= limits.try_days
