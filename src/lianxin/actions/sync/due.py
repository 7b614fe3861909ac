"""What a desk that meets others is to be told of in the morning: what is to be settled, and what was not sent yet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lianxin.actions.sync.settle import one_of, page, unsettled
from lianxin.core.problem import Problem
from lianxin.reports.desk.meeting import Due, Waiting
from lianxin.reports.desk.page import Chosen
from lianxin.storage.book import LedgerBook
from lianxin.storage.git.head import branch_of
from lianxin.storage.git.meeting import Meeting, last, shown
from lianxin.storage.git.repo import Repo
from lianxin.storage.merge.unsettled import OPEN, said


def due(book: LedgerBook) -> Due:
    """What waits to be settled, where others are met, and how much they have not been sent."""
    waits = [
        Waiting(one.id, tuple(dict.fromkeys(said(question.place) for question in one.questions)))
        for one in unsettled(book)
    ]
    place = last(book.repo) if book.repo else ""
    if not book.repo or not place:
        return Due(waits)
    met = Meeting(book.repo, place)
    if not met.takes and Path(place).exists():  # where a stick is not plugged in, it may take something
        return Due(waits, shown(place), 0, sends=False)
    return Due(waits, shown(place), _unsent(book.repo, met, book.commit))


def beside(problems: Sequence[Problem]) -> list[Problem]:
    """The faults without those that tell of what is to be settled."""
    return [one for one in problems if one.code != OPEN]


def to_settle(book: LedgerBook, id_: str) -> Chosen:
    """Both versions of what is to be settled.

    Raises:
        LianxinError: It was settled meanwhile.
    """
    found = page(book, one_of(book, id_), clear=True)
    return Chosen(id_, "", found.title, found, meets=True)


def _unsent(repo: Repo, met: Meeting, commit: str) -> int | None:
    """How many commits of ours it had not when it was last seen; None where it never was."""
    seen = met.seen(branch_of(repo.git_dir))
    return int(repo.run("rev-list", "--count", commit, f"^{seen}")) if seen and commit else None
