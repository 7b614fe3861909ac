"""A whole form: its rows, what it would come to, and its keys. Judged while it is typed, kept until it is written."""

from __future__ import annotations

import asyncio
from typing import Any

from textual import work
from textual.app import ComposeResult
from textual.timer import Timer

from lianxin.actions.form.form import Answers, resumed
from lianxin.actions.form.sheet import Line, Place, Sheet
from lianxin.cli.form.hand import Hand
from lianxin.cli.form.row import Row
from lianxin.cli.form.task import Task, Tried
from lianxin.cli.form.way import Way
from lianxin.core.error import LianxinError
from lianxin.storage.book import LedgerBook
from lianxin.storage.write.draft import Draft

#: Seconds without a key after which what was typed is judged, and after which it is tried on the ledger.
_PAUSE, _REST = 0.08, 0.35


class FormView(Hand):
    """A form in somebody's hands."""

    def __init__(self, task: Task[Any], book: LedgerBook, draft: Draft, other: str = "") -> None:
        super().__init__(task, draft, other)
        self._sheet = Sheet(task.form, book)
        self._all = False
        self._pause: Timer | None = None
        self._later: Timer | None = None
        kept = resumed(task.form, draft.kept())
        begun = {**kept, **task.typed}
        lines = self._sheet.lines(begun)
        self._rows = {line.spec.name: Row(line, book, self.go, itself=task.form.id) for line in lines}
        self._begun = begun
        self._judged: Answers | None = None

    def compose(self) -> ComposeResult:
        """The title, the rows, what comes of them, the keys."""
        yield from self.head()
        with self._body:
            yield from self._rows.values()
        yield from self.foot()

    def on_mount(self) -> None:
        """What was typed before stands there; the hand is where something is wanted."""
        for name, answer in self._begun.items():
            if name in self._rows:
                self._rows[name].start(answer, handed=self._doing.handed and name in self._doing.typed)
        self._as_begun = self._held
        self._judge()
        self._first()  # at once: keys may be waiting

    def _first(self) -> None:
        """Put the hand on the first field that is wrong, open, or as another record has it; else where she was."""
        shown = [row for row in self._rows.values() if row.display]
        open_ = [row for row in shown if row.line.fault or row.same or not (row.line.text or row.line.standing)]
        if not shown:
            self.screen.set_focus(self)
        for row in (open_ or [row for row in shown if row.touched][-1:] or shown)[:1]:
            row.enter()

    # Judging --------------------------------------------------------------------------------------------------

    @property
    def _typed(self) -> Answers:
        return {name: row.answer for name, row in self._rows.items() if row.touched}

    @property
    def _lines(self) -> tuple[Line, ...]:
        """Of the fields there is use for."""
        return tuple(row.line for row in self._rows.values() if row.line.place is not Place.NOWHERE)

    @property
    def _answers(self) -> Answers:
        """What is to be written."""
        return {line.spec.name: line.text for line in self._lines if line.text}

    def on_row_typed(self, event: Row.Typed) -> None:
        """Keep what was typed, and judge it when the hand rests."""
        event.stop()
        self.hint()
        self._keep()
        if self._pause:
            self._pause.stop()
        self._pause = self.set_timer(_PAUSE, self._judge)

    @property
    def _held(self) -> Answers:
        return self._typed

    def _judge(self) -> None:
        if self.gone:
            return
        if self._typed != self._judged:
            self._uncomplain()
        self._judged = self._typed
        for line in self._sheet.lines(self._judged):
            self._rows[line.spec.name].update(line, more=self._all)
        if self._typed != self._judged:  # what was typed for another field than this has become is gone
            self._judge()
            return
        self._shown_keys()
        if self._later:
            self._later.stop()
        self._later = self.set_timer(_REST, self._try)

    def _try(self) -> None:
        """What the ledger says to it, as far as it can be asked."""
        if self.gone or self._busy:
            return
        if any(line.lacking or line.fault for line in self._lines):
            self._say()
        else:
            self._trial(self._answers)

    @work(exclusive=True, group="trial")
    async def _trial(self, answers: Answers) -> None:
        try:
            tried = await asyncio.to_thread(self._doing.tries, answers)
        except LianxinError as error:
            self._came(answers, error)
        else:
            self._came(answers, tried)

    def _came(self, answers: Answers, came: Tried | LianxinError) -> None:
        """Say it, unless something else stands there by now."""
        if self.gone or self._busy or answers != self._answers or self._typed != self._judged:
            return
        self._uncomplain()
        if isinstance(came, Tried):
            self._say(*came.lines)
        else:
            self._refused(came)

    def _uncomplain(self) -> None:
        for row in self._rows.values():
            row.complain("")

    def _refused(self, error: LianxinError) -> None:
        """Say it where it belongs; what belongs nowhere stands below."""
        found = [row for row in self._rows.values() if row.spec.label in error.fields]
        for row in found[:1]:
            row.display = True
            row.complain(str(error).removeprefix("没有写入："))
        self._say(*(() if found else (str(error),)), wrong=True)

    def _shown_keys(self) -> None:
        hidden = [row for row in self._rows.values() if row.line.place is Place.MORE and not row.display]
        more = (f"F2 更多（{len(hidden)} 项）",) if hidden else ("F2 收起",) if self._all else ()
        self._tell_keys(*more)

    # Keys -----------------------------------------------------------------------------------------------------

    def _move(self, way: Way) -> None:
        """Put the hand on the field beside it, whatever stands there; behind the last on one that is wanted."""
        if self._typed != self._judged:
            self._judge()
        shown = [row for row in self._rows.values() if row.display]
        here = next((place for place, row in enumerate(shown) if row.has_hand), 0)
        if way is Way.ON and shown[here].keeps():
            shown[here].enter()  # to be typed over; a second time it is passed over
        elif way is Way.ON and here == len(shown) - 1:
            owed = [row for row in shown if row.line.fault or row.line.lacking]
            next((row for row in owed if row is not shown[here]), shown[here]).enter()
            if not owed:
                self.hint("到最后一项了，按 Ctrl-S 写入")
        else:
            step = -1 if way in (Way.BACK, Way.UP) else 1
            shown[max(0, min(len(shown) - 1, here + step))].enter()

    def _more(self) -> None:
        """Show what is seldom filled in, or put it away."""
        self._all = not self._all
        self._judge()
        if not any(row.has_hand and row.display for row in self._rows.values()):
            self._first()

    @property
    def _empty(self) -> bool:
        return not any(self._typed.values())

    def _write(self) -> None:
        """Write it, if it can be; else go where something is wanted."""
        self._judge()
        for row in self._rows.values():
            if row.line.place is not Place.NOWHERE and (row.line.fault or row.line.lacking):
                row.display = True
                row.enter()
                row.complain(row.line.fault or row.line.why or f"{row.spec.label}必须填")
                if row.line.fault:
                    self._keep_refused()
                return
        self._begin(self._answers)
