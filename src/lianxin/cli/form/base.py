"""What every application on the whole terminal shares: how it is ended, and who tells what befell it.

Textual shows what broke with the values of all variables, which are people's names, and has no public way to have that
otherwise; what is used of it here holds for Textual 8.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
import time
from contextlib import suppress
from types import FrameType
from typing import Any, ClassVar, TypeVar

from textual.app import App
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.events import Event, Key, MouseDown, Paste
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import ModalScreen, Screen
from textual.widgets import TextArea

from lianxin.cli.run.stop import heed

T = TypeVar("T")

_CTRL_C = "ctrl+c"

#: Seconds from one look at whether the terminal is still there to the next.
_LOOK = 1.0
#: Seconds to end as it should once it is gone; a write that was begun takes less.
_GRACE = 15.0


class Interrupted(Message):
    """Ctrl-C: for whatever is open to say how it is left; again: she knows."""

    def __init__(self, *, again: bool) -> None:
        super().__init__()
        self.again = again


def answered_by(widget: MessagePump) -> None:
    """Something was answered by a letter or a digit."""
    if isinstance(widget.app, Full):
        widget.app.answered()


#: Keys that move what is too long for its place.
SCROLLING = frozenset({"up", "down", "pageup", "pagedown", "home", "end"})


class Once(Screen[T]):
    """A screen that ends once: a key that was on its way to it by then does nothing."""

    _ended = False

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """End it, be it for the first time."""
        if self._ended:
            return AwaitComplete()
        self._ended = True
        return super().dismiss(result)


class Over(Once[T], ModalScreen[T]):
    """Such a screen over what stands there."""


class Full(App[T]):
    """An application of ours.

    Attributes:
        broke: What befell it; whoever runs it raises it again, outside.
    """

    ENABLE_COMMAND_PALETTE = False
    #: In place of Textual's own, which speaks English.
    BINDINGS: ClassVar[list[BindingType]] = [Binding(_CTRL_C, "interrupt", show=False, priority=True)]

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self.broke: Exception | None = None
        self._warned = self._answered = False

    def answered(self) -> None:
        """A letter or a digit has answered: whoever presses Enter behind it, as elsewhere, means no more by that."""
        self._answered = True

    async def on_event(self, event: Event) -> None:
        """Any other key between two Ctrl-C makes the second a first one; an Enter behind an answer belongs to that."""
        if isinstance(event, (Key, MouseDown, Paste)) and not event.is_forwarded:
            self._warned = self._warned and isinstance(event, Key) and event.key == _CTRL_C
            answered, self._answered = self._answered, False
            if answered and isinstance(event, Key) and event.key == "enter":
                return
        await super().on_event(event)

    def on_mount(self) -> None:
        """A kill, or a terminal that went, ends it as a key does: what is being written is finished first."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is not signal.SIG_IGN:  # as under nohup
                loop.add_signal_handler(number, self._stop, number)
        if not self.is_headless:
            _only_when_held()
            threading.Thread(target=self._watch, args=(loop,), name="terminal", daemon=True).start()

    def _watch(self, loop: asyncio.AbstractEventLoop) -> None:
        """Leave where the terminal is gone, be it that nobody says so.

        Textual reads its end again and again, and its loop waits for ever once what it draws cannot be written.
        """
        while os.isatty(sys.__stdin__.fileno() if sys.__stdin__ else 0):
            time.sleep(_LOOK)
        with suppress(RuntimeError):  # it has ended by itself meanwhile
            loop.call_soon_threadsafe(self._stop, signal.SIGHUP)
        time.sleep(_GRACE)
        os._exit(128 + signal.SIGHUP)  # whatever was typed is kept, and a commit that was begun is finished by the next

    def _stop(self, number: int) -> None:
        heed(number)
        self.exit()

    def action_interrupt(self) -> None:
        """Ctrl-C copies what is chosen, as elsewhere, and never leaves before it has been said how."""
        focused = self.screen.focused
        chosen = self.screen.get_selected_text() or (focused.selected_text if isinstance(focused, TextArea) else "")
        if chosen:
            self.copy_to_clipboard(chosen)
        again, self._warned = self._warned, not self._warned
        self.screen.post_message(Interrupted(again=again))

    def action_leave(self) -> None:
        """Leave at once; whatever was typed is kept already."""
        self.exit()

    def _handle_exception(self, error: Exception) -> None:
        if self.is_headless:  # tests are told by Textual itself
            super()._handle_exception(error)
        elif self.broke is None:
            self.broke = error
            self.exit()

    def answer(self, **how: Any) -> T | None:
        """Run it; what it ends with.

        Args:
            how: As ``App.run`` takes it.
        """
        made = self.run(**how)
        if self.broke is not None:
            raise self.broke
        return made


def _only_when_held() -> None:
    """Let Textual's driver start again only where it was held.

    Whoever loses a terminal is told to go on as well as to hang up: a driver that starts then waits for ever.
    """
    hold, go_on = signal.getsignal(signal.SIGTSTP), signal.getsignal(signal.SIGCONT)
    held: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        held.append(number)
        if callable(hold):
            hold(number, frame)

    def resume(number: int, frame: FrameType | None) -> None:
        if held and callable(go_on):
            held.clear()
            go_on(number, frame)

    signal.signal(signal.SIGTSTP, stop)
    signal.signal(signal.SIGCONT, resume)
