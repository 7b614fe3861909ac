"""The papers of this week as a page: what is to be made, the next numbers, and what was filed before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lianxin.actions.dispatch.due import Outlet, Paper, State, duties_ending, outlets, papers_due
from lianxin.actions.policy.definition import definitions
from lianxin.actions.workspace import Workspace
from lianxin.core.declare.field import Privacy
from lianxin.core.document import Block, Column, Document, Heading, Paragraph, Table
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType
from lianxin.reports.document import document_of
from lianxin.reports.outline.number import next_number
from lianxin.storage.book import LedgerBook

#: What was filed, the newest first.
FILED = """SELECT id, paper, shows, day FROM evidence
WHERE paper IS NOT NULL OR report IS NOT NULL ORDER BY day DESC, id DESC"""
_TONES = ((State.OWED, Tone.WARNING), (State.MADE, Tone.WARNING), (State.FILED, Tone.GOOD))


def week_page(book: LedgerBook, workspace: Workspace) -> Document:
    """What is to be made this week, the next numbers, and what was filed before."""
    blocks: list[Block] = [Heading("要出的材料", 2), _due(papers_due(book, workspace))]
    blocks += [*_exports(outlets(book, workspace)), *_duties(book), *_numbers(book)]
    blocks += [Heading("发过的文", 2), _filed(book)]
    return document_of(book, "发文", blocks, "dispatch")


def _due(papers: Sequence[Paper]) -> Block:
    tones = tuple((state.value, tone) for state, tone in _TONES)
    columns = (
        Column("材料", "report", width=10),
        Column("期间", "period", width=10),
        Column("情况", "state", FieldType.CHOICE, width=10, tones=tones),
        Column("文号", "number", width=18),
        Column("怎么出", "command", width=40),
    )
    rows = [(one.outline.name, one.period, one.state, one.number or None, one.command or None) for one in papers]
    return Table(columns, rows, name="due") if rows else Paragraph("这几天没有要出的材料。", Tone.MUTED)


def _exports(found: Sequence[Outlet]) -> Iterator[Block]:
    """The exports of the office that are due."""
    due = [one for one in found if one.due]
    if due:
        columns = (
            Column("导出方案", "name", width=10),
            Column("多久一次", "every", width=8),
            Column("上次", "last", FieldType.MOMENT, width=16),
            Column("怎么出", "command", width=30),
        )
        rows = [(one.name, f"每{one.every}", one.last or None, f"lianxin export {one.name}") for one in due]
        yield Heading("该导出的", 2)
        yield Table(columns, rows, name="exports")


def _duties(book: LedgerBook) -> Iterator[Block]:
    """The duties whose cycle ends within a week."""
    ending = list(duties_ending(book))
    if ending:
        columns = (
            Column("职责", "duty", width=16, term=True),
            Column("还差", "gap", width=12, term=True),
            Column("期满", "until", FieldType.DAY, width=10),
        )
        yield Heading("这周期满的职责", 2)
        yield Table(columns, [(one.duty, one.gap, one.until) for one in ending], name="duties")


def _numbers(book: LedgerBook) -> Iterator[Block]:
    series = definitions(book).series.values()
    if series:
        columns = (Column("文号", "series", width=8), Column("下一号", "next", width=20))
        yield Heading("接下去的文号", 2)
        yield Table(columns, [(one.name, next_number(book, one)) for one in series], name="numbers")


def _filed(book: LedgerBook) -> Block:
    rows = [(day, paper, shows, id_) for id_, paper, shows, day in book.sql(FILED)]
    if not rows:
        return Paragraph("还没有登记过。", Tone.MUTED)
    columns = (
        Column("日期", "day", FieldType.DAY, width=10),
        Column("文号", "number", width=18),
        Column("内容", "shows", privacy=Privacy.STORY, width=30),
        Column("编号", "id", FieldType.REF, width=15),
    )
    return Table(columns, rows, [str(row[3]) for row in rows], name="filed")
