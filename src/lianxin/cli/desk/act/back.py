"""A workbook that came back: a line for each cell that was filled in, marked where it is to be taken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from lianxin.actions.back.page import line, listed
from lianxin.cli.form.base import Over

if TYPE_CHECKING:
    from lianxin.actions.back.receive import Received
    from lianxin.actions.back.told import Told

#: Of each cell what she was shown of it.
Keys = frozenset[tuple[str, str, str, str]]


class Returned(Over[Keys | None]):
    """What of it is to be taken; what nobody can doubt is marked already."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("space", "mark", show=False, priority=True),
        Binding("enter", "take", show=False, priority=True),
        Binding("a", "all", show=False),
    ]

    def __init__(self, found: Received) -> None:
        super().__init__()
        self._found = found
        self._cells = [cell for _, _, cells in listed(found.found) for cell in cells]
        self._sure = {cell.key for cells in found.taken.values() for cell in cells}
        self._marked = {*self._sure}

    def compose(self) -> ComposeResult:
        """The cells by their rows, then what is not taken."""
        sent = self._found.found.sent
        with Vertical(id="box"):
            yield Static(Content.styled(f"{sent.called}交回的{sent.ledger}", "bold"), markup=False)
            yield OptionList(*self._options(), classes="ask", compact=True, markup=False)
            yield Static("空格 收或不收   a 没有疑问的都收   回车 就这样收   Esc 先不收", id="answers", markup=False)

    def _options(self) -> Sequence[Option]:
        options: list[Option] = []
        for row, id_, cells in listed(self._found.found):
            options.append(Option(f"第 {row} 行　{id_} {self._found.found.titles.get(id_, '')}", disabled=True))
            options += [Option(self._line(cell), id=str(self._cells.index(cell))) for cell in cells]
        troubles = [*self._found.found.troubles, *self._found.refused]
        if troubles:
            options.append(Option(f"没有收的和要知道的（{len(troubles)} 处）", disabled=True))
            options += [Option(f"  {one.place}：{one.said}") for one in troubles]
        return options

    def _line(self, cell: Told) -> str:
        return f"{'[收]' if cell.key in self._marked else '[　]'} {line(cell)}"

    def action_mark(self) -> None:
        """Take the cell of this line, or leave it; go on to the next."""
        cell = self._here()
        if cell is None:
            return
        self._marked ^= {cell.key}
        self._redraw()
        self.query_one(OptionList).action_cursor_down()

    def action_all(self) -> None:
        """Mark all that nobody can doubt; where they are, none."""
        self._marked = self._marked - self._sure if self._sure <= self._marked else self._marked | self._sure
        self._redraw()

    def action_take(self) -> None:
        """So it is wanted."""
        self.dismiss(frozenset(self._marked))

    def action_leave(self) -> None:
        """Nothing is taken now."""
        self.dismiss(None)

    def _here(self) -> Told | None:
        listed_ = self.query_one(OptionList)
        place = listed_.highlighted
        id_ = listed_.get_option_at_index(place).id if place is not None else None
        return self._cells[int(id_)] if id_ else None

    def _redraw(self) -> None:
        listed_ = self.query_one(OptionList)
        for n, cell in enumerate(self._cells):
            listed_.replace_option_prompt(str(n), self._line(cell))
