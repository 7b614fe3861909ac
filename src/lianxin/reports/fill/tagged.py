"""What a form to be filled asks of its records, as a document: a table of their fields, and one of each list.

It is masked and scanned like any other before a word of it reaches the form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from lianxin.core.book import Book, Query
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.record import fields_of
from lianxin.core.document import Column, Document, Table, Value
from lianxin.core.filter import Filter, Op
from lianxin.core.value import FieldType
from lianxin.kinds.path import near, near_column, walk
from lianxin.reports.column import find, labels
from lianxin.reports.fill.course_tag import CourseTag, course_tags
from lianxin.reports.ledger.listing import listing
from lianxin.reports.own_matter import own_by_way
from lianxin.reports.value import plain


class Asked(Struct, frozen=True):
    """What a form asks for, each thing by its path, in the order of the tables that answer.

    Attributes:
        fields: The id first.
        lists: Path of a list → what is asked of each part; ``""`` is the part itself. What every part has comes first.
        wrong: What stands for nothing, with near names.
    """

    fields: tuple[str, ...]
    lists: Mapping[str, tuple[str, ...]]
    wrong: tuple[str, ...]


def asked_of(kind: Kind, fields: Sequence[str], lists: Mapping[str, Sequence[str]]) -> Asked:
    """What these tags ask of a kind."""
    told = {one.label: one for one in course_tags(kind)}
    wrong = [fault for path in fields for fault in _wrong_field(kind, path, told)]
    columns = sorted(dict.fromkeys(("编号", *fields)), key=lambda path: path in told)
    parts: dict[str, tuple[str, ...]] = {}
    for path, inside in lists.items():
        faults = list(_wrong_list(kind, path, inside, told))
        key = "" if faults else told[path].parts[0].label if path in told else _first(kind, path)
        parts[path] = tuple(dict.fromkeys((key, *filter(None, inside))))
        wrong += faults
    return Asked(tuple(columns), parts, tuple(wrong))


def _first(kind: Kind, path: str) -> str:
    """The first field of a group, which every part of a list of them has; empty for plain values."""
    group = walk(kind, path)[-1].group
    return fields_of(group)[0].label if group else ""


def _wrong_field(kind: Kind, path: str, told: Mapping[str, CourseTag]) -> Iterator[str]:
    if path in told:
        yield from [f"「{path}」是清单，要写在循环里"] if told[path].many else []
        return
    specs = walk(kind, path)
    if not specs:
        yield f"「{path}」{near_column(kind, path) if '.' in path else near(path, [*labels(kind), *told])}"
    elif specs[-1].type is FieldType.GROUP:
        where = "，要写在循环里" if specs[-1].many else f"，要写到里面的一栏，如 {path}.{_first(kind, path)}"
        yield f"「{path}」是一组明细{where}"


def _wrong_list(kind: Kind, path: str, inside: Sequence[str], told: Mapping[str, CourseTag]) -> Iterator[str]:
    if path in told:
        parts = [part.label for part in told[path].parts]
        wrong = [one for one in inside if one and one not in parts]
        yield from [f"「{path}」只有一条，不能循环"] if not told[path].many else []
        yield from (f"「{path}」里的「{one}」{near(one, parts)}" for one in wrong)
        return
    specs = walk(kind, path)
    if not specs:
        yield f"「{path}」{near_column(kind, path) if '.' in path else near(path, [*labels(kind), *told])}"
    elif any(spec.many for spec in specs[:-1]):
        yield f"「{path}」是清单里的清单，不能再循环"
    elif not specs[-1].many:
        yield f"「{path}」不是清单，不能循环"
    else:
        wrong = [one for one in inside if one and not walk(kind, f"{path}.{one}")]
        yield from (f"「{path}」里的「{one}」{near_column(kind, f'{path}.{one}')}" for one in wrong)


def tagged(book: Book, kind: Kind, ids: Sequence[str], asked: Asked) -> Document:
    """What is asked of these records: a table of their fields, and one of each list, a row a part.

    Columns and tables are as many, and in the same order, as ``asked`` has fields and lists.
    """
    told = {one.label: one for one in course_tags(kind)}
    wanted = (Filter(("编号",), Op.EQ, tuple(ids)),)
    document = listing(book, kind, wanted, columns=[path for path in asked.fields if path not in told])
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    more = [told[path] for path in asked.fields if path in told]
    lives = {id_: book.fold(id_) for id_ in ids} if more or any(path in told for path in asked.lists) else {}
    rows = [
        (*row, *(cell for one in more for cell in one.told(book, lives[id_])[0]))
        for row, id_ in zip(table.rows, table.records, strict=True)
    ]
    heads = (*table.columns, *(part for one in more for part in one.parts))
    tables = [
        _steps(book, told[path], lives, inside) if path in told else _parts(book, kind, wanted, path, inside)
        for path, inside in asked.lists.items()
    ]
    return replace(document, blocks=(replace(table, columns=heads, rows=rows), *tables))


def _steps(book: Book, tag: CourseTag, lives: Mapping[str, object], inside: Sequence[str]) -> Table:
    """What a course tag tells of each record."""
    places = [tag.parts.index(part) for label in inside if (part := tag.part(label))]
    rows: list[tuple[Value, ...]] = []
    records: list[str] = []
    for id_, life in lives.items():
        told = tag.told(book, life)
        rows += [tuple(row[place] for place in places) for row in told]
        records += [id_] * len(told)
    return Table(tuple(tag.parts[place] for place in places), rows, records)


def _parts(book: Book, kind: Kind, wanted: tuple[Filter, ...], path: str, inside: Sequence[str]) -> Table:
    """The parts of a list, one a row."""
    paths = [f"{path}.{label}" if label else path for label in inside]
    found = [one for label in paths if (one := find(kind, label, path))]
    query = Query(kind, tuple(paths), wanted, sort=("编号",), unroll=path)
    rows, ids = book.select(query)
    own = own_by_way(book, query, [(label,) for label in paths])
    heads = tuple(Column(one.label, one.name, one.type, one.privacy, term=one.term, inner=one.inner) for one in found)
    # a record without any part keeps one row, with nothing in it
    kept = {n: at for at, n in enumerate(n for n, row in enumerate(rows) if row[0] is not None)}
    told = frozenset((kept[n], place) for n, place in own if n in kept)
    return Table(heads, [tuple(map(plain, rows[n])) for n in kept], [ids[n] for n in kept], own=told)
