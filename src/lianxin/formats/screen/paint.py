"""Colours of the terminal: plain SGR codes, and none at all where nobody sees them."""

from __future__ import annotations

from msgspec import Struct

from lianxin.core.tone import Tone

_CODES = {Tone.MUTED: "2", Tone.GOOD: "32", Tone.WARNING: "33", Tone.ALARM: "1;31"}


class Paint(Struct, frozen=True):
    """Puts colour around text that is already sanitised, folded and padded."""

    color: bool

    def tone(self, text: str, tone: Tone) -> str:
        """The text in the colour of how it is meant."""
        code = _CODES.get(tone)
        return f"\x1b[{code}m{text}\x1b[0m" if self.color and code and text else text

    def bold(self, text: str) -> str:
        """The text in bold, for titles and headings."""
        return f"\x1b[1m{text}\x1b[0m" if self.color and text else text

    def dim(self, text: str) -> str:
        """The text faint, for rules and feet."""
        return self.tone(text, Tone.MUTED)
