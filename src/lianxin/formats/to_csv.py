"""A document as CSV: UTF-8 with a byte order mark, so that Excel and WPS read Chinese; RFC 4180 otherwise.

A document that is one table is its heading row and its records, nothing else: a group is a column. Any other prints its
blocks in order, a blank line between, up to the last row. All lines have the same number of fields. Text is quoted as
``sanitise.for_csv`` documents, numbers and dates stand as they are, without thousands separators. Title, notes, sums
and provenance are told apart (``core.look.APART``), for a file beside the rows.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from msgspec.structs import replace

from lianxin.core.chart import Chart
from lianxin.core.document import (
    Block,
    Contents,
    Cover,
    Document,
    Heading,
    KeyValues,
    PageBreak,
    Paragraph,
    Table,
    Timeline,
    Value,
    show,
)
from lianxin.core.look import APART, FORMER
from lianxin.core.picture import Pictures
from lianxin.core.text.pattern import late
from lianxin.core.value import FieldType
from lianxin.formats import Options
from lianxin.formats.chart.text import numbers
from lianxin.formats.face.sanitise import for_csv, from_csv, visible
from lianxin.formats.paper.foot import foot_lines
from lianxin.formats.paper.outline import outline
from lianxin.formats.paper.trace import after_mark, asked_as, marked

_BOM = "\ufeff"
#: The heading of the column that tells a group, and the count behind its name that does not belong there.
_GROUP = "分组"
_COUNT = late(r"（\d+ \S{1,3}）$")

#: A line: its cells, and whether it is a heading or a record rather than text about them.
_Line = tuple[Sequence[str], bool]


def render(document: Document, options: Options) -> str:
    """The document as CSV text with a byte order mark and CRLF line ends, and what is told of it."""
    if options.name == FORMER.name:
        return _BOM + _former(document)
    lines: list[_Line]
    told: list[str]
    match document.blocks:
        case (Table() as table,):
            bare, lines, told = True, list(_records(table)), [*map(visible, _texts(document)), *_told(table)]
        case _:
            bare, lines, told = False, [*_titles(document), *_page(document)], []
    last = max((n for n, (_, row) in enumerate(lines, 1) if row), default=len(lines))
    told += [" ".join(map(from_csv, filter(None, cells))) for cells, _ in lines[last:] if any(cells)]
    told += [visible(line) for line in _foot(document)]
    made = _BOM + _written((cells for cells, _ in lines[:last]), _width(document, bare=bare))
    return "\n".join([made + APART + told[0], *told[1:], ""]) if told else made


def stream(parts: Iterable[Document]) -> Iterator[str]:
    """The rows of a list, part by part."""
    for n, part in enumerate(parts):
        tables = [block for block in part.blocks if isinstance(block, Table)]
        lines = [cells for table in tables for cells, _row in _records(table)]
        made = _written(lines[1:] if n else lines, 0)
        yield made if n else _BOM + made


def trace(data: bytes) -> str:
    """The line by which a file can be made again; one of the time when it stood under the rows as it was then."""
    rows, mark, note = data.decode("utf-8-sig").partition(APART)
    if mark:
        return after_mark(note.splitlines())
    found = after_mark([from_csv(row[0]) for row in csv.reader(io.StringIO(rows, newline="")) if row])
    head, separator, recipe = found.rpartition(" · ")
    return f"{head}{separator}{asked_as(recipe, 'csv', FORMER.name)}"


def _former(document: Document) -> str:
    """As it was when notes and provenance stood under the rows."""
    origin = document.provenance
    document = replace(
        document, provenance=origin and replace(origin, recipe=asked_as(origin.recipe, FORMER.name, "csv"))
    )
    bare = len(document.blocks) == 1 and isinstance(document.blocks[0], Table)
    titles = list(_titles(document))
    lines = [*(() if bare else titles), *_page(document, bare=bare), ([], False), *(titles if bare else ())]
    rows = [*(cells for cells, _ in lines), *([for_csv(line)] for line in _foot(document))]
    return _written(rows, _width(document))


def _written(rows: Iterable[Sequence[str]], width: int) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([*row, *[""] * (width - len(row))])
    return out.getvalue()


def _width(document: Document, *, bare: bool = False) -> int:
    grouped = 1 if bare and any(isinstance(block, Table) and block.groups for block in document.blocks) else 0
    return max((_block_width(block) for block in document.blocks), default=1) + grouped


def _block_width(block: Block) -> int:
    match block:
        case Table():
            return len(block.columns)
        case KeyValues():
            return 2
        case Timeline():
            return 4
        case Chart():
            return len(block.series) + 1
        case _:
            return 1


def _texts(document: Document) -> list[str]:
    """What stands over the blocks."""
    head = document.masthead
    return [text for text in (*(head.over if head else ()), document.title, document.subtitle) if text]


def _titles(document: Document) -> Iterator[_Line]:
    yield from (([for_csv(text)], False) for text in _texts(document))


def _foot(document: Document) -> list[str]:
    head, origin = document.masthead, document.provenance
    return [line for line in (*(head.under if head else ()), *foot_lines(origin), marked(origin)) if line]


def _page(document: Document, *, bare: bool = False) -> Iterator[_Line]:
    """The blocks, a blank line before each."""
    for n, block in enumerate(document.blocks):
        lines = list(_block_lines(block, document))
        if lines and (n or not bare):
            yield [], False
        yield from lines


def _block_lines(block: Block, document: Document) -> Iterator[_Line]:
    match block:
        case Heading() | Paragraph():
            yield [for_csv(block.text)], False
        case Pictures():
            yield from (([for_csv(line)], False) for line in block.lines)
        case KeyValues():
            yield from (([for_csv(pair.label), _cell(pair.value, pair.type)], True) for pair in block.pairs)
        case Table():
            yield from _table_lines(block)
        case Timeline():
            for one in block.entries:
                yield [f"{one.at:%Y-%m-%d %H:%M}", for_csv(one.label), for_csv(one.actor), for_csv(one.text)], True
        case Contents():
            yield ["目录"], False
            entries = (entry for entry in outline(document).entries if entry.level <= block.depth)
            yield from (([for_csv(entry.text)], False) for entry in entries)
        case Cover():
            yield from (([for_csv(text)], False) for text in (block.title, *block.lines))
        case Chart():
            yield from _table_lines(numbers(block))
        case PageBreak():
            return


@lru_cache(4_096)
def _text(value: str, type_: FieldType) -> str:
    """A text; most recur in their column."""
    return for_csv(show(value, type_))


def _cell(value: Value, type_: FieldType) -> str:
    if isinstance(value, str):
        return _text(value, type_)
    if isinstance(value, int | float | Decimal):
        return show(value)
    return show(value, type_)


def _cells(table: Table, row: Sequence[Value]) -> list[str]:
    return [_cell(value, column.type) for value, column in zip(row, table.columns, strict=True)]


def _records(table: Table) -> Iterator[_Line]:
    """The heading and the records alone."""
    groups, group = dict(table.groups), ""
    yield [*([_GROUP] if groups else ()), *(for_csv(column.label) for column in table.columns)], True
    for n, row in enumerate(table.rows):
        group = for_csv(_COUNT.sub("", groups[n])) if n in groups else group
        yield [*([group] if groups else ()), *_cells(table, row)], True


def _told(table: Table) -> Iterator[str]:
    """What stands around the records of a table."""
    if table.caption:
        yield visible(table.caption)
    if not table.rows:
        yield "（没有符合条件的记录）"
    if table.totals:
        cells = zip(table.columns, _cells(table, table.totals), strict=True)
        (_, word), *sums = [(visible(column.label), from_csv(text)) for column, text in cells if text]
        yield f"{word}：{'，'.join(f'{label} {text}' for label, text in sums)}"
    yield from (visible(f"注：{note}") for note in table.notes)


def _table_lines(table: Table) -> Iterator[_Line]:
    """A table among other blocks."""
    if table.caption:
        yield [for_csv(table.caption)], False
    groups = dict(table.groups)
    yield [for_csv(column.label) for column in table.columns], True
    if not table.rows:
        yield ["（没有符合条件的记录）"], False
    for n, row in enumerate(table.rows):
        if n in groups:
            yield [for_csv(groups[n])], False
        yield _cells(table, row), True
    if table.totals:
        yield _cells(table, table.totals), True
    yield from (([for_csv(f"注：{note}")], False) for note in table.notes)
