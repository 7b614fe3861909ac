"""What must be done today, for programs: everything in one list, each with the section it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from lianxin.core.book import Book, Query
from lianxin.core.document import Column, Document, KeyValues, Pair, Table, Value
from lianxin.core.problem import Level, Problem
from lianxin.core.value import FieldType
from lianxin.kinds import KIND
from lianxin.reports.duty.agenda import Arrear, arrears_section
from lianxin.reports.known import names
from lianxin.reports.origin import provenance
from lianxin.reports.own_matter import own_matters
from lianxin.reports.plain import after, plain_table
from lianxin.reports.today.agenda import OPEN, agenda, open_issues
from lianxin.reports.today.chase import rectifications, whistles
from lianxin.reports.today.commitment import commitments
from lianxin.reports.today.page import note_of

#: Nothing is cut.
_ALL = 10**6

_ISSUE = ("事由", "状态", "所属村", "责任部门", "责任人", "登记人", "办结期限")
_SORT = Column("种类", "sort", term=True)
_SECTION = Column("栏", "section", term=True)
_WHEN = Column("日期", "when", FieldType.DEADLINE)
_NOTE = Column("说明", "note", term=True)
#: What columns of the page are called here.
_CALLED = {
    "whistle": "id",
    "matter": "summary",
    "fault": "summary",
    "until": "when",
    "dept": "dept_name",
    "about": "about_name",
}


def today_values(
    book: Book, problems: Sequence[Problem] = (), arrears: Sequence[Arrear] = (), notices: Sequence[str] = ()
) -> Document:
    """The page for ``book.today``, uncut; the arguments are those of the page."""
    beside = (
        ("吹哨", whistles(book)),
        ("整改", rectifications(book)),
        ("答应过的事", commitments(book, most=_ALL)),
        ("欠账", arrears_section(arrears, most=_ALL)),
    )
    rest = [_sectioned(sort, table) for sort, blocks in beside for table in blocks if isinstance(table, Table)]
    serious = sum(problem.level is not Level.HINT for problem in problems)
    told = (Pair("要看一看的", serious, "problems", FieldType.INTEGER), Pair("提醒", tuple(notices), "notices"))
    issues = _issues(book)
    return Document(
        "今日事项",
        (KeyValues(told), issues, *rest),
        name="today",
        provenance=provenance(book, records=len(issues.rows)),
        names=names(book),
        own=own_matters(book),
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
    whole: list[tuple[Any, ...]] = [("问题", section, *rows[id_], *more) for id_, (section, *more) in found.items()]
    return Table((_SORT, _SECTION, *table.columns, _WHEN, _NOTE), whole, [*found])


def _sectioned(sort: str, table: Table) -> Table:
    """A table of the page with its groups as a column, and called as in the others what is the same."""
    sections = {first: label.partition("（")[0] for first, label in table.groups}
    rows: list[tuple[Value, ...]] = []
    section = None
    for n, row in enumerate(table.rows):
        section = sections.get(n, section)
        rows.append((section, *row))
    columns = (replace(one, name=_CALLED.get(one.name, one.name)) for one in table.columns)
    inner = frozenset((row, place + 1) for row, place in table.inner)
    return after(_SORT, sort, Table((_SECTION, *columns), rows, table.records, inner=inner))
