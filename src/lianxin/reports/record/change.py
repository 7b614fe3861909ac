"""What an edit changes: each field as it was and as it will be, lists item by item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lianxin.core.book import Book
from lianxin.core.change import Changed
from lianxin.core.declare.field import FieldSpec, Privacy
from lianxin.core.declare.record import fields_of
from lianxin.core.document import Column, Document, KeyValues, Pair, Table
from lianxin.core.value import FieldType
from lianxin.kinds.inner import inner_of, privacy_of
from lianxin.reports.document import document_of
from lianxin.reports.value import Title, named


def changes(book: Book, id_: str, found: Sequence[Changed]) -> Document:
    """Single values as pairs, lists as tables."""
    pairs = [pair for one in found if not one.spec.many for pair in _pairs(one, book.title, id_)]
    tables = [_table(one, book.title, id_) for one in found if one.spec.many]
    blocks = (*([KeyValues(tuple(pairs))] if pairs else ()), *tables)
    return document_of(book, f"{id_} {book.title(id_)}", blocks, "edit")


def listed(book: Book, id_: str, spec: FieldSpec, value: Sequence[Any]) -> Document:
    """A list as it stands, its items numbered."""
    columns = (Column("第几项", "place"), Column(spec.label, "now", privacy=_privacy(spec), inner=inner_of(spec)))
    rows = [(str(n), text_of(spec, item, book.title)) for n, item in enumerate(value, 1)]
    return document_of(book, f"{id_} {book.title(id_)}", (Table(columns, rows, [id_] * len(rows)),), "edit")


def _pairs(one: Changed, title: Title, id_: str) -> tuple[Pair, Pair]:
    spec, privacy, inner = one.spec, _privacy(one.spec), inner_of(one.spec)
    before, after = text_of(spec, one.before, title), text_of(spec, one.after, title)
    return (
        Pair(
            f"{spec.label}（原来）",
            before or "（没有写）",
            "before",
            privacy=privacy if before else Privacy.OPEN,
            record=id_,
            inner=inner,
        ),
        Pair(
            f"{spec.label}（现在）",
            after or "（删去）",
            "after",
            privacy=privacy if after else Privacy.OPEN,
            record=id_,
            inner=inner,
        ),
    )


def _privacy(spec: FieldSpec) -> Privacy:
    found = privacy_of(spec)
    # free text of nobody's secret may still name people
    return Privacy.STORY if found is Privacy.OPEN and spec.type in (FieldType.TEXT, FieldType.STORY) else found


def _table(one: Changed, title: Title, id_: str) -> Table:
    privacy, inner = _privacy(one.spec), inner_of(one.spec)
    columns = (
        Column("", "mark"),
        Column("第几项", "place"),
        Column("原来", "before", privacy=privacy, inner=inner),
        Column("现在", "after", privacy=privacy, inner=inner),
    )
    rows = [
        (
            _mark(item.before, item.after),
            str(item.place),
            text_of(one.spec, item.before, title),
            "（不变）" if item.before == item.after else text_of(one.spec, item.after, title),
        )
        for item in one.items
    ]
    return Table(columns, rows, [id_] * len(rows), caption=one.spec.label)


def _mark(before: Any, after: Any) -> str:
    if before == after:
        return ""
    return "添" if before is None else "删" if after is None else "改"


def text_of(spec: FieldSpec, value: Any, title: Title) -> str:
    """A value as a file holds it, in one line: references by name and id, groups as they are typed."""
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return "、".join(text_of(spec, part, title) for part in value)
    if isinstance(value, Mapping):
        parts = {part.label: part for part in fields_of(spec.group)} if spec.group else {}
        return "，".join(f"{label}={text_of(parts.get(label, spec), part, title)}" for label, part in value.items())
    return named(str(value), title) if spec.type is FieldType.REF else str(value)
