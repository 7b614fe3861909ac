"""The form as a screen: over the desk, or alone below a command."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Any

from msgspec.structs import replace
from textual import work
from textual.app import ComposeResult
from textual.events import Key, Paste
from textual.widget import Widget
from textual.widgets import Static

from lianxin.actions.unfinished import another, put_by, sweep, taken_up
from lianxin.cli.form.base import Full, Interrupted, Once
from lianxin.cli.form.ending import Left, Written
from lianxin.cli.form.hand import Hand
from lianxin.cli.form.table import TableView
from lianxin.cli.form.task import TableTask, Task
from lianxin.cli.form.view import FormView
from lianxin.cli.run.session import Session
from lianxin.core.error import LianxinError
from lianxin.storage.book import LedgerBook
from lianxin.storage.write.draft import Draft


class Early(Static, can_focus=True):
    """Has the hand until there is a form: what is typed is kept for that, and handed on when it stands there."""

    DEFAULT_CSS = "Early { height: 0; }"

    def __init__(self, early: Sequence[Key | Paste]) -> None:
        super().__init__()
        self._kept = [*early]

    def on_key(self, event: Key) -> None:
        """It is meant for the form."""
        event.stop()
        event.prevent_default()
        self._take(Key(event.key, event.character))

    def on_paste(self, event: Paste) -> None:
        """So is this."""
        event.stop()
        self._take(Paste(event.text))

    def _take(self, one: Key | Paste) -> None:
        hand = self.screen.focused
        if hand is None or hand is self:
            self._kept.append(one)
        else:
            hand.post_message(one)

    def hand_on(self) -> None:
        """Something else has the hand."""
        kept, self._kept = self._kept, []
        for one in kept:
            self._take(one)


class FormScreen(Once[Any]):
    """A form; what was written comes back, nothing where she left it, or why it cannot be filled in.

    Its book is opened beside the screen; what is typed before the form stands there is for the form.

    Args:
        session: This run.
        make: What it is for.
        early: What was typed for it before there was a screen.
        resumes: The name of the draft that it goes on with; empty: its own, if that is taken up.

    Attributes:
        kept: Something was typed, and is kept.
        by_key: It does not stand there the next time by itself: a key brings it.
    """

    CSS_PATH = "form.tcss"
    #: The form puts the hand where something is wanted.
    AUTO_FOCUS = ""

    def __init__(
        self,
        session: Session,
        make: Callable[[], Task[Any] | TableTask],
        early: Sequence[Key | Paste] = (),
        resumes: str = "",
    ) -> None:
        super().__init__()
        self._session = session
        self._make = make
        self._stack = ExitStack()
        self._early = Early(early)
        self._resumes, self._beside = resumes, ""
        self._over = self.kept = self.by_key = False

    def compose(self) -> ComposeResult:
        """The form comes when its book is open."""
        yield self._early

    def on_mount(self) -> None:
        """Open it."""
        self._open()

    def _open(self) -> None:
        self._early.can_focus = True
        self.set_focus(self._early)
        self._begin()

    @work(exclusive=True)
    async def _begin(self) -> None:
        try:
            task, book, draft, other = await asyncio.to_thread(self._opened)
        except LianxinError as error:
            self.dismiss(error)
            return
        if isinstance(task, TableTask):
            await self.mount(TableView(task, book, draft))
        else:
            await self.mount(FormView(task, book, draft, other))

    def _opened(self) -> tuple[Task[Any] | TableTask, LedgerBook, Draft, str]:
        """What it is for, with a book of its own for as long as it stands; and what another one of the sort says."""
        task = self._make()
        if self._resumes and isinstance(task, Task):
            task = replace(task, form=replace(task.form, name=self._resumes), typed={})
        repo = self._session.workspace().journal().repo
        book = self._stack.enter_context(self._session.book(quiet=True))
        if self._over:  # she left before it was open
            self._stack.close()
            raise LianxinError("")
        sweep(repo, book)
        day = self._session.now.date()
        draft = Draft(repo, task.form.name, day)
        if isinstance(task, TableTask):
            return task, book, draft, ""
        self.by_key = not taken_up(task.form)
        if not self._resumes:
            put_by(task.form, draft)
        if draft.kept() is not None:
            return task, book, draft, ""
        self._beside, told = another(task.form, book, repo, day)
        return task, book, draft, told

    def watch_focused(self, focused: Widget | None) -> None:
        """The form stands there: what was typed for it comes before what is typed now."""
        if focused not in (None, self._early):
            self._early.can_focus = False
            self._early.hand_on()

    def on_unmount(self) -> None:
        """The book is closed, be it that it is being opened."""
        self._over = True
        self._stack.close()

    def on_interrupted(self, event: Interrupted) -> None:
        """Ctrl-C is of the form; until there is one it leaves if it comes twice."""
        event.stop()
        form = next((one for one in self.children if isinstance(one, Hand)), None)
        if form:
            form.interrupted(again=event.again)
        elif event.again:
            self.dismiss(None)

    async def on_anew(self) -> None:
        """It begins as if nothing had been typed."""
        self._resumes = ""
        await self._again()

    async def on_other(self) -> None:
        """It is another one that she goes on with; what was typed here is kept."""
        self._resumes = self._beside
        await self._again()

    async def _again(self) -> None:
        await self.remove_children(Hand)
        self._stack.close()
        self._open()

    def on_written(self, event: Written) -> None:
        """It is in the ledger."""
        self.dismiss(event.done)

    def on_left(self, event: Left) -> None:
        """She left it."""
        self.kept = event.kept
        self.dismiss(None)


class FormApp(Full[Any]):
    """The form alone, below the command that asks for it."""

    def __init__(self, session: Session, task: Task[Any] | TableTask) -> None:
        super().__init__(ansi_color=True)
        self._session = session
        self._doing = task

    def on_mount(self) -> None:
        """The form, and nothing else, in the terminal's own colours."""
        super().on_mount()
        self.theme = "ansi-dark"
        self.push_screen(FormScreen(self._session, lambda: self._doing), self._ended)

    def _ended(self, done: Any) -> None:
        if isinstance(done, LianxinError):
            self.broke = done
        self.exit(None if self.broke else done)
