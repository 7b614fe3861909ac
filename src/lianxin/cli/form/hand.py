"""What is in somebody's hands, a form or a table: rows, what comes of them, the keys, the question."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from typing import Any, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.events import Key
from textual.geometry import Size

from lianxin.actions.form.form import Answers
from lianxin.actions.shown import OvertakenError
from lianxin.cli.form.ending import Anew, Left, Other, Written
from lianxin.cli.form.foot import Foot
from lianxin.cli.form.row import Row
from lianxin.cli.form.said import Said
from lianxin.cli.form.task import TableTask, Task, Tried
from lianxin.cli.form.way import KEYS, Way
from lianxin.core.error import LianxinError
from lianxin.storage.write.draft import Draft

_NOT_WANTED = "不要上次填的，从头填吗？"
_NONE_WANTED = "刚填的都不要，从头填吗？"


class Rows(VerticalScroll, can_focus=False):
    """The rows; the one that has the hand is in sight."""

    def on_resize(self) -> None:
        """There is more room, or less."""
        for row in self.query(Row):
            row.keep_in_sight()


class Hand(Vertical, can_focus=True):
    """A form or a table, kept until it is written.

    Args:
        task: What it is for.
        draft: Where it is kept.
        other: What another one of the sort says, that was left before.
    """

    #: Where the hand is in no field.
    BINDINGS: ClassVar[list[BindingType]] = [Binding(key, f"go({way.name!r})") for key, way in KEYS.items()]

    def __init__(self, task: Task[Any] | TableTask, draft: Draft, other: str = "") -> None:
        super().__init__()
        self._doing: Any = task
        self._draft = draft
        self._other = other
        self._body = Rows()
        self._foot = Foot()
        self._busy = self._stuck = False
        self._left: Row | None = None
        self._hand: Row | None = None
        self._resumed = draft.kept() is not None
        self._over = False
        self._as_begun: Answers = {}
        self._declined: Answers | None = None

    def head(self) -> ComposeResult:
        """What it is about, and whether something is left of the last time."""
        yield Said(self._doing.form.title, classes="title")
        if self._doing.form.lacks:
            yield Said(self._doing.form.lacks, classes="lacks")
        if self._resumed:
            yield Said("上次没有写完，填过的还在这里；不要了按 F4", classes="resumed")
        elif self._other:
            yield Said(f"另有一份没写成的，按 F6 接着填：{self._other}", classes="resumed")

    def foot(self) -> ComposeResult:
        """What comes of it, the keys, the question."""
        yield from self._foot.parts

    # What is seen ---------------------------------------------------------------------------------------------

    def _say(self, *lines: str, wrong: bool = False) -> None:
        """What comes of it."""
        self._stuck = wrong and bool(lines)
        self._foot.say(lines, wrong=wrong)
        self._fit()

    def hint(self, text: str = "") -> None:
        """Say this until the next key; nothing: no more."""
        if self._foot.hint(text):
            self._fit()

    @property
    def _shown(self) -> bool:
        """Whether there is a field to be filled in."""
        return any(row.display for row in self.query(Row))

    def _tell_keys(self, *more: str) -> None:
        """The keys, all that can be done."""
        same = sum(row.same for row in self.query(Row))
        told = (
            "Ctrl-S 写入",
            *(("回车 下一项",) if self._shown else ()),
            "Esc 离开，都留着",
            *more,
            *((f"F3 照上 {same} 项",) if same else ()),
        )
        self._foot.tell_keys(told)
        self._fit()

    def on_resize(self) -> None:
        """There is more room, or less."""
        self._fit()

    def _fit(self) -> None:
        size = Size(self.content_size.width or self.app.size.width, self.app.size.height - self.styles.gutter.height)
        self._foot.fit(self._body, [*self.children], size)

    def on_descendant_focus(self) -> None:
        """Remember where the hand is."""
        self._hand = next((row for row in self.query(Row) if row.has_hand), self._hand)

    def on_key(self, event: Key) -> None:
        """Nothing took it."""
        if not event.is_printable and event.key not in KEYS:
            none = event.key == "enter" and not self._shown
            no_field = "写不了，还缺什么写在上面；按 Esc 离开" if self._stuck else "没有要填的，按 Ctrl-S 写入"
            self.hint(no_field if none else "这个键在这里没有用，能按的写在下面")

    def on_focus(self) -> None:
        """A click beside the fields takes the hand out of none."""
        if self._hand and self._hand.display and not self._busy:
            self._hand.enter()

    @property
    def gone(self) -> bool:
        """Whether it is taken down, be it that a timer has not heard of that."""
        return not (self.is_attached and self.display)  # nothing else hides it

    def on_unmount(self) -> None:
        """A terminal that went took the last keys with it before they were told of."""
        if not self._over and self._held != self._as_begun:
            self._keep()

    # What is done ---------------------------------------------------------------------------------------------

    def go(self, way: Way) -> None:
        """Put the hand elsewhere, or do what else was meant."""
        self.hint()
        match way:
            case Way.WRITE if not self._busy:
                self._write()
            case Way.MORE:
                self._more()
            case Way.LEAVE:
                self._leave()
            case Way.SAME:
                self._same()
            case Way.OTHER if self._other and not self._resumed and not self._busy:
                self.post_message(Other())
            case Way.ANEW if self._keeping and not self._busy:
                self._give_up()
            case Way.ANEW | Way.OTHER if not self._busy:
                self.hint("还没有填什么，不用从头填" if way is Way.ANEW else "没有另外没写成的")
            case Way.NEXT | Way.ON | Way.BACK | Way.UP | Way.DOWN:
                self._move(way)
            case Way.TAKEN:
                self._move(Way.ON)
                for row in self.query(Row):
                    if row.has_hand:
                        row.arrive()

    def action_go(self, name: str) -> None:
        """A key, where the hand is in no field."""
        self.go(Way[name])

    def interrupted(self, *, again: bool) -> None:
        """Ctrl-C says how to leave, and leaves when it comes again; what is being written is written first."""
        if self._busy and self._foot.answer.waiting:
            self.hint("正在写入，写完再离开")
        elif again:
            self._leave()
        else:
            self.hint(f"离开按 Esc，或者再按一次 Ctrl-C{'；填过的留着' if self._keeping else ''}")

    @abstractmethod
    def _write(self) -> None:
        """Write it, if it can be; else go where something is wanted."""

    @property
    @abstractmethod
    def _held(self) -> Answers:
        """What was typed, as it is kept."""

    def _keep(self) -> None:
        self._draft.keep({}, self._held, refused=self._held == self._declined)

    def _keep_refused(self) -> None:
        """What was not taken is kept as such, until something else is typed."""
        self._declined = self._held
        self._keep()

    @abstractmethod
    def _move(self, way: Way) -> None:
        """Put the hand elsewhere."""

    @abstractmethod
    def _refused(self, error: LianxinError) -> None:
        """Say why it is not written."""

    @property
    @abstractmethod
    def _empty(self) -> bool:
        """Whether nothing was typed."""

    @property
    def _keeping(self) -> bool:
        """Whether a person has typed something that is to be there the next time."""
        return not self._empty and (self._resumed or self._held != self._as_begun)

    def _more(self) -> None:
        """Show what is seldom filled in, if there is any."""

    def _leave(self) -> None:
        """Leave; where nothing was typed nothing is left behind."""
        if not self._keeping:
            self._drop()
        self.post_message(Left(kept=self._keeping))

    def _same(self) -> None:
        """Go to what stands there as in the last record and was not seen to, one after another."""
        rows = [*self.query(Row)]
        here = next((place for place, row in enumerate(rows) if row.has_hand), -1)
        same = [row for row in (*rows[here + 1 :], *rows[: here + 1]) if row.same]
        if same:
            same[0].enter()
        else:
            self.hint("没有照上一条填的")

    def _drop(self) -> None:
        """It is written, or wanted no more."""
        self._over = True
        self._draft.drop()

    def _give_up(self) -> None:
        """Ask whether nothing of the last time, or of what was just typed, is wanted; where the hand is, it stays."""
        self._hold()
        self._foot.answer.ask(
            Tried(question=_NOT_WANTED if self._resumed else _NONE_WANTED, doubtful=True), self._given_up, self._body
        )
        self._fit()

    def _given_up(self, yes: bool) -> None:
        if yes:
            self._drop()
            self.post_message(Anew())
        else:
            self._rest()

    def _hold(self) -> None:
        """Take no keys but for the question."""
        if not self._busy:
            self._left = next((row for row in self.query(Row) if row.has_hand), None)
        self._busy = True
        self._foot.asking(on=True)

    def _begin(self, answers: Any, *first: str) -> None:
        """Write these answers, or ask first. What is typed meanwhile goes nowhere: what is shown is what is written."""
        self._hold()
        self._foot.answer.wait()
        self._fit()
        self._try_all(answers, first)

    @work(exclusive=True, group="write")
    async def _try_all(self, answers: Any, first: tuple[str, ...]) -> None:
        try:
            tried: Tried = await asyncio.to_thread(self._doing.tries, answers)
        except LianxinError as error:
            self._stopped(error)
            return
        if tried.question:
            self._ask(tried, answers, first)
        else:
            await self._finish(answers)

    def _ask(self, tried: Tried, answers: Any, first: tuple[str, ...]) -> None:
        """Ask where the keys stand, below what it is about."""

        def answered(yes: bool) -> None:
            if yes:
                self._foot.answer.wait()
                self._sure(answers)
            else:
                self._rest()

        self._say(*first, *tried.lines)
        self._foot.answer.ask(tried, answered, self._foot.outcome)
        self._fit()

    @work(exclusive=True, group="write")
    async def _sure(self, answers: Any) -> None:
        await self._finish(answers)

    async def _finish(self, answers: Any) -> None:
        """Write it beside the screen: a thread that waited for the screen would keep us from ending when that goes."""

        def write() -> Any:
            done = self._doing.writes(answers)
            self._drop()
            return done

        try:
            done = await asyncio.to_thread(write)
        except OvertakenError as error:
            self._begin(answers, str(error))
        except LianxinError as error:
            self._stopped(error)
        else:
            self.post_message(Written(done))

    def _stopped(self, error: LianxinError) -> None:
        self._keep_refused()
        self._refused(error)
        self._rest()

    def _rest(self) -> None:
        """Nothing is asked, nothing is being written: the hand is back where it was, or where something is wrong."""
        self._busy = False
        self._foot.asking(on=False)
        self._fit()
        wrong = (row for row in self.query(Row) if row.display and row.wrong)
        if row := next(wrong, self._left):
            row.enter()
        else:
            self.screen.set_focus(self)
