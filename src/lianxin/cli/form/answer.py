"""A question at the foot of a form, answered by a key."""

from __future__ import annotations

from collections.abc import Callable

from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.widget import Widget
from textual.widgets import Static

from lianxin.cli.form.base import answered_by
from lianxin.cli.form.task import Tried

#: Keys that mean yes, and no.
YES, NO = ("y", "Y", "ｙ"), ("n", "N", "ｎ", "escape")

#: Keys that go through what is asked about.
_SCROLLING = {
    "up": VerticalScroll.scroll_up,
    "down": VerticalScroll.scroll_down,
    "pageup": VerticalScroll.scroll_page_up,
    "pagedown": VerticalScroll.scroll_page_down,
}


def answered(event: Key, *, doubtful: bool) -> bool | None:
    """Whether a key means yes or no; None: neither. A mere Enter means what is likelier."""
    if event.key == "enter":
        return not doubtful
    if event.key in YES or event.character in YES:
        return True
    return False if event.key in NO or event.character in NO else None


def choices(question: str, *, doubtful: bool) -> str:
    """A question, and how it is answered."""
    return f"{question}    y 是    n 否（回车是「{'否' if doubtful else '是'}」，Esc 是「否」）"


def below(seen: Widget) -> str:
    """What is said before a question of what stands below what is seen; nothing where nothing does."""
    left = round(seen.max_scroll_y - seen.scroll_y)
    return f"下面还有 {left} 行；" if left > 0 else ""


def three(declined: str) -> str:
    """How a question is answered that may be left open."""
    return f"y 是    n {declined}    Esc 以后再说（回车是「是」）"


class Answer(Static, can_focus=True):
    """The question; there is none until one is asked."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.display = False
        self._tried: Tried | None = None
        self._given: Callable[[bool], None] = lambda _yes: None
        self._above: VerticalScroll | None = None
        self._watched: set[VerticalScroll] = set()

    @property
    def waiting(self) -> bool:
        """Whether there is nothing to answer yet."""
        return self._tried is None

    def wait(self) -> None:
        """Take the keys until there is something to ask: nobody answers what she has not seen."""
        self._tried = None
        self._show("正在核对，请稍候")

    def ask(self, tried: Tried, given: Callable[[bool], None], above: VerticalScroll) -> None:
        """Ask whether to go on.

        Args:
            tried: What is asked.
            given: Told the answer; puts the hand elsewhere.
            above: What it is about; it is scrolled through before the answer.
        """
        self._tried, self._given, self._above = tried, given, above
        if tried.lines and above not in self._watched:
            self._watched.add(above)
            self.watch(above, "scroll_y", self.tell, init=False)
            self.watch(above, "virtual_size", self.tell, init=False)
        self._show(choices(tried.question, doubtful=tried.doubtful))
        self.tell_soon()

    def tell_soon(self) -> None:
        """Say so once it is seen how much room there is."""
        self.call_after_refresh(self.tell)

    def tell(self) -> None:
        """Say how much of what it is about is not seen."""
        if self._tried is not None and self._tried.lines and self._above is not None:
            asked = choices(self._tried.question, doubtful=self._tried.doubtful)
            self.update(Content.styled(f"{below(self._above)}{asked}", "bold"))

    def _show(self, text: str) -> None:
        self.update(Content.styled(text, "bold"))
        self.display = True
        self.screen.set_focus(self)

    def on_key(self, event: Key) -> None:
        """Take the answer; any other key is none."""
        event.stop()
        event.prevent_default()
        hand = self.screen.focused
        if hand is not None and hand is not self:  # typed after the answer
            hand.post_message(Key(event.key, event.character))
        elif self._above is not None and event.key in _SCROLLING:
            _SCROLLING[event.key](self._above, animate=False)
        elif self._tried is not None:
            yes = answered(event, doubtful=self._tried.doubtful)
            if yes is not None:
                if event.is_printable:
                    answered_by(self)
                self._tried = None
                self._given(yes)
