"""``import --back``: a ledger that was sent out comes back filled in; looked at row by row, one commit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lianxin.cli.run.saying import speak, tell
from lianxin.cli.run.session import Session
from lianxin.core.error import LianxinError, UsageError

if TYPE_CHECKING:
    from lianxin.actions.back.receive import Received
    from lianxin.actions.back.told import Told
    from lianxin.core.sheet import Sheet
    from lianxin.storage.book import LedgerBook


def was_sent(file: Path) -> bool:
    """Whether a workbook is one that was sent out to be filled in."""
    from lianxin.actions.back.sent import SHEET
    from lianxin.storage.sheet.reading import has_sheet

    return has_sheet(file, SHEET)


def take_back(session: Session, sheets: Sequence[Sheet], sender: str, rows: Sequence[int]) -> None:
    """Show what differs, ask row by row, write what is accepted.

    Raises:
        UsageError: It was not sent from here; or a row is named of which nothing is to be taken.
        LianxinError: Nobody can be asked, and nobody said yes; or something that was accepted cannot be written.
    """
    from lianxin.actions.back.receive import clean, receive

    asks = session.interactive and not (session.yes or session.dry_run or rows)
    if not (asks or session.yes or session.dry_run or rows):
        raise LianxinError("没有收：不在终端上不能一行一行问您；先加 --dry-run 看看，确要收没有疑问的就加 --yes")
    sender = _sender(session, sender)
    workspace = session.workspace()
    if asks:
        from lianxin.cli.ask.accept import accepted

        first = receive(workspace, sheets, clean, sender=sender, dry_run=True, show=partial(_show, session))
        keys = accepted(first)
        done = receive(workspace, sheets, lambda one: one.key in keys, sender=sender) if keys else first
        if lost := len(keys - {one.key for one in done.found.told}):
            tell(f"有 {lost} 处台账刚才又动过，没有收；请再收一次\n")
    else:
        if rows:
            _refuse_unknown(rows, receive(workspace, sheets, clean, dry_run=True))
        takes = partial(_named, frozenset(rows)) if rows else clean
        done = receive(workspace, sheets, takes, sender=sender, dry_run=session.dry_run, show=partial(_show, session))
    _told(session, done, asked=asks)


def _refuse_unknown(rows: Sequence[int], found: Received) -> None:
    lacking = [str(row) for row in rows if row not in {one.row for one in found.found.told}]
    if lacking:
        raise UsageError(f"第 {'、'.join(lacking)} 行没有要收的，什么也没有收；哪些行有，加 --dry-run 看")


def _named(rows: frozenset[int], cell: Told) -> bool:
    return cell.row in rows


def _sender(session: Session, word: str) -> str:
    """Who has filled it in, by name."""
    if not word:
        return ""
    with session.book() as book:
        return book.title(book.resolve(word, "org", "village", "person"))


def _show(session: Session, book: LedgerBook, done: Received) -> None:
    from lianxin.actions.back.page import page
    from lianxin.cli.say.output import emit

    if not session.json:
        emit(session, page(book, done, veil=session.workspace().veil or not session.clear))


def _told(session: Session, done: Received, *, asked: bool) -> None:
    from lianxin.cli.say.answer import answer, written

    veil = session.workspace().veil or not session.clear
    if session.json:
        answer(session, "back", done.commit, _data(done, veil=veil))
    elif session.dry_run:
        speak("（试运行，没有写入）\n")
    elif done.commit:
        names = {} if veil else {id_: f"{title}（{id_}）" for id_, title in done.found.titles.items()}
        lines = "".join(f"✓ {'、'.join(words)} {names.get(id_, id_)}\n" for id_, words in done.becomes.items())
        speak(f"{lines}✓ 已收 {len(done.taken)} 条，{done.many} 处\n{written(done.commit)}")
    else:
        speak("没有收什么，台账没有动\n")
    if done.refused and asked and not session.json:
        for one in done.refused:
            tell(f"{one.place} {one.public if veil else one.said}\n")


def _data(done: Received, *, veil: bool) -> dict[str, Any]:
    cells = [
        {
            "sheet": one.sheet,
            "row": one.row,
            "column": one.column + 1,
            "heading": one.label,
            "id": one.id,
            **({} if veil and one.hidden else {"sent": one.sent, "now": one.now, "back": one.back}),
            "standing": one.standing.value,
            "taken": one in done.taken.get(one.id, ()),
        }
        for one in done.found.told
    ]
    faults = [
        {
            "sheet": one.sheet,
            "row": one.row,
            "column": one.column + 1 or None,
            "heading": one.heading or None,
            "message": one.public if veil else one.said,
        }
        for one in (*done.found.troubles, *done.refused)
    ]
    return {"cells": cells, "faults": faults, "same": done.found.same, "commit": done.commit}
