"""What a field is picked from."""

from __future__ import annotations

from collections.abc import Sequence

from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from lianxin.actions.form.choice import Choice

#: So many words are told by a number each.
MOST = 9
_GAP = "  "


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
        self.listed = False

    @property
    def numbered(self) -> bool:
        """Whether a digit picks one."""
        return self.listed and len(self.choices) <= MOST

    def show(self, choices: Sequence[Choice], marked: int, *, listed: bool) -> None:
        """Show these, one of them marked; all of a list of words side by side, told by a number where they are few."""
        self.choices, self.marked = choices, marked
        self.display = bool(choices)
        self.listed = listed
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
            if self.listed and lines and lines[-1].cell_length + len(_GAP) + one.cell_length <= room:
                lines[-1] = Content.assemble(lines[-1], _GAP, one)
            else:
                lines.append(one)
        self.update(Content("\n").join(lines))

    def _one(self, place: int, choice: Choice) -> Content:
        text = f"{place + 1} {choice.shown}" if self.numbered else choice.shown
        told = f"{text}  {choice.apart}" if choice.apart else text
        mark, style = ("▸", "bold reverse") if place == self.marked else (" ", "")
        return Content.styled(f"{mark}{told}", style).stylize(f"@click=pick({place})")

    def action_pick(self, place: int) -> None:
        """One was clicked."""
        self.post_message(self.Picked(self.choices[place]))
