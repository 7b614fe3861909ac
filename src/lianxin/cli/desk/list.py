"""The list: numbered lines under headings, a window of them at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from lianxin.cli.run.saying import turned
from lianxin.core.tone import Tone
from lianxin.formats.face.sanitise import for_terminal
from lianxin.formats.width import pad, text_width, wrap
from lianxin.reports.desk.item import Item, Of, Part

#: So many lines are in hand to begin with; as many are added where the mark comes near the last.
WINDOW = 200
_NEAR = 20

#: What stands before a title: its number and its mark.
_MARGIN = 6
#: Where a list is so wide, what is said of a line stands beside its title, from this column on.
_ONE_LINE, _BESIDE = 78, 44

_STYLES = {Tone.ALARM: "$error", Tone.WARNING: "$warning", Tone.GOOD: "$success"}


class ItemList(OptionList):
    """Lines to choose from."""

    class Moved(Message):
        """The mark stands on another line."""

    class Taken(Message):
        """Enter on a line, or a second click on it."""

    class Wanted(Message):
        """The mark comes near the last line in hand."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.marked: set[str] = set()
        self._parts: list[Part] = []
        self._rows: list[Item | Part] = []
        self._drawn = 0

    @property
    def items(self) -> list[Item]:
        """The lines in hand, in their order."""
        return [one for one in self._rows if isinstance(one, Item)]

    @property
    def item(self) -> Item | None:
        """The line that the mark stands on."""
        line = self._rows[self.highlighted] if self.highlighted is not None and self._rows else None
        return line if isinstance(line, Item) else None

    def put(self, parts: Sequence[Part], keep: Item | None = None, *, on: bool = False, to: Sequence[str] = ()) -> None:
        """Show other lines; the mark stays on the same one, or on the nearest that is still there.

        Args:
            keep: Where the mark stood; None: it goes to the first line.
            on: It goes on to the line after that, unless that is still under the same heading.
            to: It goes to the first of these records that is there.
        """
        before, place = self.items, self._place(keep)
        near = [*before[place:], *before[:place][::-1]] if keep else []
        here = self._heading(keep)
        self._parts = [*parts]
        self._fill()
        if on and keep and near and self._heading(keep) != here:
            near = [*near[1:], near[0]]
        rows = {one.key: n for n, one in reversed([*enumerate(self._rows)]) if isinstance(one, Item)}
        by_id = {one.id: n for n, one in reversed([*enumerate(self._rows)]) if isinstance(one, Item)}
        found = next((by_id[id_] for id_ in to if id_ in by_id), None)
        found = next((rows[one.key] for one in near if one.key in rows), None) if found is None else found
        first = next((n for n, one in enumerate(self._rows) if isinstance(one, Item)), None)
        self.highlighted = first if found is None else found
        if not keep and found is None:
            self.scroll_home(animate=False)
        self.post_message(self.Moved())

    def add(self, parts: Sequence[Part]) -> None:
        """Lines that follow the last in hand."""
        for one in parts:
            if self._parts and self._parts[-1].name == one.name:
                self._parts[-1] = replace(self._parts[-1], items=(*self._parts[-1].items, *one.items))
            else:
                self._parts.append(one)
        mark, top = self.highlighted, self.scroll_offset.y
        self._fill()
        self.highlighted = mark
        self.scroll_to(y=top, animate=False, force=True)

    def mark(self, item: Item) -> None:
        """Mark a record for what is done to several, or take the mark away."""
        self.marked ^= {item.id} if item.of is Of.RECORD else set()
        self._fill(keep=True)

    def unmark(self) -> None:
        """Take every mark away."""
        self.marked.clear()
        self._fill(keep=True)

    def _place(self, keep: Item | None) -> int:
        items = self.items
        same = [n for n, one in enumerate(items) if keep and one.id == keep.id]
        exact = [n for n in same if keep and items[n].key == keep.key]
        return next(iter((*exact, *same)), 0)

    def _heading(self, item: Item | None) -> str:
        return next((one.name for one in self._parts if item and any(it.id == item.id for it in one.items)), "")

    def _fill(self, *, keep: bool = False) -> None:
        """Draw every line anew at the width there is."""
        self._drawn = self.scrollable_content_region.width
        mark = self.highlighted
        self._rows = []
        for one in self._parts:
            self._rows += [one, *one.items]
        options: list[Option] = []
        number = 0
        for row in self._rows:
            if isinstance(row, Part):
                options.append(Option(_heading(row), disabled=True))
            else:
                number += 1
                options.append(Option(self._line(row, number)))
        self.set_options(options)
        if keep:
            self.highlighted = mark

    def _line(self, item: Item, number: int) -> Content:
        width = max(self._drawn, 30)
        head = f"{number:>3} {'✓' if item.id in self.marked and item.of is Of.RECORD else ' '} "
        title, room = wrap(for_terminal(turned(item.marked or item.title)), width - _MARGIN), width - _MARGIN
        where = [Content(f"\n{' ' * _MARGIN}{one}") for one in wrap(for_terminal(item.where), room) if item.where]
        told = [for_terminal(turned(one)) for one in item.told]
        style = _STYLES.get(item.tone, "$faint")
        lines = [Content.assemble((head, "$faint"), title[0]), *(Content(" " * _MARGIN + one) for one in title[1:])]
        column = max(_BESIDE, text_width(title[0]) + 2)
        if width >= _ONE_LINE and len(title) == 1 and all(text_width(one) <= room - column for one in told[:1]):
            said = "  ".join(_fitting(told, room - column))
            name = pad(title[0], column) if said else title[0]
            return Content.assemble((head, "$faint"), name, (said, style), *where)
        said = "  ".join(_fitting(told, room)) or (told[0] if told else "")
        lines += [Content.styled(" " * _MARGIN + one, style) for one in wrap(said, room)] if said else []
        return Content("\n").join(lines) + Content("").join(where)

    def on_resize(self, _event: events.Resize) -> None:
        """Fold the lines anew."""
        if self.scrollable_content_region.width != self._drawn:
            self._fill(keep=True)

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Tell that the mark has moved."""
        super().watch_highlighted(highlighted)
        self.post_message(self.Moved())
        if highlighted is not None and highlighted >= len(self._rows) - _NEAR:
            self.post_message(self.Wanted())

    def action_select(self) -> None:
        """Tell that the line is taken."""
        self.post_message(self.Taken())

    def on_click(self, event: events.Click) -> None:
        """One click moves the mark, a second one takes the line."""
        event.prevent_default()
        place = event.style.meta.get("option")
        if isinstance(place, int) and isinstance(self._rows[place], Item):
            again = self.highlighted == place and event.chain > 1
            self.highlighted = place
            if again:
                self.action_select()


def _heading(part: Part) -> Content:
    style = "bold $error" if part.tone is Tone.ALARM else "bold $primary"
    return Content.styled(f"{part.name}（{part.many} {part.unit}）", style)


def _fitting(told: Sequence[str], room: int) -> Iterator[str]:
    """As many as stand whole on one line, one after another."""
    for one in told:
        if text_width(one) <= room:
            room -= text_width(one) + 2
            yield one
