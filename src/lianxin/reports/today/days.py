"""Everything that has its day, as a calendar keeps it: what it says of a thing does not change from day to day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum

from lianxin.core.book import Book
from lianxin.core.day.limit import Limits
from lianxin.core.document import Column, Document, Table, Value
from lianxin.core.value import FieldType
from lianxin.kinds.issue.state import State
from lianxin.reports.known import names
from lianxin.reports.origin import provenance
from lianxin.reports.own_matter import own_matters
from lianxin.reports.plain import beside
from lianxin.reports.today.agenda import Open, callback_due, open_issues
from lianxin.reports.today.chase import called, faults, mended
from lianxin.reports.today.commitment import given
from lianxin.reports.today.task import Task

#: Words given are looked for so far ahead: all there are.
_EVER = 36_500


class Sort(StrEnum):
    """What is to be done by its day."""

    SIGN = "签收"
    FINISH = "办结"
    CALLBACK = "反馈"
    REVIEW = "复核"
    WHISTLE = "吹哨"
    FAULT = "整改"
    WORD = "答应的事"
    DUTY = "职责"


_COLUMNS = (
    Column("日期", "when", FieldType.DEADLINE, width=16),
    Column("事项", "sort", FieldType.CHOICE, width=8, choices=tuple(Sort)),
    Column("编号", "id", FieldType.REF, width=15),
    Column("内容", "matter", width=28),
    Column("谁", "who", term=True),
    Column("说明", "note", width=20, term=True),
)


def days(book: Book, limits: Limits, owed: Iterable[Task]) -> list[Task]:
    """All that is open and has its day, be that past; the earliest first.

    Args:
        book: The records.
        limits: By them a reporter is to be told of the result.
        owed: Of duties.
    """
    found = [
        *(task for case in open_issues(book) for task in _issue(book, limits, case)),
        *(_as(task, Sort.WHISTLE) for task in called(book)),
        *(_as(task, Sort.FAULT) for task in faults(book) if not mended(task)),
        *(_as(task, Sort.WORD) for task in given(book, _EVER)),
        *owed,
    ]
    return sorted(found, key=lambda task: (str(task.when), task.group, task.id, task.part, task.matter))


def _as(task: Task, sort: Sort) -> Task:
    told = {Sort.WHISTLE: task.note, Sort.WORD: task.group}.get(sort, "")
    return Task(sort, task.id, task.matter, task.who, task.when, told, part=task.part)


def _issue(book: Book, limits: Limits, case: Open) -> Iterator[Task]:
    """What an open issue has to come to, each by its day."""
    held = tuple(str(one) for one in (case["责任部门.编号"], case["责任人.编号"]) if one)
    id_, matter = str(case["编号"]), str(case["事由"])
    if case.state == State.ASSIGNED and case["签收期限"]:
        yield Task(Sort.SIGN, id_, matter, held, case["签收期限"], "")
    if case.due:
        yield Task(Sort.FINISH, id_, matter, held, case.due, "期限暂定" if case["暂定"] in (True, "是") else "")
    if callback_due(case) and isinstance(at := case["最终办结时间"], datetime):
        day = book.calendar.add_workdays(at.date(), limits.callback)
        yield Task(Sort.CALLBACK, id_, matter, (str(case["登记人.编号"]),), day, "结果要告诉反映人")
    if case.state == State.SUSPENDED and case["复核日期"]:
        yield Task(Sort.REVIEW, id_, matter, held, case["复核日期"], "看条件具备了没有")


def calendar(book: Book, tasks: Sequence[Task], ledger: str, whose: str, *, plain: bool = False) -> Document:
    """The page.

    Args:
        book: The records.
        tasks: What stands on it.
        ledger: Tells this ledger from others that are kept in the same calendar.
        whose: Whom alone it is for, by id; empty for all.
        plain: For programs.
    """
    rows: list[tuple[Value, ...]] = []
    for one in tasks:
        called_ = tuple(map(book.title, one.who))
        who: tuple[Value, ...] = (one.who, called_) if plain else ("、".join(called_) or None,)
        rows.append((one.when, one.group, one.id or None, one.matter, *who, one.note or None))
    *others, whom, note = _COLUMNS
    columns = (*others, *(beside(whom) if plain else (whom,)), note)
    keys = [f"{ledger} {one.group} {one.id} {one.part}" for one in tasks]
    table = Table(columns, rows, [one.id for one in tasks], below=("note", "who"), keys=keys)
    return Document(
        "期限日历",
        (table,),
        name="calendar",
        subtitle=book.title(whose) if whose else "",
        provenance=provenance(book, records=len(rows)),
        names=names(book),
        own=own_matters(book),
        plain=plain,
    )
