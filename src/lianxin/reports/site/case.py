"""Issues as the notice board may show them: an allow-list of columns, and nothing said of private matters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from lianxin.core.book import Book, Query
from lianxin.core.chart import Chart, Look, Series
from lianxin.core.document import Block, Column, Table, Value
from lianxin.core.filter import Filter, Op
from lianxin.core.value import FieldType
from lianxin.kinds.issue.record import ISSUE
from lianxin.kinds.issue.state import DONE, State
from lianxin.reports.own_matter import laid_open

#: Everything the board knows of an issue. Who said it, where he lives and what he said are not among it.
_ASKED = (
    *("编号", "反映时间", "所属村.编号", "所属村", "公共个人", "类别", "事由"),
    *("责任部门", "销号时间", "满意度", "状态"),
)

#: As a list prints them: an explanation marked, what is left of a limit that stands still.
_SPOKEN = ("状态", "办结期限")

#: Stands where somebody's own matter would be told.
PRIVATE = "（个人事项，只公布进度）"
UNSORTED = "未分类"

#: Who looks for his issue needs to know three things: it is being dealt with, it is done, it is struck off.
STAGES = ("正在办", "已办结", "已销号")
#: Bars of one chart; the table has all rows.
_MOST = 30


class Case(Struct, frozen=True):
    """One issue, as the public may see it."""

    id: str
    raised: str
    village: str
    place: str
    category: str
    summary: str
    state: str
    dept: str
    closed: str
    satisfied: str
    words: str
    due: Value

    @property
    def stage(self) -> int:
        """Place in ``STAGES``."""
        return 2 if self.state == State.CLOSED else 1 if self.state in DONE else 0


def cases(book: Book) -> list[Case]:
    """Every issue but those entered by mistake, the newest first."""
    lasting = (Filter(("状态",), Op.NE, (State.VOID,)),)
    query = Query(ISSUE, (*_SPOKEN, *_ASKED), lasting, sort=("-反映时间", "-编号"), spoken=len(_SPOKEN))
    return [_case(tuple(row)) for row in book.select(query)[0]]


def _case(row: Sequence[Value]) -> Case:
    words, due, id_, raised, village, place, sphere, category, summary, dept, closed, satisfied, state = row
    told = summary if laid_open(sphere) else PRIVATE
    return Case(
        id=_text(id_),
        raised=_text(raised),
        village=_text(village),
        place=_text(place),
        category=_text(category or UNSORTED),
        summary=_text(told),
        state=_text(state),
        dept=_text(dept),
        closed=_text(closed)[:10],
        satisfied=_text(satisfied),
        words=_text(words),
        due=due,
    )


def _text(value: Value) -> str:
    return "" if value is None else str(value)


_ID = Column("编号", "id", FieldType.REF)
_PLACE = Column("所属村", "village", term=True)
#: What a table of issues prints.
_COLUMNS: tuple[tuple[Column, Callable[[Case], Value]], ...] = (
    (_ID, lambda case: case.id),
    (Column("反映时间", "raised", FieldType.DAY), lambda case: case.raised),
    (_PLACE, lambda case: case.place),
    (Column("类别", "category", term=True), lambda case: case.category),
    (Column("事由", "summary"), lambda case: case.summary),
    (Column("进度", "state", FieldType.CHOICE), lambda case: case.words),
    (Column("责任部门", "dept", term=True), lambda case: case.dept),
    (Column("办结期限", "due", FieldType.DEADLINE), lambda case: case.due),
    (Column("销号日期", "closed", FieldType.DAY), lambda case: case.closed),
)
ALL = tuple(column.name for column, _ in _COLUMNS)


def case_table(
    found: Iterable[Case], names: Sequence[str] = ALL, caption: str = "", notes: tuple[str, ...] = ()
) -> Table:
    """A table of issues with these columns."""
    listed = list(found)
    shown = [pair for pair in _COLUMNS if pair[0].name in names]
    rows = [tuple(value(case) for _, value in shown) for case in listed]
    columns = tuple(column for column, _ in shown)
    return Table(columns, rows, [case.id for case in listed], caption=caption, notes=notes)


def charted(table: Table) -> list[Block]:
    """A table of counts under its chart: stacked bars, a row each; the last column is their sum."""
    parts = [n for n, column in enumerate(table.columns) if column.type is FieldType.INTEGER][:-1]
    rows = [row for row in table.rows if any(row[n] for n in parts)][:_MOST]
    labels = tuple(str(row[0]) for row in rows)
    series = tuple(Series(table.columns[n].label, tuple(_count(row[n]) for row in rows)) for n in parts)
    chart = Chart(Look.STACKED, table.caption, table.columns[0].label, labels, series, "件")
    return [chart, table] if rows else [table]


def _count(value: Value) -> int:
    return value if isinstance(value, int) else 0


def progress_table(found: Iterable[Case], by: Callable[[Case], str], column: Column, caption: str) -> Table:
    """How far the issues of each village (category …) are; most first."""
    counts: dict[str, list[int]] = {}
    for case in found:
        counts.setdefault(by(case), [0] * len(STAGES))[case.stage] += 1
    ordered = sorted(counts.items(), key=lambda each: (-sum(each[1]), each[0]))
    whole = [sum(column) for column in zip(*counts.values(), strict=True)] or [0] * len(STAGES)
    names = ("open", "done", "closed")
    columns = (
        column,
        *(Column(stage, name, FieldType.INTEGER) for stage, name in zip(STAGES, names, strict=True)),
        Column("合计", "total", FieldType.INTEGER),
    )
    rows: list[tuple[Value, ...]] = [(name, *row, sum(row)) for name, row in ordered]
    return Table(columns, rows, totals=("合计", *whole, sum(whole)), caption=caption)
