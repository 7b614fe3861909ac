"""The papers of this week: which reports are due, which lie made or filed; what is exported; which duties run out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from lianxin.actions.dispatch.filed import printed_on
from lianxin.actions.export.profile import profiles
from lianxin.actions.export.put import folder_of
from lianxin.actions.export.run import runs
from lianxin.actions.paper.report import Wanted, chosen, series_of, spanned
from lianxin.actions.policy.arrears import arrears
from lianxin.actions.policy.definition import definitions
from lianxin.actions.workspace import Workspace
from lianxin.core.day.period import Period, lasting
from lianxin.core.document import Table
from lianxin.core.error import LianxinError, UsageError
from lianxin.policies.definitions import Definitions
from lianxin.policies.export import Every
from lianxin.policies.outline import Outline, Rhythm
from lianxin.reports.duty.agenda import Arrear
from lianxin.reports.issue.overdue import overdue
from lianxin.reports.outline.number import next_number
from lianxin.reports.outline.spoken import spoken
from lianxin.storage.book import LedgerBook

_WEEK = timedelta(days=7)
#: Beside the ledger, where papers are put that nobody gave a place; how they may end, the one that is worked on first.
_FOLDER, _SUFFIXES = "发文", (".docx", ".xlsx", ".pdf", ".html")
#: The period that is over, of which a report is owed.
_OVER = {Rhythm.WEEKLY: "上周", Rhythm.MONTHLY: "上月", Rhythm.BULLETIN: "上月", Rhythm.QUARTERLY: "上季度"}
_FIRST, _LAST = 1, 12  # an annual report is owed in December for the year, in January for the one before
_KEPT = "SELECT id, paper FROM frozen WHERE report = ? AND period = ? ORDER BY id DESC LIMIT 1"
_FILED = """SELECT e.id, e.file FROM evidence AS e JOIN frozen AS f ON f.id = e.report
WHERE f.report = ? AND f.period = ? ORDER BY e.id DESC LIMIT 1"""


class State(StrEnum):
    """How far a paper is."""

    OWED = "没有出"
    MADE = "出了没登记"
    KEPT = "数字已定稿"
    FILED = "已登记"


class Paper(Struct, frozen=True):
    """A report that is owed.

    Attributes:
        period: As a record keeps it.
        spoken: The same, as it is said.
        number: Its 文号, or the next of its series; empty where it bears none.
        place: Where it is put.
        file: Where it lies; None where it was not made.
        filed: Id of the record it is filed as; empty where it is not.
    """

    outline: Outline
    period: str
    spoken: str
    state: State
    number: str
    place: Path
    file: Path | None
    filed: str

    @property
    def wanted(self) -> Wanted:
        """What makes it."""
        return Wanted(self.outline.rhythm, self.outline.name, self.period, number=self.number)

    @property
    def command(self) -> str:
        """What comes next; empty where nothing does."""
        if self.state is State.FILED:
            return ""
        if self.file is not None:
            return f"lianxin dispatch {self.file}"
        return f"lianxin dispatch {self.outline.name} --period {self.period}"


class Outlet(Struct, frozen=True):
    """What is exported.

    Attributes:
        last: When it went well last, as it is told; empty: it never did.
        due: Not since the day, week or month began.
        folder: Where its files stand.
        files: What their names are like.
    """

    name: str
    every: Every
    last: str
    due: bool
    folder: Path
    files: tuple[str, ...]


def place_of(workspace: Workspace, report: str, span: Period, suffix: str = _SUFFIXES[0]) -> Path:
    """Where the paper of a report and period is put."""
    return workspace.root.parent / _FOLDER / f"{report} {spoken(span).replace(':', '.')}{suffix}"


def papers_due(book: LedgerBook, workspace: Workspace) -> list[Paper]:
    """The reports of the periods that are over; what supervises and the circular where something calls for them."""
    known = definitions(book)
    words = dict(_OVER)
    if book.today.month in (_FIRST, _LAST):
        words[Rhythm.ANNUAL] = "本年" if book.today.month == _LAST else "上年"
    for rhythm in (Rhythm.SUPERVISION, Rhythm.CIRCULAR):
        late = overdue(book, book.context, circular=rhythm is Rhythm.CIRCULAR)
        if any(isinstance(block, Table) for block in late):
            words[rhythm] = "本月"
    found = (_paper(book, workspace, known, Wanted(rhythm, period=period)) for rhythm, period in words.items())
    return [one for one in found if one is not None]


def _paper(book: LedgerBook, workspace: Workspace, known: Definitions, wanted: Wanted) -> Paper | None:
    try:
        outline = chosen(known, wanted)
    except UsageError:  # none, or several without one that is simply called so
        return None
    span = spanned(book, known, outline, wanted.period)
    if book.started is not None and span.last < book.started:
        return None
    period = lasting(span)
    kept, number = next(iter(book.sql(_KEPT, (outline.name, period))), ("", None))
    filed, copy = next(iter(book.sql(_FILED, (outline.name, period))), ("", None))
    place = place_of(workspace, outline.name, span)
    lying = (place.with_suffix(suffix) for suffix in _SUFFIXES)
    file = workspace.root / str(copy) if copy else next((one for one in lying if one.is_file()), None)
    state = State.FILED if filed else State.MADE if file else State.KEPT if kept else State.OWED
    series = series_of(known, outline)
    if series and not number:
        number = (printed_on(file) if file else "") or next_number(book, series)
    return Paper(outline, period, spoken(span), state, str(number or ""), place, file, str(filed))


def outlets(book: LedgerBook, workspace: Workspace) -> list[Outlet]:
    """What is exported by itself, those that are due first; none where nothing is declared."""
    try:
        found = profiles(book).profiles
    except LianxinError:  # none is declared, or the check tells what is wrong
        return []
    ran = runs(book.repo)
    made = []
    for one in found:
        last = ran[one.name].succeeded if one.name in ran else ""
        due = last[:10] < str(_begun(one.every, book.today))
        files = tuple(output.file for output in one.outputs)
        made.append(Outlet(one.name, one.every, last, due, folder_of(workspace, one), files))
    return sorted(made, key=lambda one: not one.due)


def _begun(every: Every, today: date) -> date:
    """When the day, week or month began."""
    days = {Every.DAY: 0, Every.WEEK: today.weekday(), Every.MONTH: today.day - 1}
    return today - timedelta(days=days[every])


def duties_ending(book: LedgerBook) -> Iterator[Arrear]:
    """What is owed of duties whose cycle ends within a week."""
    by = book.today + _WEEK
    yield from (one for one in arrears(book) if one.until and book.today <= date.fromisoformat(one.until) <= by)
