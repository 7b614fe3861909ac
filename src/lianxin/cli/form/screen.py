"""The form as a screen: over the desk, or alone below a command."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

from textual.app import ComposeResult
from textual.screen import Screen

from lianxin.actions.unfinished import sweep
from lianxin.cli.form.base import Full
from lianxin.cli.form.ending import Written
from lianxin.cli.form.table import TableView
from lianxin.cli.form.task import TableTask, Task
from lianxin.cli.form.view import FormView
from lianxin.cli.run.session import Session
from lianxin.storage.write.draft import Draft


class FormScreen(Screen[Any]):
    """A form; what was written comes back, or nothing where she left it."""

    CSS_PATH = "form.tcss"
    #: The form puts the hand where something is wanted.
    AUTO_FOCUS = ""

    def __init__(self, session: Session, task: Task[Any] | TableTask) -> None:
        super().__init__()
        self._session = session
        self._doing = task
        self._stack = ExitStack()

    def compose(self) -> ComposeResult:
        """The form, with a book of its own for as long as it stands."""
        book = self._stack.enter_context(self._session.book(quiet=True))
        repo = self._session.workspace().journal().repo
        sweep(repo, book)
        draft = Draft(repo, self._doing.form.name, self._session.now.date())
        if isinstance(self._doing, TableTask):
            yield TableView(self._doing, book, draft)
        else:
            yield FormView(self._doing, book, draft)

    def on_unmount(self) -> None:
        """The book is closed."""
        self._stack.close()

    async def on_anew(self) -> None:
        """It begins as if nothing had been typed."""
        self._stack.close()
        await self.recompose()

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
        self.push_screen(FormScreen(self._session, self._doing), self.exit)
