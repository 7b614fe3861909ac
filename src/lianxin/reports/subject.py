"""Whom duties and scores speak of, as a column: pairings by their two sides, everything else by its title."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from itertools import product

from msgspec.structs import replace

from lianxin.core.book import Book
from lianxin.core.day.period import Period
from lianxin.core.declare.field import Privacy
from lianxin.core.document import Column, Table
from lianxin.core.measure import Counted, Measure, Part
from lianxin.kinds import BRIEF, brief_of, kind_named
from lianxin.kinds.inner import NAMED, strictest, told_of, ways
from lianxin.kinds.path import walk
from lianxin.policies.indicator import picked_inside, spelt
from lianxin.reports.column import find
from lianxin.reports.own_matter import own_matters

#: What a duty of the office itself is counted for.
OURSELVES = "本单位"

#: What is printed for records that name nobody or nothing there.
_BLANK = {"责任部门": "没有交办到单位", "类别": "还没有分类"}

_SIDES = "SELECT id, first, second FROM pairing WHERE id IN ({})"
_UNITS = "SELECT p.id, r.title FROM person AS p JOIN record AS r ON r.id = p.org WHERE p.id IN ({})"
_HEADINGS = {
    "person": "姓名",
    "village": "村",
    "org": "单位",
    "household": "户主",
    "pairing": "结对",
    "project": "项目",
}
#: Columns that say who or what a row is about; the day of a visit tells which it was.
TELLING = frozenset({"id", "title", "subject", "unit", "key", "since"})
SUBJECT = frozenset({"subject", "subject_name"})
_KEY = frozenset({"key", "key_name"})
#: Those whose names are known to everybody, and of whom a count singles out nobody.
_MANY = frozenset({"village", "org"})

Cells = frozenset[tuple[int, int]]

#: So many ids go into one statement.
_BATCH = 900


def _rows(book: Book, statement: str, ids: list[str]) -> Iterable[tuple[str, ...]]:
    for first in range(0, len(ids), _BATCH):
        some = ids[first : first + _BATCH]
        yield from book.sql(statement.format(", ".join("?" * len(some))), some)


def _of(ids: Iterable[str], kind: str) -> list[str]:
    return [id_ for id_ in ids if id_.startswith(f"{BRIEF[kind].prefix}-")]


def nobody(path: str) -> str:
    """What stands for the subject of records that name none."""
    return _BLANK.get(path, f"没有写{path.split('.', maxsplit=1)[0]}")


def kind_name(id_: str) -> str:
    """The English name of the kind an id is of; empty for words that are no id."""
    brief = brief_of(id_)
    return brief.name if brief else ""


def members(book: Book, who: Measure, period: Period) -> dict[str, list[Counted]]:
    """Everybody a 谁 or 对象 names in a period, with the rows that name them: each record, or what 归属 points to."""
    found: dict[str, list[Counted]] = {}
    for part in who:
        for row in book.counted((part,), period):
            subject = row.subject if part.subject else row.record
            if subject:
                found.setdefault(subject, []).append(row)
    return found


def called(book: Book, ids: Iterable[str], on: date | None = None) -> dict[str, str]:
    """Every subject by the name people know it by, or knew it by on a day."""
    wanted = list(ids)
    sides = {
        id_: f"{book.title(one, on)} / {book.title(other, on)}"
        for id_, one, other in _rows(book, _SIDES, _of(wanted, "pairing"))
    }
    return {id_: sides.get(id_) or (book.title(id_, on) if id_ else OURSELVES) for id_ in wanted}


def last_of(book: Book, period: Period | None) -> date | None:
    """The last day of a period that is over; None for one that goes on, and for none."""
    return period.last if period and period.last < book.today else None


def column_of(book: Book, ids: Iterable[str], label: str = "") -> Column:
    """The column that names subjects: under what heading, and how private.

    Where villagers stand among units and cadres, the document's own list of names hides them.
    """
    wanted = [id_ for id_ in ids if id_]
    kinds = {kind_name(id_) for id_ in wanted}
    sides = [kind_name(side) for _id, *both in _rows(book, _SIDES, _of(wanted, "pairing")) for side in both]
    private = bool(wanted) and (kinds <= NAMED or (kinds == {"pairing"} and bool(NAMED & set(sides))))
    heading = label or _HEADINGS.get(next(iter(kinds), "") if len(kinds) == 1 else "", "对象")
    return Column(heading, "subject", privacy=Privacy.NAME if private else Privacy.OPEN, term=not private)


def column_by(book: Book, ids: Iterable[str], path: str, measures: Sequence[Measure]) -> Column:
    """As ``column_of``, of what measures count by a path: an address or a telephone that it leads to is one."""
    column = column_of(book, ids, path.split(".", maxsplit=1)[0])
    private = strictest((column.privacy, privacy_by(lambda _part: path, *measures)))
    return replace(column, privacy=private, term=private is Privacy.OPEN and column.term)


def singled(columns: Sequence[Column], rows: Iterable[int], telling: frozenset[str] = TELLING) -> Cells:
    """The cells that tell whom some rows of a table, picked by an internal word, are about."""
    places = [n for n, column in enumerate(columns) if column.name in telling]
    return frozenset(product(rows, places))


def of_own(book: Book, subjects: Sequence[str], path: str, period: Period | None, *measures: Measure) -> list[int]:
    """The places of those subjects by a path that tell of somebody's own matter: what he said, or where he is found."""
    told = own_by(book, path, period, *measures)
    return [n for n, one in enumerate(subjects) if one in told]


def own_by(book: Book, path: str, period: Period | None, *measures: Measure) -> frozenset[str]:
    """What measures count by a path, as far as it tells that of an issue that is somebody's own."""
    found: set[str] = set()
    for part in (one for measure in measures for whole in measure for one in spelt(whole)):
        kind = kind_named(part.kind or "")
        if kind is None or not told_of(kind, path):
            continue
        own = own_matters(book)
        rows = book.counted((part.model_copy(update={"subject": path}),), period)
        found |= {row.subject for row in rows if row.record in own or ways(kind, path)}
    return frozenset(found - {""})


def own_behind(book: Book, rows: Sequence[Counted], table: Table, measure: Measure | None) -> Table:
    """What a number opens to, with the cells told that tell of somebody's own matter: by whom or what records count."""
    told: set[tuple[int, int]] = set()
    for part in (one for whole in measure or () for one in spelt(whole)):
        kind = kind_named(part.kind or "")
        for path, names in ((part.subject, SUBJECT), (part.value, _KEY)):
            if kind is None or not path or not told_of(kind, path):
                continue
            own = own_matters(book)
            about = [n for n, row in enumerate(rows) if kind_name(row.record) == kind.name]
            ours = [n for n in about if rows[n].record in own or ways(kind, path)]
            told |= singled(table.columns, ours, names)
    return replace(table, own=frozenset(told))


def some_one(ids: Iterable[str], owners: Collection[str]) -> list[int]:
    """The places of those subjects of whom a count tells something internal by name.

    Villages and units are many people; of how many households a cadre has seen to, none of them is told.

    Args:
        ids: The subjects.
        owners: The kinds of whose records something internal decides what is counted.
    """
    if not owners:
        return []
    many = _MANY if "person" in owners else _MANY | {"person"}
    return [n for n, id_ in enumerate(ids) if id_ and kind_name(id_) not in many]


def some_by(ids: Iterable[str], path: str, *measures: Measure | None) -> list[int]:
    """As ``some_one``, of what measures count by a path; a category or another word of a list is nobody's."""
    owners = picked_inside(*measures)
    return [] if owners and _listed(path, measures) else some_one(ids, owners)


def _listed(path: str, measures: Iterable[Measure | None]) -> bool:
    parts = [one for measure in measures for part in measure or () for one in spelt(part)]
    ends = [walk(kind, path)[-1:] for part in parts if (kind := kind_named(part.kind or ""))]
    return all(bool(one.choices or getattr(one, "policy", "")) for end in ends for one in end)


def privacy_by(path: Callable[[Part], str | None], *measures: Measure | None) -> Privacy:
    """How private what a path leads to is, over every part of some measures."""
    found = []
    for part in (one for measure in measures for whole in measure or () for one in spelt(whole)):
        kind, way = kind_named(part.kind or ""), path(part)
        column = find(kind, way) if kind and way else None
        itself = kind is not None and column is not None and column.name == "id"
        if kind is not None and itself and kind.name in NAMED:
            found.append(Privacy.NAME)  # printed by its title, which is a villager's name
        elif column is not None:
            found.append(column.privacy)
    return strictest(found)


def units(book: Book, ids: Iterable[str]) -> dict[str, str]:
    """The unit of each person."""
    return {row[0]: row[1] for row in _rows(book, _UNITS, _of(ids, "person"))}
