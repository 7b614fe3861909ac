"""What is read of the ledger for lists and pages, as it stands at one time."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from itertools import islice
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from lianxin.cli.desk.keys import letters
from lianxin.cli.desk.view.reading import Reader
from lianxin.cli.desk.view.tab import Tab
from lianxin.core.error import LianxinError
from lianxin.reports.desk.item import Item, Of, Part, part

if TYPE_CHECKING:
    from lianxin.actions.dispatch.owed import Owed
    from lianxin.actions.shelf import Paper
    from lianxin.actions.waiting import Waiting
    from lianxin.core.problem import Problem
    from lianxin.reports.desk.meeting import Due
    from lianxin.reports.desk.page import Able, Chosen
    from lianxin.reports.duty.stand import Fulfilment
    from lianxin.storage.book import LedgerBook

T = TypeVar("T")

#: So many pages are in hand before she goes down the list.
_AHEAD = 8
#: Seconds that what takes longer waits for the screen.
_PATIENCE = 1.0


class Kept:
    """What was read of the ledger as it stood at one time; threads write into the one they began with.

    Attributes:
        problems: Until the ledger is looked through, those of the time before.
        drawn: What is shown first stands on the screen: until then nothing else takes the processor from it.
        through: Done when the ledger is looked through.
    """

    def __init__(self, problems: Sequence[Problem] = ()) -> None:
        self.whole: dict[Tab, list[Part]] = {}
        self.chosen: dict[tuple[str, ...], Chosen] = {}
        self.problems = problems
        self.drawn = Event()
        self.through: Future[None] = Future()
        self.due: Due | None = None
        self.asked: Sequence[Part] = ()
        self.duties: dict[str, Fulfilment] = {}
        self.papers: dict[str, Paper] = {}
        self.owed: dict[str, Owed] = {}
        self.seated = ""
        self.waiting: dict[str, Waiting] = {}


def _morning(kept: Kept, reader: Reader, book: LedgerBook) -> list[Part]:
    """What today asks for; what is wrong with the ledger is told as it was known before."""
    from lianxin.actions.policy.arrears import arrears
    from lianxin.actions.seat import seated
    from lianxin.actions.sync.due import due
    from lianxin.reports.desk.morning import asked_for

    kept.seated = seated(book, reader.session.workspace())
    kept.due, kept.asked = due(book), asked_for(book, arrears(book))
    found = _framed(kept, reader, book)
    with contextlib.suppress(LianxinError):
        pages(kept, book, _first(found, 1))
    return found


def look_through(kept: Kept, reader: Reader, book: LedgerBook) -> None:
    """Look through the whole ledger, and at what is likely to be wanted next."""
    from lianxin.actions.check import every_problem

    kept.drawn.wait(_PATIENCE)
    try:
        known, kept.problems = kept.problems, every_problem(book, reader.session.workspace(), hints=False)
        found = _framed(kept, reader, book)
        with contextlib.suppress(LianxinError):
            pages(kept, book, _first(found, _AHEAD))
        if kept.problems != known:
            kept.whole[Tab.TODAY] = found
        kept.through.set_result(None)
    except Exception as error:  # noqa: BLE001 - raised where it is awaited
        kept.through.set_exception(error)


def _framed(kept: Kept, reader: Reader, book: LedgerBook) -> list[Part]:
    from lianxin.actions.notice import notices
    from lianxin.actions.sync.due import beside
    from lianxin.reports.desk.meeting import ALONE
    from lianxin.reports.desk.morning import framed

    due = kept.due or ALONE
    found = framed(book, kept.asked, beside(kept.problems, due), notices(book, reader.session.workspace()), due)
    return [*_left(kept, reader, book), *found]


def _left(kept: Kept, reader: Reader, book: LedgerBook) -> list[Part]:
    """Forms that were left and can be gone on with."""
    from lianxin.actions.waiting import waiting

    kept.waiting = {one.name: one for one in waiting(reader.session.workspace(), book)}
    about = {one.name: book.title(one.id) if one.id else one.short for one in kept.waiting.values()}
    items = [Item(one.name, one.title, (about[one.name],), of=Of.WAITING) for one in kept.waiting.values()]
    return [part("没写完的", items, "张")] if items else []


def _first(found: Sequence[Part], many: int) -> list[Item]:
    """The first records of what is listed."""
    return list(islice((item for one in found for item in one.items[:many] if item.of is Of.RECORD), many))


def _owed(kept: Kept, _reader: Reader, book: LedgerBook) -> list[Part]:
    from lianxin.reports.desk.duties import duties

    return duties(book, [*_fulfilled(kept, book).values()])


def _fulfilled(kept: Kept, book: LedgerBook) -> dict[str, Fulfilment]:
    from lianxin.actions.policy.duty import fulfilled

    if not kept.duties:
        kept.duties = {one.duty.name: one for one in fulfilled(book)}
    return kept.duties


def _shelf(kept: Kept, reader: Reader, book: LedgerBook) -> list[Part]:
    from lianxin.actions.dispatch.owed import lines, owed
    from lianxin.actions.shelf import shelf

    due = owed(book, reader.session.workspace())
    kept.owed = {one.id: one for one in due}
    return [*lines(book, due), *shelf(_papers(kept, book))]


def _papers(kept: Kept, book: LedgerBook) -> list[Paper]:
    from lianxin.actions.shelf import papers

    if not kept.papers:
        kept.papers = {one.name: one for one in papers(book)}
    return [*kept.papers.values()]


def found_by(kept: Kept, reader: Reader, word: str, most: int, book: LedgerBook) -> list[Part]:
    """What is found by words, the likeliest first."""
    from lianxin.actions.dispatch.owed import sent
    from lianxin.actions.find.find import Wanted, sought
    from lianxin.actions.shelf import called, shelf
    from lianxin.core.document import Face
    from lianxin.core.text.excerpt import Word
    from lianxin.reports.desk.found import found

    words = [one for one in word.split() if any(map(str.isalnum, one))]
    one = sought(book, Wanted(words, most=most), Face.INTERNAL, progress=reader.advance("正在理出要找的文字"))
    papers = shelf(called(_papers(kept, book), [*map(Word.of, words)]))
    went = sent(book, words, [hit.id for hit in one.found])
    return [*found(one.found, one.near, one.total or 0, others=bool(papers or went)), *went, *papers]


#: What makes the whole list of a tab that lists no records of kinds.
WHOLE = {Tab.TODAY: _morning, Tab.DUTIES: _owed, Tab.PAPERS: _shelf}


def ables(book: LedgerBook, ids: Sequence[str]) -> list[Able]:
    """What may be done with each record now."""
    from lianxin.reports.desk.page import able

    return [able(book, id_) for id_ in ids]


def pages(kept: Kept, book: LedgerBook, items: Sequence[Item]) -> None:
    """Pages of some lines; where the first cannot be read, that is told."""
    for place, item in enumerate(items):
        try:
            kept.chosen[item.key] = one = _page(kept, book, item)
            letters() if one.steps else None  # they take a moment to be found
        except LianxinError:
            if place == 0:
                raise


def _page(kept: Kept, book: LedgerBook, item: Item) -> Chosen:
    from lianxin.actions.waiting import typed
    from lianxin.reports.desk.duties import owing
    from lianxin.reports.desk.faults import fault
    from lianxin.reports.desk.page import Chosen, chosen

    match item.of:
        case Of.RECORD:
            return chosen(book, item.id)
        case Of.DUTY:
            return owing(book, _still(_fulfilled(kept, book), item.group), item.id)
        case Of.PAPER:
            _papers(kept, book)
            return Chosen(item.id, "", item.title, _still(kept.papers, item.id).page)
        case Of.OWED:
            return Chosen(item.id, "", item.title, _still(kept.owed, item.id).page)
        case Of.WAITING:
            return typed(book, _still(kept.waiting, item.id))
        case Of.FAULT:
            return fault(book, kept.problems, item)
        case Of.UNSETTLED:
            from lianxin.actions.sync.due import to_settle

            return to_settle(book, item.id)
        case Of.SYNC:
            from lianxin.reports.desk.meeting import ALONE, to_meet

            return to_meet(kept.due or ALONE)


def _still(found: Mapping[str, T], name: str) -> T:
    """What a line stands for, unless somebody has taken it away meanwhile.

    Raises:
        LianxinError: That is so.
    """
    if name not in found:
        raise LianxinError(f"「{name}」已经没有了")
    return found[name]
