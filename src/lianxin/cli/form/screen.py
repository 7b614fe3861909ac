"""The form as a screen: over the desk, or alone below a command."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from textual import work
from textual.events import Key, Paste
from textual.screen import Screen
from textual.widget import Widget

from lianxin.actions.unfinished import sweep
from lianxin.cli.form.base import Full
from lianxin.cli.form.ending import Written
from lianxin.cli.form.table import TableView
from lianxin.cli.form.task import TableTask, Task
from lianxin.cli.form.view import FormView
from lianxin.cli.run.session import Session
from lianxin.core.error import LianxinError
from lianxin.storage.book import LedgerBook
from lianxin.storage.write.draft import Draft


class FormScreen(Screen[Any]):
    """A form; what was written comes back, nothing where she left it, or why it cannot be filled in.

    Its book is opened beside the screen; what is typed before the form stands there is for the form.
    """

    CSS_PATH = "form.tcss"
    #: The form puts the hand where something is wanted.
    AUTO_FOCUS = ""

    def __init__(self, session: Session, make: Callable[[], Task[Any] | TableTask]) -> None:
        super().__init__()
        self._session = session
        self._make = make
        self._stack = ExitStack()
        self._early: list[Key | Paste] | None = []

    def on_mount(self) -> None:
        """Open it."""
        self._begin()

    @work(exclusive=True)
    async def _begin(self) -> None:
        try:
            task, book, draft = await asyncio.to_thread(self._opened)
        except LianxinError as error:
            self.dismiss(error)
            return
        await self.mount(TableView(task, book, draft) if isinstance(task, TableTask) else FormView(task, book, draft))

    def _opened(self) -> tuple[Task[Any] | TableTask, LedgerBook, Draft]:
        """What it is for, with a book of its own for as long as it stands."""
        task = self._make()
        repo = self._session.workspace().journal().repo
        book = self._stack.enter_context(self._session.book(quiet=True))
        sweep(repo, book)
        return task, book, Draft(repo, task.form.name, self._session.now.date())

    def watch_focused(self, focused: Widget | None) -> None:
        """The form stands there: what was typed for it comes before what is typed now."""
        if focused and self._early is not None:
            early, self._early = self._early, None
            for one in early:
                focused.post_message(one)

    def on_key(self, event: Key) -> None:
        """It is typed for a form that does not stand there yet."""
        if self._early is not None:
            event.stop()
            self._early.append(Key(event.key, event.character))

    def on_paste(self, event: Paste) -> None:
        """It is pasted into one."""
        if self._early is not None:
            event.stop()
            self._early.append(Paste(event.text))

    def on_unmount(self) -> None:
        """The book is closed."""
        self._stack.close()

    async def on_anew(self) -> None:
        """It begins as if nothing had been typed."""
        self._early = []
        await self.remove_children()
        self._stack.close()
        self._begin()

    def on_written(self, event: Written) -> None:
        """It is in the ledger."""
        self.dismiss(event.done)

    def on_left(self) -> None:
        """She left it."""
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
