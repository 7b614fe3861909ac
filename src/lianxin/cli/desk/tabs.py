"""The line of tabs, the one that is open marked."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Click
from textual.message import Message
from textual.widgets import Static

from lianxin.cli.desk.tab import TABS, Tab


class _Label(Static):
    """One tab."""

    def __init__(self, tab: Tab, number: int) -> None:
        super().__init__(f"{number} {tab}", classes="tab", markup=False)
        self.tab = tab

    def on_click(self, event: Click) -> None:
        """Go there."""
        event.stop()
        self.post_message(TabBar.Wanted(self.tab))


class TabBar(Horizontal):
    """All tabs, the one that is open marked."""

    class Wanted(Message):
        """Another tab is to be opened."""

        def __init__(self, tab: Tab) -> None:
            self.tab = tab
            super().__init__()

    def compose(self) -> ComposeResult:
        """One label a tab."""
        yield from (_Label(tab, number) for number, tab in enumerate(TABS, 1))

    def show(self, tab: Tab) -> None:
        """Mark the one that is open."""
        for label in self.query(_Label):
            label.set_class(label.tab is tab, "-here")
