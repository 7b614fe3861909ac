"""What the morning page says beside the issues: departments whistled for, and faults on the books."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from lianxin.core.book import Book, Query
from lianxin.core.document import Block, Column, Heading, Table, Value
from lianxin.core.filter import Filter, Op
from lianxin.core.sql import words
from lianxin.core.value import FieldType, parse_deadline
from lianxin.kinds import KIND
from lianxin.kinds.rectification.state import OFF
from lianxin.kinds.whistle.state import RUNNING, State
from lianxin.reports.life.tie import untied

_RUNNING = f"""SELECT w.id, w.matter, coalesce(o.name, json_extract(j.value, '$."部门"')), j.value,
  w.warn_on <= ?, w.next_due
FROM whistle AS w, json_each(w.answers) AS j LEFT JOIN org AS o ON o.id = json_extract(j.value, '$."部门"')
WHERE w.state IN {words(RUNNING)} AND json_extract(j.value, '$."当前期限"') IS NOT NULL
ORDER BY substr(json_extract(j.value, '$."当前期限"') || ' 23:59', 1, 16), w.id, j.key"""  # noqa: S608 - states of our own

#: Whistles that wait for somebody in the office: to approve, to close, to rate.
_WAITING = f"""SELECT w.id, w.matter, coalesce(o.name, w."by"), w.state, w.last_at
FROM whistle AS w LEFT JOIN org AS o ON o.id = w."by"
WHERE w.state IN {words((State.ASKED, State.FINISHED))} OR (w.state = '{State.ACTING}' AND w.finished = w.called)
ORDER BY w.last_at, w.id"""  # noqa: S608 - states of our own

_WANTED = {
    str(State.ASKED): "等着批准",
    str(State.ACTING): "各部门都办结了，等着结哨",
    str(State.FINISHED): "等着评哨",
}

_CALLED = (
    Column("哨单", "whistle", FieldType.REF, width=15),
    Column("事项", "matter", width=28),
    Column("部门", "dept", term=True),
    Column("期限", "when", FieldType.DEADLINE, width=16),
    Column("说明", "note", width=30, term=True),
)

_LIMITS = (("响应", "响应时间", "应响应期限"), ("报到", "报到时间", "应报到期限"), ("办结", "办结时间", "应办结期限"))

Rows = list[tuple[Value, ...]]


def _grouped(found: Iterable[tuple[str, Rows]], unit: str) -> tuple[Rows, tuple[tuple[int, str], ...]]:
    """Rows under the headings that have some."""
    rows: Rows = []
    groups: list[tuple[int, str]] = []
    for name, some in found:
        if some:
            groups.append((len(rows), f"{name}（{len(some)} {unit}）"))
            rows += some
    return rows, tuple(groups)


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


def whistles(book: Book) -> list[Block]:
    """Departments that have not responded, arrived or finished in time, those due today or soon, and what waits."""
    late: Rows = []
    today: Rows = []
    soon: Rows = []
    for id_, matter, dept, value, warned, first in book.sql(_RUNNING, (book.today.isoformat(),)):
        answer = json.loads(value)
        due = parse_deadline(answer["当前期限"])
        line: tuple[Value, ...] = (id_, matter, dept, due, _note(answer, due, book.now))
        if due < book.now:
            late.append(line)
        elif due.date() == book.today:
            today.append(line)
        elif warned and due == parse_deadline(first):
            soon.append(line)
    waiting: Rows = [
        (id_, matter, by, datetime.fromisoformat(at), _WANTED[state])
        for id_, matter, by, state, at in book.sql(_WAITING)
    ]
    loose: Rows = [
        (one.whistle, one.matter, book.title(one.lead), datetime.fromisoformat(one.at), one.told(book))
        for one in untied(book)
        if one.state != State.ASKED
    ]
    groups_of = {"部门已超期": late, "部门今天到期": today, "部门快到期": soon, "等本办公室办": waiting}
    rows, groups = _grouped({**groups_of, "问题那边没有记": loose}.items(), "个")
    if not rows:
        return []
    return [
        Heading("吹哨", 2),
        Table(_CALLED, rows, [str(row[0]) for row in rows], groups, below=("when", "note", "dept")),
    ]


_BOOKED = ("编号", "存在问题", "整改对象", "责任单位", "责任人", "整改期限", "状态", "预警灯", "逾期天数", "完成时间")

_FAULTS = (
    Column("编号", "id", FieldType.REF, width=15),
    Column("存在问题", "fault", width=28),
    Column("整改对象", "about"),
    Column("谁", "who", term=True),
    Column("期限", "when", FieldType.DEADLINE, width=16),
    Column("说明", "note", width=30, term=True),
)


_ANY = f"SELECT 1 FROM rectification WHERE state NOT IN {words(OFF)} LIMIT 1"  # noqa: S608 - states of our own


def rectifications(book: Book) -> list[Block]:
    """Faults on the books that are overdue or soon due, and those that wait to be accepted or struck off."""
    if not book.sql(_ANY):
        return []
    query = Query(KIND["rectification"], _BOOKED, (Filter(("状态",), Op.NE, tuple(sorted(OFF))),), sort=("整改期限",))
    found: dict[str, Rows] = {"已逾期": [], "快到期": [], "等着验收": [], "等着销号": []}
    for row in book.select(query)[0]:
        cells = dict(zip(_BOOKED, row, strict=True))
        state, light = str(cells["状态"]), cells["预警灯"]
        group, note = _standing(state, light, cells)
        if group:
            who = " ".join(str(cells[name]) for name in ("责任单位", "责任人") if cells[name])
            line: tuple[Value, ...] = (
                cells["编号"],
                cells["存在问题"],
                cells["整改对象"],
                who,
                cells["整改期限"],
                note,
            )
            found[group].append(line)
    rows, groups = _grouped(found.items(), "项")
    below = ("when", "note", "who", "about")
    return (
        [Heading("整改", 2), Table(_FAULTS, rows, [str(row[0]) for row in rows], groups, below=below)] if rows else []
    )


def _standing(state: str, light: object, cells: Mapping[str, Any]) -> tuple[str, str]:
    """Under which heading a fault on the books comes today, and what is said of it; empty for none."""
    if state == "待验收":
        return "等着验收", f"{cells['完成时间']:%Y-%m-%d} 报告改好了"
    if state == "已验收":
        return "等着销号", "验收通过，可以销号"
    if light == "已逾期":
        return "已逾期", f"逾期 {cells['逾期天数'] or 0} 天，{state}"
    return ("快到期", state) if light == "即将到期" else ("", "")
