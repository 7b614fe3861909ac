"""A table in which records are typed, a row each, as in a workbook: what they share stands once above it."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from lianxin.actions.form.form import Answers, resumed
from lianxin.actions.form.sheet import Line, Sheet
from lianxin.actions.form.table import Table
from lianxin.cli.form.answer import Answer
from lianxin.cli.form.ending import Left, Written
from lianxin.cli.form.row import KEYS, Row, Way
from lianxin.cli.form.task import TableTask, Tried
from lianxin.core.error import LianxinError
from lianxin.storage.book import LedgerBook
from lianxin.storage.write.draft import Draft

#: Seconds without a key after which what was typed is judged.
_PAUSE = 0.1

#: Between the number of a row and its field in the draft.
_OF = "."


class Cells(Horizontal):
    """One record of the table."""

    def __init__(self, lines: tuple[Line, ...], cells: tuple[Row, ...]) -> None:
        super().__init__(*cells, classes="cells")
        self.lines = lines
        self.cells = cells

    @property
    def typed(self) -> Answers:
        """What was typed of it."""
        return {cell.spec.name: cell.answer for cell in self.cells if cell.touched and cell.answer}

    @property
    def wrong(self) -> str:
        """What is wrong with it, or lacking."""
        said = (one.fault or (f"{one.spec.label}必须填" if one.lacking else "") for one in self.lines)
        return next(filter(None, said), "")


class TableView(Vertical):
    """A table in somebody's hands."""

    #: Where the hand is in no field.
    BINDINGS: ClassVar[list[BindingType]] = [Binding(key, what) for key, what in KEYS.items()]

    def __init__(self, task: TableTask, book: LedgerBook, draft: Draft) -> None:
        super().__init__()
        self._doing = task
        self._book = book
        self._draft = draft
        self._table: Table = task.table
        self._sheet = Sheet(self._table.form, book)
        self._busy = False
        self._pause: Timer | None = None
        self._kept = _rows_of(draft, self._table)
        names = {spec.name for spec in self._table.shared}
        lines = [line for line in self._sheet.lines({}) if line.spec.name in names]
        self._shared = tuple(Row(line, book, self._go) for line in lines)
        self._records: list[Cells] = []

    def compose(self) -> ComposeResult:
        """The title, what they share, the heads, the rows, what comes of them, the keys."""
        yield Static(Content(self._table.form.title), classes="title")
        yield from self._shared
        yield Horizontal(*(Static(Content(spec.label)) for spec in self._table.columns), classes="heads")
        yield VerticalScroll(can_focus=False, classes="rows")
        yield VerticalScroll(Static(markup=False), classes="outcome", can_focus=False)
        yield Static(Content("Ctrl-S 全部写入   回车 下一格   Esc 离开，填过的留着"), classes="keys")
        yield Answer()

    async def on_mount(self) -> None:
        """What was typed before stands there, and an empty row below it."""
        self.query_one(".outcome").display = False
        shared, rows = self._kept
        for row in self._shared:
            if row.spec.name in shared:
                row.start(shared[row.spec.name])
        for typed in rows:
            await self._add(typed)
        await self._add({})
        self._judge()
        self.call_after_refresh(self._records[-1].cells[0].enter)

    async def _add(self, typed: Answers) -> Cells:
        lines = self._sheet.lines(typed)
        names = {spec.name for spec in self._table.columns}
        shown = tuple(line for line in lines if line.spec.name in names)
        made = Cells(lines, tuple(Row(line, self._book, self._go, narrow=True) for line in shown))
        self._records.append(made)
        await self.query_one(".rows").mount(made)
        for cell in made.cells:
            if cell.spec.name in typed:
                cell.start(typed[cell.spec.name])
        return made

    # Judging --------------------------------------------------------------------------------------------------

    @property
    def _common(self) -> Answers:
        return {row.spec.name: row.answer for row in self._shared if row.touched}

    async def on_row_typed(self, event: Row.Typed) -> None:
        """Keep what was typed, have a row ready for what follows, and judge it when the hand rests."""
        event.stop()
        if self._records[-1].typed:
            await self._add({})
        told = {f"{n}{_OF}{name}": text for n, one in enumerate(self._records) for name, text in one.typed.items()}
        self._draft.keep({}, {**self._common, **told})
        if self._pause:
            self._pause.stop()
        self._pause = self.set_timer(_PAUSE, self._judge)

    def _judge(self) -> None:
        for line in self._sheet.lines(self._common):
            for row in self._shared:
                if row.spec.name == line.spec.name:
                    row.update(line, more=True)
        for one in self._records:
            one.lines = self._sheet.lines({**self._common, **one.typed})
            told = {line.spec.name: line for line in one.lines}
            for cell in one.cells:
                cell.update(told[cell.spec.name], more=True)

    @property
    def _filled(self) -> list[Cells]:
        return [one for one in self._records if one.typed]

    def _answers(self) -> list[Answers]:
        return [{line.spec.name: line.text for line in one.lines if line.text} for one in self._filled]

    def _say(self, lines: tuple[str, ...], *, wrong: bool = False) -> None:
        outcome = self.query_one(".outcome")
        outcome.query_one(Static).update("\n".join(lines))
        outcome.display = bool(lines)
        outcome.set_class(wrong, "wrong")

    # Keys -----------------------------------------------------------------------------------------------------

    async def on_row_asked(self, event: Row.Asked) -> None:
        """A key that is meant for the table."""
        event.stop()
        await self.run_action(event.what)

    def _go(self, way: Way) -> None:
        """Put the hand on another cell; behind the last one, in a new row."""
        self._judge()
        fields = [*self._shared, *(cell for one in self._records for cell in one.cells)]
        here = next((place for place, cell in enumerate(fields) if cell.has_hand), 0)
        across = len(self._table.columns) if here >= len(self._shared) else 1
        step = {Way.BACK: -1, Way.UP: -across, Way.DOWN: across}.get(way, 1)
        fields[max(0, min(here + step, len(fields) - 1))].enter()

    def action_more(self) -> None:
        """All there is stands there."""

    def action_leave(self) -> None:
        """Leave; a table in which nothing was typed leaves nothing behind."""
        if not self._filled:
            self._draft.drop()
        self.post_message(Left())

    def action_write(self) -> None:
        """Write all of it, if it can be; else go where something is wanted."""
        self._judge()
        if self._busy or not self._filled:
            return
        for n, one in enumerate(self._filled, 1):
            if one.wrong:
                self._say((f"第 {n} 行：{one.wrong}",), wrong=True)
                wanted = [cell for cell in one.cells if cell.line.fault or cell.line.lacking]
                (wanted or [*one.cells])[0].enter()
                return
        self._busy = True
        self._try()

    @work(thread=True, exclusive=True, group="write")
    def _try(self) -> None:
        try:
            self.app.call_from_thread(self._ask, self._doing.tries(self._answers()))
        except LianxinError as error:
            self.app.call_from_thread(self._stopped, error)

    def _ask(self, tried: Tried) -> None:
        self._say(tried.lines)
        self.query_one(Answer).ask(tried, self._answered)

    def _answered(self, yes: bool) -> None:
        if yes:
            self._write()
            return
        self._busy = False
        self._records[-1].cells[0].enter()

    @work(thread=True, exclusive=True, group="write")
    def _write(self) -> None:
        try:
            done = self._doing.writes(self._answers())
        except LianxinError as error:
            self.app.call_from_thread(self._stopped, error)
            return
        self._draft.drop()
        self.app.call_from_thread(self.post_message, Written(done))

    def _stopped(self, error: LianxinError) -> None:
        self._busy = False
        self._say((str(error),), wrong=True)
        self._records[-1].cells[0].enter()


def _rows_of(draft: Draft, table: Table) -> tuple[Answers, list[Answers]]:
    """What was typed the last time: what they share, and each row."""
    kept = draft.kept()
    shared = resumed(table.form, kept)
    rows: dict[str, Answers] = {}
    for name, text in (kept.half if kept else {}).items():
        n, sign, field = name.partition(_OF)
        if sign:
            rows.setdefault(n, {})[field] = text
    return shared, list(rows.values())
