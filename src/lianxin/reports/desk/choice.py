"""Records to choose one of, where none was named: what today asks for first, then those that are in hand."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.core.book import Book, Query
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import Step
from lianxin.core.filter import Filter, Op
from lianxin.kinds import BY_PREFIX
from lianxin.reports.desk.item import Item, Of
from lianxin.reports.desk.morning import morning
from lianxin.reports.desk.records import STATE, in_states, records


def offered(book: Book, kinds: Sequence[Kind], step: Step | None, most: int) -> list[Item]:
    """Some records, most urgent first, then the newest; with a step, such as can take it."""
    names = {kind.name for kind in kinds}
    wanted = None if step is None else {id_ for kind in kinds for id_ in _able(book, kind, step)}
    urgent = [one for part in morning(book) for one in part.items if one.of is Of.RECORD]
    found = {
        one.id: one
        for one in reversed(urgent)
        if one.id and _kind(one.id) in names and (wanted is None or one.id in wanted)
    }
    found = dict(reversed(found.items()))
    if step is None:
        rest = [one for part in records(book, sorted(names), 0, most) for one in part.items]
    else:
        rest = [one for kind in kinds for one in in_states(book, kind, _states(kind, step), most)]
    for one in rest:
        found.setdefault(one.id, one)
    return [*found.values()][:most]


def _kind(id_: str) -> str:
    brief = BY_PREFIX.get(id_.partition("-")[0])
    return brief.name if brief else ""


def _states(kind: Kind, step: Step) -> tuple[str, ...]:
    """In which states the table admits a step."""
    life = kind.lifecycle
    return tuple(str(state) for state in life.table if state and step in life.lawful(state)) if life else ()


def _able(book: Book, kind: Kind, step: Step) -> Sequence[str]:
    states = _states(kind, step)
    return book.select(Query(kind, ("编号",), (Filter((STATE,), Op.EQ, states),)))[1] if states else ()
