"""The list and what its mark stands on: fetched beside the screen, looked at again while others write."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Static

from lianxin.cli.desk.view.acts import Act, ActBar, act_of_waiting, acts, acts_of_several, meant
from lianxin.cli.desk.view.detail import Detail
from lianxin.cli.desk.view.list import WINDOW, ItemList
from lianxin.cli.desk.view.reading import Reader
from lianxin.cli.desk.view.show import Shown
from lianxin.cli.desk.view.tab import BY_TURNS, KINDS, TABS, Tab, nothing_at, tab_of
from lianxin.cli.desk.view.tabs import KindBar
from lianxin.core.error import LianxinError
from lianxin.kinds import kind_of
from lianxin.reports.desk.item import Item, Of
from lianxin.reports.desk.page import Chosen

#: Seconds between two looks at whether others have written; longer where looking itself takes long.
_PAUSE, _SHARE = 3.0, 60

#: What is listed is listed anew after so long, whether anything was written or not: deadlines pass by themselves.
_STALE = timedelta(minutes=5)

#: So many of what is found are listed.
_FOUND = 50

#: Seconds between two looks at how far it is with what takes its time.
_LOOK = 0.5

#: A record is asked for when the mark has stood on it for so long.
_REST = 0.05


class Panes(Horizontal):
    """The list beside or above the record."""

    class Refused(Message):
        """Something cannot be read."""

        def __init__(self, told: str) -> None:
            self.told = told
            super().__init__()

    class Listed(Message):
        """It is known what is to be listed."""

    class Elsewhere(Message):
        """What was just made is not listed here."""

        def __init__(self, id_: str) -> None:
            self.made = id_
            super().__init__()

    def __init__(self, reader: Reader, shown: Shown) -> None:
        super().__init__(id="panes")
        self.listed, self.detail, self.bar = ItemList(), Detail(), ActBar()
        self.tab = Tab.TODAY
        self._reader, self._shown = reader, shown
        self.box = Input(id="box-find", placeholder="字、编号、名称、拼音首字母", compact=True)
        self.box.display = False
        self._wait = Static(id="wait", markup=False)
        self._wait.display = False
        self._fetched = reader.session.now
        self._loading = True
        self._aim: tuple[bool, Sequence[str]] = False, ()
        self._made = ""
        self._fresh: Sequence[str] = ()
        self._stood: dict[tuple[Tab, str], str] = {}
        self._turn = {tab: KINDS[tab][0] for tab in BY_TURNS}
        self._kinds = KindBar()
        self._kinds.display = False

    def compose(self) -> ComposeResult:
        """The list, the page, and what may be done."""
        with Vertical(id="left"):
            yield self.box
            yield self._kinds
            yield self._wait
            yield self.listed
        with Vertical(id="right"):
            yield self.detail
            yield self.bar

    def on_mount(self) -> None:
        """Say how far it is with what takes its time."""
        self.set_interval(_LOOK, self._tell_how_far)

    def _tell_how_far(self) -> None:
        if self._reader.under_way or self._wait.display:  # nothing is laid out anew while nothing is under way
            self._wait.display = bool(self._reader.under_way)
            self._wait.update(self._reader.under_way)

    # the list

    @property
    def kinds(self) -> tuple[str, ...]:
        """Whose records are listed; none where the tab lists something else."""
        turn = self._turn.get(self.tab)
        return (turn,) if turn else KINDS.get(self.tab, ())

    @property
    def seated(self) -> str:
        """Who sits here; empty where that is not known yet."""
        return self._shown.seated

    @property
    def loading_list(self) -> bool:
        """Nothing is listed yet of what is to be."""
        return self._loading

    def open(self, tab: Tab, kind: str = "", *, to: Sequence[str] = ()) -> None:
        """List something else; the mark goes where it stood there before.

        Args:
            tab: To be opened.
            kind: Of those it lists by turns; empty: the one it listed before, where it is open already the next.
            to: The mark goes to the first of these records instead.
        """
        self._remember()
        self._expect()
        self._made = ""
        if tab in BY_TURNS:
            every, turn = KINDS[tab], self._turn[tab]
            step = tab is self.tab and not self.box.display
            self._turn[tab] = kind or every[(every.index(turn) + step) % len(every)]
            self._kinds.show(every, self._turn[tab], str(TABS.index(tab) + 1))
        self._kinds.display = tab in BY_TURNS
        self.tab = tab
        self.box.display = False
        self.listed.marked.clear()
        self.listed.put([])
        self._aim = False, (*to, *filter(None, (self._stood.get(self._place),)))
        self._loading = True
        self._load(fresh=True)

    def renew(self, *, on: bool = False, to: Sequence[str] = ()) -> None:
        """List the same as it is by now.

        Args:
            on: The mark goes on to the next line.
            to: These were made just now, the last one first; the mark goes to that, wherever it is listed.
        """
        self._shown.forget()
        if on or to:  # kept until it is listed, however often others make it be listed anew meanwhile
            self._aim, self._made, self._fresh = (on, to[:1]), next(iter(to), ""), to
        if self.box.display and self._made:
            self.post_message(self.Elsewhere(self._made))
        elif self.box.display:
            self._seek(self.box.value, again=True)
        else:
            self._load()

    @work(exclusive=True, group="list")
    async def _load(self, *, fresh: bool = False) -> None:
        many = WINDOW if fresh else max(len(self.listed.items), WINDOW)
        try:
            parts = await self._shown.parts(self.tab, self.kinds, 0, many)
        except LianxinError as error:
            self.post_message(self.Refused(str(error)))
            return
        self._fetched = self._reader.session.now
        self._loading = False
        self.post_message(self.Listed())
        (on, to), self._aim = self._aim, (False, ())
        self.listed.put(parts, None if fresh else self.listed.item, on=on, to=to)
        if self.tab is Tab.TODAY:
            self.call_after_refresh(self._look_through)
        made, self._made = self._made, ""
        if made and all(one.id != made for one in self.listed.items):
            self.post_message(self.Elsewhere(made))

    @work(exclusive=True, group="through")
    async def _look_through(self) -> None:
        """List anew what today asks for where looking through the whole ledger has found something."""
        try:
            more = await self._shown.looked_through()
        except LianxinError as error:
            self.post_message(self.Refused(str(error)))
            return
        if more and self.tab is Tab.TODAY and not self.box.display:
            self._load()

    @on(ItemList.Wanted)
    def _near_the_end(self) -> None:
        if all(one.is_finished for one in self.workers if one.node is self and one.group == "list"):
            self._more()  # never in place of a list that is being fetched

    @work(exclusive=True, group="list")
    async def _more(self) -> None:
        if self.box.display:
            return
        try:
            parts = await self._shown.parts(self.tab, self.kinds, len(self.listed.items), WINDOW)
        except LianxinError as error:
            self.post_message(self.Refused(str(error)))
            return
        if parts:
            self.listed.add(parts)

    @work(exclusive=True, group="watch")
    async def watch_others(self) -> None:
        """Look every few seconds whether the ledger is still as it is shown."""
        loop = asyncio.get_running_loop()
        pause = _PAUSE
        while True:
            await asyncio.sleep(pause)
            begun = loop.time()
            await self.look()
            pause = max(_PAUSE, _SHARE * (loop.time() - begun))

    async def look(self) -> None:
        """List anew what others have changed, and what only time has."""
        try:
            standing = await self._reader.standing()
        except LianxinError:  # the next question tells of it
            return
        known = self._shown.standing
        if known and (standing != known or self._reader.session.now - self._fetched >= _STALE):
            self.renew()

    # finding

    @property
    def _place(self) -> tuple[Tab, str]:
        return self.tab, self._turn.get(self.tab, "")

    def _expect(self) -> None:
        """The mark is to stand on what was just made in the list of its kind, when that is opened next."""
        made, self._fresh = self._fresh, ()
        for id_ in reversed(made):
            kind = kind_of(id_).name
            if tab := tab_of(kind):
                self._stood[tab, kind if tab in BY_TURNS else ""] = id_

    def _remember(self) -> None:
        """Where the mark stands in the list of a tab; what was found is none."""
        if not self.box.display and self.listed.item is not None:
            self._stood[self._place] = self.listed.item.id

    def find(self) -> None:
        """Put the hand in the box; what is typed there is listed. The last word stands there, to be typed over."""
        self._remember()
        self.box.display = True
        self.screen.set_focus(self.box)
        if self.box.value:
            self._seek(self.box.value)

    def leave_box(self) -> bool:
        """Put the box away; False where there was none."""
        if not self.box.display:
            return False
        self.screen.set_focus(self.listed)
        self.open(self.tab)  # while the box is there the kinds do not go on
        return True

    @on(Input.Changed, "#box-find")
    def _typed(self) -> None:
        if self.box.display:
            self._seek(self.box.value)

    @work(exclusive=True, group="list")
    async def _seek(self, word: str, *, again: bool = False) -> None:
        await asyncio.sleep(_REST)
        try:
            parts = await self._shown.found(word, _FOUND)
            self.listed.put(parts, self.listed.item if again else None)
        except LianxinError as error:
            self.post_message(self.Refused(str(error)))

    # the record

    @on(ItemList.Moved)
    def _moved(self) -> None:
        self._show(self.listed.item)

    @work(exclusive=True, group="record")
    async def _show(self, item: Item | None) -> None:
        if item is None:
            nothing = not (self._loading or self.box.display or self.listed.items)
            self.detail.say(nothing_at(self.tab, self.kinds) if nothing else "")
            self.bar.put(())
            return
        if not self._shown.known(item):
            await asyncio.sleep(_REST)
        try:
            one = await self._shown.chosen(item, self._following(item))
        except LianxinError as error:
            self.detail.say(str(error))
            self.bar.put(())
            return
        self.detail.put(one.page)
        self.bar.put(await self._acts(item, one), "选中的几条没有能一起办的" if self._several else "")

    def _following(self, item: Item) -> list[Item]:
        """The lines after one: they are likely to be wanted next."""
        items = self.listed.items
        place = next((n for n, one in enumerate(items) if one is item), 0)
        return [one for one in items[place + 1 : place + 4] if one.of is Of.RECORD]

    @property
    def _several(self) -> list[Item]:
        """The records that are marked, in the order they are listed."""
        return [one for one in self.listed.items if one.id in self.listed.marked and one.of is Of.RECORD]

    async def _acts(self, item: Item, one: Chosen) -> list[Act]:
        """What may be done: with all that are marked, else with the line that the mark stands on."""
        if several := self._several:
            return acts_of_several(await self._shown.able(several))
        match item.of:
            case Of.PAPER:
                return acts(one, self._shown.papers.get(item.id))
            case Of.OWED:
                return acts(one, owed=self._shown.owed.get(item.id))
            case Of.WAITING:
                return act_of_waiting(self._shown.waiting.get(item.id))
            case _:
                return acts(one)

    def marked(self) -> None:
        """Other records are marked: other things may be done."""
        self._show(self.listed.item)

    async def act(self, key: str) -> tuple[list[Act], list[Item]]:
        """What a key means for the line that the mark stands on, and for which lines; empty: the likeliest.

        One key lists several; any other means one thing, or nothing.

        Raises:
            LianxinError: The record cannot be read.
        """
        item = self.listed.item
        if item is None:
            return [], []
        found = await self._acts(item, await self._shown.chosen(item, ()))
        return meant(found, key), self._several or [item]
