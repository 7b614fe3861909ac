"""What the keys do that write or make something: shown first, asked about where it matters, told in one line."""

from __future__ import annotations

from collections.abc import Coroutine, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from lianxin.cli.desk import paper
from lianxin.cli.desk.acts import Act, Does
from lianxin.cli.desk.paper import PaperScreen
from lianxin.cli.desk.writing import Writer
from lianxin.cli.form.question import Question
from lianxin.core.declare.lifecycle import Step
from lianxin.core.document import Document, Face
from lianxin.core.error import LianxinError
from lianxin.formats import render
from lianxin.formats.face.mask import mask
from lianxin.kinds import KIND, kind_of
from lianxin.reports.desk.item import Item, Of

if TYPE_CHECKING:
    from lianxin.actions.step.advanced import Advanced
    from lianxin.cli.desk.app import Desk

#: From so many records on she is asked before anything is written.
_ASK = 3

#: Columns of what is shown before it is written.
_WIDTH = 68


class Done(Struct, frozen=True):
    """What was done.

    Attributes:
        told: In one line.
        wrote: Something was written, which can be taken back.
        on: The next line is likely to be wanted.
    """

    told: str
    wrote: bool = True
    on: bool = False


class Doing:
    """Does one thing at a time.

    Attributes:
        made: The file made last.
    """

    def __init__(self, desk: Desk, writer: Writer) -> None:
        self._desk, self._writer = desk, writer
        self._busy = False
        self.made: Path | None = None

    def act(self, act: Act, items: Sequence[Item]) -> None:
        """Do what may be done with a line, or with all that are marked."""
        match act.does:
            case Does.STEP if act.step and len(items) > 1:
                self._begin(self._several(act.kind, act.step, items))
            case Does.STEP if act.step and items:
                self._begin(self._step(act.kind, act.step, items[0]))
            case Does.MAKE if act.paper:
                self._begin(self._make(act.paper.name, paper.words_of(act.paper), act.paper.period))
            case _:
                pass

    def undo(self) -> None:
        """Take back the last command."""
        self._begin(self._undo())

    def print(self, item: Item) -> None:
        """Make a file of a record."""
        if item.of is Of.RECORD:
            self._begin(self._make(item.title, paper.words_of_record(item.id), None))

    def _begin(self, work: Coroutine[Any, Any, Done | None]) -> None:
        if self._busy:
            work.close()
            return
        self._busy = True
        self._desk.run_worker(self._told(work), group="do")

    async def _told(self, work: Coroutine[Any, Any, Done | None]) -> None:
        try:
            done = await work
        except LianxinError as error:
            self._desk.tell(str(error), wrong=True)
            return
        finally:
            self._busy = False
        if done:
            self._desk.done(done)

    async def _step(self, kind: str, step: Step, item: Item) -> Done | None:
        from lianxin.actions.step.advance import advance

        take = partial(advance, kind=KIND[kind], word=item.id, step=step, typed={})
        tried = await self._writer.run(partial(take, dry_run=True))
        lines = [*(f"{label}　{value}" for label, value in tried.shown), *tried.reasons]
        if not await self._ask(f"{item.id} {step.label}", lines, "就这样记下吗？"):
            return None
        return Done(_moved(await self._writer.run(take)), on=True)

    async def _several(self, kind: str, step: Step, items: Sequence[Item]) -> Done | None:
        from lianxin.actions.step.advanced import new_event_id
        from lianxin.actions.step.batch import batch

        events = {item.id: new_event_id() for item in items if kind_of(item.id).name == kind}
        take = partial(batch, kind=KIND[kind], step=step, events=events, typed={})
        tried = await self._writer.run(partial(take, dry_run=True))
        if len(tried.done) >= _ASK or tried.left:
            lines = [*_lines(tried.document), *tried.reasons]
            if not await self._ask(f"{step.label} {len(tried.done)} 件", lines, "就这样记下吗？"):
                return None
        done = await self._writer.run(partial(take, shown=tried.seen))
        rest = len(items) - len(done.done)
        left = f"，另有 {rest} 件没有办" if rest else ""
        return Done(f"✓ {step.label} {len(done.done)} 件{left}", on=True)

    async def _undo(self) -> Done | None:
        from lianxin.actions.change.undo import undo

        last = await self._writer.run(partial(undo, dry_run=True))
        lines = [f"{one.at}  {one.subject}" for one in last.commits]
        if not await self._ask("要撤销的是：", lines, "就这样撤销吗？"):
            return None
        await self._writer.run(partial(undo, shown=last.commits[0].command))
        return Done(f"✓ 已撤销：{last.commits[0].subject}")

    async def _make(self, name: str, words: Sequence[str], period: str | None) -> Done | None:
        """A file by the command that makes it; ``period`` None: none is asked for."""
        wish = await self._desk.push_screen_wait(PaperScreen(name, period, paper.suffixes(words)))
        if wish is None:
            return None
        self._desk.tell("正在出文件……")
        told, path = await paper.make(self._desk.session, name, words, wish)
        self.made = path or self.made
        return Done(f"{told}    o 打开" if path else told, wrote=False)

    async def _ask(self, title: str, lines: Sequence[str], asked: str) -> bool:
        return await self._desk.push_screen_wait(Question(title, lines, asked))


def _moved(done: Advanced) -> str:
    moved = f"{done.before} → {done.after}" if done.before != done.after else done.after
    return "　".join((f"✓ {done.id} {done.step.label}：{moved}", *done.reasons[:1]))


def _lines(document: Document) -> list[str]:
    """A page as lines to read over the screen."""
    return str(render(mask(document, Face.INTERNAL), "terminal", width=_WIDTH)).rstrip("\n").split("\n")
