"""A whole form: its rows, what it would come to, and its keys. Judged while it is typed, kept until it is written."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from lianxin.actions.form.form import Answers, resumed
from lianxin.actions.form.sheet import Line, Place, Sheet
from lianxin.cli.form.answer import Answer
from lianxin.cli.form.ending import Left, Written
from lianxin.cli.form.row import KEYS, Row, Way
from lianxin.cli.form.task import Task, Tried
from lianxin.core.error import LianxinError
from lianxin.storage.book import LedgerBook
from lianxin.storage.write.draft import Draft

#: Seconds without a key after which what was typed is judged, and after which it is tried on the ledger.
_PAUSE, _REST = 0.08, 0.35


class FormView(Vertical, can_focus=True):
    """A form in somebody's hands."""

    #: Where the hand is in no field.
    BINDINGS: ClassVar[list[BindingType]] = [Binding(key, what) for key, what in KEYS.items()]

    def __init__(self, task: Task[Any], book: LedgerBook, draft: Draft) -> None:
        super().__init__()
        self._doing = task
        self._draft = draft
        self._sheet = Sheet(task.form, book)
        self._more = False
        self._busy = False
        self._pause: Timer | None = None
        self._rest: Timer | None = None
        self._tried = Tried()
        kept = resumed(task.form, draft.kept())
        begun = {**kept, **task.typed}
        self._resumed = bool(kept)
        lines = self._sheet.lines(begun)
        self._rows = {line.spec.name: Row(line, book, self.go) for line in lines}
        self._begun = begun

    def compose(self) -> ComposeResult:
        """The title, the rows, what comes of them, the keys."""
        yield Static(Content(self._doing.form.title), classes="title")
        told = "上次没有写完，填过的还在这里" if self._resumed else ""
        yield Static(Content(told), classes="resumed")
        yield VerticalScroll(*self._rows.values(), can_focus=False)
        yield VerticalScroll(Static(markup=False), classes="outcome", can_focus=False)
        yield Static(classes="keys")
        yield Answer()

    def on_mount(self) -> None:
        """What was typed before stands there; the hand is where something is wanted."""
        self.query_one(".resumed").display = self._resumed
        self.query_one(".outcome").display = False
        for name, answer in self._begun.items():
            if name in self._rows:
                self._rows[name].start(answer)
        self._judge()
        self._first()  # at once: keys may be waiting

    def _first(self) -> None:
        """Put the hand on the first field that is wrong, or says nothing."""
        shown = [row for row in self._rows.values() if row.display]
        open_ = [row for row in shown if row.line.fault or not (row.line.text or row.line.standing)]
        if not shown:
            self.screen.set_focus(self)
        for row in (open_ or shown)[:1]:
            row.enter()

    # Judging --------------------------------------------------------------------------------------------------

    @property
    def _typed(self) -> Answers:
        return {name: row.answer for name, row in self._rows.items() if row.touched}

    def _lines(self) -> tuple[Line, ...]:
        return tuple(row.line for row in self._rows.values())

    def on_row_typed(self, event: Row.Typed) -> None:
        """Keep what was typed, and judge it when the hand rests."""
        event.stop()
        self._draft.keep({}, self._typed)
        for row in self._rows.values():
            row.complain("")
        if self._pause:
            self._pause.stop()
        self._pause = self.set_timer(_PAUSE, self._judge)

    def _judge(self) -> None:
        for line in self._sheet.lines(self._typed):
            self._rows[line.spec.name].update(line, more=self._more)
        self._tell_keys()
        if self._rest:
            self._rest.stop()
        self._rest = self.set_timer(_REST, self._try)

    def _ready(self) -> bool:
        lines = [line for line in self._lines() if line.place is not Place.NOWHERE]
        return not any(line.lacking or line.fault for line in lines)

    def _try(self) -> None:
        if self._busy:
            return
        if self._ready():
            self._trial()
        else:
            self._say(())

    @work(thread=True, exclusive=True, group="trial")
    def _trial(self) -> None:
        """What the ledger says to it, without writing."""
        answers = self._sheet_answers()
        try:
            tried = self._doing.tries(answers)
        except LianxinError as error:
            self.app.call_from_thread(self._refused, error)
        else:
            self.app.call_from_thread(self._came, tried)

    def _sheet_answers(self) -> Answers:
        return {line.spec.name: line.text for line in self._lines() if line.text and line.place is not Place.NOWHERE}

    def _came(self, tried: Tried) -> None:
        self._tried = tried
        self._say(tried.lines)

    def _refused(self, error: LianxinError) -> None:
        """Say it where it belongs; what belongs nowhere stands below."""
        found = [row for row in self._rows.values() if row.spec.label in error.fields]
        for row in found[:1]:
            row.display = True
            row.complain(str(error).removeprefix("没有写入："))
        self._say(() if found else (str(error),), wrong=True)

    def _say(self, lines: tuple[str, ...], *, wrong: bool = False) -> None:
        outcome = self.query_one(".outcome")
        outcome.query_one(Static).update("\n".join(lines))
        outcome.display = bool(lines)
        outcome.set_class(wrong, "wrong")

    def _tell_keys(self) -> None:
        hidden = [row for row in self._rows.values() if row.line.place is Place.MORE and not row.display]
        more = f"   F2 更多（{len(hidden)} 项）" if hidden else "   F2 收起" if self._more else ""
        self.query_one(".keys", Static).update(Content(f"Ctrl-S 写入   回车 下一项   Esc 离开，填过的留着{more}"))

    # Keys -----------------------------------------------------------------------------------------------------

    async def on_row_asked(self, event: Row.Asked) -> None:
        """A key that is meant for the form."""
        event.stop()
        await self.run_action(event.what)

    def go(self, way: Way) -> None:
        """Put the hand on another field; where all that follow say something, on the last."""
        self._judge()
        shown = [row for row in self._rows.values() if row.display]
        here = next((place for place, row in enumerate(shown) if row.has_hand), 0)
        if way is Way.OPEN:
            wanted = (row for row in shown[here + 1 :] if row.line.fault or not (row.line.text or row.line.standing))
            next(wanted, shown[-1]).enter()
        else:
            step = -1 if way in (Way.BACK, Way.UP) else 1
            shown[max(0, min(len(shown) - 1, here + step))].enter()

    def action_more(self) -> None:
        """Show what is seldom filled in, or put it away."""
        self._more = not self._more
        self._judge()

    def action_leave(self) -> None:
        """Leave; a form in which nothing was typed leaves nothing behind."""
        if not any(self._typed.values()):
            self._draft.drop()
        self.post_message(Left())

    def action_write(self) -> None:
        """Write it, if it can be; else go where something is wanted."""
        if self._busy:
            return
        self._judge()
        for row in self._rows.values():
            if row.line.place is Place.NOWHERE:
                continue
            if row.line.fault or row.line.lacking:
                row.display = True
                row.enter()
                row.complain(row.line.fault or row.line.why or f"{row.spec.label}必须填")
                return
        self._busy = True
        self._write()

    @work(thread=True, exclusive=True, group="write")
    def _write(self) -> None:
        answers = self._sheet_answers()
        try:
            tried = self._doing.tries(answers)
            if tried.question:
                self.app.call_from_thread(self._ask, tried)
                return
            self._finish(self._doing.writes(answers))
        except LianxinError as error:
            self.app.call_from_thread(self._stopped, error)

    def _ask(self, tried: Tried) -> None:
        """Ask where the keys stand, below what it is about."""
        self._say(tried.lines)
        self.query_one(Answer).ask(tried, self._answered)

    def _answered(self, yes: bool) -> None:
        """Write it, or go back to where something may be filled in."""
        if yes:
            self._sure()
            return
        self._busy = False
        self._first()

    @work(thread=True, exclusive=True, group="write")
    def _sure(self) -> None:
        try:
            self._finish(self._doing.writes(self._sheet_answers()))
        except LianxinError as error:
            self.app.call_from_thread(self._stopped, error)

    def _finish(self, done: Any) -> None:
        self._draft.drop()
        self.app.call_from_thread(self.post_message, Written(done))

    def _stopped(self, error: LianxinError) -> None:
        self._busy = False
        self._refused(error)
