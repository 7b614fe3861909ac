"""What is shown in lists and pages, kept as long as the ledger stands as it does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lianxin.cli.desk.reading import Reader
from lianxin.cli.desk.tabs import KINDS, Tab
from lianxin.reports.desk.item import Item, Part, window

if TYPE_CHECKING:
    from lianxin.reports.desk.page import Chosen
    from lianxin.storage.book import LedgerBook


class Shown:
    """Asks for what is not known yet.

    Attributes:
        standing: How the ledger stood when what is listed was read.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.standing = ""
        self._whole: dict[Tab, list[Part]] = {}
        self._chosen: dict[str, Chosen] = {}

    def forget(self) -> None:
        """The ledger has changed."""
        self._whole.clear()
        self._chosen.clear()

    async def parts(self, tab: Tab, skip: int, most: int) -> list[Part]:
        """A window on what a tab lists."""
        if tab in KINDS:
            from lianxin.reports.desk.records import records

            found, self.standing = await self._reader.ask(lambda book: records(book, KINDS[tab], skip, most))
            return found
        if tab is Tab.TODAY and tab not in self._whole:
            self._whole[tab], self.standing = await self._reader.ask(self._morning)
        return window(self._whole.get(tab, ()), skip, most)

    def _morning(self, book: LedgerBook) -> list[Part]:
        from lianxin.actions.check import every_problem
        from lianxin.actions.export.run import notices
        from lianxin.actions.policy.arrears import arrears
        from lianxin.reports.desk.morning import morning

        problems = every_problem(book, self._reader.session.workspace(), hints=False)
        return morning(book, problems, arrears(book), notices(book))

    def known(self, item: Item) -> bool:
        """Whether its page is in hand."""
        return item.id in self._chosen

    async def chosen(self, item: Item, following: Sequence[Item]) -> Chosen:
        """A record, and on the way those that are likely to be wanted next."""
        if item.id not in self._chosen:
            wanted = [item.id, *(one.id for one in following if one.id not in self._chosen)]
            found, _ = await self._reader.ask(lambda book: _pages(book, wanted))
            self._chosen |= found
        return self._chosen[item.id]


def _pages(book: LedgerBook, ids: Sequence[str]) -> dict[str, Chosen]:
    from lianxin.core.error import LianxinError
    from lianxin.reports.desk.page import chosen

    found = {ids[0]: chosen(book, ids[0])}
    for id_ in ids[1:]:
        try:
            found[id_] = chosen(book, id_)
        except LianxinError:
            continue
    return found
