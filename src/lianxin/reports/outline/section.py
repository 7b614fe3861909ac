"""The frame of a report: its sections numbered, what closes it, its enclosures; and what any teller says in one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from lianxin.core.document import Block, Column, Heading, Paragraph, Table, Value
from lianxin.core.value import FieldType
from lianxin.policies.outline import Section, Standing
from lianxin.reports.figure.figured import NOTHING, Figured, notes
from lianxin.reports.outline.paper import addressed, closing, enclosure, numbered
from lianxin.reports.outline.pattern import said
from lianxin.reports.outline.spoken import against_text, numeral
from lianxin.reports.outline.tag import Teller, filled


def sections(
    teller: Teller, made: Callable[[Section, int], Iterable[Block]], level: int, corrections: Sequence[Block] = ()
) -> Iterator[Block]:
    """The text, what closes it, and each enclosure on a page of its own.

    Args:
        teller: Of the report.
        made: What one section holds; its own headings begin at the level it is told.
        level: Of the sections' headings.
        corrections: What earlier reports would now say otherwise.
    """
    outline = teller.outline
    text = [section for section in outline.sections if not section.enclosed]
    enclosed = [section for section in outline.sections if section.enclosed]
    yield from addressed(teller)
    told = [(filled(teller, section.title), list(made(section, level + 1))) for section in text]
    told = [(title, blocks) for title, blocks in told if blocks]  # a section with nothing to tell is none
    if corrections and not any(Standing.CORRECTIONS in one.standing for one in outline.sections):
        told.append((Standing.CORRECTIONS.value, list(corrections)))
    for n, (title, blocks) in enumerate(told, 1):
        yield Heading(f"{numeral(n)}、{title}" if len(told) > 1 else title, level)
        yield from numbered(blocks, level + 1)
    titles = [filled(teller, section.title) for section in enclosed]
    yield from closing(teller, titles)
    for n, (section, title) in enumerate(zip(enclosed, titles, strict=True), 1):
        yield from enclosure(title, n if len(enclosed) > 1 else 0)
        yield from numbered(list(made(section, level + 1)), level + 1)


def paragraphs(teller: Teller, section: Section) -> Iterator[Paragraph]:
    """Its text, without what has nothing to tell."""
    for pattern in (section.text or "").split("\n\n"):
        if text := said(teller, pattern.strip()):
            yield Paragraph(text)


def figures_block(found: Iterable[Figured], more: Sequence[str] = ()) -> Table:
    """A table of figures, their definitions under it.

    Args:
        found: The figures, each of its period.
        more: Further notes.
    """
    shown = list(found)
    compared = [one for one in shown if one.change not in ("", NOTHING)]
    columns = [
        Column("指标", "figure", width=20),
        Column("数值", "value", FieldType.AMOUNT, width=10),
        Column("单位", "unit", width=5, term=True),
    ]
    words = {_against(one) for one in compared}
    alone = len(words) == 1
    if compared:
        columns.append(Column(f"比{min(words)}" if alone else "增减", "change", FieldType.AMOUNT, width=14))
    if compared and not alone:
        columns.append(Column("比较对象", "against", width=8))
    rows: list[tuple[Value, ...]] = []
    for one in shown:
        row: list[Value] = [one.figure.name, one.cell, None if one.figure.percent else one.figure.unit]
        if compared:
            row.append(one.change if one in compared else None)
        if compared and not alone:
            row.append(_against(one) if one in compared else None)
        rows.append(tuple(row))
    return Table(tuple(columns), rows, notes=(*notes(one.figure for one in shown), *more))


def _against(one: Figured) -> str:
    return against_text(one.figure.against, one.period, running=one.running) if one.period else ""
