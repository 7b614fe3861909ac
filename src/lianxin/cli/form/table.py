"""A table in which records are typed, a row each, as in a workbook: what they share stands once above it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from lianxin.actions.form.form import Answers, resumed
from lianxin.actions.form.sheet import Line, Sheet
from lianxin.actions.form.table import Table
from lianxin.cli.form.hand import Hand
from lianxin.cli.form.row import Row
from lianxin.cli.form.task import TableTask
from lianxin.cli.form.way import Way
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


class TableView(Hand):
    """A table in somebody's hands."""

    def __init__(self, task: TableTask, book: LedgerBook, draft: Draft) -> None:
        super().__init__(task, draft)
        self._book = book
        self._table: Table = task.table
        self._sheet = Sheet(self._table.form, book)
        self._pause: Timer | None = None
        self._kept = _rows_of(draft, self._table)
        names = {spec.name for spec in self._table.shared}
        lines = [line for line in self._sheet.lines({}) if line.spec.name in names]
        self._shared = tuple(Row(line, book, self.go) for line in lines)
        self._records: list[Cells] = []

    def compose(self) -> ComposeResult:
        """The title, what they share, the heads, the rows, what comes of them, the keys."""
        yield from self.head()
        yield from self._shared
        yield Horizontal(*(Static(Content(spec.label)) for spec in self._table.columns), classes="heads")
        yield self._body
        yield from self.foot()

    async def on_mount(self) -> None:
        """What was typed before stands there, and an empty row below it."""
        self._tell_keys()
        shared, rows = self._kept
        for row in self._shared:
            if row.spec.name in shared:
                row.start(shared[row.spec.name])
        for typed in rows:
            await self._add(typed)
        await self._add({})
        self._as_begun = self._held
        self._judge()
        self.call_after_refresh(self._records[-1].cells[0].enter)

    async def _add(self, typed: Answers) -> Cells:
        lines = self._sheet.lines(typed)
        names = {spec.name for spec in self._table.columns}
        shown = tuple(line for line in lines if line.spec.name in names)
        made = Cells(lines, tuple(Row(line, self._book, self.go, narrow=True) for line in shown))
        self._records.append(made)
        await self._body.mount(made)
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
        self.hint()
        if self._records[-1].typed:
            await self._add({})
        self._keep()
        if self._pause:
            self._pause.stop()
        self._pause = self.set_timer(_PAUSE, self._judge)

    @property
    def _held(self) -> Answers:
        told = {f"{n}{_OF}{name}": text for n, one in enumerate(self._records) for name, text in one.typed.items()}
        return {**self._common, **told}

    def _judge(self) -> None:
        if self.gone:
            return
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

    # Keys -----------------------------------------------------------------------------------------------------

    def _move(self, way: Way) -> None:
        """Put the hand on another cell; behind the last one, in a new row."""
        self._judge()
        fields = [*self._shared, *(cell for one in self._records for cell in one.cells)]
        here = next((place for place, cell in enumerate(fields) if cell.has_hand), 0)
        across = len(self._table.columns) if here >= len(self._shared) else 1
        step = {Way.BACK: -1, Way.UP: -across, Way.DOWN: across}.get(way, 1)
        fields[max(0, min(here + step, len(fields) - 1))].enter()

    @property
    def _empty(self) -> bool:
        return not self._filled

    def _write(self) -> None:
        """Write all of it, if it can be; else go where something is wanted."""
        self._judge()
        for n, one in enumerate(self._filled, 1):
            if one.wrong:
                self._say(f"第 {n} 行：{one.wrong}", wrong=True)
                wanted = [cell for cell in one.cells if cell.line.fault or cell.line.lacking]
                (wanted or [*one.cells])[0].enter()
                return
        if self._filled:
            self._begin(self._answers())

    def _refused(self, error: LianxinError) -> None:
        """Say it below."""
        self._say(str(error), wrong=True)


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
