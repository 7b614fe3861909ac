"""A report as asked for: which outline, which period, for whom, and what earlier reports would now say otherwise."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from functools import cache, partial

from msgspec import Struct

from lianxin.actions.audit.page import seal_of
from lianxin.actions.history import commits_of
from lianxin.actions.policy.definition import definitions
from lianxin.actions.policy.form import forms
from lianxin.actions.workspace import Workspace
from lianxin.core.book import Book
from lianxin.core.day.period import Period, lasting, parse_period
from lianxin.core.document import Column, Document, Table
from lianxin.core.error import UsageError
from lianxin.kinds import brief_of
from lianxin.policies.definitions import OWN, SHIPPED, Definitions
from lianxin.policies.outline import Outline, Rhythm
from lianxin.policies.paper import Series
from lianxin.reports.column import near
from lianxin.reports.document import document_of
from lianxin.reports.frozen.correction import correction_blocks, numbered
from lianxin.reports.frozen.recount import Difference, differences
from lianxin.reports.outline.finding import findings
from lianxin.reports.outline.number import paper_number
from lianxin.reports.outline.page import Page, page, people_of
from lianxin.reports.outline.press import Edition, Press
from lianxin.reports.record.log import Commit
from lianxin.storage.book import LedgerBook, open_book

#: The period a report is about where neither the clerk nor its outline says so.
_USUAL = {
    Rhythm.WEEKLY: "上周",
    Rhythm.MONTHLY: "上月",
    Rhythm.QUARTERLY: "上季度",
    Rhythm.ANNUAL: "本年",
    Rhythm.BULLETIN: "本月",
    Rhythm.SUPERVISION: "本月",
    Rhythm.CIRCULAR: "本月",
}
#: Instead of that, in January, and in the first days of a month.
_JUST_OVER = {Rhythm.ANNUAL: "上年", Rhythm.BULLETIN: "上月"}
_FRESH = 10
_WHOLE = "全程"


class Wanted(Struct, frozen=True):
    """What was asked for.

    Attributes:
        name: Of the outline; empty where the rhythm has only one.
        period: As typed; empty for the usual one.
        who: An id, its tail or a name: only this one's part of a report that everybody has.
        cases: Issues to be told of as 典型案例 instead of those the rule picks, as typed.
        number: Its 文号; empty for the one it was kept under, else the next of its series.
    """

    rhythm: Rhythm
    name: str = ""
    period: str = ""
    who: str = ""
    cases: Sequence[str] = ()
    number: str = ""


class Made(Struct, frozen=True):
    """A report as made."""

    edition: Edition
    page: Page
    differences: tuple[Difference, ...]


def chosen(known: Definitions, wanted: Wanted) -> Outline:
    """The outline asked for; the office's own go before the campaigns', and those before the shipped ones.

    Raises:
        UsageError: There is none, or there are several.
    """
    ranks = {OWN: 0, SHIPPED: 2}
    rank = {one.name: ranks.get(known.origins[one.name], 1) for one in known.outlines.values()}
    best = min((rank[one.name] for one in known.outlines.values() if one.rhythm is wanted.rhythm), default=None)
    return only_one(known.outlines, wanted, [name for name in known.outlines if rank[name] == best])


def only_one(outlines: Mapping[str, Outline], wanted: Wanted, first: Collection[str] = ()) -> Outline:
    """The one of these outlines that is asked for; of several the one that is simply called 年报 (月报 …).

    Args:
        outlines: By name.
        wanted: What was asked for.
        first: Where no name is given, one of these is meant; any, where there is none.

    Raises:
        UsageError: There is none, or there are several.
    """
    if wanted.name:
        found = outlines.get(wanted.name)
        if found is None:
            raise UsageError(f"没有「{wanted.name}」这份报表{near(wanted.name, outlines)}；不写名字就列出全部")
        if found.rhythm is not wanted.rhythm:
            raise UsageError(
                f"「{found.name}」是{found.rhythm}，请运行 lianxin report {found.rhythm} --name {found.name}"
            )
        return found
    fitting = [one for one in outlines.values() if one.rhythm is wanted.rhythm and one.name in (first or outlines)]
    if not fitting:
        raise UsageError(f"还没有{wanted.rhythm}的提纲，请在 reports/ 里写一份")
    alike = [one for one in fitting if one.name == one.rhythm] or fitting
    if len(alike) > 1:
        named = "、".join(one.name for one in fitting)
        raise UsageError(f"{wanted.rhythm}有 {len(fitting)} 份：{named}；请用 --name 指明要哪一份")
    return alike[0]


def named(book: LedgerBook, name: str, words: str) -> Wanted:
    """The report of a name and its period, in words that mean the same whoever reads them whenever.

    Raises:
        UsageError: There is no such report or period, or it is one for each person.
    """
    known = definitions(book)
    outline = known.outlines.get(name)
    if outline is None:
        raise UsageError(f"没有「{name}」这份报表{near(name, known.outlines)}；有 {'、'.join(known.outlines)}")
    if outline.subject:
        raise UsageError(f"「{name}」每人一份，不作为一件公文登记")
    return Wanted(outline.rhythm, name, lasting(spanned(book, known, outline, words)))


def span_of(book: LedgerBook, wanted: Wanted) -> Period:
    """The period of a report that was asked for."""
    known = definitions(book)
    return spanned(book, known, chosen(known, wanted), wanted.period)


def proposed(book: LedgerBook, wanted: Wanted, given: str = "") -> str:
    """The 文号 that is to stand on a report: the one given, else the proposed one; empty where it bears none."""
    known = definitions(book)
    outline = chosen(known, wanted)
    series = series_of(known, outline)
    if series is None:
        return ""
    return given.strip() or paper_number(book, series, outline.name, spanned(book, known, outline, wanted.period))


def words_of(wanted: Wanted) -> list[str]:
    """The command that makes it."""
    said = [("--name", wanted.name), ("--period", wanted.period), ("--for", wanted.who), ("--number", wanted.number)]
    said += [("--case", one) for one in wanted.cases]
    return ["report", wanted.rhythm.name.lower(), *(word for pair in said if pair[1] for word in pair)]


def usual(outline: Outline, today: date) -> str:
    """The period a report is about where none is named, in words: what has just begun has nothing to tell yet."""
    if outline.period:
        return outline.period
    fresh = {Rhythm.ANNUAL: today.month == 1, Rhythm.BULLETIN: today.day <= _FRESH}
    return _JUST_OVER[outline.rhythm] if fresh.get(outline.rhythm) else _USUAL[outline.rhythm]


def spanned(book: LedgerBook, known: Definitions, outline: Outline, words: str) -> Period:
    """The period a report is about, by the office's own weeks and months.

    Raises:
        UsageError: The words are no period.
    """
    words = words or usual(outline, book.today)
    if words != _WHOLE:
        return parse_period(words, book.today, book.cycle())
    campaign = known.campaigns.get(known.origins[outline.name])
    since = campaign.since if campaign and campaign.since else _first_day(book)
    until = campaign.until if campaign and campaign.until else max(book.today, since)
    return Period(since, until + timedelta(days=1), _WHOLE)


def _first_day(book: LedgerBook) -> date:
    """The day of the oldest fact, where a campaign names no beginning."""
    rows = book.sql("SELECT min(raised) FROM issue UNION ALL SELECT min(day) FROM visit")
    days = [date.fromisoformat(str(day)[:10]) for (day,) in rows if day]
    return min(days, default=date(book.today.year, 1, 1))


def make(book: LedgerBook, workspace: Workspace, wanted: Wanted) -> Made:
    """The report.

    Raises:
        UsageError: There is no such outline, period or person, or the outline names what is not in force.
    """
    known = definitions(book)
    outline = chosen(known, wanted)
    period = spanned(book, known, outline, wanted.period)
    found, skipped = differences(book, known, period, outline.name, lambda commit, day: _then(workspace, commit, day))
    edition = Edition(
        outline,
        period,
        known,
        book.context,
        cache(lambda: forms(book)),
        workspace.office.name,
        numbered(book, outline.name, period),
        correction_blocks(book, found, lambda id_, since: _commits(workspace, id_, since), skipped),
        book.cycle().name,
        _number(book, known, outline, period, wanted.number.strip()),
        partial(seal_of, workspace, book),
        _cases(book, outline, wanted.cases),
    )
    return Made(edition, page(book, edition, _whose(book, edition, wanted.who)), tuple(found))


def picks(outline: Outline) -> bool:
    """Whether single cases are picked for a report, which she may pick herself."""
    return any(one.rule for section in outline.sections for one in section.findings)


def cases_picked(book: LedgerBook, wanted: Wanted) -> list[str]:
    """The single cases that a report tells of where nobody picks others, by id."""
    known = definitions(book)
    outline = chosen(known, wanted)
    period = spanned(book, known, outline, wanted.period)
    press = Press(book, Edition(outline, period, known, book.context, cache(lambda: forms(book))))
    found = (one for section in outline.sections for one in section.findings if one.rule)
    return [told.record for one in found for told in findings(press, one)]


def _cases(book: LedgerBook, outline: Outline, words: Sequence[str]) -> tuple[str, ...]:
    if words and not picks(outline):
        raise UsageError(f"「{outline.name}」里没有典型案例，不用写 --case")
    return tuple(dict.fromkeys(book.resolve(word, "issue", in_force=True) for word in words))


def series_of(known: Definitions, outline: Outline) -> Series | None:
    """By which a report's papers are numbered; None where they are not."""
    return known.series.get(outline.paper.series or "") if outline.paper else None


def _number(book: LedgerBook, known: Definitions, outline: Outline, period: Period, given: str) -> str:
    series = series_of(known, outline)
    if given and series is None:
        raise UsageError(f"「{outline.name}」的提纲里没有写用哪种文号，不印文号，不用写 --number")
    return given or (paper_number(book, series, outline.name, period) if series else "")


def _whose(book: LedgerBook, edition: Edition, who: str) -> list[str]:
    outline = edition.outline
    if not outline.subject:
        if who:
            raise UsageError(f"「{outline.name}」不是每人一份的报表，不用写 --for")
        return []
    people = people_of(book, edition)
    if not who:
        return people
    from lianxin.kinds import kind_named

    kind = kind_named(outline.subject)
    return [book.resolve(who, kind.name if kind else "")]


@contextmanager
def _then(workspace: Workspace, commit: str, day: date) -> Iterator[Book]:
    """The records as a commit has them, looked at in the evening of a day."""
    now = datetime.combine(day, time(23, 59))
    with open_book(workspace.root, today=day, now=now, commit=commit) as book:
        yield book


def _commits(workspace: Workspace, id_: str, since: str) -> Sequence[Commit]:
    brief = brief_of(id_)
    return commits_of(workspace, brief.path_of(id_), since=since) if brief else ()


def listed(book: LedgerBook, *, plain: bool = False) -> Document:
    """Every report there is, and how it is asked for."""
    known = definitions(book)
    columns = (
        Column("报表", "name"),
        Column("种类", "sort"),
        Column("来自", "origin"),
        Column("每人一份", "subject"),
        Column("怎么出", "command"),
    )
    rows = [
        (
            one.name,
            one.rhythm.value,
            known.title(known.origins[one.name]),
            one.subject,
            f"lianxin report {one.rhythm.value} --name {one.name}",
        )
        for one in known.outlines.values()
    ]
    return document_of(book, "报表清单", (Table(columns, rows),), "reports", plain=plain)
