"""A life is one table: which steps are lawful in which state, and where they lead.

State is what the events add up to. ``Lifecycle`` holds the declared steps and the table; the ``Conduct`` of a kind
plays events on it, makes a step ready, and says why it cannot be taken.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field as member
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from lianxin.core.dataclass import dataclass
from lianxin.core.declare.field import FieldSpec, field
from lianxin.core.declare.record import Record, fields_of
from lianxin.core.value import Moment, Ref, Text

if TYPE_CHECKING:
    from lianxin.core.day.calendar import Calendar
    from lianxin.core.day.limit import Limits
    from lianxin.core.problem import Fault


#: What a record is called that was entered by mistake: it stays with its number, and is counted and offered no more.
VOID = "作废"


class Event(Record):
    """What every event carries; each step adds its own fields."""

    id: Text = field("编号", auto=True, help="随机编号，由工具生成")
    at: Moment = field("时间", help="这一步实际发生的时间")
    recorded: Moment = field("记录时间", auto=True, help="记下的时间，补录时晚于「时间」")
    actor: Ref = field("经办人", ref="person", help="谁办的这一步")
    note: Text | None = field("备注", default=None)


#: Fields every event has; not asked for among a step's own.
COMMON = frozenset({"id", "at", "recorded", "actor", "note", "step"})


@dataclass(frozen=True, slots=True)
class Step:
    """One lawful kind of event: its command, its Chinese name and what it asks for.

    Attributes:
        name: English, the command (``lianxin issue assign``).
        label: Chinese, as written under 步骤.
        model: The event's fields.
    """

    name: str
    label: str
    model: type[Event]
    help: str

    @property
    def asks(self) -> tuple[FieldSpec, ...]:
        """The step's own fields, in the order they are asked for."""
        return tuple(spec for spec in fields_of(self.model) if spec.name not in COMMON and not spec.auto)


class Target(StrEnum):
    """Next states that depend on the history rather than on the table alone."""

    SAME = "状态不变"
    BACK = "退回上报前"  # return from escalated: the state and level before that escalation
    REACHED = "接通则已反馈"  # feedback: answered when reached, else unchanged
    PASSED = "验收通过则已验收"  # accept of a rectification: back to work when it did not pass
    REOPENED = "重办"  # handling if the last assignment is signed for, else accepted if it ever was, else collected


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """The declared life of a kind.

    Attributes:
        states: The closed set of states; values are Chinese.
        steps: In the order readers see them.
        table: state → step name → next state. ``None`` as key: before the first event.
        begins: What the clerk calls taking a record down, which is no step (登记).
        parts: What has a small life of its own within the record, and that life.
    """

    states: type[StrEnum]
    steps: tuple[Step, ...]
    table: Mapping[StrEnum | None, Mapping[str, StrEnum]]
    begins: str = "登记"
    parts: tuple[str, Lifecycle] | None = None

    def step(self, word: str) -> Step | None:
        """The step with this English or Chinese name."""
        for step in self.steps:
            if word in (step.name, step.label):
                return step
        return None

    def lawful(self, state: StrEnum) -> tuple[Step, ...]:
        """The steps the table admits in a state, in the order of declaration."""
        row = self.table.get(state, {})
        return tuple([step for step in self.steps if step.name in row])


@dataclass(frozen=True, slots=True)
class Context:
    """What a fold needs to know beyond the record: the working calendar and the limits in force."""

    calendar: Calendar
    limits: Limits


@dataclass(frozen=True, slots=True)
class Interval:
    """A stay in one state. ``until`` is None while it lasts."""

    state: str
    since: datetime
    until: datetime | None
    event: str
    extra: Mapping[str, Any] = member(default_factory=dict)


class Life(Protocol):
    """What the events of a record add up to: this much of it is the same for every kind.

    Besides, it has an attribute for every stored derived column of its kind.

    Attributes:
        record: As its amendments read it.
        lawful: Steps that may be taken next.
        faults: What is wrong with the events, in the order of the file.
    """

    @property
    def record(self) -> Record: ...  # noqa: D102
    @property
    def state(self) -> StrEnum: ...  # noqa: D102
    @property
    def intervals(self) -> tuple[Interval, ...]: ...  # noqa: D102
    @property
    def lawful(self) -> tuple[Step, ...]: ...  # noqa: D102
    @property
    def faults(self) -> tuple[Fault, ...]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Prepared:
    """A step ready to be written.

    Attributes:
        event: With its computed fields.
        reasons: Lines to show: deadlines with their reasoning, and what is still owed.
    """

    event: Event
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conduct:
    """How a kind lives: what it takes to advance one of its records. Loaded when a record is first folded.

    Attributes:
        fold: (record, context) → ``Life``.
        prepare: (step, record, values, context) → ``Prepared``; raises ``UsageError`` for a missing or wrong value.
        refuse: (record, event, context) → what would be wrong with the record if the event were added now, or None.
        offer: (life, step, context) → what the record already says, by field name, offered again at prompts.
        owed: (life, step, context) → what the step must write because of how the record stands, by field name, and
            before which step; empty: at once.
    """

    fold: Callable[[Any, Context], Any]
    prepare: Callable[[str, Any, Mapping[str, Any], Context], Prepared]
    refuse: Callable[[Any, Event, Context], Fault | None]
    offer: Callable[[Any, Step, Context], Mapping[str, str]] = lambda _life, _step, _context: {}
    owed: Callable[[Any, Step, Context], Mapping[str, str]] = lambda _life, _step, _context: {}
