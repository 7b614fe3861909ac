"""A document as CSV: UTF-8 with a byte order mark, so that Excel and WPS read Chinese; RFC 4180 otherwise.

A document that is one table starts with its heading row, ready to import; any other prints its blocks in order, a
blank line between. All lines have the same number of fields. Text is quoted as ``sanitise.for_csv`` documents, numbers
and dates stand as they are, without thousands separators. Title, notes and provenance follow at the foot.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal

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
from lianxin.core.picture import Pictures
from lianxin.core.value import FieldType
from lianxin.formats import Options
from lianxin.formats.chart.text import numbers
from lianxin.formats.face.sanitise import for_csv, from_csv
from lianxin.formats.paper.foot import foot_lines
from lianxin.formats.paper.outline import outline
from lianxin.formats.paper.trace import after_mark, marked

_BOM = "\ufeff"


def render(document: Document, options: Options) -> str:  # noqa: ARG001 - every format is called alike
    """The document as CSV text with a byte order mark and CRLF line ends."""
    width = max((_block_width(block) for block in document.blocks), default=1)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for row in _rows(document):
        writer.writerow([*row, *[""] * (width - len(row))])
    return _BOM + out.getvalue()


def trace(data: bytes) -> str:
    """The line by which a file can be made again."""
    rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return after_mark([from_csv(row[0]) for row in rows if row])


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


def _rows(document: Document) -> Iterator[Sequence[str]]:
    head = document.masthead
    over = head.over if head else ()
    titles = [[for_csv(text)] for text in (*over, document.title, document.subtitle) if text]
    bare = len(document.blocks) == 1 and isinstance(document.blocks[0], Table)
    if not bare:
        yield from titles
    for n, block in enumerate(document.blocks):
        rows = list(_block_rows(block, document))
        if rows and (n or not bare):
            yield []
        yield from rows
    yield []
    if bare:
        yield from titles
    yield from ([for_csv(line)] for line in (head.under if head else ()))
    yield from ([for_csv(line)] for line in (*foot_lines(document.provenance), marked(document.provenance)) if line)


def _block_rows(block: Block, document: Document) -> Iterator[Sequence[str]]:
    match block:
        case Heading() | Paragraph():
            yield [for_csv(block.text)]
        case Pictures():
            yield from ([for_csv(line)] for line in block.lines)
        case KeyValues():
            yield from ([for_csv(pair.label), _cell(pair.value, pair.type)] for pair in block.pairs)
        case Table():
            yield from _table_rows(block)
        case Timeline():
            for entry in block.entries:
                yield [f"{entry.at:%Y-%m-%d %H:%M}", for_csv(entry.label), for_csv(entry.actor), for_csv(entry.text)]
        case Contents():
            yield ["目录"]
            yield from ([for_csv(entry.text)] for entry in outline(document).entries if entry.level <= block.depth)
        case Cover():
            yield from ([for_csv(text)] for text in (block.title, *block.lines))
        case Chart():
            yield from _table_rows(numbers(block))
        case PageBreak():
            return


def _cell(value: Value, type_: FieldType) -> str:
    if isinstance(value, str):
        return for_csv(show(value, type_))
    if isinstance(value, int | float | Decimal):
        return show(value)
    return show(value, type_)


def _table_rows(table: Table) -> Iterator[Sequence[str]]:
    if table.caption:
        yield [for_csv(table.caption)]
    types = [column.type for column in table.columns]
    groups = dict(table.groups)
    yield [for_csv(column.label) for column in table.columns]
    if not table.rows:
        yield ["（没有符合条件的记录）"]
    for n, row in enumerate(table.rows):
        if n in groups:
            yield [for_csv(groups[n])]
        yield [_cell(value, type_) for value, type_ in zip(row, types, strict=True)]
    if table.totals:
        yield [_cell(value, type_) for value, type_ in zip(table.totals, types, strict=True)]
    yield from ([for_csv(f"注：{note}")] for note in table.notes)
