"""The rules of matching in force: a campaign's, else the office's own, else the shipped ones."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.core.asset import asset
from lianxin.core.error import UsageError
from lianxin.core.problem import Problem
from lianxin.policies.matching import Matching, check_matching
from lianxin.storage.book import LedgerBook
from lianxin.storage.policy_file import FOLDER
from lianxin.storage.read.loading import place
from lianxin.storage.settings import load_model

_NAME = "pairing.yaml"


def _files(book: LedgerBook) -> Iterator[tuple[str, bytes]]:
    """Every file of rules, the one that counts first. They say a whole each, so they are not laid over one another."""
    for path in (*(f"{FOLDER}/{name}/{_NAME}" for name in book.campaigns), f"policy/{_NAME}"):
        data = book.file(path)
        if data is not None:
            yield path, data


def _load(path: str, data: bytes) -> tuple[Matching | None, list[Problem]]:
    matching, problems = load_model(Matching, "结对办法", path, data)
    if matching is not None:
        problems = place(list(check_matching(matching)), path, data)
    return matching, problems


def matching_of(book: LedgerBook) -> Matching:
    """The rules that count.

    Raises:
        UsageError: They are faulty; the first fault is in the sentence.
    """
    path, data = next(_files(book), (_NAME, b""))
    matching, problems = _load(path, data or asset("policy", _NAME).read_bytes())
    if matching is None or problems:
        raise UsageError(f"结对办法有错，请先改好：{problems[0].place} {problems[0].message}")
    return matching


def matching_problems(book: LedgerBook) -> list[Problem]:
    """Every fault of every file of rules in force."""
    return [problem for path, data in _files(book) for problem in _load(path, data)[1]]
