"""Hints that were looked into, by the list in ``policy/silenced.yaml``: they are no longer shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lianxin.core.code import CODES
from lianxin.core.problem import Fault, Level, Problem
from lianxin.policies.hint import Notice, Silences
from lianxin.storage.book import LedgerBook
from lianxin.storage.read.loading import place
from lianxin.storage.settings import load_model

PATH = "policy/silenced.yaml"
LABEL = "免提"
_NOTICE = "policy/hints.yaml"


def silences_of(data: bytes | None) -> tuple[Silences | None, list[Problem]]:
    """The list in a file, and what is wrong with it: None when it cannot be read."""
    return load_model(Silences, LABEL, PATH, data) if data is not None else (Silences(silences=()), [])


def key_of(problem: Problem) -> tuple[str, str]:
    """The hint and the record it is about."""
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
    found, own = silences_of(data)
    silences = found or Silences(silences=())
    if silences.silences:
        hints = {key_of(problem) for problem in problems if problem.level is Level.HINT}
        own += place(_faults(silences, hints), PATH, data or b"")
    answered = {(one.code, one.record) for one in silences.silences if one.code[:1] == "H"}
    notice = book.file(_NOTICE)
    if notice is not None:
        own += load_model(Notice, "提示", _NOTICE, notice)[1]
    return [problem for problem in problems if key_of(problem) not in answered] + own
