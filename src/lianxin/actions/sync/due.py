"""What a desk that meets others is to be told of in the morning: what is to be settled, and what was not sent yet.

Most ledgers are kept on one machine: what is not wanted there is not loaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lianxin.core.problem import Problem
from lianxin.reports.desk.meeting import Due, Waiting
from lianxin.reports.desk.page import Chosen
from lianxin.storage import UNSETTLED
from lianxin.storage.book import LedgerBook
from lianxin.storage.git.head import branch_of
from lianxin.storage.git.meeting import Meeting, last, shown


def due(book: LedgerBook) -> Due:
    """What waits to be settled, where others are met, and how much they have not been sent."""
    waits = _waits(book) if book.files(UNSETTLED) else ()
    place = last(book.repo) if book.repo else ""
    if not book.repo or not place:
        return Due(waits)
    met = Meeting(book.repo, place)
    if not met.takes and Path(place).exists():  # where a stick is not plugged in, it may take something
        return Due(waits, shown(place), 0, sends=False)
    seen = met.seen(branch_of(book.repo.git_dir)) if book.commit else ""
    unsent = int(book.repo.run("rev-list", "--count", book.commit, f"^{seen}")) if seen else None
    return Due(waits, shown(place), unsent)


def beside(problems: Sequence[Problem], found: Due) -> Sequence[Problem]:
    """The faults without those that tell of what is to be settled."""
    if not found.waits:
        return problems
    from lianxin.storage.merge.unsettled import OPEN

    return [one for one in problems if one.code != OPEN]


def to_settle(book: LedgerBook, id_: str) -> Chosen:
    """Both versions of what is to be settled.

    Raises:
        LianxinError: It was settled meanwhile.
    """
    from lianxin.actions.sync.settle import one_of, page

    found = page(book, one_of(book, id_), clear=True)
    return Chosen(id_, "", found.title, found, meets=True)


def _waits(book: LedgerBook) -> list[Waiting]:
    from lianxin.actions.sync.settle import unsettled
    from lianxin.storage.merge.unsettled import said

    return [Waiting(one.id, tuple(dict.fromkeys(said(it.place) for it in one.questions))) for one in unsettled(book)]
