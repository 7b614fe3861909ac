"""One record for programs: its fields as the file holds them, what is computed of it, its events, and what names it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lianxin.core.book import Book, Query
from lianxin.core.declare.field import FieldSpec, Privacy
from lianxin.core.declare.kind import Derived, Kind
from lianxin.core.declare.lifecycle import COMMON
from lianxin.core.declare.record import Record, fields_of
from lianxin.core.document import Column, Document, KeyValues, Pair, Table
from lianxin.core.filter import Filter, Op
from lianxin.core.value import FieldType
from lianxin.kinds import kind_of
from lianxin.kinds.inner import NAMED, inner_of, strictest
from lianxin.reports.document import document_of
from lianxin.reports.life.history import events_of, privacy_of_event
from lianxin.reports.plain import NAME
from lianxin.reports.record.page import referring
from lianxin.reports.value import is_term

Spec = FieldSpec | Derived

#: What every event tells on any page.
_EVERY_EVENTS = COMMON - {"note"}


def whole(book: Book, id_: str) -> Document:
    """One record, keyed by the names of its fields; corrected as its events say."""
    kind, record = kind_of(id_), book.record(id_)
    shown = book.fold(id_).record if kind.lifecycle else record
    pairs = [*_Leaves(book, id_).of("item", kind.fields, _raw(shown)), *_computed(book, kind, id_)]
    if kind.lifecycle:
        pairs += events(book, record, "item.events")
    return document_of(
        book,
        f"{kind.label} {id_}",
        (KeyValues(tuple(pairs)), *_referring(book, id_)),
        f"show-{kind.name}",
        records=1,
        plain=True,
    )


def events(book: Book, record: Any, path: str) -> list[Pair]:
    """A record's events by the time they happened, each with its own fields."""
    found = events_of(record)
    pairs = [] if found else [Pair("事件", (), "events", path=path)]
    for n, event in enumerate(found):
        model: type[Record] = type(event)
        specs = [spec for spec in fields_of(model) if getattr(event, spec.name) not in (None, ())]
        told = Privacy.STORY if privacy_of_event(event) is Privacy.STORY else Privacy.OPEN
        pairs += _Leaves(book, record.id, told).of(f"{path}.{n}", specs, _raw(event))
    return pairs


def _raw(record: Record) -> Mapping[str, Any]:
    return record.model_dump(mode="json", by_alias=True, exclude_none=True)


def _computed(book: Book, kind: Kind, id_: str) -> list[Pair]:
    """The kind's derived columns; a voided record has none."""
    asked = [spec for spec in kind.derived if kind.column(spec.label) is spec]
    query = Query(kind, tuple(spec.label for spec in asked), (Filter(("编号",), Op.EQ, (id_,)),), plain=True)
    rows, _ids = book.select(query)
    values = dict(zip((spec.label for spec in asked), rows[0], strict=True)) if rows else {}
    return [*_Leaves(book, id_).of("item", asked, values)]


class _Leaves:
    """Values and where they stand, of one record.

    Args:
        book: The records.
        id_: Of the record.
        told: How private what stands in an event is, beyond what every event has.
    """

    def __init__(self, book: Book, id_: str, told: Privacy = Privacy.OPEN) -> None:
        self._title = book.title
        self._id = id_
        self._told = told

    def of(
        self, path: str, specs: Sequence[Spec], raw: Mapping[str, Any], above: Privacy = Privacy.OPEN
    ) -> Iterator[Pair]:
        """Every value of these fields, by their labels; what a field lacks is told too.

        Args:
            path: Where they stand.
            specs: The fields.
            raw: As the file holds them.
            above: How private the group is that they stand in.
        """
        for spec in specs:
            value, here = raw.get(spec.label), f"{path}.{spec.name}"
            if spec.type is FieldType.GROUP and spec.group:
                yield from self._group(spec, value, here, above)
            elif spec.refs and spec.name != "id":
                yield from self._reference(spec, value, here, above)
            else:
                yield self._leaf(spec, here, _value(spec, value), above)

    def _group(self, spec: Spec, value: Any, path: str, above: Privacy) -> Iterator[Pair]:
        if not value:
            yield Pair(spec.label, () if spec.many else None, spec.name, path=path)
            return
        above = strictest({above, spec.privacy})
        inner = set(inner_of(spec))
        within = fields_of(spec.group) if spec.group else ()
        for n, part in enumerate(value) if spec.many else [(None, value)]:
            hidden = Privacy.INTERNAL if _holds(part, inner) else above
            yield from self.of(path if n is None else f"{path}.{n}", within, part, hidden)

    def _reference(self, spec: Spec, value: Any, path: str, above: Privacy) -> Iterator[Pair]:
        ids, privacy = _value(spec, value), self._private(spec, above)
        called = tuple(map(self._title, ids)) if isinstance(ids, tuple) else self._title(ids) if ids else None
        yield Pair(spec.label, ids, spec.name, FieldType.REF, _bare(privacy), self._id, path=path)
        named = bool(NAMED & set(spec.refs)) and privacy in (Privacy.OPEN, Privacy.STORY)
        private = Privacy.NAME if named else privacy
        path = NAME.format(path)
        yield Pair(spec.label, called, spec.name, FieldType.TEXT, private, self._id, term=is_term(spec), path=path)

    def _leaf(self, spec: Spec, path: str, value: Any, above: Privacy) -> Pair:
        privacy, inner = self._private(spec, above), inner_of(spec)
        return Pair(
            spec.label, value, spec.name, spec.type, privacy, self._id, term=is_term(spec), inner=inner, path=path
        )

    def _private(self, spec: Spec, above: Privacy) -> Privacy:
        privacy = strictest({spec.privacy, above})
        return self._told if privacy is Privacy.OPEN and spec.name not in _EVERY_EVENTS else privacy


def _bare(privacy: Privacy) -> Privacy:
    """How private an id is: it names nobody, but may be left out."""
    return privacy if privacy in (Privacy.INTERNAL, Privacy.STORY) else Privacy.OPEN


def _value(spec: Spec, value: Any) -> Any:
    if spec.many:
        return tuple(map(str, value or ()))
    return value


def _holds(part: Mapping[str, Any], words: set[str]) -> bool:
    """Whether a group has one of these words in it."""
    said = (value if isinstance(value, list) else [value] for value in part.values())
    return any(word in words for values in said for word in values if isinstance(word, str))


def _referring(book: Book, id_: str) -> list[Table]:
    """What names it; villagers by themselves, whose names are their titles."""
    found = referring(book, id_)
    return [
        _naming([row for row in found if row[0] not in NAMED], Privacy.OPEN),
        _naming([row for row in found if row[0] in NAMED], Privacy.NAME),
    ]


def _naming(found: Sequence[Any], privacy: Privacy) -> Table:
    columns = (
        Column("编号", "id", FieldType.REF),
        Column("种类", "kind", FieldType.REF),
        Column("名称", "title", privacy=privacy),
        Column("在哪一栏", "fields", FieldType.REF),
    )
    rows = [(source, kind, title, tuple(sorted(str(paths).split(",")))) for kind, source, title, paths in found]
    return Table(columns, rows, [row[0] for row in rows], name="named_by")
