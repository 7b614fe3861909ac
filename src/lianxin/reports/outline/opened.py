"""What stands behind a report's sentences: each, and the records it was told from."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from lianxin.core.book import Book
from lianxin.core.declare.field import Privacy
from lianxin.core.document import Block, Document, Heading, Paragraph
from lianxin.core.measure import Counted, Measure
from lianxin.core.tone import Tone
from lianxin.policies.outline import Term
from lianxin.reports.document import document_of
from lianxin.reports.figure.behind import behind
from lianxin.reports.figure.opening import opened_table
from lianxin.reports.outline.page import Page
from lianxin.reports.outline.press import Edition, Press
from lianxin.reports.outline.told import Sentence


def opened(book: Book, edition: Edition, made: Page) -> Document:
    """Every sentence of a report that tells something, with the records behind it."""
    press = Press(book, edition)
    blocks: list[Block] = []
    ids: set[str] = set()
    for n, one in enumerate((one for one in made.sentences if one.figures or one.behind), 1):
        blocks.append(Heading(f"第 {n} 句", 2))
        blocks.append(Paragraph(one.text, privacy=Privacy.STORY if one.record else Privacy.OPEN, record=one.record))
        if one.rule:
            blocks.append(Paragraph(one.rule, Tone.MUTED))
        for caption, rows, measure in _behind(press, one):
            ids |= {row.record for row in rows}
            blocks.append(opened_table(book, rows, caption, measure, subjects=False))
    if not blocks:
        blocks.append(Paragraph("这份报表里没有从记录里数出来的话。", Tone.MUTED))
    title = f"{made.document.title}：每句话后面的记录"
    return document_of(book, title, blocks, "sentences", records=len(ids), period=edition.period)


def _behind(press: Press, one: Sentence) -> Iterator[tuple[str, list[Counted], Measure | None]]:
    """The figures in it, then what it tells besides; a figure of which nothing was counted opens to nothing."""
    for name in one.figures:
        if name in tuple(Term):
            rows = [Counted("", id_, Decimal(1)) for id_ in press.balance().records(Term(name))]
            yield name, rows, None
            continue
        figure = press.definition(name)
        yield name, behind(press.book, figure.numerator, "", press.edition.period), figure.numerator
    for held in one.behind:
        yield held.caption, list(held.rows), held.measure
