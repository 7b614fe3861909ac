"""A document as GitHub-flavoured Markdown: tables, links to headings, nothing in the data taken for markup."""

from __future__ import annotations

from collections.abc import Iterator

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
    Tone,
    Value,
    show,
)
from lianxin.core.value import FieldType
from lianxin.formats import Options
from lianxin.formats.cell import NUMBERS
from lianxin.formats.foot import alarm, origin
from lianxin.formats.outline import Outline, outline
from lianxin.formats.sanitise import for_markdown


def render(document: Document, options: Options) -> str:  # noqa: ARG001 - every format is called alike
    """The document as Markdown text."""
    parts = [f"# {for_markdown(document.title)}"]
    if document.subtitle:
        parts.append(for_markdown(document.subtitle))
    headings = outline(document)
    for n, block in enumerate(document.blocks):
        made = "\n".join(_block_lines(block, n, headings))
        if made:
            parts.append(made)
    if document.provenance is not None:
        parts.append("---")
        loud = alarm(document.provenance)
        if loud:
            parts.append(f"**{for_markdown(loud)}**")
        parts.append(for_markdown(origin(document.provenance)))
    return "\n\n".join(parts) + "\n"


def _block_lines(block: Block, position: int, headings: Outline) -> Iterator[str]:
    match block:
        case Heading():
            yield f'<a id="{headings.anchor(position)}"></a>\n'
            yield f"{'#' * min(block.level + 1, 6)} {for_markdown(block.text)}"
        case Paragraph():
            text = for_markdown(block.text)
            yield f"**{text}**" if block.tone in (Tone.WARNING, Tone.ALARM) and text else text
        case KeyValues():
            yield from ("| 项目 | 内容 |", "| --- | --- |")
            for pair in block.pairs:
                yield f"| {for_markdown(pair.label)} | {_cell(pair.value, pair.type)} |"
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


def _cell(value: Value, type_: FieldType) -> str:
    return for_markdown(show(value, type_))


def _table(table: Table) -> Iterator[str]:
    if table.caption:
        yield f"**{for_markdown(table.caption)}**\n"
    yield _row(for_markdown(column.label) for column in table.columns)
    yield _row("---:" if column.type in NUMBERS else "---" for column in table.columns)
    types = [column.type for column in table.columns]
    groups = dict(table.groups)
    for n, row in enumerate(table.rows):
        if n in groups:
            yield _row([f"**{for_markdown(groups[n])}**", *[""] * (len(types) - 1)])
        yield _row(_cell(value, type_) for value, type_ in zip(row, types, strict=True))
    if table.totals:
        yield _row(
            f"**{text}**" if (text := _cell(value, type_)) else ""
            for value, type_ in zip(table.totals, types, strict=True)
        )
    if not table.rows:
        yield "\n（没有符合条件的记录）"
    for note in table.notes:
        yield f"\n注：{for_markdown(note)}"


def _row(cells: Iterator[str] | list[str]) -> str:
    return f"| {' | '.join(cells)} |"
