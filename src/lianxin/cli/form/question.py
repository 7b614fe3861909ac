"""A question over the screen: lines to read, and whether to go on."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.widgets import Static

from lianxin.cli.form.answer import answered, below, choices, three
from lianxin.cli.form.base import SCROLLING, Over, answered_by
from lianxin.cli.form.said import Said
from lianxin.cli.run.saying import turned


class Question(Over[bool | None]):
    """Lines to read, and whether to go on; None: it is left open.

    Args:
        title: What it is about.
        lines: To read.
        asked: The question.
        doubtful: No is more likely the answer, and is what a mere Enter means.
        declined: What no means where it may also be left open, which Esc does then.
    """

    DEFAULT_CSS = """
    Question { align: center middle; background: $background 60%; }
    Question #box { width: 76; max-width: 96%; height: auto; max-height: 90%; border: round $primary; padding: 1 2; }
    Question #lines { height: auto; max-height: 14; }
    Question #answers { height: auto; margin-top: 1; color: $primary; text-style: bold; }
    """

    def __init__(
        self, title: str, lines: Sequence[str], asked: str, *, doubtful: bool = False, declined: str = ""
    ) -> None:
        super().__init__()
        self._title, self._lines, self._asked, self._doubtful = title, lines, asked, doubtful
        self._declined = declined

    def compose(self) -> ComposeResult:
        """What is asked, and how it is answered."""
        with Vertical(id="box"):
            yield Static(Content.styled(turned(self._title), "bold"), markup=False)
            with VerticalScroll(id="lines"):
                yield Said("\n".join(self._lines))
            yield Said(self._told(""), id="answers")

    def on_mount(self) -> None:
        """Say how much of it is not seen."""
        lines = self.query_one("#lines", VerticalScroll)
        self.watch(lines, "scroll_y", self._tell, init=False)
        self.watch(lines, "virtual_size", self._tell, init=False)
        self.call_after_refresh(self._tell)

    def _tell(self) -> None:
        self.query_one("#answers", Said).say(self._told(below(self.query_one("#lines"))))

    def _told(self, left: str) -> str:
        keys = three(self._declined) if self._declined else choices("", doubtful=self._doubtful).strip()
        return f"{left}{self._asked}\n{keys}"

    def on_key(self, event: Key) -> None:
        """Take the answer; arrows scroll, any other key is none."""
        if event.key in SCROLLING:
            return
        event.stop()
        event.prevent_default()
        yes = answered(event, doubtful=self._doubtful)
        if self._declined and event.key == "escape":
            self.dismiss(None)
        elif yes is not None:
            if event.is_printable:
                answered_by(self)
            self.dismiss(yes)
