"""D001–D004, D011, D012, D014, D023, D024, D026: what may have been written down twice, in the ledger or about to be.

A likeness is declared once; ``check`` compares all records of a kind by it, ``likely`` one that is still to be written.
``similar`` finds the issues that may be about the same, though somebody else said so in other words.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from msgspec import Struct

from lianxin.core.book import Book
from lianxin.core.declare.record import Record
from lianxin.core.problem import Finding
from lianxin.core.sql import words
from lianxin.core.text.alike import ALIKE, likeness
from lianxin.core.text.fold import fold
from lianxin.kinds import KIND
from lianxin.kinds.issue.state import State
from lianxin.kinds.rectification import state as rectification
from lianxin.kinds.whistle import state as whistle

#: The compared columns of a record as text, in the order of ``Likeness.columns``; empty for what is not written.
Row = tuple[str, ...]


def _told_apart(one: Row, other: Row) -> bool:
    """Both say something, and not the same."""
    return any(mine and yours and mine != yours for mine, yours in zip(one, other, strict=True))


def _apart_in_time(one: Row, other: Row) -> bool:
    """Days that do not overlap: one renewed later is another."""
    (since, until), (begun, ended) = one, other
    return since > (ended or "9999") or begun > (until or "9999")


class Likeness(Struct, frozen=True):
    """When two records of a kind are likely one.

    Attributes:
        label: The field told of.
        names: Columns compared as names are read.
        same: Columns compared as they are written.
        beside: Columns that may tell two apart all the same.
        told: What is said of it, after the id of the earlier one.
        where: SQL for the records it speaks of.
        apart: Whether the columns ``beside`` tell two apart.
    """

    kind: str
    code: str
    label: str
    told: str
    names: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    where: str = "1"
    apart: Callable[[Row, Row], bool] = _told_apart


#: Words shorter than this may well be said twice.
_LONG = 20
_LIVE = f"base_state <> '{State.VOID}' AND \"into\" IS NULL"
_TWICE = "的反映人和{}完全相同，可能登记了两次"

LIKENESSES = (
    Likeness(
        *("issue", "D001", "原话", _TWICE.format("原话")),
        names=("reporter",),
        same=("words", "village"),
        where=f"{_LIVE} AND length(words) >= {_LONG}",
    ),
    Likeness(
        *("issue", "D001", "事由", _TWICE.format("事由")),
        names=("reporter",),
        same=("raised", "summary", "village"),
        where=_LIVE,
    ),
    Likeness(
        *("household", "D002", "户主", "同村、户主同名，可能是同一户"),
        names=("head",),
        same=("village",),
        beside=("group", "phone", "address", "identity"),
    ),
    Likeness(
        *("household", "D014", "身份证号", "写的是同一个身份证号"), same=("identity",), where="identity IS NOT NULL"
    ),
    Likeness(
        *("person", "D003", "姓名", "同单位同名，可能是同一个人"),
        names=("name",),
        same=("org",),
        beside=("post", "phone", "born"),
    ),
    Likeness(
        *("visit", "D004", "日期", "同一天、同样的人走访同样的户，可能登记了两次"),
        same=("day", "village", "way", "visitors", "households", "people"),
    ),
    Likeness(*("village", "D011", "名称", "同乡镇同名，可能是同一个村"), names=("name", "town"), beside=("code",)),
    Likeness(*("org", "D012", "名称", "同名，可能是同一个单位"), names=("name",), same=("village",)),
    Likeness(
        *("pairing", "D023", "乙方", "双方相同、时间重叠，可能登记了两次"),
        same=("nature", "first", "second"),
        beside=("since", "until"),
        apart=_apart_in_time,
    ),
    Likeness(
        *("survey", "D024", "测评对象", "是同一天对同一对象测的同一个题目，可能登记了两次"),
        same=("about", "subject", "day", "question"),
    ),
    Likeness(
        *("whistle", "D026", "问题", "是为同样的问题吹的哨，那一哨还没有完"),
        same=("issues",),
        where=f"state IN {words(whistle.OPEN)}",
    ),
    Likeness(
        *("rectification", "D026", "存在问题", "说的是同一对象的同一个问题，可能挂了两次账"),
        names=("fault",),
        same=("about",),
        where=f"state NOT IN {words(rectification.OFF)}",
    ),
    Likeness(
        *("activity", "D026", "名称", "同一天、同样的单位办了同名的活动，可能登记了两次"),
        names=("name",),
        same=("day", "sort", "hosts", "units", "villages", "people"),
    ),
    Likeness(
        *("promise", "D026", "承诺内容", "同一天、同一个人承诺了同样的话，可能登记了两次"),
        names=("text",),
        same=("who", "made", "to", "household"),
    ),
    Likeness(
        *("project", "D026", "名称", "同村同名、同一天申报，可能登记了两次"),
        names=("name",),
        same=("villages", "applied"),
        beside=("pairing",),
    ),
    Likeness(
        *("appraisal", "D024", "考核对象", "是同一对象、同一周期、同一方案，可能登记了两次"),
        same=("whom", "period", "scheme"),
    ),
)


def compared(kind: str) -> frozenset[str]:
    """The fields of a kind that decide whether two records are likely one."""
    return frozenset(
        name for like in LIKENESSES if like.kind == kind for name in (*like.names, *like.same, *like.beside)
    )


def check(book: Book) -> Iterator[Finding]:
    """Every record that is likely one with an earlier one; each is told of once."""
    told: set[tuple[str, str]] = set()
    for like in LIKENESSES:
        seen: dict[Row, list[tuple[str, Row]]] = {}
        for id_, key, beside in _rows(book, like):
            earlier = seen.setdefault(key, [])
            twin = next((other for other, row in earlier if not like.apart(row, beside)), "")
            if twin and (like.code, id_) not in told:
                told.add((like.code, id_))
                yield _finding(like, id_, twin)
            earlier.append((id_, beside))


def likely(book: Book, kind: str, record: Record) -> list[Finding]:
    """Which records in the ledger one that is to be written is likely one with."""
    id_ = str(getattr(record, "id", ""))
    found: dict[str, Finding] = {}
    for like in LIKENESSES:
        if like.kind != kind or (like.label == "原话" and len(str(getattr(record, "words", ""))) < _LONG):
            continue
        mine = _text(record, like)
        for other, key, beside in _rows(book, like, mine):
            if other != id_ and key == mine[: len(key)] and not like.apart(beside, mine[len(key) :]):
                found.setdefault(other, _finding(like, id_, other))
    return list(found.values())


#: For so many days what somebody says may be what another has said before.
_RECENT = timedelta(days=90)

_SAID = f"SELECT id, raised, summary, words FROM issue WHERE raised BETWEEN ? AND ? AND village = ? AND {_LIVE}"  # noqa: S608


def similar(book: Book, village: str, text: str, day: date) -> list[str]:
    """The issues of a village that may be about what a text says, the likeliest first.

    Args:
        book: The records.
        village: Its id.
        text: What it is about, or what was said.
        day: When that was; what was said within some months before or after is compared.
    """
    around = (str(day - _RECENT), str(day + _RECENT), village)
    found = [
        (max(likeness(text, str(summary)), likeness(text, str(words))), str(raised), str(id_))
        for id_, raised, summary, words in book.sql(_SAID, around)
    ]
    return [id_ for score, _, id_ in sorted(found, reverse=True) if score >= ALIKE]


def resembling(book: Book, issue: Any) -> Iterator[Finding]:
    """Of a new issue: those that may be about the same."""
    texts = (issue.summary, issue.words)
    for other in dict.fromkeys(id_ for text in texts for id_ in similar(book, issue.village, text, issue.raised)):
        said = f"{other}「{book.title(other)}」同村、相隔不到三个月，可能说的是同一件事"
        if other != issue.id:
            yield Finding("D001", issue.id, ("事由",), said, said.replace(f"「{book.title(other)}」", " "), twin=other)


def _finding(like: Likeness, id_: str, twin: str) -> Finding:
    return Finding(like.code, id_, (like.label,), f"与 {twin} {like.told}", twin=twin)


def _rows(book: Book, like: Likeness, mine: Row = ()) -> Iterator[tuple[str, Row, Row]]:
    """Id, key and what may tell apart of each record that shares what is written the same with another, or with one."""
    columns = [f"coalesce(\"{name}\", '')" for name in (*like.names, *like.same, *like.beside)]
    split = len(like.names) + len(like.same)
    exact = columns[len(like.names) : split]
    table = f'"{like.kind}" WHERE {like.where}'
    sql = f"SELECT id, {', '.join(columns)} FROM {table}"  # noqa: S608 - names of this file
    if mine:
        sql += "".join(f" AND {column} = ?" for column in exact)
    elif exact:
        key = ", ".join(exact)
        sql += f" AND ({key}) IN (SELECT {key} FROM {table} GROUP BY {key} HAVING count(*) > 1)"  # noqa: S608
    sql += " ORDER BY length(id), id"
    for id_, *values in book.sql(sql, mine[len(like.names) : split] if mine else ()):
        row = (*(fold(str(one)) for one in values[: len(like.names)]), *map(str, values[len(like.names) :]))
        yield str(id_), row[:split], row[split:]


def _text(record: Record, like: Likeness) -> Row:
    """The compared columns of a record that is in no table yet."""
    values = [_stored(like.kind, name, getattr(record, name)) for name in (*like.names, *like.same, *like.beside)]
    return (*map(fold, values[: len(like.names)]), *values[len(like.names) :])


def _stored(kind: str, name: str, value: Any) -> str:
    """A value as the tables hold it, as text."""
    if value is None or value == ():
        return ""
    column = KIND[kind].column(name)
    if column is not None and column.many:
        return json.dumps(list(value), ensure_ascii=False, separators=(",", ":"))
    return value.value if isinstance(value, StrEnum) else str(value)
