"""What today asks for, line by line: the sections of the morning page, uncut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby

from lianxin.core.book import Book
from lianxin.core.document import show
from lianxin.core.problem import Problem
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType
from lianxin.reports.desk.faults import amiss, left_out
from lianxin.reports.desk.item import Item, Lines, Of, Part, part
from lianxin.reports.desk.meeting import ALONE, Due, unsent, waiting
from lianxin.reports.duty.agenda import Arrear, pressing_first
from lianxin.reports.today.agenda import URGENT, Open, Section, agenda, open_issues
from lianxin.reports.today.heard import heard
from lianxin.reports.today.page import BESIDE, note_of, who_of
from lianxin.reports.today.task import Sort, Task

#: Late, in the names of groups of the page.
_LATE = ("已逾期", "已超期", "部门已超期")


def morning(
    book: Book,
    problems: Sequence[Problem] = (),
    arrears: Sequence[Arrear] = (),
    notices: Sequence[str] = (),
    due: Due = ALONE,
) -> list[Part]:
    """What today asks for, most urgent first; what keeps records out of all that stands before it.

    The arguments are those of the morning page, and what is to be done with other machines.
    """
    return framed(book, asked_for(book, arrears), problems, notices, due)


def framed(
    book: Book, asked: Sequence[Part], problems: Sequence[Problem], notices: Sequence[str], due: Due
) -> list[Part]:
    """What today asks for, with what the ledger itself and other machines want before and behind it."""
    return [
        *(*waiting(book, due), *left_out(book, problems)),
        *asked,
        *(*unsent(due), *amiss(book, problems, notices)),
    ]


def asked_for(book: Book, arrears: Sequence[Arrear]) -> list[Part]:
    """What records and duties ask for."""
    found: list[Part] = []
    for section, cases in agenda(open_issues(book)):
        tone = Tone.ALARM if section.name in URGENT else Tone.NORMAL
        found.append(part(section.name, Lines(cases, partial(_issue, section, tone)), tone=tone))
    for sort in BESIDE:
        found += _beside(book, sort)
    if undecided := heard(book):
        found.append(part("走访听到、还没定立不立的", [_heard(book, *one) for one in undecided], "次"))
    owed = [_owed(one) for one in pressing_first(arrears)]
    return [*found, part("走访和职责欠账", owed, "项")] if owed else found


def _issue(section: Section, tone: Tone, case: Open) -> Item:
    when = show(section.when(case), FieldType.DEADLINE)
    told = (note_of(section, case), when, who_of(case), str(case["所属村"] or ""))
    return Item(str(case["编号"]), str(case["事由"]), _said(told), tone)


def _beside(book: Book, sort: Sort) -> Iterator[Part]:
    """The groups of a section of the page, each a heading of its own."""
    for group, tasks in groupby(sort.find(book), lambda task: task.group):
        tone = Tone.ALARM if group in _LATE else Tone.NORMAL
        yield part(f"{sort.title}：{group}", [_task(book, one, tone) for one in tasks], sort.unit, tone)


def _task(book: Book, task: Task, tone: Tone) -> Item:
    when = show(task.when, FieldType.DEADLINE)
    who, about = " ".join(map(book.title, task.who)), book.title(task.about) if task.about else ""
    return Item(task.id, task.matter, _said((task.note, when, who, about)), tone)


def _heard(book: Book, visit: str, many: int) -> Item:
    return Item(visit, book.title(visit), (f"{many} 件诉求，立问题还是不立",))


def _said(told: tuple[str, ...]) -> tuple[str, ...]:
    """Each thing once, in its place."""
    return tuple("" if one in told[:place] else one for place, one in enumerate(told))


def _owed(one: Arrear) -> Item:
    told = _said((f"{one.status}，{one.gap}", one.pace, one.until, one.who))
    return Item("", one.duty, told, of=Of.DUTY, group=one.duty)
