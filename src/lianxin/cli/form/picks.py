"""What a field is picked from."""

from __future__ import annotations

from collections.abc import Sequence

from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from lianxin.actions.form.choice import Choice

#: So many words are told by one digit each; where they are more, by two digits each.
FEW = 9
_MOST = 99
_GAP = "  "


def numbers(many: int) -> tuple[str, ...]:
    """The number of each of so many words, all of the same length; none where they are too many to be counted so."""
    if many > _MOST:
        return ()
    width = 1 if many <= FEW else 2
    return tuple(f"{n:0{width}}" for n in range(1, many + 1))


def digits(typed: str) -> str:
    """What was typed, with full-width digits as the others are."""
    return "".join(str(int(one)) if one.isdecimal() else one for one in typed)


class Picks(Static):
    """What a field is picked from, as far as it fits what is typed."""

    class Picked(Message):
        """One was clicked."""

        def __init__(self, choice: Choice) -> None:
            super().__init__()
            self.choice = choice

    def __init__(self) -> None:
        super().__init__(classes="picks")
        self.choices: Sequence[Choice] = ()
        self.marked = 0
        self._numbers: Sequence[str] = ()

    @property
    def few(self) -> bool:
        """Whether one digit picks one."""
        return bool(self._numbers) and len(self._numbers[0]) == 1

    def show(self, choices: Sequence[Choice], marked: int, numbered: Sequence[str] = ()) -> None:
        """Show these, one of them marked; what is told by numbers, one for each, side by side."""
        self.choices, self.marked = choices, marked
        self.display = bool(choices)
        self._numbers = numbered
        self._draw()

    def mark(self, place: int) -> None:
        """Mark another."""
        self.marked = place
        self._draw()

    def on_resize(self) -> None:
        """A line holds more, or less."""
        self._draw()

    def _draw(self) -> None:
        """A line each; words side by side, no number parted from its word."""
        room = self.query_ancestor("Row", Vertical).content_size.width - self.styles.padding.left
        lines: list[Content] = []
        for place, choice in enumerate(self.choices):
            one = self._one(place, choice)
            if self._numbers and lines and lines[-1].cell_length + len(_GAP) + one.cell_length <= room:
                lines[-1] = Content.assemble(lines[-1], _GAP, one)
            else:
                lines.append(one)
        self.update(Content("\n").join(lines))

    def _one(self, place: int, choice: Choice) -> Content:
        text = f"{self._numbers[place]} {choice.shown}" if self._numbers else choice.shown
        told = f"{text}  {choice.apart}" if choice.apart else text
        mark, style = ("▸", "bold reverse") if place == self.marked else (" ", "")
        return Content.styled(f"{mark}{told}", style).stylize(f"@click=pick({place})")

    def action_pick(self, place: int) -> None:
        """One was clicked."""
        self.post_message(self.Picked(self.choices[place]))
