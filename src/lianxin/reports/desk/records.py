"""Records of a kind, newest first, so many at a time: those on the books before those that are off them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from lianxin.core.book import Book, Query
from lianxin.core.declare.kind import Kind
from lianxin.core.document import show
from lianxin.core.filter import Filter, Op
from lianxin.core.sql import words
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType
from lianxin.kinds import KIND
from lianxin.kinds.issue.column import whose_light
from lianxin.kinds.issue.state import OFF as ISSUE
from lianxin.kinds.rectification.state import OFF as RECTIFICATION
from lianxin.kinds.whistle.state import OFF as CALLED_OFF
from lianxin.kinds.whistle.state import State as Whistle
from lianxin.reports.column import find
from lianxin.reports.desk.item import Item, Part

#: In which states a record is off the books, by kind.
OFF: Mapping[str, frozenset[StrEnum]] = {
    "issue": frozenset(ISSUE),
    "whistle": CALLED_OFF | {Whistle.RATED},
    "rectification": frozenset(RECTIFICATION),
}

#: Under which name the state is stored, where it is another.
_STORED = {"issue": "base_state"}

STATE, _LIGHT, _OVER = "状态", "预警灯", "逾期天数"


#: Cells that say little without their heading where there is another.
_DAYS = frozenset({FieldType.DAY, FieldType.MOMENT, FieldType.DEADLINE})


def records(book: Book, kinds: Sequence[str], skip: int, most: int) -> list[Part]:
    """A window on the records of some kinds, part after part; a part without any in the window is left out."""
    found: list[Part] = []
    for kind, name, filters, many in _parts(book, kinds):
        if skip < many and most > 0:
            items = _items(book, kind, filters, skip, most)
            found.append(Part(name, items, many, "条" if kind.lifecycle is None else "件"))
            most -= len(items)
        skip = max(skip - many, 0)
    return found


def in_states(book: Book, kind: Kind, states: Sequence[str], most: int) -> list[Item]:
    """The newest records of a kind that stand in one of some states."""
    return _items(book, kind, (Filter((STATE,), Op.EQ, tuple(states)),), 0, most) if states else []


def _parts(book: Book, kinds: Sequence[str]) -> list[tuple[Kind, str, tuple[Filter, ...], int]]:
    """Kind, heading, what belongs under it, and how many there are."""
    found: list[tuple[Kind, str, tuple[Filter, ...], int]] = []
    for kind in map(KIND.__getitem__, kinds):
        if kind.lifecycle is None:
            ((many,),) = book.sql(f"SELECT count(*) FROM {kind.name}")  # noqa: S608 - a name of ours
            found.append((kind, kind.label, (), many))
            continue
        ended = f"{_STORED.get(kind.name, 'state')} IN {words(OFF[kind.name])}"
        ((many, ended),) = book.sql(f"SELECT count(*), count(*) FILTER (WHERE {ended}) FROM {kind.name}")  # noqa: S608
        states = tuple(sorted(OFF[kind.name]))
        found.append((kind, f"{kind.label}：在办的", (Filter((STATE,), Op.NE, states),), many - ended))
        found.append((kind, f"{kind.label}：办完的", (Filter((STATE,), Op.EQ, states),), ended))
    return found


def _items(book: Book, kind: Kind, filters: Sequence[Filter], skip: int, most: int) -> list[Item]:
    asked = kind.listed
    over = (_OVER,) if kind.name == "issue" else ()
    query = Query(kind, (*asked, *over), tuple(filters), sort=("-编号",), spoken=len(asked), most=most, skip=skip)
    rows, ids = book.select(query)
    rows, beside = [row[: len(asked)] for row in rows], [row[len(asked) :] for row in rows]
    titles = [book.title(id_) for id_ in ids]
    types = [_type(kind, label) for label in asked]
    cells = [dict(zip(asked, map(show, row, types), strict=True)) for row in rows]
    # what every title says already is not said again
    named = {label for label in asked if all(one[label] in title for one, title in zip(cells, titles, strict=True))}
    telling = [label for label in asked if label not in named and _telling(kind, label)]
    unclear = {label for label in telling if _unclear(kind, label, telling)}
    cells = [
        {label: f"{label} {text}" if text and label in unclear else text for label, text in one.items()}
        for one in cells
    ]
    return [
        _item(kind, {label: one[label] for label in telling}, id_, title, *more)
        for one, id_, title, more in zip(cells, ids, titles, beside, strict=True)
    ]


def _item(kind: Kind, said: dict[str, str], id_: str, title: str, *over: int | None) -> Item:
    light = find(kind, _LIGHT)
    tone = light.tone(said.get(_LIGHT)) if light else Tone.NORMAL
    if over and said.get(_LIGHT):
        said[_LIGHT] = whose_light(said[_LIGHT], *over)
    first = "，".join(filter(None, (said.pop(label, "") for label in (STATE, _LIGHT))))
    left = (text for label, text in said.items() if label != "编号")
    return Item(id_, title, (*([first] if kind.lifecycle else ()), *left), tone)


def _telling(kind: Kind, label: str) -> bool:
    """Whether a cell says something by itself; a number or a yes without its heading does not."""
    return _type(kind, label) not in (FieldType.INTEGER, FieldType.FLAG)


def _unclear(kind: Kind, label: str, telling: Sequence[str]) -> bool:
    """Whether a cell has to be told with its heading: an amount, and a day where there is another."""
    type_ = _type(kind, label)
    days = [one for one in telling if _type(kind, one) in _DAYS]
    return type_ is FieldType.AMOUNT or (type_ in _DAYS and len(days) > 1 and kind.lifecycle is None)


def _type(kind: Kind, label: str) -> FieldType:
    found = find(kind, label)
    return found.type if found else FieldType.TEXT
