"""What happened to a record, step by step: each event told from its own declared fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, time
from typing import Any

from lianxin.core.book import Book
from lianxin.core.declare.field import FieldSpec, Privacy
from lianxin.core.declare.lifecycle import COMMON, Event
from lianxin.core.declare.record import Record, fields_of
from lianxin.core.document import Timeline, TimelineEntry, Value, show
from lianxin.core.value import FieldType, show_deadline, show_moment
from lianxin.reports.value import Title, group_text, plain, then

#: Values that say what they are; their labels are left out of a sentence.
_BARE = frozenset({"why", "text", "result", "done", "form", "reached", "solved", "satisfied"})

#: What every event has, and a timeline tells in other places.
_ASIDE = COMMON - {"note"}

#: Fields in which nobody's words stand.
_WORDLESS = frozenset(
    {FieldType.CHOICE, FieldType.DAY, FieldType.MOMENT, FieldType.DEADLINE, FieldType.FLAG, FieldType.INTEGER}
)


def events_of(record: Any) -> list[Any]:
    """A record's events by the time they happened, then by their place in the file."""
    return sorted(record.events, key=lambda event: event.at)


def _value(spec: FieldSpec, value: Any, title: Title) -> str:
    if spec.type is FieldType.GROUP:
        return "；".join(group_text(_due_only(one), title) for one in (value if spec.many else (value,)))
    if spec.type is FieldType.REF:
        return "、".join(title(one) for one in (value if spec.many else (value,)))
    shown: Value = plain(value)
    return show(shown, spec.type)


def _due_only(group: Record) -> Record:
    """A group without the rules whose deadlines stand beside them."""
    rules = [spec.name for spec in fields_of(type(group)) if spec.name.endswith("_rule")]
    counted = [name for name in rules if getattr(group, name.removesuffix("rule") + "due", None) is not None]
    return group.model_copy(update=dict.fromkeys(counted)) if counted else group


def places(record: Any) -> dict[str, str]:
    """What the events of a record are called, by id: their places in the file, which never change."""
    return {event.id: f"第 {n} 步" for n, event in enumerate(record.events, 1)}


def details(
    event: Event, title: Title, *, leave: frozenset[str] = frozenset(), called: Mapping[str, str] | None = None
) -> str:
    """What an event says, field by field in the order of its declaration; of a correction, by ``places``, of which."""
    texts = []
    for spec in fields_of(type(event)):
        value = getattr(event, spec.name)
        if spec.name in _ASIDE or spec.name in leave or value is None or value == ():
            continue
        if spec.name == "provisional":
            texts += ["期限暂定"] if value else []
            continue
        text = called[value] if called and value in called else _value(spec, value, title)
        bare = spec.name in _BARE and spec.type is not FieldType.INTEGER
        texts.append(text if bare else f"{spec.label}：{text}")
    return "；".join(texts)


def _late(event: Event) -> str:
    """When it was written down, if that was on a later day (补录)."""
    return f"（{show_moment(event.recorded)} 补录）" if event.recorded.date() > event.at.date() else ""


def entry(event: Any, title: Title, called: Mapping[str, str], *, whole: bool = False) -> TimelineEntry:
    """One event as a point on a timeline.

    Args:
        called: As ``places`` has it.
        whole: With which step it is, and a reflection in full; the handbook prints reflections elsewhere.
    """
    text = details(event, title, leave=frozenset() if whole else event.APART, called=called) + _late(event)
    text = f"{text}〔{called[event.id]}〕" if whole else text
    return TimelineEntry(event.at, event.step, text, title(event.actor), event.tone(), privacy_of_event(event))


def privacy_of_event(event: Event) -> Privacy:
    """Whether an event tells what somebody said or did, or only what was chosen, counted and dated."""
    return privacy_of_told(spec for spec in fields_of(type(event)) if getattr(event, spec.name) not in (None, ()))


def privacy_of_told(specs: Iterable[FieldSpec]) -> Privacy:
    """The same of an event in which these fields are written."""
    told = (spec for spec in specs if spec.name not in _ASIDE)
    plain_ = all(spec.privacy is Privacy.OPEN and spec.type in _WORDLESS for spec in told)
    return Privacy.OPEN if plain_ else Privacy.STORY


def begun(record: Any, title: Title) -> TimelineEntry:
    """How a record was begun, which is no event but comes first."""
    return _BEGUN[type(record).__name__](record, title)


def _blown(whistle: Any, title: Title) -> TimelineEntry:
    depts = "、".join(title(one.dept) for one in whistle.summoned)
    return TimelineEntry(whistle.blown, "吹哨", f"{title(whistle.by)}吹哨，请 {depts} 报到，{title(whistle.lead)}牵头")


def _listed(rectification: Any, title: Title) -> TimelineEntry:
    limit = show_deadline(rectification.limit)
    text = f"{plain(rectification.source)}发现，责任单位 {title(rectification.dept)}，限 {limit} 改好"
    return TimelineEntry(datetime.combine(rectification.listed, time()), "挂账", text)


def _taken(issue: Any, title: Title) -> TimelineEntry:
    text = f"{plain(issue.channel)}，在{plain(issue.level)}一级登记"
    if issue.visit:
        text += f"，来自走访 {issue.visit}"
    return TimelineEntry(issue.taken, "登记", text, title(issue.taker), privacy=Privacy.OPEN)


#: By the name of the record's model.
_BEGUN: dict[str, Callable[[Any, Title], TimelineEntry]] = {
    "Issue": _taken,
    "Whistle": _blown,
    "Rectification": _listed,
}


def timeline(book: Book, record: Any, *, whole: bool = False) -> Timeline:
    """Every step from the first to the last one; ``whole`` as for ``entry``."""
    called = places(record)
    told = (entry(event, then(book, event.at), called, whole=whole) for event in events_of(record))
    entries = [begun(record, then(book, begun(record, book.title).at)), *told]
    return Timeline(tuple(sorted(entries, key=_at)), record.id)


def _at(one: TimelineEntry) -> datetime:
    return one.at
