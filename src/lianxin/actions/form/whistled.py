"""The whistle that an issue's 吹哨 names: of those that name the issue; where there is none, one is written first."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import Step
from lianxin.core.sql import words
from lianxin.kinds.whistle.state import OFF
from lianxin.storage.book import LedgerBook

#: Whistles in force that name an issue, those that it knows of last.
_NAMING = f"""SELECT w.id FROM whistle AS w, json_each(w.issues) AS j
WHERE j.value = ?1 AND w.state NOT IN {words(OFF)}
ORDER BY EXISTS (SELECT 1 FROM reference AS r
    WHERE r.source = ?1 AND r.field = 'events.whistle' AND r.target = w.id), w.id DESC"""  # noqa: S608 - words of ours


def takes_whistle(kind: Kind, step: Step) -> bool:
    """Whether it is the step that ties an issue to a whistle."""
    return (kind.name, step.name) == ("issue", "whistle")


def whistles_of(book: LedgerBook, id_: str) -> tuple[str, ...]:
    """The whistles that name an issue, the likeliest first."""
    return tuple(str(one) for (one,) in book.sql(_NAMING, (id_,)))


def to_write_first(book: LedgerBook, kind: Kind, step: Step, word: str) -> Mapping[str, str] | None:
    """What a new whistle for an issue says, where a step needs one and none names the issue; else None.

    Raises:
        LianxinError: No record is meant by the word.
    """
    if not takes_whistle(kind, step):
        return None
    id_ = book.resolve(word, kind.name)
    life: Any = book.fold(id_)
    if step not in life.lawful or whistles_of(book, id_):
        return None
    return {"issues": id_, "matter": book.title(id_)}


def tied(book: LedgerBook, id_: str, whistles: Collection[str]) -> bool:
    """Whether an issue is tied to one of these whistles already."""
    life: Any = book.fold(id_)
    return life.whistle in whistles
