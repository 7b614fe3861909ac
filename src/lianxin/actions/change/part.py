"""终止 of a pairing from a day on; where a side is no more, what came after it may go on in its place (转入)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from msgspec import Struct

from lianxin.actions.change.void import in_force
from lianxin.actions.entry.gate import gates
from lianxin.actions.entry.number import next_id
from lianxin.actions.hand.handedit import hand_edit
from lianxin.actions.retry import retried
from lianxin.actions.shown import Seen, as_shown, seen
from lianxin.actions.workspace import Workspace
from lianxin.core.day.spoken import day as spoken_day
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.value import parse_day
from lianxin.kinds.pairing import PAIRING
from lianxin.storage.book import LedgerBook
from lianxin.storage.read.reading import read_yaml
from lianxin.storage.write.journal import Change, NewCommit
from lianxin.storage.write.text.writing import edit_text, record_text

#: What of one that ended is not said of the one that goes on.
_LEFT = ("编号", "结束日期", "终止原因", "备注")


class Parted(Struct, frozen=True):
    """What came of it.

    Attributes:
        until: Its last day.
        new: The pairing that goes on in its place; empty where none does.
        commit: Empty on a dry run.
    """

    id: str
    until: date
    new: str
    told: tuple[str, ...]
    commit: str
    seen: Seen


@retried
def part(
    workspace: Workspace, word: str, on: str, why: str, into: str, *, dry_run: bool = False, shown: Seen | None = None
) -> Parted:
    """End a pairing, in one commit with the one that goes on in its place.

    Args:
        workspace: The data folder.
        word: Its id or the tail of it.
        on: From which day it is none, as typed; empty: today.
        why: The reason.
        into: Who takes the place of the side that is no more, as typed; empty: nobody.
        dry_run: Only work it out.
        shown: What the file held when somebody said yes to it.

    Raises:
        UsageError: The day lies before its beginning, or no side of it has come to an end.
        OvertakenError: The file holds something else than what was shown.
        LianxinError: It has ended already.
    """
    journal = workspace.journal()
    with journal.locked(), workspace.book(repo=journal.repo) as book:
        id_ = in_force(book, book.resolve(word, PAIRING.name))
        day: date = parse_day(spoken_day(on, book.today)) if on else book.today
        held = read_yaml(journal.held(path := book.path_of(id_)))
        until = _last(book, id_, held, day)
        base = journal.held(path)
        ending = {"结束日期": until.isoformat(), "终止原因": why or "结对的一方撤并、撤销"}
        changes = [Change(path, edit_text(base.decode(), ending), base)]
        new = ""
        if into:
            heir, side = book.resolve(into), _ended(book, id_, held)
            new = next_id(PAIRING, journal, book, book.today.year)
            going = {label: value for label, value in held.items() if label not in _LEFT}
            text = record_text(PAIRING, {**going, "编号": new, side: heir, "开始日期": day.isoformat()})
            changes.append(Change(PAIRING.path_of(new), text, None))
        told = gates(book, {one.path: one.text for one in changes if one.text is not None})
        author, ids = workspace.author(book), [id_, *([new] if new else [])]
        trailers = (*(("Record", one) for one in ids), ("Step", "end"), ("Actor", workspace.actor(book)))
        subject = f"{id_} 终止" + (f"，转入 {new}" if new else "")
        taken_in = hand_edit(workspace, book, path, author)
        entries = [*filter(None, (taken_in,)), NewCommit(changes, subject, trailers, author)]
        now = seen(entries)
        as_shown(now, shown)
        return Parted(id_, until, new, told, "" if dry_run else journal.commit(entries), now)


def _last(book: LedgerBook, id_: str, held: Mapping[str, Any], day: date) -> date:
    """The last day of a pairing that is none from a day on."""
    pairing: Any = book.record(id_)
    if pairing.until is not None and pairing.until < day:
        raise LianxinError(f"{id_} 已经在 {pairing.until} 结束了")
    until = day - timedelta(days=1)
    if until < pairing.since:
        raise UsageError(f"{id_} 从 {held['开始日期']} 起结对，不能在 {day} 以前就终止")
    return until


def _ended(book: LedgerBook, id_: str, held: Mapping[str, Any]) -> str:
    """The label of the side that is no more."""
    for label in ("乙方", "甲方"):
        if getattr(book.record(str(held[label])), "ended", None):
            return label
    raise UsageError(f"{id_} 的两方都还在，没有什么要转入；只是终止的不写 --into")
