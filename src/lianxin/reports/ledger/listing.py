"""The records of one kind in a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import Any

from msgspec.structs import replace

from lianxin.core.book import Book, Query
from lianxin.core.day.period import Period
from lianxin.core.declare.field import Privacy
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import VOID
from lianxin.core.document import Column, Document, Table
from lianxin.core.error import UsageError
from lianxin.core.filter import Filter, Op
from lianxin.core.value import FieldType
from lianxin.kinds.inner import NAMED
from lianxin.reports.column import find, labels, near_column
from lianxin.reports.document import document_of
from lianxin.reports.own_matter import own_by_way
from lianxin.reports.plain import beside, plain_table
from lianxin.reports.value import named

#: Who asks for one of these says which records are meant.
_TELLING = ("状态", "编号")

_VOIDED = "SELECT id FROM record WHERE kind = ? AND voided ORDER BY length(id) DESC, id DESC"


def listing(
    book: Book,
    kind: Kind,
    filters: Sequence[Filter] = (),
    *,
    period: Period | None = None,
    period_field: str = "",
    columns: Sequence[str] = (),
    voided: bool = False,
    plain: bool = False,
    most: int = 0,
    skip: int = 0,
) -> Document:
    """The records of a kind, newest ids first, in the columns a list shows; voided ones only where they are asked for.

    Args:
        book, kind: What of which.
        filters, period, period_field: What narrows it.
        columns: Others than a list shows.
        voided: Only voided ones.
        plain: For programs.
        most, skip: Of a list that is shown part by part, so many rows after so many; how many there are in all, and
            what else is told under it, only under the last.

    Raises:
        UsageError: A column is not the kind's.
    """
    if voided and kind.column(VOID):
        return _voided(book, kind, filters, plain=plain)
    bare = not (filters or period)
    filters = in_force(kind, filters, voided=voided)
    asked = tuple(columns) or kind.listed
    query = Query(
        kind, asked, tuple(filters), period, period_field, ("-编号",), spoken=len(asked), most=most, skip=skip
    )
    table = plain_table(book, query) if plain else listed(book, query)
    many = skip + len(table.rows)
    if not (plain or (most and len(table.rows) == most)):
        table = replace(table, notes=counted(book, kind, many, bare=bare))
    return document_of(
        book,
        f"{kind.label}清单",
        (table,),
        f"list-{kind.name}",
        records=many,
        period=period,
        kind=kind,
        filters=filters,
        plain=plain,
    )


def in_force(kind: Kind, filters: Sequence[Filter], *, voided: bool = False) -> tuple[Filter, ...]:
    """Conditions on records with a life: voided ones only where these say which are meant, or they are asked for."""
    if not kind.lifecycle or any(filter_.path[0] in _TELLING for filter_ in filters):
        return tuple(filters)
    return (*filters, Filter(("状态",), Op.EQ if voided else Op.NE, (VOID,)))


def columns_of(kind: Kind, text: str) -> list[str]:
    """The columns that words name, Chinese or English, between commas; 全部 and ``all`` are every one."""
    named = [word for word in map(str.strip, re.split("[,，、]", text)) if word]
    return labels(kind) if named in (["全部"], ["all"]) else named


def listed(book: Book, query: Query) -> Table:
    """The records as they are read.

    Raises:
        UsageError: A column is not the kind's.
    """
    kind, found = query.kind, []
    for label in query.columns:
        one = find(kind, label)
        if one is None:
            raise UsageError(f"{kind.label}里没有「{label}」这一栏{near_column(kind, label)}")
        found.append(one)
    rows, ids = book.select(query)
    heads = tuple(
        Column(one.label, one.name, one.type, one.privacy, one.width, one.tones, (), one.term, one.inner, one.typed)
        for one in found
    )
    own = own_by_way(book, query, [(label,) for label in query.columns])
    return Table(heads, rows, ids, own=own, before=query.skip)


def counted(book: Book, kind: Kind, many: int, *, bare: bool) -> tuple[str, ...]:
    """What is told under the last of the records: how many there are, and where nothing narrows it who is left out."""
    whole = (f"共 {many} 条。",) if many else ()  # an empty table says so by itself
    return (*whole, *(_left_out(book, kind) if bare else ()))


def _left_out(book: Book, kind: Kind) -> tuple[str, ...]:
    many = len(book.sql(_VOIDED, (kind.name,)))
    return (f"另有作废的 {many} 条没有列出，加 --voided 看。",) if many else ()


def _voided(book: Book, kind: Kind, filters: Sequence[Filter], *, plain: bool) -> Document:
    """The voided records of a kind that keeps no events: when, by whom and why, and what takes their place."""
    if filters:
        raise UsageError("--voided 列出全部作废的，不能再写条件")
    title = Privacy.NAME if kind.name in NAMED else Privacy.OPEN
    by, into = Column("作废人", "by"), Column("并入", "into", privacy=title)
    columns = (
        Column("编号", "id", FieldType.REF),
        Column("名称", "title", privacy=title),
        Column("作废日期", "on", FieldType.DAY),
        *(beside(by) if plain else (by,)),
        Column("理由", "why", privacy=Privacy.STORY),
        *(beside(into) if plain else (into,)),
    )
    ids = [str(id_) for (id_,) in book.sql(_VOIDED, (kind.name,))]
    rows = []
    for id_ in ids:
        told: Any = getattr(book.record(id_), "voided", None)
        heir = (book.title if plain else partial(named, title=book.title))(told.into) if told.into else None
        by_, into_ = ((told.by,), (told.into,)) if plain else ((), ())
        rows.append((id_, book.title(id_), told.on, *by_, book.title(told.by), told.why, *into_, heir))
    return document_of(
        book,
        f"作废的{kind.label}",
        (Table(columns, rows, ids, notes=(f"共 {len(rows)} 条。",)),),
        f"voided-{kind.name}",
        records=len(rows),
        plain=plain,
    )
