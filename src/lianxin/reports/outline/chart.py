"""The charts of a report: figures by subject or through time, and how many issues stood where at each week's end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from lianxin.core.book import Book
from lianxin.core.chart import Chart, Look, Series
from lianxin.core.day.period import Period
from lianxin.core.declare.field import Privacy
from lianxin.core.error import UsageError
from lianxin.core.value import short_day
from lianxin.kinds.issue.state import OFF, State
from lianxin.policies.figure import Figure
from lianxin.policies.outline import Picture, Spacing
from lianxin.reports.figure.figured import Figured, evaluate, notes, shown
from lianxin.reports.outline.press import Press
from lianxin.reports.subject import called, column_by, last_of, nobody, own_by, some_by

#: Of a report longer than so many days every point is a month, of a shorter one a week.
_MONTHLY = 120
_AT = """SELECT state, count(*) FROM interval WHERE record LIKE 'WT-%' AND since < ?1 AND (until IS NULL OR until >= ?1)
GROUP BY state"""


def chart_of(press: Press, picture: Picture) -> Chart:
    """One chart of the outline.

    Raises:
        UsageError: A figure is not in force, or it has no rows of that sort.
    """
    title = press.fill(picture.title)
    if picture.states:
        return _states(press, picture, title)
    figures = [press.definition(name) for name in picture.figures]
    if not figures:
        raise UsageError(f"图「{title}」没有写「数字」，请在提纲里写上数字的名称")
    told = notes(figures)
    if picture.by:
        return _by_subject(press, picture, title, figures, told)
    along = list(points(press.edition.period, picture.every, press.book.today))
    found = [[evaluate(press.book, figure, point) for point in along] for figure in figures]
    return through_time(picture, title, figures, along, found, press.book.today)


def through_time(
    picture: Picture,
    title: str,
    figures: Sequence[Figure],
    along: Sequence[Period],
    found: Sequence[Sequence[Figured | None]],
    today: date,
) -> Chart:
    """Figures at the points of a period: for each figure, what it is at each of them."""
    labels = tuple(point.label for point in along)
    lines = tuple(series(figure, row) for figure, row in zip(figures, found, strict=True))
    running = bool(along) and along[-1].so_far(today) != along[-1]
    return Chart(picture.look, title, "期间", labels, lines, unit_of(figures), notes=notes(figures), running=running)


def _by_subject(press: Press, picture: Picture, title: str, figures: Sequence[Figure], told: tuple[str, ...]) -> Chart:
    by = picture.by or ""
    rows = [press.rows(figure.name, by) for figure in figures]
    subjects = sorted(
        dict.fromkeys(subject for row in rows for subject in row),
        key=lambda one: (not one, -(_value(rows[0].get(one)) or Decimal(0)), one),
    )
    left = [] if picture.look is Look.TILES else subjects[picture.most :]
    subjects = subjects[: len(subjects) - len(left)]
    name = called(press.book, [one for one in subjects if one], last_of(press.book, press.edition.period))
    measures = [one for figure in figures for one in figure.measures]
    heading = column_by(press.book, subjects, by, measures)
    own = own_by(press.book, by, press.edition.period, *measures)
    if left:
        told = (*told, f"只画前 {len(subjects)} 个，另有 {len(left)} 个没有画出。")
    return Chart(
        picture.look,
        title,
        heading.label,
        tuple(name.get(one, nobody(by)) for one in subjects),
        tuple(series(figure, [row.get(one) for one in subjects]) for figure, row in zip(figures, rows, strict=True)),
        unit_of(figures),
        Privacy.INTERNAL if some_by(subjects, by, *measures) else heading.privacy,
        told,
        frozenset(n for n, one in enumerate(subjects) if one in own),
        sum((_value(one) or Decimal(0) for one in rows[0].values()), Decimal(0)),
    )


def _value(one: Figured | None) -> Decimal | None:
    return one.value if one else None


def series(figure: Figure, row: Sequence[Figured | None]) -> Series:
    """A row of values, rounded as they are printed; who is not counted for at all has none of a count."""
    values: list[Decimal | None] = []
    for one in row:
        value = one.value if one else None if figure.denominator else Decimal(0)
        values.append(value if value is None else round(value, figure.places))
    return Series(figure.name, tuple(values), tuple(shown(figure, value) for value in values))


def unit_of(figures: Sequence[Figure]) -> str:
    """The unit they all have; empty where they have several."""
    units = {"%" if one.percent else one.unit for one in figures}
    return units.pop() if len(units) == 1 else ""


def spacing_of(period: Period, every: Spacing | None) -> Spacing:
    """How far apart the points of a chart of a period are, where its outline does not say so."""
    return every or (Spacing.MONTH if (period.until - period.since).days > _MONTHLY else Spacing.WEEK)


def points(period: Period, every: Spacing | None, today: date) -> Iterator[Period]:
    """The weeks, months or quarters of a period that have begun."""
    spacing, day = spacing_of(period, every), period.since
    while day < period.until and day <= today:
        until, label = _next(day, spacing)
        yield Period(day, min(until, period.until), label, period.cut)
        day = until


def _next(day: date, spacing: Spacing) -> tuple[date, str]:
    if spacing is Spacing.WEEK:
        until = day + timedelta(days=7)
        return until, f"{day.month}月{day.day}日起"
    length = 1 if spacing is Spacing.MONTH else 3
    index = (day.year * 12 + day.month - 1) // length * length
    until = date((index + length) // 12, (index + length) % 12 + 1, 1)
    return until, f"{day.month} 月" if length == 1 else f"{'一二三四'[index % 12 // 3]}季度"


def _states(press: Press, picture: Picture, title: str) -> Chart:
    along = list(points(press.edition.period, picture.every, press.book.today))
    return states_chart(picture, title, along, press.book.today, [states_at(press.book, point) for point in along])


def states_at(book: Book, point: Period) -> dict[str, int]:
    """How many issues stand in which state when a period ends, or now while it runs."""
    last = min(point.last, book.today)
    return {str(state): int(count) for state, count in book.sql(_AT, ((last + timedelta(days=1)).isoformat(),))}


def states_chart(
    picture: Picture, title: str, along: Sequence[Period], today: date, counts: Sequence[Mapping[str, int]]
) -> Chart:
    """How many issues stood where at the end of each week or month; what was struck off by then is left out."""
    labels = tuple(short_day(min(point.last, today)) for point in along)
    states = [state for state in State if state not in OFF and any(state.value in row for row in counts)]
    lines = tuple(Series(state.value, tuple(row.get(state.value, 0) for row in counts)) for state in states)
    told = ("每期最后一天终了时各状态的件数，已经销号和作废的不画。",)
    return Chart(picture.look, title, "到哪天", labels, lines, "件", notes=told)
