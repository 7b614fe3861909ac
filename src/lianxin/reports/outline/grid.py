"""A table of figures by subject: the ranking of units, and the like. Totals are pooled, never averages of rates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from lianxin.core.document import Column, Table, Value
from lianxin.core.error import UsageError
from lianxin.core.value import FieldType
from lianxin.policies.figure import Figure
from lianxin.policies.outline import Grid
from lianxin.reports.figure.figured import NOTHING, Figured, notes
from lianxin.reports.outline.press import Press
from lianxin.reports.score.scored import scored
from lianxin.reports.subject import SUBJECT, called, column_by, last_of, nobody, of_own, singled, some_by
from lianxin.reports.table import Cell, table_of

#: How the column of a score is called, in the outline as in print.
_SCORE = "综合成绩"


class Rows(Struct, frozen=True):
    """What the rows are made of.

    Attributes:
        columns: Figure → subject → value.
        scores: Subject → its total; None where nothing of it could be counted.
    """

    columns: Mapping[str, Mapping[str, Figured]]
    scores: Mapping[str, Decimal | None]

    def subjects(self) -> list[str]:
        """Everybody that some figure counts for, and whoever has a score."""
        found = dict.fromkeys(subject for column in self.columns.values() for subject in column)
        return list(found)

    def idle(self, subject: str) -> bool:
        """Whether there are rates, and the first of them has nothing to divide by for a subject."""
        rates = (column for column in self.columns.values() if any(one.figure.denominator for one in column.values()))
        first = next(rates, None)
        return first is not None and (subject not in first or first[subject].value is None)

    def number(self, name: str, subject: str) -> Decimal | None:
        """What a row is sorted or left out by."""
        if name == _SCORE:
            return self.scores.get(subject)
        one = self.columns[name].get(subject)
        return one.value if one else None


def grid_table(press: Press, grid: Grid) -> Table:
    """The table; those below the minimum stand after the ranked ones, without a number.

    Raises:
        UsageError: A figure or scheme is not in force, or the table is sorted by what it has not.
    """
    check_grid(grid)
    rows = Rows({name: press.rows(name, grid.by) for name in grid.figures}, _scores(press, grid))
    subjects = rows.subjects()
    name = called(press.book, [one for one in subjects if one], last_of(press.book, press.edition.period))
    measures = [one for name in grid.figures for one in press.definition(name).measures]
    heading = column_by(press.book, subjects, grid.by, measures)
    wholes = [press.figure(name) for name in grid.figures]
    table = table_by(grid, rows, wholes, heading, lambda one: name.get(one, nobody(grid.by)))
    subjects = list(table.records)
    shown = singled(table.columns, some_by(subjects, grid.by, *measures))
    own = singled(table.columns, of_own(press.book, subjects, grid.by, press.edition.period, *measures), SUBJECT)
    return replace(table, inner=shown, own=own, notes=tuple(_notes(press, grid, rows)))


def check_grid(grid: Grid) -> None:
    """Whether it can be printed at all.

    Raises:
        UsageError: It has no columns, or is sorted by what it has not.
    """
    if not grid.figures:
        raise UsageError("分组表没有写「列」，请在提纲里写上数字的名称")
    for name in filter(None, (grid.sort and grid.sort.removeprefix("-"), _least(grid))):
        if name not in (*grid.figures, *((_SCORE,) if grid.score else ())):
            raise UsageError(f"分组表里没有「{name}」这一列，请改提纲的「排序」或「按」")


def table_by(grid: Grid, rows: Rows, wholes: Sequence[Figured], heading: Column, name: Callable[[str], Value]) -> Table:
    """Figures by subject, ranked; the last line is what they are over all.

    Args:
        grid: How it is laid out.
        rows: Its numbers.
        wholes: Each of its figures over all.
        heading: Of the column that names subjects.
        name: What a subject is called.
    """
    ranked, rest = order(grid, rows)
    subjects = [*ranked, *rest]
    contest = ranks_by(grid, rows)
    ranks = _ranks(grid, rows, ranked) if contest else {one: n for n, one in enumerate(subjects, 1)}
    place = "名次" if contest else "序号"
    cells: list[Cell[str]] = [
        (Column(place, "rank", FieldType.INTEGER, width=4), lambda one: ranks.get(one, NOTHING)),
        (heading, name),
        *(_figure(rows, one.figure, n) for n, one in enumerate(wholes, 1)),
    ]
    if grid.score:
        column = Column(_SCORE, "score", FieldType.AMOUNT, width=8)
        cells.append((column, lambda one: NOTHING if (total := rows.number(_SCORE, one)) is None else total))
    pooled = {f"figure_{n}": one.cell for n, one in enumerate(wholes, 1)}
    totals = {"subject": "合计", **pooled} if len(subjects) > 1 else None
    return table_of(subjects, cells, subjects, totals=totals)


def _scores(press: Press, grid: Grid) -> dict[str, Decimal | None]:
    if grid.score is None:
        return {}
    scheme = press.edition.definitions.schemes.get(grid.score)
    if scheme is None:
        raise UsageError(f"没有「{grid.score}」这个评分方案，请运行 lianxin check 看详情")
    return {line.subject: line.total for line in scored(press.book, scheme, press.edition.period).lines}


def _figure(rows: Rows, figure: Figure, n: int) -> Cell[str]:
    unit = "" if figure.percent or figure.unit in ("件", "%") else f"（{figure.unit}）"

    def read(subject: str) -> Value:
        one = rows.columns[figure.name].get(subject)
        if one is not None:
            return one.cell
        return NOTHING if figure.denominator else 0

    return Column(f"{figure.name}{unit}", f"figure_{n}", FieldType.AMOUNT, width=8), read


def _least(grid: Grid) -> str:
    return grid.minimum_figure or grid.figures[0]


def ranks_by(grid: Grid, rows: Rows) -> bool:
    """Whether the table ranks: it is sorted by a score or a rate; who has more of something is not thereby better."""
    name = (grid.sort or "").removeprefix("-")
    return name == _SCORE or any(one.figure.denominator for one in rows.columns.get(name, {}).values())


def order(grid: Grid, rows: Rows) -> tuple[list[str], list[str]]:
    """Who is ranked, in order; and who is not: too few, or nobody in particular."""
    least = _least(grid)
    subjects = sorted(rows.subjects())
    able = [one for one in subjects if one and (rows.number(least, one) or Decimal(0)) >= grid.minimum]
    if ranks_by(grid, rows):  # whoever had nothing due, or has no score, is not placed beside those who have
        sort = (grid.sort or "").removeprefix("-")
        able = [one for one in able if not rows.idle(one) and rows.number(sort, one) is not None]
    rest = [one for one in subjects if one and one not in able]
    if grid.sort:
        sort, rising = grid.sort.removeprefix("-"), grid.sort.startswith("-")

        def key(subject: str) -> tuple[bool, Decimal, str]:
            value = rows.number(sort, subject)
            return value is None, (value or Decimal(0)) * (1 if rising else -1), subject

        able.sort(key=key)
        rest.sort(key=key)
    return able, [*rest, *(one for one in subjects if not one)]


def _ranks(grid: Grid, rows: Rows, ranked: list[str]) -> dict[str, Value]:
    """Places from 1; equals share one where the table is sorted by a figure."""
    places: dict[str, Value] = {}
    for place, subject in enumerate(ranked, 1):
        before = ranked[place - 2] if place > 1 else ""
        name = (grid.sort or "").removeprefix("-")
        same = bool(name and before) and rows.number(name, before) == rows.number(name, subject)
        places[subject] = places[before] if same else place
    return places


def _notes(press: Press, grid: Grid, rows: Rows) -> list[str]:
    told = list(notes(press.definition(name) for name in grid.figures))
    if grid.score:
        scheme = press.edition.definitions.schemes[grid.score]
        told.append(f"{_SCORE}：按“{scheme.name}”算。")
    told += few(grid, rows)
    told.append(POOLED)
    return told


#: Under every table of figures by subject.
POOLED = "合计按全部记录合在一起算，率是总数相除，不是各行的平均。"


def few(grid: Grid, rows: Rows) -> list[str]:
    """Why some stand at the end without a place."""
    rest = [one for one in order(grid, rows)[1] if one]
    ranks, least, sort = ranks_by(grid, rows), _least(grid), (grid.sort or "").removeprefix("-")
    unit = next((one.figure.unit for one in rows.columns.get(least, {}).values()), "")
    small = [one for one in rest if (rows.number(least, one) or Decimal(0)) < grid.minimum]
    told = [f"{least}不到 {grid.minimum} {unit}的{'不排名，' if ranks else ''}列在后面。"] if small else []
    blank = ranks and any(rows.number(sort, one) is None for one in rest if one not in small)
    return [*told, *([f"没有{sort}的不排名，列在后面。"] if blank else [])]
