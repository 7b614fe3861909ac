"""The foot of a form: what comes of what stands in it, a hint, the keys, the question.

Its parts are held, not looked for: a form that goes loses its parts before its last timer has run.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Static

from lianxin.cli.form.answer import Answer
from lianxin.cli.form.said import Said
from lianxin.formats.width import natural_width

#: So many lines of rows are seen however little room there is.
_LEAST = 9
#: Cells of a line whose width is not known yet.
_WIDE = 76


class Keys(Static):
    """What keys do, side by side; none is parted from what it does."""

    def __init__(self) -> None:
        super().__init__(classes="keys")
        self._told: Sequence[str] = ()

    def tell(self, told: Sequence[str]) -> None:
        """Tell of these."""
        self._told = told
        lines: list[str] = []
        for one in told:
            if lines and natural_width(f"{lines[-1]}  {one}") <= (self.content_size.width or _WIDE):
                lines[-1] += f"  {one}"
            else:
                lines.append(one)
        self.update(Content("\n".join(lines)))

    def on_resize(self) -> None:
        """A line holds more, or less."""
        self.tell(self._told)


class Foot:
    """What stands below the rows, from top to bottom.

    Attributes:
        outcome: What comes of it; it is scrolled through.
        answer: The question.
    """

    def __init__(self) -> None:
        self._said = Said()
        self.outcome = VerticalScroll(self._said, classes="outcome", can_focus=False)
        self._hint = Said(classes="hint")
        self._keys = Keys()
        self.answer = Answer()
        self.outcome.display = self._hint.display = False

    @property
    def parts(self) -> tuple[Widget, ...]:
        """To be composed."""
        return self.outcome, self._hint, self._keys, self.answer

    def say(self, lines: Sequence[str], *, wrong: bool) -> None:
        """What comes of it."""
        self._said.say("\n".join(lines))
        self.outcome.display = bool(lines)
        self.outcome.set_class(wrong, "wrong")

    def hint(self, text: str) -> bool:
        """Say this until the next key; nothing: no more. Whether anything is seen otherwise by that."""
        if not (text or self._hint.display):
            return False
        self._hint.say(text)
        self._hint.display = bool(text)
        return True

    def tell_keys(self, told: Sequence[str]) -> None:
        """The keys, all that can be done."""
        self._keys.tell(told)

    def asking(self, *, on: bool) -> None:
        """A question is asked, or is no more: none of the form's keys does anything meanwhile."""
        self._keys.display = not on
        if not on:
            self.answer.display = False

    def fit(self, rows: Widget, beside: Sequence[Widget], size: Size) -> None:
        """Give the rows what room the rest leaves; the rest never goes beyond the screen.

        Args:
            rows: The rows.
            beside: What else stands there, the foot among it.
            size: Of all of it.
        """
        others = sum(_height(one, size) for one in beside if one.display and one not in (self.outcome, rows))
        self.outcome.styles.max_height = most = max(3, size.height - others - _LEAST - 1)
        taken = others + (min(_height(self.outcome, size), most + 1) if self.outcome.display else 0)
        rows.styles.max_height = max(2, size.height - taken)
        self.answer.tell_soon()


def _height(one: Widget, size: Size) -> int:
    """Lines that it takes."""
    width = size.width - one.styles.gutter.width - one.styles.margin.width
    return one.get_content_height(size, size, width) + one.styles.gutter.height + one.styles.margin.height
