"""Steps that are taken by a new record: of a whistle, the 吹哨 of the issues that it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from lianxin.actions.entry.add import Added, Along
from lianxin.actions.step.advanced import new_event_id
from lianxin.actions.step.write import Ready, ready
from lianxin.actions.workspace import Workspace
from lianxin.core.error import LianxinError
from lianxin.core.value import show_moment
from lianxin.kinds.issue.step import STEPS
from lianxin.storage.book import LedgerBook
from lianxin.storage.write.journal import Journal

#: 吹哨 of an issue.
_STEP = next(step for step in STEPS if step.name == "whistle")


def whistling(workspace: Workspace, journal: Journal, book: LedgerBook, made: Added) -> Along:
    """The steps that are taken by a whistle that was just made: one fact is typed once.

    Args:
        workspace: The data folder.
        journal: Locked.
        book: With the record in it.
        made: The whistle; nothing of it is written yet.
    """
    whistle: Any = book.record(made.id)
    taken: list[Ready] = []
    told: list[str] = []
    for id_ in dict.fromkeys(whistle.issues):
        try:
            taken += _taken(workspace, journal, book, whistle, id_)
        except LianxinError as error:
            told.append(f"「{book.title(id_)}」没有跟着记吹哨：{str(error).removeprefix('没有写入：')}")
    return _along(taken, told) if taken else Along(told=tuple(told))


def _taken(workspace: Workspace, journal: Journal, book: LedgerBook, whistle: Any, id_: str) -> Iterator[Ready]:
    """The step of one issue, where it may be taken: when the whistle was blown, unless more has happened since."""
    life = book.fold(id_)
    if _STEP in life.lawful:
        typed = {"whistle": whistle.id, **_when(whistle.blown, life)}
        yield ready(workspace, journal, book, id_, _STEP, typed, new_event_id())


def _when(blown: datetime, life: Any) -> Mapping[str, str]:
    return {"at": show_moment(blown)} if blown >= life.last_at else {}


def _along(taken: list[Ready], told: list[str]) -> Along:
    actor = taken[0].told.event.actor
    trailers = (
        *(("Record", one.told.id) for one in taken),
        *(("Step", _STEP.name), ("Actor", actor)),
        *(("Event", one.told.event.id) for one in taken),
    )
    moved = (f"「{one.told.title}」{one.told.before} → {one.told.after}" for one in taken)
    reasons = (reason for one in taken for reason in one.told.reasons)
    return Along(
        tuple(change for one in taken for change in (one.change, *one.beside)),
        tuple(one.taken_in for one in taken if one.taken_in),
        trailers,
        "、".join(f"{one.told.id} {one.subject}" for one in taken),
        (*moved, *reasons, *told),
    )
