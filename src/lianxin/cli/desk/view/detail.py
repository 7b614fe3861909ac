"""The record chosen, as the formats make it for a screen of the pane's width."""

from __future__ import annotations

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from lianxin.cli.run.saying import turned
from lianxin.core.document import Document, Face
from lianxin.formats import render
from lianxin.formats.face.mask import mask
from lianxin.formats.screen.reworded import reworded


class Detail(VerticalScroll):
    """A page to read."""

    def __init__(self) -> None:
        super().__init__()
        self._document: Document | None = None
        self._width = 0
        self._page = Static(id="page", markup=False)

    def compose(self) -> ComposeResult:
        """What is read."""
        yield self._page

    def put(self, document: Document | None) -> None:
        """Show a page from its beginning; another reading of the same one stays where it is."""
        same = document and self._document and document.title == self._document.title
        self._document = document
        self._draw()
        if not same:
            self.scroll_home(animate=False)

    def say(self, text: str) -> None:
        """Say why there is no page."""
        self._document = None
        self._page.update(turned(text))

    def on_resize(self, _event: events.Resize) -> None:
        """Fold the page anew."""
        if self._room != self._width:
            self._draw()

    @property
    def _room(self) -> int:
        return self.scrollable_content_region.width

    def _draw(self) -> None:
        self._width = self._room
        if self._document is None or not self._width:
            self._page.update("")
            return
        color = not self.app.no_color
        told = mask(reworded(self._document, turned), Face.INTERNAL)
        made = str(render(told, "terminal", width=self._width, color=color))
        self._page.update(Content.from_rich_text(Text.from_ansi(made.rstrip("\n"), no_wrap=True)))
