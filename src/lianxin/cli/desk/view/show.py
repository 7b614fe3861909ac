"""What is shown in lists and pages, asked for where it is not known yet."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING

from lianxin.cli.desk.view.kept import WHOLE, Kept, ables, found_by, look_through, pages
from lianxin.cli.desk.view.reading import Reader
from lianxin.cli.desk.view.tab import Tab
from lianxin.reports.desk.item import Item, Of, Part, window

if TYPE_CHECKING:
    from lianxin.actions.dispatch.owed import Owed
    from lianxin.actions.shelf import Paper
    from lianxin.actions.waiting import Waiting
    from lianxin.reports.desk.page import Able, Chosen


class Shown:
    """Asks for what is not known yet.

    Attributes:
        standing: How the ledger stood when what is listed was read.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.standing = ""
        self._kept = Kept()
        self._first: Future[tuple[list[Part], str]] | None = None
        self._today: Sequence[Part] | None = None

    @property
    def seated(self) -> str:
        """Who sits here, as far as is known."""
        return self._kept.seated

    @property
    def papers(self) -> Mapping[str, Paper]:
        """What can be made into a file, by name."""
        return self._kept.papers

    @property
    def waiting(self) -> Mapping[str, Waiting]:
        """Forms that were left, by the name of what is kept."""
        return self._kept.waiting

    @property
    def owed(self) -> Mapping[str, Owed]:
        """What is to be made this week, by the id of its line."""
        return self._kept.owed

    def begin(self) -> None:
        """Ask for what is shown first before there is a screen to show it on."""
        self._first = self._begun(Tab.TODAY)

    def _begun(self, tab: Tab) -> Future[tuple[list[Part], str]]:
        kept, reader = self._kept, self._reader
        behind = partial(look_through, kept, reader) if tab is Tab.TODAY else None
        return reader.begin(partial(WHOLE[tab], kept, reader), behind)

    def forget(self) -> None:
        """The ledger has changed."""
        self._kept = Kept(self._kept.problems)
        self._first = None

    async def looked_through(self) -> bool:
        """Whether today has more to tell than it did at first, now that the whole ledger was looked through.

        Raises:
            LianxinError: It cannot be.
        """
        kept = self._kept
        kept.drawn.set()
        await asyncio.shield(asyncio.wrap_future(kept.through))
        return kept.whole.get(Tab.TODAY) is not self._today

    async def parts(self, tab: Tab, kinds: Sequence[str], skip: int, most: int) -> list[Part]:
        """A window on what a tab lists.

        Args:
            tab: That is open.
            kinds: Whose records it lists; none where it lists something else.
            skip: So many lines before the window.
            most: So many lines at most.

        Raises:
            LianxinError: The records cannot be read.
        """
        kept = self._kept
        if kinds:
            from lianxin.reports.desk.records import records

            found, self.standing = await self._reader.ask(lambda book: records(book, kinds, skip, most))
            return found
        if tab not in kept.whole:
            begun, self._first = self._first if tab is Tab.TODAY else None, None
            found, self.standing = await asyncio.wrap_future(begun or self._begun(tab))
            kept.whole.setdefault(tab, found)
        if tab is Tab.TODAY:
            self._today = kept.whole[tab]
        return window(kept.whole[tab], skip, most)

    async def found(self, word: str, most: int) -> list[Part]:
        """What is found by words, the likeliest first; nothing where none is written."""
        if not any(map(str.isalnum, word)):
            return []
        parts, self.standing = await self._reader.ask(partial(found_by, self._kept, self._reader, word, most))
        return parts

    def known(self, item: Item) -> bool:
        """Whether its page is in hand."""
        return item.key in self._kept.chosen

    async def able(self, items: Sequence[Item]) -> list[Able]:
        """What may be done with each record now.

        Raises:
            LianxinError: One of them cannot be read.
        """
        found, _ = await self._reader.ask(partial(ables, ids=[item.id for item in items]))
        return found

    async def chosen(self, item: Item, following: Sequence[Item]) -> Chosen:
        """What a line stands for, and on the way those that are likely to be wanted next.

        Raises:
            LianxinError: It cannot be read.
        """
        kept = self._kept
        if item.key not in kept.chosen:
            wanted = [one for one in following if one.of is item.of is Of.RECORD and one.key not in kept.chosen]
            await self._reader.ask(lambda book: pages(kept, book, [item, *wanted]))
        return kept.chosen[item.key]
