"""The box that a field is typed in: it wraps, takes keys in the order they were typed, loses nothing that is pasted."""

from __future__ import annotations

import re
from collections.abc import Callable

from textual import events
from textual.binding import Binding
from textual.geometry import Size
from textual.widgets import TextArea

#: Keys that edit, and what they do.
_EDITING = {key: one.action for one in TextArea.BINDINGS if isinstance(one, Binding) for key in one.key.split(",")}

#: What no key types, seen or not.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2069]")
#: Blanks of every sort are one.
_BLANK = re.compile(r"[ \t\xa0]+")


class Box(TextArea):
    """A box.

    Args:
        key: Takes a key, ``(key, character)``, that means more than to edit the text; says whether it did.
        between: What stands between lines that are pasted.
        dropped: The files that a window names when they are dropped on it; none: it is a text, or takes no files.
    """

    def __init__(
        self, key: Callable[[str, str], bool], between: str, dropped: Callable[[str], list[str]] = lambda _text: []
    ) -> None:
        super().__init__(soft_wrap=True, compact=True, highlight_cursor_line=False)
        self._key = key
        self._between = between
        self._dropped = dropped

    def on_mount(self) -> None:
        """Be as tall as the text; by itself a box may keep the height of a text that stood there before."""
        self.watch(self, "virtual_size", self._grow)

    def _grow(self, size: Size) -> None:
        self.styles.height = max(1, size.height)

    async def on_key(self, event: events.Key) -> None:
        """Keys take effect in the order in which they were typed, however many come at once.

        One that was typed after the hand had gone on goes after it. What edits the text would else come after the
        letters that follow it: Textual carries it up to the application first.
        """
        hand = self.screen.focused
        if hand is not None and hand is not self:
            hand.post_message(events.Key(event.key, event.character))
        elif not self._key(event.key, event.character or ""):
            action = _EDITING.get(event.key)
            if action is None:
                return
            await self.run_action(action)
        event.prevent_default()
        event.stop()

    def on_paste(self, event: events.Paste) -> None:
        """Take all of it: where there is room for one line only, its lines stand one behind the other."""
        event.prevent_default()
        event.stop()
        hand = self.screen.focused
        if hand is not None and hand is not self:
            hand.post_message(events.Paste(event.text))
            return
        if files := self._dropped(_CONTROL.sub("", event.text)):
            first = "\n" if self.current.strip() and self.selection.is_empty else ""
            self.move_cursor(self.replace(first + "\n".join(files), *self.selection).end_location)
            return
        lines = (_BLANK.sub(" ", _CONTROL.sub("", line)).strip() for line in event.text.splitlines())
        pasted = self._between.join(filter(None, lines))
        self.move_cursor(self.replace(pasted, *self.selection).end_location)

    def put(self, text: str) -> None:
        """Let this stand there, without its being typed."""
        with self.prevent(TextArea.Changed):
            self.text = text
        self.move_cursor(self.document.end)

    def put_line(self, text: str) -> None:
        """Let this stand in the line that the cursor is in, without its being typed."""
        row = self.cursor_location[0]
        with self.prevent(TextArea.Changed):
            self.replace(text, (row, 0), (row, len(self.current)))
        self.move_cursor((row, len(text)))

    @property
    def current(self) -> str:
        """The line that the cursor is in."""
        return self.document.get_line(self.cursor_location[0])

    def has_line(self, step: int) -> bool:
        """Whether there is a line, as it is seen, so many below the cursor."""
        seen = self.wrapped_document
        return 0 <= seen.location_to_offset(self.cursor_location).y + step < seen.height
