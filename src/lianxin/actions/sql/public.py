"""What the public may be asked in SQL: the kinds' views with what is open in them, masked before anything is asked.

The answers come from a database of their own in memory. What is internal is not in it, so that no ``substr()``, no
condition and no error can tell of it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from lianxin.core.declare.field import FieldSpec, Privacy
from lianxin.core.declare.kind import Derived, Kind
from lianxin.core.declare.record import fields_of
from lianxin.core.document import Column, Document, Face, Table, Value
from lianxin.core.value import FieldType
from lianxin.formats.face.mask import mask
from lianxin.kinds import KINDS
from lianxin.kinds.inner import inner_of, privacy_of
from lianxin.reports.known import names
from lianxin.reports.own_matter import own_matters
from lianxin.storage.book import LedgerBook
from lianxin.storage.index.schema_sql import AFFINITY, quoted
from lianxin.storage.outside import permitted

#: Classes that are shown, or shown shortened.
_SHOWN = (Privacy.OPEN, Privacy.NAME, Privacy.PHONE, Privacy.STORY)


#: Stands for a group that is internal for a word in it.
_INSIDE = "（内部）"


def open_columns(kind: Kind) -> list[FieldSpec | Derived]:
    """What of a kind stands in its public view."""
    columns: tuple[FieldSpec | Derived, ...] = (*kind.fields, *kind.derived)
    return [spec for spec in columns if spec.privacy in _SHOWN and _plain(spec)]


def _plain(spec: FieldSpec | Derived) -> bool:
    """No group with anything personal or internal in it."""
    if spec.group is None:
        return spec.type is not FieldType.GROUP
    return privacy_of(spec) is Privacy.OPEN and all(map(_plain, fields_of(spec.group)))


def open_connection(book: LedgerBook, statement: str) -> sqlite3.Connection:
    """A database that holds what a statement may read: every public view, filled where the statement names it."""
    connection = sqlite3.connect(":memory:")
    for kind in KINDS:
        columns = open_columns(kind)
        told = ", ".join(f"{quoted(one.label)} {AFFINITY.get(one.type, 'TEXT')}" for one in columns)
        connection.execute(f"CREATE TABLE {quoted(kind.label)} ({told})")
        if kind.label in statement:
            rows = masked_rows(book, kind, columns)
            into = f"INSERT INTO {quoted(kind.label)} VALUES ({', '.join('?' * len(columns))})"  # noqa: S608 - our own names
            connection.executemany(into, rows)
    connection.execute("PRAGMA query_only = ON")
    connection.set_authorizer(permitted)
    return connection


def masked_rows(book: LedgerBook, kind: Kind, columns: Sequence[FieldSpec | Derived]) -> Sequence[tuple[Value, ...]]:
    """The records as the public sees them; ids stay ids, so that views can be joined."""
    asked = ", ".join(quoted(one.label) for one in columns)
    found = book.connection.execute(f"SELECT {asked} FROM {quoted(kind.label)}").fetchall()  # noqa: S608 - our own names
    listed = [n for n, one in enumerate(columns) if one.many and one.type is not FieldType.REF and one.group is None]
    grouped = {n: words for n, one in enumerate(columns) if one.group is not None and (words := inner_of(one))}
    rows = [tuple(_told(value) if n in listed else value for n, value in enumerate(row)) for row in found]
    rows = [tuple(_without(value, grouped.get(n, ())) for n, value in enumerate(row)) for row in rows]
    ids = [str(row[0]) for row in rows]
    table = Table(tuple(_columns(columns)), rows, ids)
    masked = mask(Document(kind.label, (table,), names=names(book), own=own_matters(book)), Face.PUBLIC).blocks[0]
    return masked.rows if isinstance(masked, Table) else ()


def _columns(columns: Sequence[FieldSpec | Derived]) -> Iterator[Column]:
    for one in columns:
        many = one.many and one.type is not FieldType.REF
        yield Column(one.label, one.name, FieldType.TEXT if many else one.type, one.privacy, inner=inner_of(one))


def _told(value: Value) -> Value:
    """A list as it is read, so that each name in it is seen to be one."""
    return "、".join(map(str, json.loads(value))) if isinstance(value, str) and value else value


def _without(value: Value, inner: tuple[str, ...]) -> Value:
    """A group, or a list of them, without those that hold an internal word."""
    if not inner or not isinstance(value, str) or not any(word in value for word in inner):
        return value
    held = json.loads(value)
    told = [_INSIDE if set(inner) & set(map(str, one.values())) else one for one in _listed(held)]
    return json.dumps(told if isinstance(held, list) else told[0], ensure_ascii=False)


def _listed(held: Any) -> list[Any]:
    return held if isinstance(held, list) else [held]
