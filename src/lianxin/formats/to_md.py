"""A document as GitHub-flavoured Markdown: tables, links to headings, nothing in the data taken for markup."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from tabulate import DataRow, TableFormat, tabulate

from lianxin.core.chart import Chart
from lianxin.core.document import (
    Block,
    Column,
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
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType
from lianxin.formats import Options
from lianxin.formats.cell import NUMBERS
from lianxin.formats.chart.text import bars, drawn, legend
from lianxin.formats.face.sanitise import for_markdown, from_markdown
from lianxin.formats.paper.close import cell_text, closed, closed_up, figure
from lianxin.formats.paper.foot import alarm, origin
from lianxin.formats.paper.outline import Outline, outline
from lianxin.formats.paper.trace import after_mark, marked

#: Characters of the longest bar.
_BAR = 24


def render(document: Document, options: Options) -> str:  # noqa: ARG001 - every format is called alike
    """The document as Markdown text."""
    head = document.masthead
    parts = [f"# {for_markdown(document.title)}"]
    if head:
        line = "　".join(for_markdown(text) for text in (head.number, head.signed, head.issuer, head.day) if text)
        name = [f"**{for_markdown(head.name)}**", *([line] if line else []), "---"] if head.name else []
        parts = [*map(for_markdown, head.marks), *name, *parts]
    if document.subtitle:
        parts.append(for_markdown(document.subtitle))
    headings = outline(document)
    for n, block in enumerate(document.blocks):
        made = "\n".join(_block_lines(block, n, headings))
        if made:
            parts.append(made)
    if head and head.under:
        parts += ["---", "  \n".join(map(for_markdown, head.under))]
    if document.provenance is not None:
        parts.append("---")
        loud = alarm(document.provenance)
        if loud:
            parts.append(f"**{for_markdown(loud)}**")
        parts.append(for_markdown(origin(document.provenance)))
        line = marked(document.provenance)
        if line:
            parts.append(for_markdown(line))
    return "\n\n".join(parts) + "\n"


def trace(data: bytes) -> str:
    """The line by which a file can be made again."""
    return from_markdown(after_mark(data.decode().splitlines()))


def _block_lines(block: Block, position: int, headings: Outline) -> Iterator[str]:
    match block:
        case Heading():
            yield f'<a id="{headings.anchor(position)}"></a>\n'
            yield f"{'#' * min(block.level + 1, 6)} {for_markdown(closed(block))}"
        case Paragraph():
            text = for_markdown(closed(block))
            yield f"**{text}**" if block.tone in (Tone.WARNING, Tone.ALARM) and text else text
        case Pictures():
            yield "\n".join(f"- {for_markdown(line)}" for line in block.lines)
        case KeyValues():
            pairs = [[for_markdown(pair.label), _cell(pair.value, pair.type)] for pair in block.pairs]
            yield _grid(["项目", "内容"], pairs)
        case Table():
            yield from _table(block)
        case Timeline():
            for entry in block.entries:
                head = " ".join(for_markdown(part) for part in (entry.label, entry.actor) if part)
                yield f"- **{entry.at:%Y-%m-%d %H:%M}** {head}" + (
                    f"<br>{for_markdown(entry.text)}" if entry.text else ""
                )
        case PageBreak():
            yield "---"
        case Contents():
            yield "**目录**\n"
            for heading in headings.entries:
                if heading.level <= block.depth:
                    yield f"{'  ' * (heading.level - 1)}- [{for_markdown(heading.text)}](#{heading.anchor})"
        case Cover():
            yield f"**{for_markdown(block.title)}**"
            yield from (f"\n{for_markdown(line)}" for line in block.lines)
        case Chart():
            yield from _chart(block)


def _cell(value: Value, type_: FieldType) -> str:
    shown = show(value, type_)
    return for_markdown(figure(shown) if type_ in NUMBERS else shown)


def _texts(row: Sequence[Value], columns: Sequence[Column]) -> list[str]:
    return [for_markdown(cell_text(value, column)) for value, column in zip(row, columns, strict=True)]


def _table(table: Table) -> Iterator[str]:
    if table.caption:
        yield f"**{for_markdown(table.caption)}**\n"
    groups = dict(table.groups)
    rows = []
    for n, row in enumerate(table.rows):
        if n in groups:
            rows.append([f"**{for_markdown(closed_up(groups[n]))}**", *[""] * (len(table.columns) - 1)])
        rows.append(_texts(row, table.columns))
    if table.totals:
        rows.append([f"**{text}**" if text else "" for text in _texts(table.totals, table.columns)])
    heads = [for_markdown(column.label) for column in table.columns]
    yield _grid(heads, rows, {n for n, column in enumerate(table.columns) if column.type in NUMBERS})
    if not table.rows:
        yield "\n（没有符合条件的记录）"
    for note in table.notes:
        yield f"\n注：{for_markdown(closed_up(note))}"


def _chart(chart: Chart) -> Iterator[str]:
    """The bars in a table; the numbers stand beside them."""
    told = "　".join(filter(None, (chart.title, legend(chart))))
    yield f"**{for_markdown(told)}**\n"
    unit = f"（{chart.unit}）" if chart.unit else ""
    shown = list(bars(chart))
    heads = [chart.heading, *(["哪一项"] if any(bar.series for bar in shown) else []), f"数字{unit}", "图"]
    rows = []
    for bar in shown:
        texts = [bar.label, *([bar.series] if len(heads) > 3 else []), bar.text, drawn(bar, _BAR).rstrip()]
        rows.append([for_markdown(text) for text in texts])
    yield _grid([for_markdown(head) for head in heads], rows, {len(heads) - 2})
    for note in chart.notes:
        yield f"\n注：{for_markdown(closed_up(note))}"


def _grid(heads: Sequence[str], rows: Sequence[Sequence[str]], right: Collection[int] = ()) -> str:
    """A table; the columns in ``right`` are numbers."""
    row = DataRow("| ", " | ", " |")
    rule = f"| {' | '.join('---:' if n in right else '---' for n in range(len(heads)))} |"
    bare = TableFormat(None, lambda _widths, _aligns: rule, None, None, row, row, 0, None)
    made: str = tabulate(rows, heads, tablefmt=bare, disable_numparse=True, stralign=None, numalign=None)
    return made
