"""The papers of this week: which reports are due, which lie made or filed, what is exported, which duties run out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from lianxin.actions.paper.report import Wanted, chosen, spanned
from lianxin.actions.policy.arrears import arrears
from lianxin.actions.policy.definition import definitions
from lianxin.core.day.period import lasting
from lianxin.core.declare.field import Privacy
from lianxin.core.document import Block, Column, Document, Heading, Paragraph, Table
from lianxin.core.error import UsageError
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType
from lianxin.policies.definitions import Definitions
from lianxin.policies.outline import Outline, Rhythm
from lianxin.reports.document import document_of
from lianxin.reports.issue.overdue import overdue
from lianxin.reports.outline.number import next_number
from lianxin.storage.book import LedgerBook

_WEEK = timedelta(days=7)
#: The period that is over, of which a report is owed.
_OVER = {Rhythm.WEEKLY: "上周", Rhythm.MONTHLY: "上月", Rhythm.QUARTERLY: "上季度"}
_FIRST, _LAST = 1, 12  # an annual report is owed in December for the year, in January for the one before
#: What was filed, the newest first.
_FILED = """SELECT id, paper, shows, day FROM evidence
WHERE paper IS NOT NULL OR report IS NOT NULL ORDER BY day DESC, id DESC"""
_STANDS = """SELECT f.id, f.paper, (SELECT e.id FROM evidence AS e WHERE e.report = f.id LIMIT 1)
FROM frozen AS f WHERE f.report = ? AND f.period = ? ORDER BY f.id DESC LIMIT 1"""


class Paper(Struct, frozen=True):
    """A report that is owed.

    Attributes:
        period: As a record keeps it.
        state: 已登记, 已定稿 or 没有出.
        number: Its 文号, or the next of its series; empty where it bears none.
    """

    outline: Outline
    period: str
    state: str
    number: str

    @property
    def command(self) -> str:
        """What makes and files it; empty where that is done."""
        return "" if self.state == "已登记" else f"lianxin dispatch {self.outline.name} --period {self.period}"


def papers_due(book: LedgerBook) -> list[Paper]:
    """The reports of the periods that are over, and the circular where something calls for one."""
    known = definitions(book)
    words = dict(_OVER)
    if book.today.month in (_FIRST, _LAST):
        words[Rhythm.ANNUAL] = "本年" if book.today.month == _LAST else "上年"
    if any(isinstance(block, Table) for block in overdue(book, book.context, circular=True)):
        words[Rhythm.CIRCULAR] = "本月"
    found = (_paper(book, known, rhythm, period) for rhythm, period in words.items())
    return [one for one in found if one is not None]


def _paper(book: LedgerBook, known: Definitions, rhythm: Rhythm, words: str) -> Paper | None:
    try:
        outline = chosen(known, Wanted(rhythm))
    except UsageError:  # none, or several without one that is simply called so
        return None
    span = spanned(book, known, outline, words)
    if book.started is not None and span.last < book.started:
        return None
    rows = book.sql(_STANDS, (outline.name, lasting(span)))
    kept, number, filed = rows[0] if rows else (None, None, None)
    series = known.series.get(outline.paper.series or "") if outline.paper else None
    state = "已登记" if filed else "已定稿" if kept else "没有出"
    return Paper(outline, lasting(span), state, number or (next_number(book, series) if series else ""))


def due_page(book: LedgerBook) -> Document:
    """What is to be made this week, the next numbers, and what was filed before."""
    blocks: list[Block] = [Heading("要出的材料", 2), _due(papers_due(book)), *_duties(book), *_numbers(book)]
    blocks += [Heading("发过的文", 2), _filed(book)]
    return document_of(book, "发文", blocks, "dispatch")


def _due(papers: list[Paper]) -> Block:
    columns = (
        Column("材料", "report", width=10),
        Column("期间", "period", width=10),
        Column("情况", "state", FieldType.CHOICE, width=8, tones=(("没有出", Tone.WARNING), ("已登记", Tone.GOOD))),
        Column("文号", "number", width=18),
        Column("怎么出", "command", width=40),
    )
    rows = [(one.outline.name, one.period, one.state, one.number or None, one.command or None) for one in papers]
    return Table(columns, rows, name="due") if rows else Paragraph("这几天没有要出的材料。", Tone.MUTED)


def _duties(book: LedgerBook) -> Iterator[Block]:
    """The duties whose cycle ends within a week."""
    by = book.today + _WEEK
    ending = [one for one in arrears(book) if one.until and book.today <= date.fromisoformat(one.until) <= by]
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
    rows = [(day, paper, shows, id_) for id_, paper, shows, day in book.sql(_FILED)]
    if not rows:
        return Paragraph("还没有登记过。", Tone.MUTED)
    columns = (
        Column("日期", "day", FieldType.DAY, width=10),
        Column("文号", "number", width=18),
        Column("内容", "shows", privacy=Privacy.STORY, width=30),
        Column("编号", "id", FieldType.REF, width=15),
    )
    return Table(columns, rows, [str(row[3]) for row in rows], name="filed")
