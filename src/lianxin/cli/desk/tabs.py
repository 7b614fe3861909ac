"""The tabs: what each lists, and the line they stand on."""

from __future__ import annotations

from enum import StrEnum

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Click
from textual.message import Message
from textual.widgets import Static


class Tab(StrEnum):
    """What is listed."""

    TODAY = "今日"
    ISSUES = "问题"
    VISITS = "走访"
    PAIRINGS = "结对"
    HOUSEHOLDS = "联系户"
    CHASE = "吹哨整改"
    DUTIES = "职责"
    PAPERS = "台账报表"


#: Whose records a tab lists.
KINDS: dict[Tab, tuple[str, ...]] = {
    Tab.ISSUES: ("issue",),
    Tab.VISITS: ("visit",),
    Tab.PAIRINGS: ("pairing",),
    Tab.HOUSEHOLDS: ("household",),
    Tab.CHASE: ("whistle", "rectification"),
}

TABS = tuple(Tab)


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
