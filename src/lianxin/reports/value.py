"""Declared values as cells: flags as 是/否, references as titles, lists as one text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from lianxin.core.book import Book
from lianxin.core.declare.field import FieldSpec
from lianxin.core.declare.kind import Derived
from lianxin.core.declare.record import Record, fields_of
from lianxin.core.document import Pair, Value, show
from lianxin.core.value import FieldType
from lianxin.kinds import kind_of
from lianxin.kinds.inner import inner_of, privacy_of

#: Kinds whose titles are known to everybody.
CALLED = frozenset({"village", "org", "person"})

Title = Callable[[str], str]


def then(book: Book, at: date | None) -> Title:
    """What everything was called on a day, or at a moment of it; what it is called now, where there is none."""
    on = at.date() if isinstance(at, datetime) else at
    return lambda id_: book.title(id_, on)


def on_its_day(book: Book, record: Record) -> Title:
    """What everything was called on the day that a record is of."""
    kind = kind_of(str(getattr(record, "id")))  # noqa: B009 - every kind declares one
    dated = kind.column(kind.dated) if kind.dated else None
    return then(book, getattr(record, dated.name, None) if dated else None)


def plain(value: Any) -> Value:
    """A value as a cell holds it: flags as 是/否, lists as one text."""
    if value is None or type(value) is str:
        return value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, (list, tuple)):
        return "、".join(str(plain(part)) for part in value) or None
    return value if value is None or isinstance(value, (int, float, Decimal, date)) else str(value)


def cell(spec: FieldSpec, value: Any, title: Title) -> Value:
    """One declared value as a cell; a reference goes by its title, with the id beside it when it stands alone."""
    if value is None or value == ():
        return None
    if spec.type is FieldType.REF and spec.name != "id":
        parts = value if spec.many else (value,)
        return "、".join(named(part, title) for part in parts)
    if spec.type is FieldType.GROUP:
        parts = value if spec.many else (value,)
        return "；".join(group_text(part, title) for part in parts) or None
    return plain(value)


def named(id_: str, title: Title) -> str:
    """A record by its title and id; the id alone when it has no title."""
    name = title(id_)
    return id_ if name == id_ else f"{name}（{id_}）"


def group_text(group: Record, title: Title) -> str:
    """A group of fields in one line: its values in their order, the bare ones without labels."""
    texts: list[str] = []
    for spec in fields_of(type(group)):
        value = getattr(group, spec.name)
        if value is None or value == ():
            continue
        refs = (value if spec.many else (value,)) if spec.type is FieldType.REF else ()
        text = "、".join(title(ref) for ref in refs) or show(cell(spec, value, title), spec.type)
        texts.append(f"{spec.label} {text}" if texts else text)
    return " ".join(texts)


def is_term(spec: FieldSpec | Derived) -> bool:
    """Whether what it prints is called so in public: a choice, a category, a group, a village, a unit, an official."""
    if spec.refs and spec.name != "id":
        return set(spec.refs) <= CALLED
    return spec.term or spec.type is FieldType.CHOICE or bool(getattr(spec, "policy", ""))


def pair(spec: FieldSpec, value: Any, title: Title, record: str = "") -> Pair:
    """One declared field as a labelled value."""
    type_ = FieldType.TEXT if spec.many or spec.type in (FieldType.REF, FieldType.GROUP, FieldType.FLAG) else spec.type
    told, privacy = cell(spec, value, title), privacy_of(spec)
    return Pair(spec.label, told, spec.name, type_, privacy, record, term=is_term(spec), inner=inner_of(spec))
