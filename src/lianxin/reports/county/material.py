"""What one office's book comes to in one period, for a county to pool: facts, their sums, its duties, what it froze.

Sums alone can be added up across offices, so everything a report prints is brought down to sums here: each figure, the
same by words of a list (类别), and at the points in time that charts draw.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from lianxin.core.book import Book
from lianxin.core.county import (
    DENOMINATOR,
    EARLIER,
    NUMERATOR,
    SCORE,
    STATES,
    DutyLine,
    Entry,
    FrozenLine,
    Material,
    Total,
)
from lianxin.core.day.period import Period, lasting, parse_period
from lianxin.core.declare.field import Privacy
from lianxin.core.declare.lifecycle import Context
from lianxin.core.measure import Measure, Part, digest_of
from lianxin.kinds import kind_named
from lianxin.kinds.inner import NAMED, told_of
from lianxin.kinds.path import points, walk
from lianxin.policies.definitions import Definitions
from lianxin.policies.figure import Figure
from lianxin.policies.indicator import picked_inside, spelt
from lianxin.policies.outline import Picture, Spacing, Standing, Term
from lianxin.reports.duty.fulfilment import fulfilment
from lianxin.reports.duty.pace import Status
from lianxin.reports.duty.stand import unit_of, wanting
from lianxin.reports.duty.words import brief
from lianxin.reports.figure.figured import by_subject, earlier, pooled
from lianxin.reports.frozen.recount import standing
from lianxin.reports.issue.overdue import late
from lianxin.reports.outline.balance import SIGNS, balance, histories
from lianxin.reports.outline.chart import points as points_in
from lianxin.reports.outline.chart import spacing_of, states_at
from lianxin.reports.score.scored import of_all
from lianxin.reports.subject import kind_name, privacy_by

#: Stands for a record where something internal decides that it is counted.
INSIDE = "（内部）"


class Asked(Struct, frozen=True):
    """Of which book what is wanted.

    Attributes:
        personal: What tells of persons is wanted too.
    """

    book: Book
    known: Definitions
    context: Context
    period: Period
    personal: bool


def at_points(every: Spacing) -> str:
    """What sums through time are told apart by."""
    return f"每{every}"


def material(asked: Asked) -> Material:
    """Facts, sums and duties of one period."""
    facts = [*_figures(asked), *_terms(asked), *_late(asked)]
    sums = [*_summed(asked, facts), *_before(asked), *_by_words(asked), *_through_time(asked), *_scores(asked)]
    return Material(list(facts if asked.personal else _veiled(asked, facts)), sums, list(_duties(asked)))


def _sides(figure: Figure) -> Iterator[tuple[str, Measure]]:
    yield NUMERATOR, figure.numerator
    if figure.denominator:
        yield DENOMINATOR, figure.denominator


def _veiled(asked: Asked, facts: Iterable[Entry]) -> Iterator[Entry]:
    """The same without saying which records something internal picks out."""
    inside = {
        (figure.name, side)
        for figure in asked.known.figures.values()
        for side, measure in _sides(figure)
        if picked_inside(measure)
    }
    for one in facts:
        yield replace(one, record=INSIDE, subject="") if (one.figure, one.side) in inside else one


def _figures(asked: Asked) -> Iterator[Entry]:
    for figure in asked.known.figures.values():
        for side, measure in _sides(figure):
            whose = _whose(asked, measure)
            for one in asked.book.counted(pooled(measure), asked.period):
                subject = "、".join(sorted(whose.get(one.record, ())))
                yield Entry(figure.name, side, subject, one.record, _day(one.since), one.amount, figure.digest)


def _whose(asked: Asked, measure: Measure) -> Mapping[str, set[str]]:
    """Whom the figure itself counts each record for: units, villages and people, never households."""
    found: dict[str, set[str]] = {}
    parts = tuple(part for part in measure if part.subject and (asked.personal or not _own(part)))
    for one in asked.book.counted(parts, asked.period) if parts else ():
        if kind_name(one.subject) not in NAMED | {""}:
            found.setdefault(one.record, set()).add(one.subject)
    return found


def _own(part: Part) -> bool:
    """Whether it tells of somebody's own matter for whom a part counts."""
    kinds = (kind_named(one.kind or "") for one in spelt(part))
    return any(kind is not None and told_of(kind, part.subject or "") for kind in kinds)


def _day(since: str) -> date | None:
    try:
        return date.fromisoformat(since[:10]) if since else None
    except ValueError:  # a year alone
        return date(int(since[:4]), 1, 1) if since[:4].isdigit() else None


def _terms(asked: Asked) -> Iterator[Entry]:
    """The balance of the issues, each of its terms opened to records."""
    found = balance(histories(asked.book), asked.period)
    first, last = asked.period.since, asked.period.end(asked.book.today)
    for term in Term:
        if term in SIGNS:
            rows = [(move.record, _day(move.at)) for move in found.of(term)]
        else:
            rows = [(id_, first if term is Term.OPENING else last) for id_ in found.records(term)]
        yield from (Entry(term.value, NUMERATOR, "", id_, day, Decimal(1), "") for id_, day in rows)


def _late(asked: Asked) -> Iterator[Entry]:
    """What is beyond its limit today, whatever the period."""
    for standing_, circular in ((Standing.OVERDUE, False), (Standing.CIRCULAR, True)):
        for row in late(asked.book, asked.context, circular=circular):
            yield Entry(standing_.value, NUMERATOR, "", str(row[1]), _day(str(row[6])), Decimal(1), "")


def _summed(asked: Asked, facts: Iterable[Entry]) -> Iterator[Total]:
    """Every side of every figure, though nothing was counted for it."""
    known = [(one.name, side, one.digest) for one in asked.known.figures.values() for side, _measure in _sides(one)]
    known += [(word.value, NUMERATOR, "") for word in (*Term, Standing.OVERDUE, Standing.CIRCULAR)]
    amounts: dict[tuple[str, str, str], Decimal] = dict.fromkeys(known, Decimal(0))
    records: dict[tuple[str, str, str], set[str]] = {key: set() for key in known}
    for one in facts:
        key = (one.figure, one.side, one.version)
        amounts[key] += one.amount
        records[key].add(one.record)
    yield from (Total(key[0], "", "", key[1], amounts[key], len(records[key]), key[2]) for key in known)


def _before(asked: Asked) -> Iterator[Total]:
    """The same in the period that a figure is compared with, where the ledger saw the whole of it."""
    for figure in asked.known.figures.values():
        before = earlier(figure, asked.period, asked.book)
        for side, measure in _sides(figure) if before else ():
            amount = sum(asked.book.totals(pooled(measure), before).values(), Decimal(0))
            yield Total(figure.name, "", "", EARLIER[side], amount, None, figure.digest)


def _pictures(known: Definitions) -> list[Picture]:
    return [one for outline in known.outlines.values() for section in outline.sections for one in section.pictures]


def worded_by(figure: Figure, path: str) -> bool:
    """Whether a path leads to words that mean the same everywhere, as a category does, and may be told."""
    parts = [one for measure in figure.measures for part in measure for one in spelt(part)]
    kinds = [kind for one in parts if (kind := kind_named(one.kind or ""))]
    ends = [walk(kind, path)[-1:] for kind in kinds]
    if picked_inside(*figure.measures) or privacy_by(lambda _part: path, *figure.measures) is not Privacy.OPEN:
        return False
    return not any(points(one) for end in ends for one in end) and not any(told_of(kind, path) for kind in kinds)


def _by_words(asked: Asked) -> Iterator[Total]:
    """Figures by the words of a list, as charts draw them; what names units or villages is told office by office."""
    wanted = {
        (name, one.by): asked.known.figures[name]
        for one in _pictures(asked.known)
        for name in one.figures
        if one.by and name in asked.known.figures
    }
    for (_name, path), figure in wanted.items():
        if not worded_by(figure, path):
            continue
        found = by_subject(asked.book, figure.model_copy(update={"against": None}), path, asked.period)
        for subject, one in sorted(found.items()):
            yield Total(figure.name, path, subject, NUMERATOR, one.numerator, None, figure.digest)
            if one.denominator is not None:
                yield Total(figure.name, path, subject, DENOMINATOR, one.denominator, None, figure.digest)


def _through_time(asked: Asked) -> Iterator[Total]:
    """Figures and states at the points in time that charts draw; of a year there are no weeks."""
    book, period = asked.book, asked.period
    long = spacing_of(period, None) is not Spacing.WEEK
    pictures = [(one, spacing_of(period, one.every)) for one in _pictures(asked.known) if not one.by]
    pictures = [(one, every) for one, every in pictures if not (long and every is Spacing.WEEK)]
    for every in dict.fromkeys(every for one, every in pictures if one.states):
        for point in points_in(period, every, book.today):
            for state, many in sorted(states_at(book, point).items()):
                yield Total(
                    f"{STATES}：{state}", at_points(every), f"{point.since}", NUMERATOR, Decimal(many), many, ""
                )
    wanted = dict.fromkeys((name, every) for one, every in pictures for name in one.figures)
    for name, every in wanted:
        figure = asked.known.figures.get(name)
        for point in points_in(period, every, book.today) if figure else ():
            for side, measure in _sides(figure) if figure else ():
                amount = sum(book.totals(pooled(measure), point).values(), Decimal(0))
                yield Total(
                    name, at_points(every), f"{point.since}", side, amount, None, figure.digest if figure else ""
                )


def _scores(asked: Asked) -> Iterator[Total]:
    """What the schemes of rankings make of the office as a whole."""
    grids = [s.grid for outline in asked.known.outlines.values() for s in outline.sections if s.grid]
    for name in dict.fromkeys(grid.score for grid in grids if grid.score):
        scheme = asked.known.schemes.get(name)
        total = of_all(asked.book, scheme, asked.period) if scheme else None
        if scheme and total is not None:
            yield Total(name, SCORE, "", NUMERATOR, total, None, digest_of(scheme))


def _duties(asked: Asked) -> Iterator[DutyLine]:
    book, period = asked.book, asked.period
    others = {name: (one.value, one.campaign) for name, one in asked.known.duties.items()}
    day = min(period.until, book.today) if period.since <= book.today else book.today
    for duty, campaign in others.values():
        found = fulfilment(book, duty, campaign, day, span=period, others=others, calendar=asked.context.calendar)
        if found.cycle is not None:
            yield DutyLine(
                duty=duty.name,
                required=brief(duty),
                unit=unit_of(duty),
                bound=len(found.stands),
                finished=found.count(Status.DONE),
                behind=found.pressing,
                idle=len(found.idle),
                missed=sum(bool(one.missed) for one in found.stands),
                gap=wanting(found.stands) or Decimal(0),
                until=found.until,
                version=digest_of(duty),
            )


def frozen_lines(book: Book) -> Iterator[FrozenLine]:
    """What the frozen reports in force say over everybody."""
    for id_, report, words in standing(book):
        frozen: Any = book.record(id_)
        period = lasting(parse_period(words, book.today))
        for one in frozen.figures:
            if not one.subject:
                told = (one.name, one.value, one.numerator, one.denominator, one.digest or "")
                yield FrozenLine(report, id_, period, frozen.made, *told)
