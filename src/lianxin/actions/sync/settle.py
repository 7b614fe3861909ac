"""What two desks wrote differently, settled: somebody chooses, and the choice is a commit like any other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from enum import StrEnum
from functools import partial
from typing import Any

from msgspec import Struct

from lianxin.actions.entry.gate import gates, restoring
from lianxin.actions.retry import retried
from lianxin.actions.shown import Seen, as_shown
from lianxin.actions.workspace import Workspace
from lianxin.core.document import Column, Document, Paragraph, Table
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.problem import spelt
from lianxin.core.text.erased import NOTE
from lianxin.kinds import brief_of
from lianxin.storage import UNSETTLED
from lianxin.storage.book import LedgerBook
from lianxin.storage.git.snapshot import is_record
from lianxin.storage.merge.choice import CROSSED, TWICE, given_up, of_steps, steps_of
from lianxin.storage.merge.place import at_place, with_place
from lianxin.storage.merge.text import UnwritableError, written
from lianxin.storage.merge.unsettled import Question, Told, Unsettled, every, file_of, said, text_of
from lianxin.storage.merge.value import nobody
from lianxin.storage.read.loading import kind_at
from lianxin.storage.read.reading import read_yaml
from lianxin.storage.read.scanning import Unreadable
from lianxin.storage.write.journal import Change, Journal, NewCommit, unsealed

_GONE = "（没有）"


class Pick(StrEnum):
    """Whose it is to be."""

    FIRST = "甲"
    SECOND = "乙"
    BASE = "原"
    NOW = "现在"


class Settled(Struct, frozen=True):
    """What was settled; ``commit`` is empty on a dry run.

    Attributes:
        chosen: Of each field, in words, whose it is by now.
        left: How many questions of this record are still open.
        told: What ``check`` will remark on.
    """

    id: str
    chosen: Mapping[str, Pick]
    left: int
    commit: str
    told: Sequence[str] = ()


def unsettled(book: LedgerBook) -> list[Unsettled]:
    """Everything that is to be settled."""
    return every(book.files(UNSETTLED))


def one_of(book: LedgerBook, word: str) -> Unsettled:
    """What is to be settled of one record, or file.

    Raises:
        UsageError: Nothing is.
    """
    found = unsettled(book)
    fits = [one for one in found if word in (one.id, one.path)] or [one for one in found if one.id.endswith(word)]
    if len(fits) != 1:
        known = "、".join(one.id for one in found) or "没有待定的"
        raise UsageError(f"「{spelt(word)}」没有待定的；待定的有：{known}" if found else "没有待定的")
    return fits[0]


def held(journal: Journal, found: Unsettled) -> Seen:
    """What the files of a record hold that is to be settled."""
    return {path: journal.read(path) for path in (found.path, file_of(found.path))}


@retried
def settle(
    workspace: Workspace, word: str, picks: Mapping[str, Pick], *, dry_run: bool = False, shown: Seen | None = None
) -> Settled:
    """Choose, for some fields of a record, whose it is to be.

    Args:
        word: The record's id, its tail, or a file's path.
        picks: By the field in words, as ``said`` gives it.
        shown: What the files held when the choices were made.

    Raises:
        UsageError: Nothing of that is to be settled, or the record would be faulty.
        OvertakenError: The files hold something else by now.
        LianxinError: It has edits that were not taken in; it cannot be written.
    """
    journal = workspace.journal()
    with journal.locked(), workspace.book(repo=journal.repo) as book:
        found = one_of(book, word)
        as_shown(held(journal, found), shown)
        wanted = {said(one.place): one for one in found.questions}
        if unknown := next((name for name in picks if name not in wanted), ""):
            raise UsageError(f"{found.id} 待定的没有「{unknown}」，有的是：{'、'.join(wanted)}")
        asked = file_of(found.path)
        unsealed(_stands(book, found))
        if {found.path, asked} & {*book.dirty}:
            raise LianxinError(f"{found.path} 有没收进来的改动，没有写入；请先运行 lianxin commit")
        base = journal.read(found.path)
        data = _chosen(journal, found, picks, base)
        told = _passed(book, found, data, base)
        left = tuple(one for one in found.questions if said(one.place) not in picks)
        rest = text_of(Unsettled(found.path, left)) if left else None
        changes = [Change(asked, rest, journal.held(asked))]
        if data != base:
            text = None if data is None else data.decode("utf-8", "surrogateescape")
            changes.insert(0, Change(found.path, text, base))
        trailers = (("Record", found.id), ("Step", "settle"), ("Actor", workspace.actor(book)))
        subject = f"{found.id} 选定：{'、'.join(f'{name}用{pick}' for name, pick in picks.items())}"
        entry = NewCommit(changes, subject, trailers, workspace.author(book))
        return Settled(found.id, dict(picks), len(left), "" if dry_run else journal.commit([entry]), told)


def _stands(book: LedgerBook, found: Unsettled) -> str:
    """Where the file is now: a record may have been put away with its year meanwhile."""
    if not is_record(found.path) or book.file(found.path) is not None:
        return found.path
    with suppress(LianxinError):  # it is gone, and may be had back
        return book.path_of(found.id)
    return found.path


def _passed(book: LedgerBook, found: Unsettled, data: bytes | None, base: bytes | None) -> tuple[str, ...]:
    """What ``check`` will remark on once it is settled so; an error that was not there before is refused."""
    if data == base or not is_record(found.path):
        return ()
    if data is None:
        return restoring(book, {found.path: None})
    return gates(book, {found.path: data.decode("utf-8", "replace")})


def _chosen(journal: Journal, found: Unsettled, picks: Mapping[str, Pick], base: bytes | None) -> bytes | None:
    """What the file is to hold."""
    data = base
    for question in found.questions:
        pick = picks.get(said(question.place))
        if pick in (None, Pick.NOW):
            continue
        told = _told(question, pick or Pick.NOW)
        if of_steps(question.place):
            data = _with_one(found.path, data, question, pick or Pick.NOW)
        elif question.place:
            data = _with(found.path, data, question, told)
        else:
            data = next(iter(journal.repo.blobs([told.blob], 1 << 31))) if told.blob else None
    return data


def _told(question: Question, pick: Pick) -> Told:
    return question.base if pick is Pick.BASE else question.sides[0 if pick is Pick.FIRST else 1]


def _with(path: str, data: bytes | None, question: Question, told: Told) -> bytes:
    """The file with one place as somebody chose; every other line as it is."""
    return _rewritten(path, data, partial(with_place, place=question.place, value=told.value))


def _rewritten(path: str, data: bytes | None, change: Callable[[Any], Any]) -> bytes:
    try:
        text = (data or b"").decode()
        after, kind = change(read_yaml(text.encode())), kind_at(path)
        if kind and NOTE in after:
            after = nobody(after, kind.model)
        return written(kind, after, text, text, text).encode()
    except (Unreadable, UnicodeDecodeError, UnwritableError):
        raise LianxinError(f"{path} 现在读不出来，或写法特别，没有写入；请先运行 lianxin check") from None


def _with_one(path: str, data: bytes | None, question: Question, pick: Pick) -> bytes:
    """The file with the steps of the side that was chosen, or with those of neither."""
    for one, whose in zip(question.sides, (Pick.FIRST, Pick.SECOND), strict=True):
        if whose is not pick:
            data = _rewritten(path, data, partial(given_up, steps=steps_of(one.value)))
    return data or b""


def page(book: LedgerBook, found: Unsettled, *, clear: bool) -> Document:
    """The two versions of a record side by side, with whose they are.

    Args:
        clear: What they say may be shown.
    """
    data = book.file(_stands(book, found)) or b""
    try:
        now = read_yaml(data)
    except Unreadable:
        now = {}
    rows = [_row(book, one, now, clear=clear) for one in found.questions]
    columns = (Column("栏目", "field"), *(Column(pick.value, pick.name.lower()) for pick in _SHOWN))
    told = () if clear else (Paragraph("写了什么，请在终端上看。"),)
    title = f"{found.id} {book.title(found.id)}" if clear and brief_of(found.id) else found.id
    return Document(f"{title}：两台电脑记得不一样", (Table(columns, rows), *told), name="settle")


def versions(book: LedgerBook, one: Question) -> list[tuple[str, str]]:
    """What can be chosen of a question, in words, by the name of the choice."""
    told = zip(_SHOWN, (one.base, *one.sides), strict=False)
    if one.place[:1] == (TWICE,):
        sides = [f"{pick}：留这一步，{in_words(book, side.value)}{_by(side)}" for pick, side in told][1:]
        return [*zip(("甲", "乙"), sides, strict=True), (Pick.NOW.value, f"现在：{_TOGETHER[TWICE]}")]
    if one.place[:1] == (CROSSED,):
        named = [_named(side) for side in one.sides]
        sides = [
            f"{pick}：{name}算数{_by(side)}，{rest}不算"
            for pick, side, name, rest in zip(("甲", "乙"), one.sides, named, named[::-1], strict=True)
        ]
        return [*zip(("甲", "乙"), sides, strict=True), (Pick.NOW.value, f"现在：{_TOGETHER[CROSSED]}")]
    if not one.place:
        return [(pick.value, f"{pick}：{'原件' if side.blob else '撤去'}{_by(side)}") for pick, side in told]
    return [(pick.value, f"{pick}：{in_words(book, side.value)}{_by(side)}") for pick, side in told]


def _named(side: Told) -> str:
    """The steps of one side by what they are called."""
    steps = steps_of(side.value)
    named = [*(f"「{one['步骤']}」" for one in steps.wrote), *(f"去掉「{one['步骤']}」" for one in steps.took)]
    return "、".join(named) or "这边的"


#: What stands while nothing is chosen of two desks' steps.
_TOGETHER = {TWICE: "两步都留着", CROSSED: "都留着，对不上的不算"}
_SHOWN = (Pick.BASE, Pick.FIRST, Pick.SECOND, Pick.NOW)


def _row(book: LedgerBook, one: Question, now: Mapping[str, Any], *, clear: bool) -> tuple[str, ...]:
    if not one.place:
        sides = [f"{'原件' if side.blob else '撤去了'}{_by(side)}" for side in (one.base, *one.sides)]
        return said(one.place), *sides, ""
    values = [in_words(book, side.value) + _by(side) if clear else _by(side) for side in (one.base, *one.sides)]
    if of_steps(one.place):
        return said(one.place), *values, _TOGETHER[one.place[0]]
    stands = at_place(now, one.place)
    return said(one.place), *values, in_words(book, stands) if clear and stands != one.base.value else ""


def _by(side: Told) -> str:
    return f"（{side.who} {side.at}）" if side.who else ""


def in_words(book: LedgerBook, value: Any) -> str:
    """A value as a file has it, told to a reader: records by what they are called."""
    if value is None:
        return _GONE
    if isinstance(value, list):
        apart = "；" if any(isinstance(one, Mapping) for one in value) else "、"
        return apart.join(in_words(book, one) for one in value) or _GONE
    if isinstance(value, Mapping):
        shown = {key: part for key, part in value.items() if not ("步骤" in value and key == "编号")}
        return "，".join(f"{key}：{in_words(book, part)}" for key, part in shown.items())
    return book.title(value) if brief_of(str(value)) else str(value)
