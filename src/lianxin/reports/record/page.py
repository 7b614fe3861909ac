"""One record in full."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import Any

from lianxin.core.book import Book, Query
from lianxin.core.declare.condition import need_of
from lianxin.core.declare.field import FieldSpec, Privacy
from lianxin.core.declare.kind import Derived, Kind
from lianxin.core.declare.record import Record, fields_of
from lianxin.core.document import Block, Column, Document, Heading, KeyValues, Pair, Paragraph, Table
from lianxin.core.filter import Filter, Op
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType
from lianxin.kinds import BRIEFS, KIND, kind_of
from lianxin.kinds.evidence import Evidence
from lianxin.kinds.inner import NAMED, inner_of, privacy_of, strictest
from lianxin.reports.column import find
from lianxin.reports.document import document_of
from lianxin.reports.evidence import evidence_of, shown_by
from lianxin.reports.issue import view as issue
from lianxin.reports.life import rectification, whistle
from lianxin.reports.life.advice import advice
from lianxin.reports.life.history import timeline
from lianxin.reports.value import Title, cell, is_term, named, on_its_day, pair, plain

_REFERRING = """
SELECT r.kind, r.source, coalesce(s.title, ''), group_concat(DISTINCT r.field)
FROM reference AS r LEFT JOIN record AS s ON s.id = r.source
WHERE r.target = ? AND r.source <> ? GROUP BY r.source ORDER BY r.source DESC
"""

#: Where a record stands, for kinds with a life.
_STANDING: Mapping[str, Callable[[Book, str], list[Block]]] = {
    "issue": issue.status,
    "whistle": whistle.status,
    "rectification": rectification.status,
}

#: Referring records of one kind shown before the rest are only counted.
_MOST = 50


def _many(spec: FieldSpec, value: Sequence[Record], title: Title, id_: str) -> list[Block]:
    parts = fields_of(type(value[0]))
    columns = tuple(
        Column(
            part.label,
            part.name,
            _cell_type(part),
            strictest((spec.privacy, privacy_of(part))),
            term=is_term(part),
            typed=not part.auto,
        )
        for part in parts
    )
    rows = [tuple(cell(part, getattr(one, part.name), title) for part in parts) for one in value]
    held = [n for n, row in enumerate(rows) if not set(inner_of(spec)).isdisjoint(row)]
    inner = frozenset(product(held, range(len(parts))))
    return [Heading(spec.label, 2), Table(columns, rows, [id_] * len(rows), inner=inner)]


def _cell_type(spec: FieldSpec) -> FieldType:
    return FieldType.TEXT if spec.many or spec.type in (FieldType.REF, FieldType.GROUP, FieldType.FLAG) else spec.type


def _fields(book: Book, kind: Kind, record: Record, id_: str) -> list[Block]:
    """Declared fields in their order; groups of fields under headings of their own; empty ones named at the end."""
    title = on_its_day(book, record)
    pairs: list[Pair] = []
    below: list[Block] = []
    empty: list[str] = []
    excused: list[str] = []
    for spec in kind.fields:
        value = getattr(record, spec.name)
        if value is None or value == ():
            owed = excused if any(need.before for need in spec.needed) and not need_of(spec, vars(record)) else empty
            owed += [] if spec.auto else [spec.label]
        elif spec.type is FieldType.GROUP and spec.many:
            below += _many(spec, value, title, id_)
        elif spec.type is FieldType.GROUP:
            below += [Heading(spec.label, 2), *_group(value, title, id_)]
        else:
            pairs.append(pair(spec, value, title, id_))
    blocks: list[Block] = [KeyValues(tuple(pairs)), *below]
    if empty:
        blocks.append(Paragraph(f"没有填：{'、'.join(empty)}", Tone.MUTED))
    if excused:
        blocks.append(Paragraph(f"可以不填：{'、'.join(excused)}", Tone.MUTED))
    return blocks


def _computed(book: Book, kind: Kind, id_: str) -> list[Block]:
    """What a list of the kind shows though no field holds it: where a promise stands, the money a project has left."""
    asked = tuple(label for label in kind.listed if isinstance(kind.column(label), Derived))
    if not asked or kind.lifecycle:
        return []
    (row,), _ids = book.select(Query(kind, asked, (Filter(("编号",), Op.EQ, (id_,)),)))
    found = [(one, value) for label, value in zip(asked, row, strict=True) if (one := find(kind, label))]
    pairs = [Pair(one.label, plain(value), one.name, one.type, one.privacy, id_, term=one.term) for one, value in found]
    held = tuple(one for one in pairs if one.value is not None)
    return [Heading("算出来的", 2), KeyValues(held)] if held else []


def _group(group: Record, title: Title, id_: str) -> list[Block]:
    pairs: list[Pair] = []
    tables: list[Block] = []
    for spec in fields_of(type(group)):
        value = getattr(group, spec.name)
        if value is None or value == ():
            continue
        if spec.type is FieldType.GROUP and spec.many:
            tables += _many(spec, value, title, id_)
        else:
            pairs.append(pair(spec, value, title, id_))
    return [*([KeyValues(tuple(pairs))] if pairs else []), *tables]


def _label(kind: Kind, path: str) -> str:
    """The Chinese path of an English one: ``plan.items.person`` → 共建计划 项目 责任人."""
    if path.startswith("events."):
        return f"事件 {path.removeprefix('events.')}" if kind.lifecycle is None else _event_label(kind, path)
    labels: list[str] = []
    model: type[Record] | None = kind.model
    for part in path.split("."):
        spec = next((spec for spec in fields_of(model) if spec.name == part), None) if model else None
        if spec is None:
            continue
        labels.append(spec.label)
        model = spec.group
    return " ".join(labels) or path


def _event_label(kind: Kind, path: str) -> str:
    last = path.rsplit(".", 1)[-1]
    steps = kind.lifecycle.steps if kind.lifecycle else ()
    return next((spec.label for step in steps for spec in fields_of(step.model) if spec.name == last), path)


def _borne_out(book: Book, record: Record, id_: str) -> list[Block]:
    """The pictures and papers about it; of evidence, the picture itself."""
    return shown_by(book, record) if isinstance(record, Evidence) else evidence_of(book, id_, 2)


def referring(book: Book, id_: str) -> list[tuple[Any, ...]]:
    """Which records point here: kind, id, title, and the English paths of the fields, newest first."""
    return book.sql(_REFERRING, (id_, id_))


def _referring(book: Book, id_: str) -> list[Block]:
    """Which records point here, a table a kind."""
    rows = referring(book, id_)
    blocks: list[Block] = [Heading("提到它的记录", 2)] if rows else []
    for kind in BRIEFS:
        found = [row[1:] for row in rows if row[0] == kind.name]
        if not found:
            continue
        columns = (
            Column("编号", "id", FieldType.REF, width=15),
            Column("名称", "title", privacy=Privacy.NAME if kind.name in NAMED else Privacy.OPEN),
            Column("在哪一栏", "field", term=True),
        )
        shown = []
        for source, title, paths in found[:_MOST]:
            fields = sorted({_label(KIND[kind.name], path) for path in str(paths).split(",")})
            shown.append((source, title, "、".join(fields)))
        notes = (f"还有 {len(found) - _MOST} 条没有列出。",) if len(found) > _MOST else ()
        caption = f"{kind.label}（{len(found)} 条）"
        blocks.append(Table(columns, shown, [row[0] for row in shown], caption=caption, notes=notes))
    return blocks


def told(book: Book, id_: str, standing: Sequence[Block]) -> list[Block]:
    """One record: how it stands, its fields in order, what happened to it where events are kept, what names it."""
    kind = kind_of(id_)
    record = book.record(id_)
    blocks = [*standing]
    shown = book.fold(id_).record if kind.lifecycle else record
    voided: Any = getattr(record, "voided", None)
    if voided:
        heir = f"，由 {named(voided.into, book.title)} 接替" if voided.into else ""
        blocks.append(Paragraph(f"已作废，不再列出、不再计数{heir}。", Tone.WARNING))
    blocks += _fields(book, kind, shown, id_)
    blocks += [] if voided else _computed(book, kind, id_)
    if shown != record:
        blocks.append(Paragraph("以上内容已按更正显示，原来怎么写的见下面的经过和文件。", Tone.MUTED))
    if kind.lifecycle:
        blocks += [Heading("经过", 2), timeline(book, record, whole=True)]
    return [*blocks, *_borne_out(book, shown, id_), *_referring(book, id_)]


def advised(book: Book, kind: Kind, id_: str, *, typed: bool = True) -> list[Block]:
    """What the history of a record suggests doing; ``typed`` as for ``advice``."""
    return [Paragraph(text, Tone.WARNING) for text in advice(book, kind, id_, typed=typed)]


def show(book: Book, id_: str) -> Document:
    """One record: its fields in order; where events are kept also how it stands, what may be done and its history."""
    kind = kind_of(id_)
    standing = [*_STANDING[kind.name](book, id_), *advised(book, kind, id_)] if kind.lifecycle else []
    return document_of(
        book,
        f"{kind.label} {id_}",
        tuple(told(book, id_, standing)),
        f"show-{kind.name}",
        records=1,
        subtitle="" if kind.name in NAMED else book.title(id_),
    )
