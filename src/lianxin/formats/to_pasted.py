"""A document as plain text to be pasted elsewhere: its tables as ``tabulate`` sets them, Chinese two columns wide.

What would be markup in the place it is pasted into is quoted; numbers and dates stand as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from tabulate import multiline_formats, tabulate

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
    show,
)
from lianxin.core.picture import Pictures
from lianxin.core.value import show_moment
from lianxin.formats import Options
from lianxin.formats.cell import NUMBERS
from lianxin.formats.chart.text import numbers
from lianxin.formats.face.sanitise import for_csv, for_markdown, visible
from lianxin.formats.paper.foot import foot_lines
from lianxin.formats.paper.outline import outline
from lianxin.formats.paper.trace import after_mark, marked


def _quoted(text: str, marks: str, sign: str = "\\") -> str:
    for mark in marks:
        text = text.replace(mark, sign + mark)
    return text


def _entities(text: str) -> str:
    for mark, entity in (
        ("&", "&amp;"),
        ("<", "&lt;"),
        ("|", "&#124;"),
        ("[", "&#91;"),
        ("{", "&#123;"),
        ("'", "&#39;"),
    ):
        text = text.replace(mark, entity)
    return text


#: What a cell must not do where it is pasted; what is not named takes text as it is, or ``tabulate`` quotes it.
_CELL: dict[str, Callable[[str], str]] = {
    "github": for_markdown,
    "rst": partial(_quoted, marks="\\*`|_"),
    "orgtbl": lambda text: text.replace("|", "\\vert{}"),
    "mediawiki": _entities,
    "jira": partial(_quoted, marks="\\|{}[]*_"),
    "tsv": for_csv,
}


def render(document: Document, options: Options) -> str:
    """The document as text; its tables in the format asked for."""
    head = document.masthead
    over = head.over if head else ()
    parts = [visible(text) for text in (*over, document.title, document.subtitle) if text]
    for block in document.blocks:
        parts += [part for part in _block(block, document, options.name) if part]
    parts += [visible(line) for line in (head.under if head else ())]
    foot = (*foot_lines(document.provenance), marked(document.provenance))
    return "\n\n".join([*parts, "\n".join(visible(line) for line in foot if line)]).rstrip() + "\n"


def trace(data: bytes) -> str:
    """The line by which a file can be made again."""
    return after_mark(data.decode().splitlines())


def _block(block: Block, document: Document, format_: str) -> Iterator[str]:
    match block:
        case Heading() | Paragraph():
            yield visible(block.text)
        case Pictures():
            yield from map(visible, block.lines)
        case KeyValues():
            pairs = ([pair.label, show(pair.value, pair.type)] for pair in block.pairs)
            yield _grid(pairs, ["项目", "内容"], (), format_)
        case Table():
            yield from _table(block, format_)
        case Timeline():
            rows = ([show_moment(one.at), one.label, one.actor, one.text] for one in block.entries)
            yield _grid(rows, ["时间", "事项", "经办人", "情况"], (), format_)
        case Contents():
            entries = (one for one in outline(document).entries if one.level <= block.depth)
            yield "\n".join(f"{'  ' * (one.level - 1)}{visible(one.text)}" for one in entries)
        case Cover():
            yield from (visible(text) for text in (block.title, *block.lines))
        case Chart():
            yield from _table(numbers(block), format_)
        case PageBreak():
            return


def _table(table: Table, format_: str) -> Iterator[str]:
    yield visible(table.caption)
    types = [column.type for column in table.columns]
    groups = dict(table.groups)
    rows: list[list[str]] = []
    for n, row in enumerate(table.rows):
        if n in groups:
            rows.append([groups[n], *[""] * (len(types) - 1)])
        rows.append([show(value, type_) for value, type_ in zip(row, types, strict=True)])
    if table.totals:
        rows.append([show(value, type_) for value, type_ in zip(table.totals, types, strict=True)])
    numeric = [n for n, type_ in enumerate(types) if type_ in NUMBERS]
    yield _grid(rows, [column.label for column in table.columns], numeric, format_)
    yield "" if table.rows else "（没有符合条件的记录）"
    yield "\n".join(visible(f"注：{note}") for note in table.notes)


def _grid(rows: Iterable[Iterable[str]], heads: list[str], numeric: Iterable[int], format_: str) -> str:
    right = set(numeric)
    aligned = ["right" if n in right else "left" for n in range(len(heads))]
    cells = [[_cell(text, format_) for text in row] for row in rows]
    loose = format_ == "tsv"  # a program reads it: no blanks to make columns stand
    made: str = tabulate(
        cells,
        [_cell(head, format_) for head in heads],
        tablefmt=format_,
        disable_numparse=True,  # 0138 is no number
        stralign=None if loose else "left",
        numalign=None,
        colalign=aligned if cells and not loose else None,
    )
    return made


def _cell(text: str, format_: str) -> str:
    made = visible(text) if format_ in multiline_formats else visible(text).replace("\n", " ")
    quote = _CELL.get(format_)
    return quote(made) if quote else made
