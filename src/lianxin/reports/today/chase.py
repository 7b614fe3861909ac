"""What the morning page says beside the issues: departments whistled for, and faults on the books."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from lianxin.core.book import Book, Query
from lianxin.core.document import Column
from lianxin.core.filter import Filter, Op
from lianxin.core.sql import words
from lianxin.core.value import FieldType, parse_deadline
from lianxin.kinds import KIND
from lianxin.kinds.life.event import Light
from lianxin.kinds.rectification.state import OFF
from lianxin.kinds.rectification.state import State as Fault
from lianxin.kinds.whistle.state import RUNNING, State
from lianxin.reports.life.tie import untied
from lianxin.reports.today.task import Sort, Task

_RUNNING = f"""SELECT w.id, w.matter, json_extract(j.value, '$."部门"'), j.value, w.warn_on <= ?, w.next_due
FROM whistle AS w, json_each(w.answers) AS j
WHERE w.state IN {words(RUNNING)} AND json_extract(j.value, '$."当前期限"') IS NOT NULL
ORDER BY substr(json_extract(j.value, '$."当前期限"') || ' 23:59', 1, 16), w.id, j.key"""  # noqa: S608 - states of our own

#: Whistles that wait for somebody in the office: to approve, to close, to rate.
_WAITING = f"""SELECT w.id, w.matter, w."by", w.state, w.last_at FROM whistle AS w
WHERE w.state IN {words((State.ASKED, State.FINISHED))} OR (w.state = '{State.ACTING}' AND w.finished = w.called)
ORDER BY w.last_at, w.id"""  # noqa: S608 - states of our own

_WANTED = {
    str(State.ASKED): "等着批准",
    str(State.ACTING): "各部门都办结了，等着结哨",
    str(State.FINISHED): "等着评哨",
}

_LIMITS = (("响应", "响应时间", "应响应期限"), ("报到", "报到时间", "应报到期限"), ("办结", "办结时间", "应办结期限"))

#: What comes first on the page; of departments, of faults.
_CALLED = ("部门已超期", "部门今天到期", "部门快到期", "等本办公室办", "问题那边没有记")
_WAITED = ("等着验收", "等着销号")
_LISTED = ("已逾期", "快到期", *_WAITED)


def _missed(answer: Mapping[str, Any], before: datetime) -> Iterator[str]:
    """What a department has not done though its limit runs out by then."""
    for word, done, limit in _LIMITS:
        if answer.get(done) is None and answer.get(limit) and parse_deadline(answer[limit]) <= before:
            yield word


def _note(answer: Mapping[str, Any], due: datetime, now: datetime) -> str:
    days = (now.date() - due.date()).days
    late = f"超期 {days} 天" if days else "刚过时限"
    undone = "、".join(_missed(answer, max(due, now)))
    urges = answer.get("催办次数", 0)
    if due < now:
        return f"没有{undone}，{late}{f'，已催办 {urges} 次' if urges else ''}"
    return f"还没有{undone}" if days < 0 else f"该{undone}了"


def called(book: Book) -> list[Task]:
    """Every department that a whistle waits for, with the limit that runs out next and what it is for."""
    found: list[Task] = []
    for id_, matter, dept, value, *_ in book.sql(_RUNNING, (book.today.isoformat(),)):
        answer = json.loads(value)
        due = parse_deadline(answer["当前期限"])
        found.append(Task("", id_, matter, (dept,), due, "、".join(_missed(answer, due)), part=dept))
    return found


def _whistles(book: Book) -> list[Task]:
    """Departments that have not responded, arrived or finished in time, those due today or soon, and what waits."""
    found: list[Task] = []
    for id_, matter, dept, value, warned, first in book.sql(_RUNNING, (book.today.isoformat(),)):
        answer = json.loads(value)
        due = parse_deadline(answer["当前期限"])
        if due < book.now:
            group = "部门已超期"
        elif due.date() == book.today:
            group = "部门今天到期"
        elif warned and due == parse_deadline(first):
            group = "部门快到期"
        else:
            continue
        found.append(Task(group, id_, matter, (dept,), due, _note(answer, due, book.now)))
    for id_, matter, by, state, at in book.sql(_WAITING):
        found.append(Task("等本办公室办", id_, matter, (by,), datetime.fromisoformat(at), _WANTED[state]))
    for one in untied(book):
        if one.state != State.ASKED:
            at = datetime.fromisoformat(one.at)
            found.append(Task("问题那边没有记", one.whistle, one.matter, (one.lead,), at, one.said, how=one.how(book)))
    return sorted(found, key=lambda task: _CALLED.index(task.group))


_BOOKED = ("编号", "存在问题", "整改对象", "责任单位", "责任人", "整改期限", "状态", "预警灯", "逾期天数", "完成时间")

_ANY = f"SELECT 1 FROM rectification WHERE state NOT IN {words(OFF)} LIMIT 1"  # noqa: S608 - states of our own


def faults(book: Book) -> list[Task]:
    """Faults on the books, each under the heading where it comes today; under none where it does not."""
    if not book.sql(_ANY):
        return []
    on_the_books = (Filter(("状态",), Op.NE, tuple(OFF)),)
    query = Query(KIND["rectification"], _BOOKED, on_the_books, sort=("整改期限",), plain=True)
    found: list[Task] = []
    for row in book.select(query)[0]:
        cells = dict(zip(_BOOKED, row, strict=True))
        group, note = _standing(cells)
        who = tuple(cells[name] for name in ("责任单位", "责任人") if cells[name])
        what = (cells["编号"], cells["存在问题"], who, cells["整改期限"])
        found.append(Task(group, *what, note, about=cells["整改对象"]))
    return found


def mended(task: Task) -> bool:
    """Whether it is reported as put right, and waits for the office."""
    return task.group in _WAITED


def _rectifications(book: Book) -> list[Task]:
    """Faults on the books that are overdue or soon due, and those that wait to be accepted or struck off."""
    return sorted((task for task in faults(book) if task.group), key=lambda task: _LISTED.index(task.group))


def _standing(cells: Mapping[str, Any]) -> tuple[str, str]:
    """Under which heading a fault on the books comes today, and what is said of it; empty for none."""
    state, light = cells["状态"], cells["预警灯"]
    if state == Fault.REPORTED:
        return "等着验收", f"{cells['完成时间']:%Y-%m-%d} 报告改好了"
    if state == Fault.ACCEPTED:
        return "等着销号", "验收通过，可以销号"
    if light == Light.LATE:
        return "已逾期", f"逾期 {cells['逾期天数'] or 0} 天，{state}"
    return ("快到期", state) if light == Light.SOON else ("", "")


WHISTLES = Sort(
    "吹哨",
    (
        Column("哨单", "whistle", FieldType.REF, width=15),
        Column("事项", "matter", width=28),
        Column("部门", "dept", term=True),
        Column("期限", "when", FieldType.DEADLINE, width=16),
        Column("说明", "note", width=30, term=True),
    ),
    "个",
    _whistles,
)
RECTIFICATIONS = Sort(
    "整改",
    (
        Column("编号", "id", FieldType.REF, width=15),
        Column("存在问题", "fault", width=28),
        Column("整改对象", "about"),
        Column("谁", "who", term=True),
        Column("期限", "when", FieldType.DEADLINE, width=16),
        Column("说明", "note", width=30, term=True),
    ),
    "项",
    _rectifications,
)
