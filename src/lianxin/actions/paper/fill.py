"""Filling a superior's own blank form, Word or Excel, from the records."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from lianxin.actions.policy.blank import Blank
from lianxin.actions.typed_filter import typed_filters
from lianxin.core.book import Query
from lianxin.core.day.period import parse_period
from lianxin.core.declare.kind import Kind
from lianxin.core.document import Column, Document, Face, Provenance, Table, Value, show
from lianxin.core.error import EmptyError, UsageError
from lianxin.core.filter import parse_filters
from lianxin.core.value import END_OF_DAY, FieldType, day_text
from lianxin.formats.cell import dated
from lianxin.formats.face.mask import mask
from lianxin.formats.face.scan import Scan
from lianxin.formats.fill.sound import sound
from lianxin.formats.fill.value import Row, parts_of, row_of
from lianxin.formats.package import bearing, keywords
from lianxin.formats.paper.close import cell_text
from lianxin.formats.paper.own import BODY
from lianxin.formats.paper.trace import read_trace, trace_line
from lianxin.kinds import kind_of
from lianxin.kinds.issue.state import State
from lianxin.reports.fill.tagged import Asked, asked_of, tagged
from lianxin.reports.origin import asked as asked_by
from lianxin.storage.book import LedgerBook

#: Suffix → the module of ``formats`` that fills it.
_FILLERS = {".docx": "docx", ".xlsx": "xlsx"}


class Filled(Struct, frozen=True):
    """A form that has been filled.

    Attributes:
        bare: The file before it says where it came from.
    """

    bare: bytes
    provenance: Provenance | None

    @property
    def content(self) -> bytes:
        """The file with its trace among its own facts; nothing is added to what the superior laid out."""
        return bearing(self.bare, trace_line(self.provenance))

    def stands(self, data: bytes) -> bool:
        """Whether a file says the same already, be it of an older commit."""
        before = read_trace(keywords(data))
        if self.provenance is None or before is None or before.dirty:
            return False
        return bearing(self.bare, trace_line(before.origin(self.provenance))) == data


class Wanted(Struct, frozen=True):
    """Which records are to be filled in.

    Attributes:
        kind: Of those that ``where`` and ``period`` find.
        issues: Issues, their ids shortened or not.
        ids: Records of any one kind, by full ids.
        where: Filters as typed.
    """

    kind: Kind
    issues: Sequence[str] = ()
    ids: Sequence[str] = ()
    where: Sequence[str] = ()
    period: str | None = None


def wanted_records(book: LedgerBook, wanted: Wanted, face: Face) -> tuple[Kind, list[str], list[str]]:
    """The kind and ids of what is to be filled in, and the words that ask for the same again.

    Raises:
        UsageError: An id, filter or period is wrong, or they are of several kinds.
        EmptyError: There is none.
    """
    kind = wanted.kind
    found = [book.resolve(word, "issue") for word in wanted.issues] + [book.resolve(word) for word in wanted.ids]
    if wanted.ids:
        kind = kind_of(found[-1])
    if any(kind_of(id_) is not kind for id_ in found):
        raise UsageError("一次只能填同一种记录")
    words = ["--kind", kind.name, *(word for id_ in found for word in ("--id", id_))]
    if wanted.where or wanted.period:
        span = parse_period(wanted.period, book.today) if wanted.period else None
        query = Query(kind, ("编号",), typed_filters(book, kind, wanted.where, face), span, kind.dated if span else "")
        found += [id_ for id_ in book.select(query)[1] if id_ not in found]
    if not found:
        raise EmptyError("没有要填的记录：用 --issue 编号，或 --where 条件")
    words += [word for one in parse_filters(wanted.where) for word in ("--where", str(one))]
    words += ["--period", wanted.period] if wanted.period else []
    return kind, found, words


#: Forms that press a department to go on with a case.
_PRESSING = frozenset({"督办单"})
_SETTLED = """SELECT i.record FROM interval AS i JOIN json_each(?1) AS j ON j.value = i.record
WHERE i.until IS NULL AND i.state = ?2 ORDER BY i.record"""


def settled(book: LedgerBook, form: Blank, ids: Sequence[str]) -> list[str]:
    """Cases that a form would press for though they are struck off already."""
    if Path(form.name).stem not in _PRESSING:
        return []
    return [str(id_) for (id_,) in book.sql(_SETTLED, (json.dumps(list(ids)), State.CLOSED.value))]


def fill(
    book: LedgerBook,
    office: str,
    form: Blank,
    kind: Kind,
    ids: Sequence[str],
    face: Face,
    recipe: str = "",
    where: Sequence[str] = (),
) -> Filled:
    """The form filled from these records, in their order.

    Args:
        recipe: The words of the command that fills it again.
        where: The filters in them.

    Raises:
        UsageError: It is of another sort, or a tag in it names no field; near names are in the sentence.
        LianxinError: It cannot be filled, or something personal is left for the public; nothing was written.
    """
    filler: Any = import_module(f"lianxin.formats.fill.{_FILLERS[form.suffix]}")
    sound(form.data, form.name)
    tags = filler.tags(form.data, form.name)
    if BODY in tags.names:
        raise UsageError(f"{form.name} 是整份文件的版式，不是一张要填的表；出同名的报表、台账时用 -f docx，就会套上它")
    asked = asked_of(kind, tags.fields, tags.lists)
    if asked.wrong:
        wrong = "；".join(asked.wrong)
        raise UsageError(f"{form.name} 里有不认识的标签：{wrong}。可用的见 lianxin fill --tags {kind.name}")
    document = asked_by(tagged(book, kind, ids, asked), kind, parse_filters(where))
    origin = replace(document.provenance, recipe=recipe) if document.provenance else None
    masked: Document = mask(replace(document, provenance=origin), face)
    if face is Face.PUBLIC:
        Scan(document.names).refuse(masked)
    beside = {"今天": day_text(book.today), "本单位": office}
    return Filled(
        filler.fill(form.data, form.name, _rows(masked, ids, asked, by_hand=form.suffix == ".docx"), beside),
        masked.provenance,
    )


def _texts(table: Table, said: Callable[[Value, Column], str]) -> Iterator[tuple[str, list[str]]]:
    """Each row as its record's id and what its cells say."""
    for id_, row in zip(table.records, table.rows, strict=True):
        yield id_, [said(value, column) for value, column in zip(row, table.columns, strict=True)]


def _listed(value: Value, column: Column) -> str:
    """As columns of many rows have it: 2026-03-06."""
    return show(value, column.type)


def _written(value: Value, column: Column) -> str:
    """As it is written into a form by hand: 2026年3月6日."""
    found = dated(value, column.type)
    if found is None:
        return cell_text(value, column)
    if not isinstance(found, datetime):
        return day_text(found)
    whole = column.type is FieldType.DEADLINE and found.time() == END_OF_DAY
    return day_text(found) if whole else f"{day_text(found)} {found:%H:%M}"


def _rows(masked: Document, ids: Sequence[str], asked: Asked, *, by_hand: bool) -> list[Row]:
    """What the form reads, record by record in the order asked for.

    Args:
        masked: What was asked for.
        ids, asked: Of which records, and what.
        by_hand: Days stand in it as they are written, not as a spreadsheet's.
    """
    main, *others = (block for block in masked.blocks if isinstance(block, Table))
    fields = dict(_texts(main, _written if by_hand else _listed))
    parts: dict[str, dict[str, list[list[str]]]] = {path: {} for path in asked.lists}
    for path, table in zip(asked.lists, others, strict=True):
        for id_, texts in _texts(table, _listed):
            parts[path].setdefault(id_, []).append(texts)
    return [
        row_of(
            asked.fields,
            fields[id_],
            number,
            {path: parts_of(inside, parts[path].get(id_, ())) for path, inside in asked.lists.items()},
        )
        for number, id_ in enumerate(ids, start=1)
    ]
