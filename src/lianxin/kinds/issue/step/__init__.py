"""The steps of an issue's life, a family a file: what each asks for, does, needs, offers and says stands in its class.

Source: S1b articles 1–11 and the working tables drawn from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Union

from lianxin.core.declare.lifecycle import Event, Step
from lianxin.core.declare.record import ToldBy
from lianxin.kinds.issue.step.assign import Assign, Extend, Return, Sign, Whistle
from lianxin.kinds.issue.step.base import IssueStep
from lianxin.kinds.issue.step.end import Close, Feedback, Reopen, Resolve, Void, Withdraw
from lianxin.kinds.issue.step.hold import Resume, Suspend
from lianxin.kinds.issue.step.note import Amend, Learn, Progress, Reflect, Urge
from lianxin.kinds.issue.step.triage import Accept, Escalate, Explain, Merge, Quick, Triage

#: Every step but the intake itself, in the order readers see them.
MODELS: tuple[type[Event], ...] = (
    Accept,
    Escalate,
    Explain,
    Quick,
    Triage,
    Merge,
    Assign,
    Sign,
    Return,
    Whistle,
    Progress,
    Urge,
    Extend,
    Suspend,
    Resume,
    Resolve,
    Feedback,
    Reopen,
    Withdraw,
    Learn,
    Reflect,
    Close,
    Amend,
    Void,
)

STEPS = tuple(Step(model) for model in MODELS)

if TYPE_CHECKING:
    IssueEvent = IssueStep
else:
    IssueEvent = Annotated[Union[MODELS], ToldBy("step")]  # noqa: UP007 - of a tuple
