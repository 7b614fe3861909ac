"""Hints that were looked into: written down with a reason, and no longer shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lianxin.actions.add import author
from lianxin.actions.workspace import Workspace
from lianxin.core.code import CODES
from lianxin.core.dataclass import dataclass
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.problem import Fault, Level, Problem
from lianxin.policies.hint import Notice, Silence, Silences
from lianxin.storage.book import LedgerBook
from lianxin.storage.journal import Change, Entry
from lianxin.storage.loading import place
from lianxin.storage.settings import load_model, settings_text

PATH = "policy/silenced.yaml"
_NOTICE = "policy/hints.yaml"
_LABEL = "免提"


@dataclass(frozen=True, slots=True)
class Silenced:
    """What was written. ``commit`` is empty on a dry run."""

    silence: Silence
    commit: str


def _read(data: bytes | None) -> tuple[Silences, list[Problem]]:
    if data is None:
        return Silences(silences=()), []
    found, problems = load_model(Silences, _LABEL, PATH, data)
    return found or Silences(silences=()), problems


def _key(problem: Problem) -> tuple[str, str]:
    return problem.code, problem.path.rpartition("/")[2].removesuffix(".yaml")


def _faults(silences: Silences, hints: set[tuple[str, str]]) -> Iterator[Fault]:
    for n, one in enumerate(silences.silences):
        code = CODES.get(one.code)
        if code is None or code.level is not Level.HINT:
            told = "没有这个代码" if code is None else "不是提示，不能免提，要改"
            yield Fault("P030", ("免提", n, "提示"), f"{one.code} {told}")
        elif (one.code, one.record) not in hints:
            yield Fault("H011", ("免提", n), f"{one.record} 已经没有 {one.code} 这条提示")


def hush(book: LedgerBook, problems: Sequence[Problem]) -> list[Problem]:
    """The problems less the hints that were answered, and what is wrong with the two policy files of hints."""
    data = book.file(PATH)
    silences, own = _read(data)
    if silences.silences:
        hints = {_key(problem) for problem in problems if problem.level is Level.HINT}
        own += place(_faults(silences, hints), PATH, data or b"")
    answered = {(one.code, one.record) for one in silences.silences if one.code[:1] == "H"}
    notice = book.file(_NOTICE)
    if notice is not None:
        own += load_model(Notice, "提示", _NOTICE, notice)[1]
    return [problem for problem in problems if _key(problem) not in answered] + own


def silence(workspace: Workspace, code: str, word: str, why: str, *, dry_run: bool = False) -> Silenced:
    """Answer one hint of one record, with the reason, and commit it alone.

    Raises:
        UsageError: No such hint on that record, or no reason.
        LianxinError: The file is faulty or was edited by hand; nothing was written.
    """
    from lianxin.actions.check import every_problem

    if not why.strip():
        raise UsageError("要写理由：--why 为什么可以这样")
    journal = workspace.journal()
    with journal.locked(), workspace.book() as book:
        id_ = book.resolve(word)
        if (code, id_) not in {_key(one) for one in every_problem(book, workspace) if one.level is Level.HINT}:
            raise UsageError(f"{id_} 没有 {code} 这条提示，运行 lianxin check --hints 看有哪些")
        if PATH in set(book.dirty):
            raise LianxinError(f"{PATH} 有手工改动，请先运行 lianxin commit 再来")
        made = Silence(record=id_, code=code, why=why.strip(), by=workspace.actor(book), on=workspace.today)
        return Silenced(made, "" if dry_run else journal.commit([_entry(workspace, book, journal.read(PATH), made)]))


def _entry(workspace: Workspace, book: LedgerBook, base: bytes | None, made: Silence) -> Entry:
    """The list with one more at its end; what stands there stays as it is written."""
    whole = settings_text(_LABEL, Silences(silences=(made,)))
    old = base.decode() if base else ""
    text = old.rstrip("\n") + "\n" + whole.partition("\n")[2] if old.strip() else whole
    known, _ = load_model(Silences, _LABEL, PATH, base) if old.strip() and base else (Silences(silences=()), [])
    again, _ = load_model(Silences, _LABEL, PATH, text.encode())
    if known is None or again is None or again.silences != (*known.silences, made):
        raise LianxinError(f"{PATH} 加上这一条后读不回来，没有写入；请运行 lianxin check 看哪里要改")
    trailers = (("Record", made.record), ("Step", "silence"), ("Actor", str(made.by)))
    subject = f"{made.record} 免提 {made.code}"
    return Entry([Change(PATH, text, base)], subject, trailers, author(book, str(made.by)), workspace.now)
