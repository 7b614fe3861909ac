"""The desk itself: tabs, the list, the record chosen, and what each key does."""

from __future__ import annotations

import asyncio
import os
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import AppFocus, Key
from textual.style import Style
from textual.widgets import Static

from lianxin.cli.desk import paper, show
from lianxin.cli.desk.acts import Act, ActBar, Does, acts
from lianxin.cli.desk.detail import Detail
from lianxin.cli.desk.doing import Doing, Done
from lianxin.cli.desk.flow import Flow
from lianxin.cli.desk.help import HelpScreen
from lianxin.cli.desk.keys import KEYS
from lianxin.cli.desk.list import WINDOW, ItemList
from lianxin.cli.desk.reading import Reader
from lianxin.cli.desk.tabs import TABS, Tab, TabBar
from lianxin.cli.desk.theme import BREAKS, CSS, INK, PLAIN, RICH
from lianxin.cli.desk.writing import Writer
from lianxin.cli.form.base import Full
from lianxin.core.error import LianxinError
from lianxin.reports.desk.item import Item, Of

if TYPE_CHECKING:
    from lianxin.cli.run.session import Session

_WEEKDAYS = "一二三四五六日"

#: Seconds between two looks at whether others have written; longer where looking itself takes long.
_PAUSE, _SHARE = 3.0, 20

#: What is listed is listed anew after so long, whether anything was written or not: deadlines pass by themselves.
_STALE = timedelta(minutes=5)

#: A record is asked for when the mark has stood on it for so long.
_REST = 0.05


class Desk(Full[int]):
    """One screen for the whole day."""

    CSS = CSS
    HORIZONTAL_BREAKPOINTS = list(BREAKS)  # noqa: RUF012 - as Textual declares it
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key.names, key.action, show=False) for key in KEYS),
        *(Binding(str(n), f"tab({n - 1})", show=False) for n in range(1, len(TABS) + 1)),
        Binding("left", "turn(-1)", show=False),
        Binding("right", "turn(1)", show=False),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self.session = session
        self.reader = Reader(session)
        self.writer = Writer(session)
        self.doing = Doing(self, self.writer)
        self.shown = show.Shown(self.reader)
        self.tab = Tab.TODAY
        self._listed = session.now
        for theme in (RICH, PLAIN):
            self.register_theme(theme)
        self.ansi_theme_dark = INK
        few = self.no_color or self.console.color_system in (None, "standard")
        self.theme = (PLAIN if few else RICH).name

    def compose(self) -> ComposeResult:
        """The screen from top to bottom."""
        with Horizontal(id="head"):
            yield Static(id="office", markup=False)
            yield Static(id="now", markup=False)
        yield TabBar()
        with Horizontal(id="panes"):
            yield ItemList()
            with Vertical(id="right"):
                yield Detail()
                yield ActBar()
        yield Static(id="told", markup=False)
        yield Flow(_keys(), id="keys")

    def on_mount(self) -> None:
        """Show the frame; what stands in it comes from the records."""
        super().on_mount()
        self.query_one(ItemList).focus()
        self._head()
        self.set_interval(20, self._head)
        self.open_tab(Tab.TODAY)
        self._watch()

    def on_resize(self) -> None:
        """Draw all of it once more when the window has come to rest: terminals move what stood there meanwhile."""
        self.set_timer(0.3, self.screen.refresh)

    def _head(self) -> None:
        now = self.session.now
        self.query_one("#now", Static).update(f"{now:%Y-%m-%d} 星期{_WEEKDAYS[now.weekday()]} {now:%H:%M}")
        self.query_one("#office", Static).update(self.session.workspace().office.name)

    # what is listed

    def open_tab(self, tab: Tab) -> None:
        """List something else."""
        self.tab = tab
        self.query_one(TabBar).show(tab)
        listed = self.query_one(ItemList)
        listed.marked.clear()
        listed.put([])
        self._load(fresh=True)

    @work(exclusive=True, group="list")
    async def _load(self, *, fresh: bool = False, on: bool = False) -> None:
        """Fetch what the tab lists; the mark stays where it is.

        Args:
            fresh: The tab has only now been opened.
            on: The mark goes on to the next line.
        """
        listed = self.query_one(ItemList)
        many = WINDOW if fresh else max(len(listed.items), WINDOW)
        try:
            parts = await self.shown.parts(self.tab, 0, many)
            self._listed = self.session.now
        except LianxinError as error:
            self.tell(str(error), wrong=True)
            return
        listed.put(parts, None if fresh else listed.item, on=on)

    @on(ItemList.Wanted)
    def _more(self) -> None:
        self._fetch_more()

    @work(exclusive=True, group="list")
    async def _fetch_more(self) -> None:
        listed = self.query_one(ItemList)
        parts = await self.shown.parts(self.tab, len(listed.items), WINDOW)
        if parts:
            listed.add(parts)

    @work(exclusive=True, group="watch")
    async def _watch(self) -> None:
        """Look every few seconds whether the ledger is still as it is shown."""
        loop = asyncio.get_running_loop()
        pause = _PAUSE
        while True:
            await asyncio.sleep(pause)
            begun = loop.time()
            await self._look()
            pause = max(_PAUSE, _SHARE * (loop.time() - begun))

    async def _look(self) -> None:
        """List anew what others have changed, and what only time has."""
        try:
            standing = await self.reader.standing()
        except LianxinError:
            return
        known, clock = self.shown.standing, self.session.now
        if known and (standing != known or clock - self._listed >= _STALE):
            self.shown.forget()
            self._load()

    @on(AppFocus)
    async def _back(self) -> None:
        await self._look()

    # the record chosen

    @on(ItemList.Moved)
    def _moved(self) -> None:
        self._show(self.query_one(ItemList).item)

    @work(exclusive=True, group="detail")
    async def _show(self, item: Item | None) -> None:
        """Show the record that the mark stands on, once it rests there."""
        detail, bar = self.query_one(Detail), self.query_one(ActBar)
        if item is None:
            detail.put(None)
            bar.put(())
            return
        if not self.shown.known(item):
            await asyncio.sleep(_REST)
        try:
            one = await self.shown.chosen(item, self._following(item))
        except LianxinError as error:
            detail.say(str(error))
            bar.put(())
            return
        detail.put(one.page)
        bar.put(acts(one, self.shown.papers.get(item.id) if item.of is Of.PAPER else None))

    def _following(self, item: Item) -> list[Item]:
        """The lines after one: they are likely to be wanted next."""
        items = self.query_one(ItemList).items
        place = next((n for n, one in enumerate(items) if one is item), 0)
        return [one for one in items[place + 1 : place + 4] if one.of is Of.RECORD]

    # what is done

    @on(ItemList.Taken)
    def _take_likely(self) -> None:
        self._act(self.query_one(ActBar).act(""))

    @on(ActBar.Wanted)
    def _take_clicked(self, event: ActBar.Wanted) -> None:
        self._act(event.act)

    def on_key(self, event: Key) -> None:
        """A letter may be that of an act."""
        if event.character and len(self.screen_stack) == 1 and (act := self.query_one(ActBar).act(event.character)):
            event.stop()
            self._act(act)

    def _act(self, act: Act | None) -> None:
        listed = self.query_one(ItemList)
        several = [one for one in listed.items if one.id in listed.marked]
        if act and listed.item:
            self.doing.act(act, several or [listed.item])

    def done(self, done: Done) -> None:
        """Say what was done, and show the list as it is now."""
        self.tell(f"{done.told}    u 撤销" if done.wrote else done.told)
        if done.wrote:
            self.query_one(ItemList).marked.clear()
            self.shown.forget()
            self._load(on=True)

    def action_undo(self) -> None:
        """Take back the last command, once she has seen which it is."""
        self.doing.undo()

    def action_print(self) -> None:
        """Make a file of what the mark stands on."""
        act, item = self.query_one(ActBar).act(""), self.query_one(ItemList).item
        if act and act.does is Does.MAKE:
            self._act(act)
        elif item:
            self.doing.print(item)

    @work(exclusive=True, group="open")
    async def action_open(self) -> None:
        """Open the file made last."""
        made = self.doing.made
        self.tell(await paper.show(made) if made else "还没有出过文件，先按 p")

    def action_help(self) -> None:
        """Show every key."""
        self.push_screen(HelpScreen())

    def tell(self, text: str, *, wrong: bool = False) -> None:
        """One line at the foot."""
        told = self.query_one("#told", Static)
        told.update(text)
        told.set_class(wrong, "-wrong")

    # keys

    def action_tab(self, place: int) -> None:
        """Open a tab by its place."""
        self.open_tab(TABS[place])

    def action_turn(self, way: int) -> None:
        """Open the tab beside this one."""
        self.open_tab(TABS[(TABS.index(self.tab) + way) % len(TABS)])

    @on(TabBar.Wanted)
    def _tab_clicked(self, event: TabBar.Wanted) -> None:
        self.open_tab(event.tab)

    def action_mark(self) -> None:
        """Mark the line."""
        listed = self.query_one(ItemList)
        if listed.item:
            listed.mark(listed.item)
            listed.action_cursor_down()

    def action_leave(self) -> None:
        """Leave; whatever is being written is finished first."""
        self.exit(0)


def _keys() -> list[Content]:
    """The last line: what every key does."""
    return [
        Content.assemble((key.cap, "bold $foreground"), f" {key.label}").stylize(
            Style.from_meta({"@click": f"app.{key.action}"})
        )
        for key in KEYS
        if hasattr(Desk, f"action_{key.action}")
    ]
