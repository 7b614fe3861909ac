"""The line of tabs, the one that is open marked."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.style import Style
from textual.widgets import Static

from lianxin.cli.desk.view.flow import Flow
from lianxin.cli.desk.view.tab import TABS, Tab
from lianxin.kinds import BRIEF


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


class KindBar(Flow):
    """The kinds of a tab that lists one of them at a time, that one marked."""

    def show(self, kinds: Sequence[str], here: str, key: str) -> None:
        """Tell them, and which key goes on to the next."""
        pieces = [
            Content.styled(BRIEF[name].label, "bold reverse" if name == here else "").stylize(
                Style.from_meta({"@click": f"app.kind('{name}')"})
            )
            for name in kinds
        ]
        self.flow([*pieces, Content.styled(f"再按 {key} 换", "bold $primary")])
