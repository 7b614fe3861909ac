"""What today asks for, line by line: the sections of the morning page, uncut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from lianxin.core.book import Book
from lianxin.core.document import show
from lianxin.core.problem import REPOSITORY, Level, Problem
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType
from lianxin.reports.desk.item import Item, Of, Part, part
from lianxin.reports.duty.agenda import Arrear, pressing_first
from lianxin.reports.origin import uncounted
from lianxin.reports.today.agenda import URGENT, Open, Section, agenda, open_issues
from lianxin.reports.today.page import BESIDE, note_of, who_of
from lianxin.reports.today.task import Sort, Task

#: Late, in the names of groups of the page.
_LATE = ("已逾期", "已超期", "部门已超期")


def morning(
    book: Book, problems: Sequence[Problem] = (), arrears: Sequence[Arrear] = (), notices: Sequence[str] = ()
) -> list[Part]:
    """What today asks for, most urgent first; what is amiss with the data itself stands at the top.

    The arguments are those of the morning page.
    """
    found = _amiss(book, problems, notices)
    for section, cases in agenda(open_issues(book)):
        tone = Tone.ALARM if section.name in URGENT else Tone.NORMAL
        found.append(part(section.name, [_issue(section, case, tone) for case in cases], tone=tone))
    for sort in BESIDE:
        found += _beside(book, sort)
    owed = [_owed(one) for one in pressing_first(arrears)]
    return [*found, part("走访和职责欠账", owed, "项")] if owed else found


def _issue(section: Section, case: Open, tone: Tone) -> Item:
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


def _said(told: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(filter(None, dict.fromkeys(told)))


def _owed(one: Arrear) -> Item:
    return Item(
        one.duty,
        one.duty,
        _said((f"{one.status}，{one.gap}", one.pace, one.until, one.who)),
        of=Of.DUTY,
        group=one.duty,
    )


def _amiss(book: Book, problems: Sequence[Problem], notices: Sequence[str]) -> list[Part]:
    """What keeps records out of the lists, where git stands elsewhere, what else has gone wrong."""
    serious = [one for one in problems if one.level is not Level.HINT]
    stuck = next((one for one in problems if one.path == REPOSITORY and one.level is Level.ERROR), None)
    lines: list[tuple[str, str]] = []
    if left := uncounted(book):
        lines.append((f"有 {left}", "没有算在下面"))
    if stuck:
        lines.append((stuck.message, stuck.remedy))
    elif serious:
        lines.append((f"数据里有 {len(serious)} 处要看一看", "右边是每一处怎么改"))
    lines += [(one, "") for one in notices]
    items = [Item(f"毛病{n}", title, _said((note,)), Tone.ALARM, Of.FAULT) for n, (title, note) in enumerate(lines)]
    return [part("台账本身", items, "处", Tone.ALARM)] if items else []
