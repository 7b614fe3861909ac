"""One record for programs: its fields as the file holds them, what is computed of it, its events, and what names it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lianxin.core.book import Book, Query
from lianxin.core.declare.field import Privacy
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.record import Record, fields_of
from lianxin.core.document import Column, Document, KeyValues, Pair, Table
from lianxin.core.filter import Filter, Op
from lianxin.core.value import FieldType
from lianxin.kinds import kind_of
from lianxin.kinds.inner import NAMED
from lianxin.reports.document import document_of
from lianxin.reports.life.history import events_of, privacy_of_event
from lianxin.reports.record.leaf import Leaves
from lianxin.reports.record.page import referring
from lianxin.reports.value import on_its_day, then


def whole(book: Book, id_: str) -> Document:
    """One record, keyed by the names of its fields; corrected as its events say."""
    kind, record = kind_of(id_), book.record(id_)
    shown = book.fold(id_).record if kind.lifecycle else record
    pairs = [
        *Leaves(book, id_, title=on_its_day(book, shown)).of("item", kind.fields, _raw(shown)),
        *_computed(book, kind, id_),
    ]
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
        pairs += Leaves(book, record.id, privacy_of_event(event), then(book, event.at)).of(
            f"{path}.{n}", specs, _raw(event)
        )
    return pairs


def _raw(record: Record) -> Mapping[str, Any]:
    return record.model_dump(mode="json", by_alias=True, exclude_none=True)


def _computed(book: Book, kind: Kind, id_: str) -> list[Pair]:
    """The kind's derived columns; a voided record has none."""
    asked = [spec for spec in kind.derived if kind.column(spec.label) is spec]
    query = Query(kind, tuple(spec.label for spec in asked), (Filter(("编号",), Op.EQ, (id_,)),), plain=True)
    rows, _ids = book.select(query)
    values = dict(zip((spec.label for spec in asked), rows[0], strict=True)) if rows else {}
    return [*Leaves(book, id_, title=on_its_day(book, book.record(id_))).of("item", asked, values)]


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
