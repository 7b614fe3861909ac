"""What must be done today, for programs: everything in one list, each with the section it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec.structs import replace

from lianxin.core.book import Book, Query
from lianxin.core.document import Column, Document, KeyValues, Pair, Table, Value
from lianxin.core.problem import Level, Problem
from lianxin.core.value import FieldType
from lianxin.kinds import KIND
from lianxin.reports.document import document_of
from lianxin.reports.duty.agenda import Arrear, pressing_first
from lianxin.reports.plain import beside, plain_table
from lianxin.reports.subject import called, column_of, kind_name, singled
from lianxin.reports.today.agenda import OPEN, agenda, open_issues
from lianxin.reports.today.page import BESIDE, note_of
from lianxin.reports.today.task import Sort

_ISSUE = ("事由", "状态", "所属村", "责任部门", "责任人", "登记人", "办结期限")
_SORT = Column("种类", "sort", term=True)
_GROUP = Column("栏", "section", term=True)
_KIND = Column("记录", "kind", term=True)
_ID = Column("编号", "id", FieldType.REF)
_WHEN = Column("日期", "when", FieldType.DEADLINE)
_NOTE = Column("说明", "note", term=True)


def today_values(
    book: Book, problems: Sequence[Problem] = (), arrears: Sequence[Arrear] = (), notices: Sequence[str] = ()
) -> Document:
    """The page for ``book.today``, uncut; the arguments are those of the page."""
    serious = sum(problem.level is not Level.HINT for problem in problems)
    told = (Pair("要看一看的", serious, "problems", FieldType.INTEGER), Pair("提醒", tuple(notices), "notices"))
    issues = _issues(book)
    return document_of(
        book,
        "今日事项",
        (KeyValues(told), issues, *(_tasks(book, sort) for sort in BESIDE), *_arrears(book, arrears)),
        "today",
        records=len(issues.rows),
        plain=True,
    )


def _issues(book: Book) -> Table:
    """Open issues that ask for something, most urgent first."""
    found = {
        str(case["编号"]): (section.name, section.when(case), note_of(section, case))
        for section, cases in agenda(open_issues(book))
        for case in cases
    }
    table = plain_table(book, Query(KIND["issue"], _ISSUE, OPEN))
    rows = dict(zip(table.records, table.rows, strict=True))
    whole: list[tuple[Any, ...]] = [
        ("问题", section, "issue", *rows[id_], *more) for id_, (section, *more) in found.items()
    ]
    return Table((_SORT, _GROUP, _KIND, *table.columns, _WHEN, _NOTE), whole, [*found])


def _tasks(book: Book, sort: Sort) -> Table:
    """Those of one sort, each with the record it stands in, and whom it waits for."""
    columns = {column.name: column for column in sort.columns}
    matter, who = sort.columns[1], columns.get("who") or columns["dept"]
    about = beside(columns["about"]) if "about" in columns else ()
    tasks = sort.find(book)
    rows: list[tuple[Value, ...]] = [
        (
            *(sort.title, task.group, kind_name(task.id), task.id, task.matter),
            *(task.who, tuple(map(book.title, task.who))),
            *((task.about, book.title(task.about)) if about else ()),
            *(task.when, task.told),
        )
        for task in tasks
    ]
    whom = beside(replace(who, name="who"))
    told = (_SORT, _GROUP, _KIND, _ID, replace(matter, name="summary"), *whom, *about, columns["when"], columns["note"])
    return Table(told, rows, [task.id for task in tasks])


def _arrears(book: Book, arrears: Sequence[Arrear]) -> Iterator[Table]:
    """A table a duty: whether villagers are behind with it decides how private the names are."""
    for one in pressing_first(arrears):
        id_ = one.subjects[0] if len(one.subjects) == 1 else ""
        names_ = called(book, one.subjects)
        columns = (
            *(_SORT, _GROUP, _KIND, _ID, Column("职责", "duty", term=True), Column("情况", "status", FieldType.CHOICE)),
            *beside(replace(column_of(book, one.subjects, "谁"), name="who")),
            *(
                Column("差多少", "gap", term=True),
                Column("期满", "when", FieldType.DAY),
                Column("进度要求", "pace", term=True),
            ),
        )
        row = (
            *("欠账", None, kind_name(id_) or None, id_ or None, one.duty, one.status),
            *(tuple(filter(None, one.subjects)), tuple(names_.values())),
            *(one.gap, one.until or None, one.pace or None),
        )
        inner = singled(columns, [0] if one.inner else [], frozenset({"id", "who", "who_name"}))
        yield Table(columns, [row], [id_], inner=inner)
