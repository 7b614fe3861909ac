"""A table of figures by subject: the ranking of units, and the like. Totals are pooled, never averages of rates."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct

from lianxin.core.document import Column, Table, Value
from lianxin.core.error import UsageError
from lianxin.core.value import FieldType
from lianxin.policies.outline import Grid
from lianxin.reports.figure.figured import NOTHING, Figured, notes
from lianxin.reports.outline.press import Press
from lianxin.reports.score.scored import Line, scored
from lianxin.reports.subject import called, column_by, last_of, of_own, some_by
from lianxin.reports.table import Cell, table_of

#: What is printed as subject of records that name none.
_NONE = "未填"
#: How the column of a score is called, in the outline as in print.
_SCORE = "综合成绩"


class _Rows(Struct, frozen=True):
    """What the rows are made of.

    Attributes:
        columns: Figure → subject → value.
        scores: Subject → its line.
    """

    columns: Mapping[str, Mapping[str, Figured]]
    scores: Mapping[str, Line]

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
            line = self.scores.get(subject)
            return line.total if line else None
        one = self.columns[name].get(subject)
        return one.value if one else None


def grid_table(press: Press, grid: Grid) -> Table:
    """The table; those below the minimum stand after the ranked ones, without a number.

    Raises:
        UsageError: A figure or scheme is not in force, or the table is sorted by what it has not.
    """
    if not grid.figures:
        raise UsageError("分组表没有写「列」，请在提纲里写上数字的名称")
    rows = _Rows({name: press.rows(name, grid.by) for name in grid.figures}, _scores(press, grid))
    ranked, rest = _order(grid, rows)
    subjects = [*ranked, *rest]
    name = called(press.book, [one for one in subjects if one], last_of(press.book, press.edition.period))
    measures = [one for name in grid.figures for one in press.definition(name).measures]
    ranks = _ranks(grid, rows, ranked)
    place = "名次" if grid.sort else "序号"
    cells: list[Cell[str]] = [
        (Column(place, "rank", FieldType.INTEGER, width=4), lambda one: ranks.get(one, NOTHING)),
        (column_by(press.book, subjects, grid.by, measures), lambda one: name.get(one, _NONE)),
        *(_figure(press, rows, one, n) for n, one in enumerate(grid.figures, 1)),
    ]
    if grid.score:
        column = Column(_SCORE, "score", FieldType.AMOUNT, width=8)
        cells.append((column, lambda one: NOTHING if (total := rows.number(_SCORE, one)) is None else total))
    pooled = {f"figure_{n}": cell(press.figure(one)) for n, one in enumerate(grid.figures, 1)}
    return table_of(
        subjects,
        cells,
        subjects,
        totals={"subject": "合计", **pooled} if len(subjects) > 1 else None,
        some=some_by(subjects, grid.by, *measures),
        own=of_own(press.book, subjects, grid.by, press.edition.period, *measures),
        notes=_notes(press, grid, rest),
    )


def _scores(press: Press, grid: Grid) -> dict[str, Line]:
    if grid.score is None:
        return {}
    scheme = press.edition.definitions.schemes.get(grid.score)
    if scheme is None:
        raise UsageError(f"没有「{grid.score}」这个评分方案，请运行 lianxin check 看详情")
    return {line.subject: line for line in scored(press.book, scheme, press.edition.period).lines}


def _figure(press: Press, rows: _Rows, name: str, n: int) -> Cell[str]:
    figure = press.definition(name)
    unit = "" if figure.percent or figure.unit in ("件", "%") else f"（{figure.unit}）"

    def read(subject: str) -> Value:
        one = rows.columns[name].get(subject)
        if one is not None:
            return cell(one)
        return NOTHING if figure.denominator else 0

    return Column(f"{name}{unit}", f"figure_{n}", FieldType.AMOUNT, width=8), read


def cell(one: Figured) -> Value:
    """A count as a number, a rate as it is printed."""
    if one.figure.denominator:
        return one.text
    return int(one.numerator) if one.numerator == int(one.numerator) else one.numerator


def _order(grid: Grid, rows: _Rows) -> tuple[list[str], list[str]]:
    """Who is ranked, in order; and who is not: too few, or nobody in particular."""
    least = grid.minimum_figure or grid.figures[0]
    for name in filter(None, (grid.sort and grid.sort.removeprefix("-"), least)):
        if name not in (*grid.figures, *((_SCORE,) if grid.score else ())):
            raise UsageError(f"分组表里没有「{name}」这一列，请改提纲的「排序」或「按」")
    subjects = sorted(rows.subjects())
    able = [one for one in subjects if one and (rows.number(least, one) or Decimal(0)) >= grid.minimum]
    if grid.sort:  # whoever had nothing due is not placed before those who had
        able = [one for one in able if not rows.idle(one)]
    rest = [one for one in subjects if one and one not in able]
    if grid.sort:
        sort, rising = grid.sort.removeprefix("-"), grid.sort.startswith("-")

        def key(subject: str) -> tuple[bool, Decimal, str]:
            value = rows.number(sort, subject)
            return value is None, (value or Decimal(0)) * (1 if rising else -1), subject

        able.sort(key=key)
        rest.sort(key=key)
    return able, [*rest, *(one for one in subjects if not one)]


def _ranks(grid: Grid, rows: _Rows, ranked: list[str]) -> dict[str, Value]:
    """Places from 1; equals share one where the table is sorted by a figure."""
    places: dict[str, Value] = {}
    for place, subject in enumerate(ranked, 1):
        before = ranked[place - 2] if place > 1 else ""
        name = (grid.sort or "").removeprefix("-")
        same = bool(name and before) and rows.number(name, before) == rows.number(name, subject)
        places[subject] = places[before] if same else place
    return places


def _notes(press: Press, grid: Grid, rest: list[str]) -> list[str]:
    told = list(notes(press.definition(name) for name in grid.figures))
    if grid.score:
        scheme = press.edition.definitions.schemes[grid.score]
        told.append(f"{_SCORE}：按「{scheme.name}」算。")
    if any(rest) and grid.minimum:
        told.append(f"{grid.minimum_figure or grid.figures[0]}不到 {grid.minimum} 的不排名，列在后面。")
    if "" in rest:
        told.append(f"「{_NONE}」是还没有写{grid.by.split('.')[0]}的记录。")
    told.append("合计按全部记录合在一起算，率是总数相除，不是各行的平均。")
    return told
