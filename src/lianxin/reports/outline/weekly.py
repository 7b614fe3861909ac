"""The weekly tables: the balance, and the three lists it counts (新增, 推进中, 已销号)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from lianxin.core.book import Book
from lianxin.core.day.period import Period
from lianxin.core.document import Block, Column, Heading, Paragraph, Table, Value
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType
from lianxin.kinds.issue.column import DUE_SHOWN
from lianxin.kinds.issue.life import Life
from lianxin.kinds.issue.state import RUN_OUT, State, spoken
from lianxin.kinds.issue.table import LIFECYCLE
from lianxin.policies.outline import Term
from lianxin.reports.outline.balance import Balance, Move

_NUMBER = Column("序号", "number", FieldType.INTEGER, width=4)
_ID = Column("编号", "id", FieldType.REF, width=15)
_VILLAGE = Column("所属村", "village", width=10, term=True)
_SUMMARY = Column("事由", "summary", width=30)
_DEPT = Column("责任部门", "dept", width=12, term=True)
_STATE = Column("期末状态", "state", FieldType.CHOICE, width=8)

_MERIT = Column("合理性", "merit", FieldType.CHOICE, width=8)

#: What the tables print of an issue, by id; the state is the one it had at a moment, and how it came to a result.
_ISSUES = f"""SELECT w.id, w.raised, v.title, w.summary, w.category, d.title, w.merit,
    {DUE_SHOWN.replace(":today", "?3")}, w.closed_at, w.closed_how, w.satisfied,
    (SELECT i.state FROM interval AS i WHERE i.record = w.id AND (i.since < ?2 OR i.n = 0) ORDER BY i.n DESC LIMIT 1),
    (SELECT e.step FROM event AS e JOIN interval AS i ON i.record = e.record AND i.event = e.id
        WHERE e.record = w.id AND i.since < ?2 AND i.state = '{State.RESOLVED}' ORDER BY i.n DESC LIMIT 1)
FROM json_each(?1) AS j JOIN issue AS w ON w.id = j.value
LEFT JOIN record AS v ON v.id = w.village LEFT JOIN record AS d ON d.id = w.dept"""  # noqa: S608 - columns of our own


class _Case(Struct, frozen=True):
    """One issue as the lists print it."""

    raised: str
    village: Value
    summary: Value
    category: Value
    dept: Value
    merit: Value
    due: Value
    closed_at: str | None
    closed_how: Value
    satisfied: Value
    state: str


#: Issues to which something has happened since a moment.
_SINCE = f"""SELECT DISTINCT e.record FROM event AS e JOIN json_each(?1) AS j ON j.value = e.record
WHERE e.at >= ?2 AND e.step <> '{LIFECYCLE.label("amend")}'"""  # noqa: S608 - a step of our own


def _cases(book: Book, ids: Iterable[str], period: Period) -> dict[str, _Case]:
    """Issues as they stood when a period ended, whatever has happened since; facts as they have been corrected."""
    moment = datetime.combine(period.until, period.cut)
    asked, by = json.dumps(sorted(set(ids))), _moment(moment)
    rows: list[tuple[Any, ...]] = book.sql(_ISSUES, (asked, by, period.end(book.today).isoformat()))
    cases = {str(row[0]): _Case(*(*row[1:11], spoken(row[11], row[12]))) for row in rows}
    since = [str(id_) for (id_,) in book.sql(_SINCE, (asked, by))]
    return cases | {id_: _then(book, id_, cases[id_], moment) for id_ in since}


def _moment(at: datetime | None) -> str | None:
    """As the tables hold it."""
    return f"{at:%Y-%m-%d %H:%M}" if at else None


def _then(book: Book, id_: str, case: _Case, moment: datetime) -> _Case:
    """An issue of which more happened later, as it stood at a moment."""
    life = book.life(id_, Life, moment)
    still = life.state is State.SUSPENDED and life.left not in (None, RUN_OUT)
    still = still and life.wakes is not None and life.wakes > moment.date()
    return replace(
        case,
        category=life.category,
        dept=book.title(life.dept) if life.dept else None,
        merit=str(life.merit) if life.merit else None,
        due=f"{State.SUSPENDED}，{life.left}" if still else _moment(life.base_due),
        closed_at=_moment(life.closed_at),
        closed_how=str(life.closed_how) if life.closed_how else None,
        satisfied=str(life.satisfied) if life.satisfied else None,
    )


def equation(one: Balance) -> str:
    """The arithmetic in one line: ``上期未结 3 + 新增 2 + 重办 0 − 销号 1 − 作废 0 = 本期未结 4``."""
    signs = dict(zip(Term, ("", " + ", " + ", " − ", " − ", " = "), strict=True))
    return "".join(f"{signs[term]}{term} {one.count(term)}" for term in Term)


def balance_blocks(one: Balance) -> list[Block]:
    """The balance as a table of its terms, and what was written down late; nothing where nothing was on the books."""
    if not any(one.count(term) for term in Term) and not one.late:
        return []  # a row of noughts
    columns = tuple(Column(term.value, term.name.lower(), FieldType.INTEGER) for term in Term)
    notes = (
        f"{equation(one)}。",
        "新增按反映的那天算，销号、重办、作废按实际发生的时间算，补录的也一样；销号以后又重办的，两边各算一次。",
    )
    blocks: list[Block] = [Table(columns, [tuple(one.count(term) for term in Term)], notes=notes)]
    if not one.even:
        blocks.append(Paragraph("上面的数不平，请运行 lianxin check 看哪些记录有错。", Tone.ALARM))
    if one.late:
        blocks.append(Paragraph(late_text(one.late), Tone.WARNING))
    return blocks


def late_text(late: Sequence[Move]) -> str:
    """What happened before the period and was written down only afterwards: it moved the opening figure."""
    told = []
    for term in (Term.ADDED, Term.REOPENED, Term.CLOSED, Term.VOIDED):
        found = [move.record for move in late if move.term is term]
        if found:
            named = "、".join(dict.fromkeys(found[:8])) + ("等" if len(found) > 8 else "")
            told.append(f"{term} {len(found)} 件（{named}）")
    return f"补录：本期以前发生、本期或以后才记下的有{'，'.join(told)}，已经算进上期未结。"


def lists(book: Book, one: Balance) -> list[Block]:
    """The three lists, and under them what was reopened and voided, so that every term of the balance opens."""
    ids = [*one.closing, *(move.record for move in one.moves)]
    cases = _cases(book, ids, one.period)
    blocks: list[Block] = [
        Heading(f"新增问题清单（{one.count(Term.ADDED)} 件）", 2),
        _or_none(_added(one, cases)),
        Heading(f"推进中问题清单（{one.count(Term.CLOSING)} 件）", 2),
        _or_none(_open(one, cases)),
        Heading(f"已销号问题清单（{one.count(Term.CLOSED)} 件）", 2),
        _or_none(_closed(one, cases)),
    ]
    others = [move for move in one.moves if move.term in (Term.REOPENED, Term.VOIDED)]
    if others:
        blocks += [Heading(f"重办和作废（{len(others)} 件）", 2), _others(others, cases)]
    return blocks


def _added(one: Balance, cases: dict[str, _Case]) -> Table:
    columns = (
        *(_NUMBER, _ID, Column("反映时间", "raised", FieldType.DAY, width=10), _VILLAGE, _SUMMARY),
        *(Column("类别", "category", term=True), _MERIT, _STATE),
    )
    rows: list[tuple[Value, ...]] = []
    moves = one.of(Term.ADDED)
    for number, move in enumerate(moves, 1):
        case = cases[move.record]
        told = (case.village, case.summary, case.category, case.merit, case.state)
        rows.append((number, move.record, case.raised, *told))
    return Table(columns, rows, [move.record for move in moves])


def _open(one: Balance, cases: dict[str, _Case]) -> Table:
    columns = (
        *(_NUMBER, _ID, _VILLAGE, _SUMMARY, _DEPT),
        *(Column("办结期限", "due", FieldType.DEADLINE, width=16), _MERIT, _STATE),
    )
    ids = sorted(one.closing, key=lambda id_: (str(cases[id_].due or "9999"), id_))
    rows: list[tuple[Value, ...]] = []
    for number, id_ in enumerate(ids, 1):
        case = cases[id_]
        rows.append((number, id_, case.village, case.summary, case.dept, case.due, case.merit, case.state))
    return Table(columns, rows, ids, notes=("状态、部门和期限都是期末的。",))


def _closed(one: Balance, cases: dict[str, _Case]) -> Table:
    columns = (
        *(_NUMBER, _ID, _VILLAGE, _SUMMARY, _DEPT, Column("销号时间", "closed_at", FieldType.MOMENT, width=16)),
        *(_MERIT, Column("销号方式", "closed_how", FieldType.CHOICE), Column("满意度", "satisfied", FieldType.CHOICE)),
    )
    moves = one.of(Term.CLOSED)
    rows: list[tuple[Value, ...]] = []
    for number, move in enumerate(moves, 1):
        case = cases[move.record]
        # how it ended is known of the last striking off alone; an earlier one was followed by a 重办
        how, satisfied = (case.closed_how, case.satisfied) if case.closed_at == move.at else ("后又重办", None)
        told = (case.village, case.summary, case.dept, move.at, case.merit, how, satisfied)
        rows.append((number, move.record, *told))
    return Table(columns, rows, [move.record for move in moves])


def _others(moves: Sequence[Move], cases: dict[str, _Case]) -> Table:
    columns = (
        *(_NUMBER, _ID, _VILLAGE, _SUMMARY, Column("变动", "term", FieldType.CHOICE, width=6)),
        *(Column("时间", "at", FieldType.MOMENT, width=16), _MERIT, _STATE),
    )
    rows: list[tuple[Value, ...]] = []
    for number, move in enumerate(moves, 1):
        case = cases[move.record]
        told = (case.village, case.summary, move.term.value, move.at, case.merit, case.state)
        rows.append((number, move.record, *told))
    return Table(columns, rows, [move.record for move in moves])


def _or_none(table: Table) -> Block:
    return table if table.rows else Paragraph("本期没有。", Tone.MUTED)
