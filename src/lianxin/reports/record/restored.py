"""What taking a command back comes to, record by record: each field before and after, steps that go or come back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from msgspec import Struct

from lianxin.core.book import Book
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.record import fields_of
from lianxin.core.value import FieldType
from lianxin.reports.record.change import text_of

_EVENTS = "事件"
#: Of an event, what tells it from others; the rest of it is its own words.
_STEP, _AT = "步骤", "时间"


class Restored(Struct, frozen=True):
    """A record as it is now and as it will be, as its file holds it; None where there is none."""

    id: str
    kind: Kind
    now: Mapping[str, Any] | None
    then: Mapping[str, Any] | None


def told(book: Book, one: Restored) -> Iterator[str]:
    """What becomes of a record, a line each, the record first."""
    title = book.title(one.id) if one.now is not None else one.id
    about = f"{title}（{one.id}）" if title != one.id else one.id
    if one.then is None:
        yield f"{about}：整份撤去，编号不再给别的用"
        return
    yield f"{about}：{'恢复成原来的样子' if one.now is not None else '整份恢复'}"
    now = one.now or {}
    specs = {spec.label: spec for spec in one.kind.fields}
    for label in dict.fromkeys((*now, *one.then)):
        before, after = now.get(label), one.then.get(label)
        if before == after or one.now is None:
            continue
        if label == _EVENTS:
            yield from _steps(before or (), after or ())
        elif label in specs:
            yield from (f"  {line}" for line in _field(book, specs[label], before, after))


def _steps(now: Sequence[Mapping[str, Any]], then: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The steps that go, and those that come back."""
    yield from (f"  撤去这一步：{_step(event)}" for event in now if event not in then)
    yield from (f"  恢复这一步：{_step(event)}" for event in then if event not in now)


def _step(event: Mapping[str, Any]) -> str:
    return f"{event.get(_STEP, '')}（{event.get(_AT, '')}）"


def _field(book: Book, spec: Any, now: Any, then: Any) -> Iterator[str]:
    """A field before and after; of a list only the items that differ."""
    if spec.many and spec.type is FieldType.GROUP:
        for place, (before, after) in enumerate(zip_longest(now or (), then or ()), 1):
            if before == after:
                continue
            if before and after:
                yield f"{spec.label}第 {place} 项：{_said(book, spec, before)} → {_said(book, spec, after)}"
            elif before:
                yield f"{spec.label}里不再有：{_said(book, spec, before)}"
            else:
                yield f"{spec.label}里又有：{_said(book, spec, after)}"
        return
    yield f"{spec.label}：{_said(book, spec, now)} → {_said(book, spec, then)}"


def _said(book: Book, spec: Any, value: Any) -> str:
    text = text_of(spec, value, book.title) or "（没有写）"
    for part in fields_of(spec.group) if spec.group else ():
        text = text.replace(f"{part.label}=", f"{part.label} ")
    return text
