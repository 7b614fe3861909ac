"""A life is one table: which steps are lawful in which state, and where they lead.

State is what the events add up to. A step is one class: what its event holds, what it adds to the sum, when it may be
taken, what it fills in and offers, and how it is told. ``Lifecycle`` holds the steps and the table; the ``Conduct`` of
a kind plays events on it, makes a step ready, and says why it cannot be taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, Self, TypeVar

from msgspec import Struct
from msgspec import field as member

from lianxin.core.declare.field import FieldSpec, Privacy, field
from lianxin.core.declare.record import Record, fields_of
from lianxin.core.tone import Tone
from lianxin.core.value import Moment, Ref, Text

if TYPE_CHECKING:
    from lianxin.core.day.calendar import Calendar
    from lianxin.core.day.limit import Limits
    from lianxin.core.problem import Fault


#: What a record is called that was entered by mistake: it stays with its number, and is counted and offered no more.
VOID = "作废"


class Event(Record):
    """What every event carries. Each step adds its own fields, and says with them what it does.

    Of the methods, ``tally`` is the running sum of the kind while events are played, ``life`` what they came to:
    here of any kind, each step says of which.

    Attributes:
        COMMAND: English, the command (``lianxin issue assign``); its Chinese name is the one word of 步骤.
        HELP: What the step is for.
        TONE: How it is meant where it is told.
        TRAIL: Own fields whose values stand in the commit's subject after the step: units, levels, verdicts.
        APART: Own fields that the handbook prints in a place of their own.
        REPORTED: Whoever has it in hand tells of it, also in a workbook that was sent to him.
    """

    COMMAND: ClassVar[str]
    HELP: ClassVar[str]
    TONE: ClassVar[Tone] = Tone.NORMAL
    TRAIL: ClassVar[tuple[str, ...]] = ()
    APART: ClassVar[frozenset[str]] = frozenset()
    REPORTED: ClassVar[bool] = False

    step: str  # declared by each step, as the one word that it is

    id: Text = field("编号", auto=True, help="随机编号，由工具生成")
    at: Moment = field("时间", help="这一步实际发生的时间")
    recorded: Moment = field("记录时间", auto=True, help="记下的时间，补录时晚于「时间」")
    actor: Ref = field("经办人", ref="person", help="谁办的这一步")
    note: Text | None = field("备注", default=None, privacy=Privacy.STORY)

    def take(self, tally: Any) -> StrEnum | None:  # noqa: ARG002 - what is only told adds nothing
        """Add it to the sum, once the table admits it.

        Returns the state it leads to where that hangs on the event or the history, else None: the table says it.

        Raises:
            UnlawfulError: It cannot count all the same.
        """
        return None

    @classmethod
    def possible(cls, tally: Any) -> bool:  # noqa: ARG003
        """Whether the history leaves room and need for a step that the table admits."""
        return True

    @classmethod
    def timely(cls, life: Any, now: datetime) -> bool:  # noqa: ARG003
        """Whether it is not too late for a step that the table and the history admit."""
        return True

    @classmethod
    def offered(cls, life: Any, context: Context) -> Mapping[str, str]:  # noqa: ARG003
        """What the record already says, by field name, offered again at prompts."""
        return {}

    @classmethod
    def narrowed(cls, life: Any, context: Context) -> Mapping[str, Sequence[str]]:  # noqa: ARG003
        """All that fields can say as the record stands, by field name: choices, ids, or what stands before a blank."""
        return {}

    @classmethod
    def owed(cls, life: Any, context: Context) -> Mapping[str, str]:  # noqa: ARG003
        """What must be written because of how the record stands, and before which step; empty: at once."""
        return {}

    @classmethod
    def wanted(cls, life: Any) -> str:  # noqa: ARG003
        """What the record still lacks that such a step may bring, as it is said; empty for nothing."""
        return ""

    @classmethod
    def runs_from(cls, life: Any) -> datetime | None:  # noqa: ARG003
        """From when a limit that is typed for a day to come is counted; None: from when the step is taken."""
        return None

    def filled(self, before: Any) -> tuple[Self, tuple[str, ...]]:  # noqa: ARG002
        """The same with what is told by the rules in force, and that in words."""
        return self, ()

    def dated(self, after: Any) -> Self:  # noqa: ARG002
        """The same with the deadlines it sets, as playing it counted them."""
        return self

    def explained(self, before: Any, after: Any) -> Iterator[str]:  # noqa: ARG002
        """Lines to show: deadlines with their reasoning, and what is still owed."""
        yield from ()

    def tone(self) -> Tone:
        """How this one is meant where it is told."""
        return self.TONE


#: Fields every event has; not asked for among a step's own.
COMMON = frozenset({"id", "at", "recorded", "actor", "note", "step"})


class Step(Struct, frozen=True):
    """One lawful kind of event: its command, its Chinese name and what it asks for, all read off its class."""

    model: type[Event]

    @property
    def name(self) -> str:
        """English, the command (``lianxin issue assign``)."""
        return self.model.COMMAND

    @property
    def label(self) -> str:
        """Chinese, as written under 步骤."""
        return _label(self.model)

    @property
    def help(self) -> str:
        """What the step is for."""
        return self.model.HELP

    @property
    def asks(self) -> tuple[FieldSpec, ...]:
        """The step's own fields, in the order they are asked for."""
        return tuple(spec for spec in fields_of(self.model) if spec.name not in COMMON and not spec.auto)


@cache
def _label(model: type[Event]) -> str:
    return next(spec.choices[0] for spec in fields_of(model) if spec.name == "step")


class Target(StrEnum):
    """Where a step leads that is no state; what hangs on the history is named by each kind."""

    SAME = "状态不变"


class Lifecycle(Struct, frozen=True):
    """The declared life of a kind.

    Attributes:
        states: The closed set of states; values are Chinese.
        steps: In the order readers see them.
        table: state → step name → next state. ``None`` as key: before the first event.
        ends: The states that a target may come to which hangs on the event or the history.
        awaited: The step that a state waits for, where it is not the first of those it admits.
        begins: What the clerk calls taking a record down, which is no step (登记).
        parts: What has a small life of its own within the record, and that life.
        off: The states in which nothing more is to be done about it.
    """

    states: type[StrEnum]
    steps: tuple[Step, ...]
    table: Mapping[StrEnum | None, Mapping[str, StrEnum]]
    ends: Mapping[StrEnum, tuple[StrEnum, ...]] = member(default_factory=dict)
    awaited: Mapping[StrEnum, str] = member(default_factory=dict)
    begins: str = "登记"
    parts: tuple[str, Lifecycle] | None = None
    off: frozenset[StrEnum] = frozenset()

    def step(self, word: str) -> Step | None:
        """The step with this English or Chinese name."""
        for step in self.steps:
            if word in (step.name, step.label):
                return step
        return None

    def label(self, name: str) -> str:
        """What stands under 步骤 where the step with this English name was taken."""
        return next(step.label for step in self.steps if step.name == name)

    def lawful(self, state: StrEnum) -> tuple[Step, ...]:
        """The steps the table admits in a state, in the order of declaration, but first the one it waits for."""
        row, awaited = self.table.get(state, {}), self.awaited.get(state)
        return tuple(sorted((step for step in self.steps if step.name in row), key=lambda step: step.name != awaited))


class Context(Struct, frozen=True):
    """What a fold needs to know beyond the record: the working calendar and the limits in force."""

    calendar: Calendar
    limits: Limits

    def warn_on(self, due: datetime) -> date:
        """From which day a deadline is told to be near."""
        return self.calendar.add_workdays(due.date(), -self.limits.warn)


class Interval(Struct, frozen=True):
    """A stay in one state. ``until`` is None while it lasts."""

    state: str
    since: datetime
    until: datetime | None
    event: str
    extra: Mapping[str, Any] = member(default_factory=dict)


class Life(Protocol):
    """What the events of a record add up to: this much of it is the same for every kind.

    Besides, it says what each kind makes of it (``kinds.life.column``): the stored derived columns among it.

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


def timely(life: Life, now: datetime) -> tuple[Step, ...]:
    """The steps that may be taken next and for which it is not too late."""
    return tuple(step for step in life.lawful if step.model.timely(life, now))


class Living(Protocol):
    """A record that carries events."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def events(self) -> tuple[Event, ...]: ...  # noqa: D102
    def model_copy(self, *, update: Mapping[str, Any] | None = None) -> Self: ...  # noqa: D102


R = TypeVar("R", bound=Living)
L = TypeVar("L", bound=Life)
L_co = TypeVar("L_co", covariant=True)


class Attempt(Struct, Generic[L_co], frozen=True):
    """A step tried on a record, before anything is written.

    Attributes:
        event: With its computed fields.
        before, after: The states it leads from and to.
        reasons: Lines to show: deadlines with their reasoning, and what is still owed.
        refusal: What would be wrong with the record if the event were added now, or None.
        stood, stands: What all its events add up to without this one, and with it.
    """

    event: Event
    before: StrEnum
    after: StrEnum
    reasons: tuple[str, ...]
    refusal: Fault | None
    stood: L_co
    stands: L_co


class Conduct(Struct, Generic[R, L_co], frozen=True):
    """How a kind lives: what it takes to advance one of its records. Loaded when a record is first folded.

    Attributes:
        fold: What the events of a record add up to.
        attempt: A step by name, tried on a record with values; raises ``UsageError`` for a missing or wrong one.
        history: Many of them tried at one stroke: of each its event with what is computed, or what is wrong with it.
    """

    fold: Callable[[R, Context], L_co]
    attempt: Callable[[str, R, Mapping[str, Any], Context], Attempt[L_co]]
    history: Callable[[R, Sequence[Event], Context], list[Event | Fault]]
