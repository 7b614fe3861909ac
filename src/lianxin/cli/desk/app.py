"""The desk itself: one screen for the whole day, and what each key does."""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import Callable
from concurrent.futures import Future, wait
from functools import partial
from typing import ClassVar

from msgspec.structs import replace
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.events import AppFocus
from textual.widgets import Static

from lianxin.cli.desk.act import paper
from lianxin.cli.desk.act.doing import Doing
from lianxin.cli.desk.act.done import Done
from lianxin.cli.desk.act.remedy import Over, by_key, tells
from lianxin.cli.desk.act.under import Under
from lianxin.cli.desk.act.writing import Writer
from lianxin.cli.desk.keys import KEYS, LETTERS, MORE, MORE_NAMES, OPENS, PRINTS, caps, letters
from lianxin.cli.desk.view.acts import ActBar, Does
from lianxin.cli.desk.view.flow import key_line
from lianxin.cli.desk.view.help import HelpScreen
from lianxin.cli.desk.view.list import ItemList
from lianxin.cli.desk.view.panes import Panes
from lianxin.cli.desk.view.reading import Reader
from lianxin.cli.desk.view.show import Shown
from lianxin.cli.desk.view.tab import TABS, Tab, kinds_of, tab_of
from lianxin.cli.desk.view.tabs import TabBar
from lianxin.cli.desk.view.theme import BREAKS, CSS, INK, PLAIN, RICH
from lianxin.cli.form.base import Full, Interrupted
from lianxin.cli.form.question import Question
from lianxin.cli.form.said import Said
from lianxin.cli.run.saying import say_by, tongue
from lianxin.cli.run.session import Session
from lianxin.core.error import LianxinError
from lianxin.formats.width import natural_width
from lianxin.kinds import kind_of

#: Of the desk alone; those in the box are the box's.
_IN_BOX = frozenset({"to_list"})
_ACTIONS = _IN_BOX | {key.action for key in KEYS} | {"tab", "turn", "unmark", "act"}

#: Seconds after which the first screen stands there.
_SETTLED = 2.0

_WEEKDAYS = "一二三四五六日"


def _collect() -> None:
    """What was loaded to open the desk stays: looking through it again and again would make keys wait."""
    gc.freeze()
    gc.enable()


class Desk(Full[int]):
    """One screen for the whole day."""

    CSS = CSS
    HORIZONTAL_BREAKPOINTS = list(BREAKS)  # noqa: RUF012 - as Textual declares it
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key.names, key.action, show=False, priority=True) for key in KEYS),
        *(Binding(str(n), f"tab({n - 1})", show=False, priority=True) for n in range(1, len(TABS) + 1)),
        Binding("left", "turn(-1)", show=False, priority=True),
        Binding("right", "turn(1)", show=False, priority=True),
        Binding("escape", "unmark", show=False, priority=True),
        *(Binding(caps(letter), f"act('{letter}')", show=False, priority=True) for letter in LETTERS),
        Binding(MORE_NAMES, f"act('{MORE}')", show=False, priority=True),
        Binding("enter", "act('')", show=False, priority=True),
        Binding("enter,down", "to_list", show=False, priority=True),
        Binding("ctrl+q", "leave", show=False, priority=True),
    ]

    def __init__(self, session: Session, reader: Reader, shown: Shown) -> None:
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self.session, self.reader = session, reader
        self.writer = Writer(session, self._sure)
        self.doing = Doing(self, self.writer)
        self.panes, self.tabs = Panes(reader, shown), TabBar()
        self.office = Static(id="office", markup=False)
        self._certain = False
        say_by(partial(self._said, tongue()))
        self.who = Static(id="who", markup=False)
        self.clock = Static(id="now", markup=False)
        self.foot = Said(id="told")
        for theme in (RICH, PLAIN):
            self.register_theme(theme)
        self.ansi_theme_dark = INK
        few = self.no_color or self.console.color_system in (None, "standard")
        self.theme = (PLAIN if few else RICH).name

    def get_default_screen(self) -> Under:
        """The screen under all others."""
        return Under(self.doing)

    def compose(self) -> ComposeResult:
        """The screen from top to bottom."""
        with Horizontal(id="head"):
            yield self.office
            yield self.who
            yield self.clock
        yield self.tabs
        yield self.panes
        yield self.foot
        yield key_line()

    def on_mount(self) -> None:
        """Show the frame; what stands in it comes from the records."""
        self.panes.listed.focus()
        self._head()
        self.set_interval(20, self._head)
        self.set_timer(_SETTLED, _collect)
        self.open_tab(Tab.TODAY)
        self.panes.watch_others()

    def on_resize(self) -> None:
        """Draw all of it once more when the window has come to rest: terminals move what stood there meanwhile."""
        self.set_timer(0.3, self.screen.refresh)

    def _head(self) -> None:
        now = self.session.now
        self.clock.update(f"{now:%Y-%m-%d} 星期{_WEEKDAYS[now.weekday()]} {now:%H:%M}")
        with contextlib.suppress(LianxinError):  # what is listed tells of it
            self.office.update(self.session.workspace().office.name)

    def _said(self, else_: Callable[[str], str], text: str) -> str:
        """Commands that texts tell of, as keys of this screen; nearly all tell of none."""
        if not tells(text):
            return text
        item = self.panes.listed.item
        over = Over(self.doing.filling, self.panes.bar.words) if len(self.screen_stack) > 1 else None
        return by_key(text, item.id if item else "", else_, over)

    # what is told

    def tell(self, text: str, *, wrong: bool = False) -> None:
        """One line at the foot."""
        self.foot.say(text)
        self.foot.set_class(wrong, "-wrong")

    @on(Panes.Refused)
    def _refused(self, event: Panes.Refused) -> None:
        self.tell(event.told, wrong=True)

    @on(Panes.Listed)
    def _listed(self) -> None:
        if told := self.panes.seated:
            self.who.update(told)

    def seat(self, person: str) -> None:
        """Somebody else sits here now."""
        self.session = self.reader.session = replace(self.session, actor=person)
        self.writer.seat(person)
        self.panes.renew()

    def done(self, done: Done) -> None:
        """Say what was done, and show the list as it is now."""
        hint = "u 撤销" if done.wrote else done.hint
        line = f"{done.told}    {hint}" if hint else done.told
        self.tell(line if natural_width(line) <= self.foot.content_size.width else f"{done.told}\n{hint}".rstrip())
        if done.wrote:
            self.panes.listed.marked.clear()
            self.panes.renew(on=done.on and self.panes.tab is Tab.TODAY, to=done.made)

    @on(Panes.Elsewhere)
    def _elsewhere(self, event: Panes.Elsewhere) -> None:
        kind = kind_of(event.made).name
        if tab := tab_of(kind):
            self.tabs.show(tab)
            self.panes.open(tab, kind, to=(event.made,))

    def _sure(self, why: str) -> bool:
        """Ask from a thread that is about to write by a doubtful clock; a yes holds for the day."""
        answer: Future[bool] = Future()
        if not self._certain:
            told = "照这样记下去，以后的步骤会排不进去。"
            question = Question(f"{why}。", [told], "电脑现在的日期和时间是准的吗？", doubtful=True)
            self.call_from_thread(self.push_screen, question, lambda yes: answer.set_result(bool(yes)))
            while not self._certain and not answer.done() and self.is_running:
                wait([answer], timeout=0.5)
            self._certain = answer.done() and answer.result()
        return self._certain

    @on(Interrupted)
    def _interrupted(self, event: Interrupted) -> None:
        """Ctrl-C says how to leave what is open; when it comes again it leaves that."""
        above = self.screen
        alone = above is self.screen_stack[0]
        if not event.again:
            self.tell(f"{'离开工作台按 q' if alone else '不要了按 Esc'}，或者再按一次 Ctrl-C；写入了的都在")
        elif alone:
            self.action_away()
        else:
            above.dismiss(None)

    # tabs

    @on(ItemList.Left)
    def _left(self) -> None:
        """What was told is of where she was; how many are marked is of what comes next."""
        many = len(self.panes.listed.marked)
        self.tell(f"选中 {many} 条，按哪一步的键就一起办哪一步；Esc 都不选了" if many else "")

    def open_tab(self, tab: Tab) -> None:
        """List something else."""
        self.tell("")
        self.tabs.show(tab)
        self.panes.open(tab)

    def action_kind(self, kind: str) -> None:
        """List another kind at the tab that lists them by turns."""
        self.tell("")
        self.panes.open(self.panes.tab, kind)

    def action_tab(self, place: int) -> None:
        """Open a tab by its place."""
        self.open_tab(TABS[place])

    def action_turn(self, way: int) -> None:
        """Open the tab beside this one."""
        self.open_tab(TABS[(TABS.index(self.panes.tab) + way) % len(TABS)])

    @on(TabBar.Wanted)
    def _tab_clicked(self, event: TabBar.Wanted) -> None:
        self.open_tab(event.tab)

    @on(AppFocus)
    async def _back(self) -> None:
        await self.panes.look()

    # acts

    @on(ItemList.Taken)
    def _taken(self) -> None:
        self._press("")

    @on(ActBar.Wanted)
    def _clicked(self, event: ActBar.Wanted) -> None:
        self._press("" if event.act.likely else event.act.key)

    def _press(self, key: str) -> None:
        self.doing.hold()
        self._pressed(key)

    @work(exclusive=True, group="press")
    async def _pressed(self, key: str) -> None:
        try:
            found, items = await self.panes.act(key)
            if len(found) > 1 or (found and key == MORE):
                self.doing.one_of(found, items)
            elif found:
                self.doing.act(found[0], items)
            else:
                self._cannot(key)
        except LianxinError as error:
            self.tell(str(error), wrong=True)
        finally:
            self.doing.release()

    def _cannot(self, key: str) -> None:
        """Say that a key does nothing for the line that the mark stands on."""
        word = next((word for word, letter in letters().items() if letter == key), "")
        if self.panes.loading_list:
            self.tell("还在读取，列出来了再按")
        elif self.panes.listed.item is None:
            self.tell("这里没有选中的，按 n 记一条新的")
        elif word:
            which = "选中的几条" if self.panes.listed.marked else "这一条"
            self.tell(f"{key} 是「{word}」，{which}现在办不了；能办的写在上面一行")
        else:
            self.dead()

    def dead(self) -> None:
        """Say that a key does nothing here."""
        self.tell("这个键在这里没有用；能按的写在下面和上面一行，? 看全部")

    # keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a key is one of the desk's own now: it is not over the desk, nor in the box, where it is written.

        Such keys come before whatever has the hand: each finds the hand where the one before it has put it.
        """
        if action not in _ACTIONS:
            return True
        if len(self.screen_stack) > 1 or self.doing.held is not None:
            return False
        beside = self.screen.focused not in (self.panes.listed, self.panes.detail)
        if parameters == ("",) and beside:  # Enter is of whatever has the hand
            return False
        return (self.screen.focused is self.panes.box) == (action in _IN_BOX) or action == "unmark"

    def action_act(self, key: str) -> None:
        """What a letter, or Enter, means for the line that the mark stands on."""
        self._press(key)

    def action_to_list(self) -> None:
        """From the box to what was found."""
        self.screen.set_focus(self.panes.listed)

    def action_clicked(self, action: str) -> None:
        """What a key does, wherever the hand is."""
        self.call_later(getattr(self, f"action_{action}"))

    def action_add(self) -> None:
        """A new record of the kind that the tab lists; by a duty, what it wants."""
        if self.panes.tab is Tab.DUTIES:
            self._add_for_duty()
        else:
            self.doing.add(self.panes.kinds or kinds_of(self.panes.tab))

    @work(exclusive=True, group="press")
    async def _add_for_duty(self) -> None:
        with contextlib.suppress(LianxinError):
            found, items = await self.panes.act("")
            if found and found[0].does is Does.ADD:
                self.doing.act(found[0], items)
                return
        self.doing.add(self.panes.kinds or kinds_of(self.panes.tab))

    def action_find(self) -> None:
        """Find by a word."""
        self.tell("")
        self.panes.find()

    def action_edit(self) -> None:
        """Change what the mark stands on."""
        if self.panes.listed.item:
            self.doing.edit(self.panes.listed.item)

    def action_undo(self) -> None:
        """Take back the last command, once she has seen which it is."""
        self.doing.undo()

    @work(exclusive=True, group="press")
    async def action_print(self) -> None:
        """Make a file of what the mark stands on."""
        with contextlib.suppress(LianxinError):
            own, items = await self.panes.act(PRINTS)
            likely, _ = await self.panes.act("")
            if found := own or [one for one in likely if one.does is Does.MAKE]:
                self.doing.act(found[0], items)
            elif self.panes.listed.item:
                self.doing.print(self.panes.listed.item)

    @work(exclusive=True, group="open")
    async def action_open(self) -> None:
        """Open what the mark stands on, where that is a file; else the file made last."""
        with contextlib.suppress(LianxinError):
            found, items = await self.panes.act(OPENS)
            if found:
                self.doing.act(found[0], items)
                return
        made = self.doing.made
        self.tell(await paper.show(made) if made else "还没有出过文件：先选中要出的，按 p 出一份")

    def action_rare(self) -> None:
        """What is seldom done."""
        self.doing.rare()

    def action_help(self) -> None:
        """Show every key."""
        self.push_screen(HelpScreen())

    def action_mark(self) -> None:
        """Mark the line for what is done to several, or take the mark away."""
        listed = self.panes.listed
        if listed.item:
            listed.mark(listed.item)
            listed.action_cursor_down()
            self.panes.marked()
            self._left()

    def action_unmark(self) -> None:
        """Put the box away, else take every mark away."""
        if self.panes.leave_box():
            return
        self.panes.listed.unmark()
        self.panes.marked()
        self.tell("")

    def action_away(self) -> None:
        """Leave; whatever is being written is finished first."""
        self.exit(0)
