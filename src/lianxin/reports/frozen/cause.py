"""Which records made a measure count otherwise: those that were changed, not those whose share only moved.

What a definition looks at is a set of paths. Where what stands at a path differs, the record that holds the first step
that differs is the cause, be it the visit itself, its household, or the visitor's unit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from lianxin.core.book import Book, Query
from lianxin.core.error import UsageError
from lianxin.core.filter import Filter, Op, parse_filters
from lianxin.core.measure import ALWAYS, Measure
from lianxin.kinds import KIND, kind_named
from lianxin.kinds.path import points, walk
from lianxin.policies.indicator import spelt
from lianxin.reports.subject import kind_name

_POINTED = "SELECT DISTINCT target FROM reference WHERE source = ?"
#: So many records are asked for at once.
_TOGETHER = 500


def edited(then: Book, now: Book) -> frozenset[str]:
    """Every record that was added, changed or voided between two books, edits without a commit included."""
    was, is_ = (dict(book.sql("SELECT id, blob FROM record")) for book in (then, now))
    return frozenset(id_ for id_ in was.keys() | is_.keys() if not is_.get(id_) or was.get(id_) != is_.get(id_))


def causes(then: Book, now: Book, measure: Measure, counted: Collection[str], changed: frozenset[str]) -> set[str]:
    """The records that made others count otherwise.

    Args:
        then: The records as they were.
        now: As they are.
        measure: What is counted.
        counted: The records whose share differs.
        changed: ``edited`` between the two.
    """
    found: set[str] = set()
    explained: set[str] = set()
    unexplained: set[str] = set()
    for name, path in _paths(measure):
        ids = [id_ for id_ in counted if kind_name(id_) == name]
        for id_, holders in _holders(then, now, name, path, ids).items():
            found |= holders & changed
            (explained if holders & changed else unexplained).add(id_)
    found |= _pointed(then, now, unexplained - explained) & changed  # what a computed column has looked at
    found = found or set(counted) & changed or _pointed(then, now, counted) & changed
    return found or set(counted)


def _paths(measure: Measure) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The kind and each path that a measure looks at; that a record is there at all is the first of them."""
    for part in (one for whole in measure for one in spelt(whole)):
        kind = kind_named(part.kind or "")
        if kind is None:
            continue
        dated = part.period_field or kind.dated
        told = ("编号", part.unroll, part.value, part.subject, dated, part.until_field)
        filters = (".".join(one.path) for one in parse_filters(part.filters))
        for path in dict.fromkeys(path for path in (*told, *filters) if path and path != ALWAYS):
            if walk(kind, path):
                yield kind.name, tuple(path.split("."))


def _holders(then: Book, now: Book, name: str, path: Sequence[str], ids: Sequence[str]) -> Mapping[str, set[str]]:
    """Of each record for which what stands at a path differs: the records that hold the first step that does."""
    kind = KIND[name]
    found: dict[str, set[str]] = {}
    holders = {id_: {id_} for id_ in ids}
    for n in range(1, len(path) + 1):
        spec = walk(kind, ".".join(path[:n]))[-1]
        step = (*path[:n], "编号") if points(spec) else tuple(path[:n])
        was, is_ = (_values(book, name, step, ids) for book in (then, now))
        for id_ in ids:
            if id_ not in found and was.get(id_) != is_.get(id_):
                found[id_] = holders[id_]
        if points(spec):
            holders = {id_: set(filter(None, (is_.get(id_) or "").split("、"))) for id_ in ids}
    return found


def _values(book: Book, name: str, path: Sequence[str], ids: Sequence[str]) -> dict[str, str]:
    """What stands at a path, as text, of each record that has a row."""
    made: dict[str, str] = {}
    for start in range(0, len(ids), _TOGETHER):
        wanted = Filter(("编号",), Op.EQ, tuple(ids[start : start + _TOGETHER]))
        try:
            rows, records = book.select(Query(KIND[name], (".".join(path),), (wanted,)))
        except UsageError:  # a path of the clock's own making, as a role of the day
            return {}
        made |= {id_: str(row[0]) for row, id_ in zip(rows, records, strict=True) if row[0] is not None}
    return made


def _pointed(then: Book, now: Book, ids: Collection[str]) -> set[str]:
    """What some records name, in either book."""
    found: set[str] = set()
    for book in (then, now):
        for id_ in ids:
            found |= {str(target) for (target,) in book.sql(_POINTED, (id_,))}
    return found
