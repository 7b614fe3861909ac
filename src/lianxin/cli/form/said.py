"""What a form says: wrapped by Chinese rules, where Textual breaks lines at blanks alone."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from lianxin.cli.run.saying import turned
from lianxin.formats.width import wrap_told


class Said(Static):
    """Some lines, wrapped anew when there is more room, or less."""

    def __init__(self, text: str = "", *, id: str | None = None, classes: str = "") -> None:  # noqa: A002
        super().__init__(id=id, classes=classes, markup=False)
        self._text = text

    def on_mount(self) -> None:
        """As it was made."""
        self.say(self._text)

    def on_resize(self) -> None:
        """There is more room, or less."""
        self.say(self._text)

    def say(self, text: str) -> None:
        """Say this."""
        self._text = text = turned(text)
        width = self.content_size.width
        self.update(Content("\n".join(wrap_told(text, width) if width else [text])))
