"""What is shown in lists and pages, kept as long as the ledger stands as it does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lianxin.cli.desk.reading import Reader
from lianxin.cli.desk.tabs import KINDS, Tab
from lianxin.core.error import LianxinError
from lianxin.reports.desk.item import Item, Of, Part, window

if TYPE_CHECKING:
    from lianxin.actions.shelf import Paper
    from lianxin.core.problem import Problem
    from lianxin.reports.desk.page import Chosen
    from lianxin.reports.duty.stand import Fulfilment
    from lianxin.storage.book import LedgerBook


class Shown:
    """Asks for what is not known yet.

    Attributes:
        standing: How the ledger stood when what is listed was read.
        papers: What can be made into a file, by name.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.standing = ""
        self.papers: dict[str, Paper] = {}
        self._whole: dict[Tab, list[Part]] = {}
        self._chosen: dict[tuple[str, ...], Chosen] = {}
        self._problems: Sequence[Problem] = ()
        self._duties: dict[str, Fulfilment] = {}

    def forget(self) -> None:
        """The ledger has changed."""
        self._whole.clear()
        self._chosen.clear()
        self._duties.clear()

    async def parts(self, tab: Tab, skip: int, most: int) -> list[Part]:
        """A window on what a tab lists."""
        if tab in KINDS:
            from lianxin.reports.desk.records import records

            found, self.standing = await self._reader.ask(lambda book: records(book, KINDS[tab], skip, most))
            return found
        if tab not in self._whole:
            make = {Tab.TODAY: self._morning, Tab.DUTIES: self._owed, Tab.PAPERS: self._shelf}[tab]
            self._whole[tab], self.standing = await self._reader.ask(make)
        return window(self._whole[tab], skip, most)

    def _morning(self, book: LedgerBook) -> list[Part]:
        from lianxin.actions.check import every_problem
        from lianxin.actions.notice import notices
        from lianxin.actions.policy.arrears import arrears
        from lianxin.reports.desk.morning import morning

        workspace = self._reader.session.workspace()
        self._problems = every_problem(book, workspace, hints=False)
        return morning(book, self._problems, arrears(book), notices(book, workspace))

    def _owed(self, book: LedgerBook) -> list[Part]:
        from lianxin.reports.desk.duties import duties

        return duties(book, [*self._fulfilled(book).values()])

    def _fulfilled(self, book: LedgerBook) -> dict[str, Fulfilment]:
        from lianxin.actions.policy.duty import fulfilled

        if not self._duties:
            self._duties = {one.duty.name: one for one in fulfilled(book)}
        return self._duties

    def _shelf(self, book: LedgerBook) -> list[Part]:
        from lianxin.actions.shelf import papers, shelf

        found = papers(book)
        self.papers = {one.name: one for one in found}
        return shelf(found)

    def known(self, item: Item) -> bool:
        """Whether its page is in hand."""
        return item.key in self._chosen

    async def chosen(self, item: Item, following: Sequence[Item]) -> Chosen:
        """What a line stands for, and on the way those that are likely to be wanted next.

        Raises:
            LianxinError: It cannot be read.
        """
        if item.key not in self._chosen:
            wanted = [one for one in following if one.of is item.of is Of.RECORD and one.key not in self._chosen]
            found, _ = await self._reader.ask(lambda book: self._pages(book, [item, *wanted]))
            self._chosen |= found
        return self._chosen[item.key]

    def _pages(self, book: LedgerBook, items: Sequence[Item]) -> dict[tuple[str, ...], Chosen]:
        found: dict[tuple[str, ...], Chosen] = {items[0].key: self._page(book, items[0])}
        for one in items[1:]:
            try:
                found[one.key] = self._page(book, one)
            except LianxinError:
                continue
        return found

    def _page(self, book: LedgerBook, item: Item) -> Chosen:
        from lianxin.reports.desk.duties import owing
        from lianxin.reports.desk.faults import faults_page
        from lianxin.reports.desk.page import Chosen, chosen

        match item.of:
            case Of.RECORD:
                return chosen(book, item.id)
            case Of.DUTY:
                return owing(book, self._fulfilled(book)[item.group], item.id)
            case Of.PAPER:
                return Chosen(item.id, "", item.title, self.papers[item.id].page)
            case Of.FAULT:
                return Chosen(item.id, "", item.title, faults_page(self._problems))
