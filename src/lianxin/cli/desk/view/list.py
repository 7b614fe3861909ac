"""The list: numbered lines under headings, a window of them at a time."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from lianxin.cli.run.saying import turned
from lianxin.core.tone import Tone
from lianxin.formats.face.sanitise import for_terminal
from lianxin.formats.width import pad, text_width, wrap, wrap_told
from lianxin.reports.desk.item import Item, Of, Part

#: So many lines are in hand to begin with; as many are added where the mark comes near the last.
WINDOW = 80
_NEAR = 20

#: What stands before a title: its number and its mark.
_MARGIN = 6
#: Where a list is so wide, what is said of a line stands beside its title, from this column on where titles are long.
_ONE_LINE, _BESIDE = 78, 44

_MOVING = frozenset({"up", "down", "pageup", "pagedown", "home", "end"})

_STYLES = {Tone.ALARM: "$error", Tone.WARNING: "$warning", Tone.GOOD: "$success"}


class ItemList(OptionList):
    """Lines to choose from."""

    class Moved(Message):
        """The mark stands on another line."""

    class Taken(Message):
        """Enter on a line, or a second click on it."""

    class Wanted(Message):
        """The mark comes near the last line in hand."""

    class Left(Message):
        """Whoever sits there goes to another line; it is no news of what was done."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.marked: set[str] = set()
        self._parts: list[Part] = []
        self._rows: list[Item | Part] = []
        self._drawn = 0
        self._beside = _BESIDE

    @property
    def items(self) -> list[Item]:
        """The lines in hand, in their order."""
        return [one for one in self._rows if isinstance(one, Item)]

    @property
    def item(self) -> Item | None:
        """The line that the mark stands on; none while others are put in its place."""
        place = self.highlighted
        line = self._rows[place] if place is not None and place < len(self._rows) else None
        return line if isinstance(line, Item) else None

    def put(self, parts: Sequence[Part], keep: Item | None = None, *, on: bool = False, to: Sequence[str] = ()) -> None:
        """Show other lines; the mark stays on the same record, or on the nearest line that is still there.

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
        lines = [(n, one) for n, one in enumerate(self._rows) if isinstance(one, Item)]
        exact = {one.key: n for n, one in reversed(lines)}
        by_id = {one.id: n for n, one in reversed(lines) if one.id}
        found = next((by_id[id_] for id_ in to if id_ in by_id), None)
        if found is None:  # a record that is called otherwise now is the same one
            places = (exact.get(one.key, by_id.get(one.id)) for one in near)
            found = next((place for place in places if place is not None), None)
        first = next((n for n, one in enumerate(self._rows) if isinstance(one, Item)), None)
        self.highlighted = first if found is None else found
        if not keep and found is None:
            self.scroll_home(animate=False)
        self.post_message(self.Moved())

    def scroll_to_highlight(self, top: bool = False) -> None:
        """Bring the marked line on the screen; with the first one its heading too."""
        super().scroll_to_highlight(top)
        if self.highlighted is not None and not any(isinstance(one, Item) for one in self._rows[: self.highlighted]):
            self.scroll_home(animate=False)

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
        titles = (text_width(for_terminal(turned(one.title))) for part in self._parts for one in part.items)
        self._beside = min(_BESIDE, max(titles, default=0) + 2)
        mark = self.highlighted
        self._rows = []
        for one in self._parts:
            self._rows += [one, *one.items]
        options: list[Option] = []
        number = 0
        columns: list[tuple[int, int]] = []
        for row in self._rows:
            if isinstance(row, Part):
                columns = self._columns(row.items)
                options.append(Option(_heading(row), disabled=True))
            else:
                number += 1
                options.append(Option(self._line(row, number, columns)))
        self.set_options(options)
        if keep:
            self.highlighted = mark

    def _line(self, item: Item, number: int, columns: Sequence[tuple[int, int]]) -> Content:
        """A line: its title, and what is said of it in the columns of its part, beside the title or below it."""
        width = max(self._drawn, 30)
        beside = width >= _ONE_LINE
        room = self._beside - 2 if beside and columns else width - _MARGIN
        head = f"{number:>3} {'✓' if item.id in self.marked and item.of is Of.RECORD else ' '} "
        title = wrap_told(for_terminal(turned(item.marked or item.title)), room)
        where = [Content(f"\n{' ' * _MARGIN}{one}") for one in wrap(for_terminal(item.where), width - _MARGIN)]
        style = _STYLES.get(item.tone, "$faint")
        told = [for_terminal(turned(one)) for one in item.told]
        pieces = [(told[place], size) for place, size in columns if place < len(told)]
        whole = all(text_width(piece) <= size for piece, size in pieces)
        said = "  ".join(pad(piece, size) if whole else piece for piece, size in pieces).rstrip()
        more = [Content(" " * _MARGIN + one) for one in title[1:]]
        if beside and said and whole:
            lines = [Content.assemble((head, "$faint"), pad(title[0], self._beside), (said, style)), *more]
        else:
            said = said or next(filter(None, told), "")
            below = wrap_told(said, width - _MARGIN) if said else []
            lines = [Content.assemble((head, "$faint"), title[0]), *more]
            lines += [Content.styled(" " * _MARGIN + one, style) for one in below]
        return Content("\n").join(lines) + Content("").join(where if item.where else ())

    def _columns(self, items: Sequence[Item]) -> list[tuple[int, int]]:
        """Which of the things said stand in the lines of a part, and how wide each column is: as many as fit whole."""
        width = max(self._drawn, 30)
        room = width - _MARGIN - (self._beside if width >= _ONE_LINE else 0)
        found: list[tuple[int, int]] = []
        for place in range(max((len(one.told) for one in items), default=0)):
            sizes = [text_width(for_terminal(turned(one.told[place]))) for one in items if place < len(one.told)]
            # the most telling is there whatever its length: a line in which it is longer is folded by itself
            size = max(sizes) if found else max((one for one in sizes if one <= room), default=0)
            if 0 < size <= room:
                found.append((place, size))
                room -= size + 2
        return found

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

    def on_key(self, event: events.Key) -> None:
        """Keys that move the mark."""
        if event.key in _MOVING:
            self.post_message(self.Left())

    def action_page_up(self) -> None:
        """A page up; above the first line is only its heading, where a mark means nothing."""
        super().action_page_up()  # type: ignore[no-untyped-call]
        if self.highlighted is None:
            self.action_first()

    def action_page_down(self) -> None:
        """A page down."""
        super().action_page_down()  # type: ignore[no-untyped-call]
        if self.highlighted is None:
            self.action_last()

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
            self.post_message(self.Left())
            if again:
                self.action_select()


def _heading(part: Part) -> Content:
    style = "bold $error" if part.tone is Tone.ALARM else "bold $primary"
    return Content.styled(f"{part.name}（{part.many} {part.unit}）", style)
