"""What a correction (更正) may change, in the record's own words: what it says, and what each of its steps says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from lianxin.actions.entry.amend import event_of
from lianxin.actions.form.edited import as_typed
from lianxin.actions.form.form import AMENDED, Answers
from lianxin.core.declare.condition import need_of
from lianxin.core.declare.field import FieldSpec
from lianxin.core.declare.lifecycle import Event
from lianxin.core.declare.record import Record, fields_of
from lianxin.core.document import show
from lianxin.core.error import UsageError
from lianxin.core.value import FieldType, show_moment
from lianxin.kinds.life.correction import may_change
from lianxin.kinds.life.event import Amend
from lianxin.reports.value import Title, cell
from lianxin.storage.book import LedgerBook
from lianxin.storage.write.text.tree import as_text

NOTHING = "没有写"
#: So much of a value tells what it is.
_SHORT = 16


class Fact(Struct, frozen=True):
    """One field that may be corrected.

    Attributes:
        held: The record, or the step of it, that says it.
        present: What it says, as it is read.
        wanted: It says nothing and is wanted.
    """

    held: Any
    spec: FieldSpec
    present: str
    wanted: bool

    @property
    def event(self) -> str:
        """The id of the step; empty for the record itself."""
        return str(self.held.id) if isinstance(self.held, Event) else ""


class Correcting:
    """The fields that a correction may change.

    Args:
        record: As it stands.
        book: Says what records are called.
    """

    def __init__(self, record: Any, book: LedgerBook) -> None:
        self._record = record
        self._facts = {_called(fact): fact for fact in _facts(record, book)}
        for name in [name for name, fact in self._facts.items() if fact.event and self._twice(fact)]:
            fact = self._facts[name]
            self._facts[f"{name}，{show_moment(fact.held.at)[-5:]}"] = self._facts.pop(name)

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What each is called, and what it says in short: what is wanted first, then the last steps."""
        return tuple((name, _short(fact.present)) for name, fact in self._facts.items())

    def named(self, event: str, label: str) -> str:
        """What a field is called, of the step that a word means; the label itself where there is none such.

        Raises:
            UsageError: There is no such step.
        """
        id_ = event_of(self._record, event) if event else ""
        found = (name for name, fact in self._facts.items() if (fact.event, fact.spec.label) == (id_, label))
        return next(found, label)

    def chosen(self, made: Mapping[str, Any]) -> Fact | None:
        """The one that is to be changed, once it is said.

        Args:
            made: What is known of the correction, by label.
        """
        return self._facts.get(str(made.get(AMENDED["field"])))

    def standing(self, made: Mapping[str, Any]) -> str | list[str]:
        """What it says now, as it would be typed."""
        fact = self.chosen(made)
        return as_typed(fact.spec, as_text(fact.held).get(fact.spec.label)) if fact else ""

    def as_chosen(self, spec: FieldSpec, made: Mapping[str, Any]) -> FieldSpec:
        """The field of the new value, as that one is declared whose value it is."""
        fact = self.chosen(made)
        if fact is None:
            return spec
        default = fact.spec.default if fact.spec.required else None
        alone: dict[str, Any] = {"needed": (), "copy": (), "offer": (), "not_before": (), "auto": False}
        beside = dict.fromkeys(("copy_unless", "nobody", "described", "within", "includes"), "")
        said = {"help": fact.spec.help or spec.help, "often": True, "default": default}
        return replace(fact.spec, name=spec.name, label=spec.label, **alone, **beside, **said)

    def meant(self, answers: Mapping[str, str | list[str]]) -> Answers:
        """What flags would say of it.

        Raises:
            UsageError: It says that already.
        """
        made: Answers = dict(answers)
        fact = self._facts.get(str(made.get("field", "")))
        if fact is None:
            return made
        made["field"] = fact.spec.label
        if fact.event:
            made["event"] = fact.event
        value = made.pop("value", "")
        if _flat(value) == _flat(as_typed(fact.spec, as_text(fact.held).get(fact.spec.label))):
            raise UsageError("写着的就是这样，还没有改", (AMENDED["value"],))
        return made | ({"value": _flat(value)} if value else {})

    def _twice(self, fact: Fact) -> bool:
        """Whether the same step was taken twice on one day."""
        day, step = fact.held.at.date(), fact.held.step
        return sum((one.at.date(), one.step) == (day, step) for one in self._record.events) > 1


def _flat(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "、".join(value)


def _called(fact: Fact) -> str:
    """办理结果（11月20日 办结）; of the record itself, by its label."""
    at = fact.held.at if fact.event else None
    return f"{fact.spec.label}（{at.month}月{at.day}日 {fact.held.step}）" if at else fact.spec.label


def _facts(record: Any, book: LedgerBook) -> list[Fact]:
    """What is wanted first, then what the last steps say, what the record says, what it might say."""
    steps = [one for one in reversed(record.events) if not isinstance(one, Amend)]
    every = [fact for held in (*steps, record) for fact in _of(held, book)]
    said = [fact for fact in every if fact.present != NOTHING or not fact.event]
    return sorted([*said, *(one for one in every if one.wanted and one not in said)], key=_turn)


def _turn(fact: Fact) -> tuple[bool, bool]:
    return not fact.wanted, fact.present == NOTHING


def _of(held: Any, book: LedgerBook) -> Iterator[Fact]:
    model: type[Record] = type(held)
    specs = fields_of(model)
    values = {spec.name: getattr(held, spec.name) for spec in specs}
    for spec in specs:
        if may_change(model, spec):
            present = _present(spec, values[spec.name], book.title) or NOTHING
            yield Fact(held, spec, present, not values[spec.name] and need_of(spec, values) is not None)


def _present(spec: FieldSpec, value: Any, title: Title) -> str:
    """What stands there, records by what they are called."""
    if spec.type is FieldType.REF and value:
        return "、".join(map(title, value if spec.many else (value,)))
    return show(cell(spec, value, title), spec.type)


def _short(text: str) -> str:
    line = text.partition("\n")[0]
    return line if len(line) <= _SHORT else f"{line[:_SHORT]}……"
