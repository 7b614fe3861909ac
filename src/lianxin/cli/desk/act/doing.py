"""What the keys do that write or make something: filled in, shown first, told in one line."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec.structs import replace
from textual.events import Key

from lianxin.cli.desk.act import dispatching, following, joining, meet, paper, rare
from lianxin.cli.desk.act.done import Done
from lianxin.cli.desk.act.menu import Rare
from lianxin.cli.desk.act.paper import PaperScreen, Shape
from lianxin.cli.desk.act.writing import Writer
from lianxin.cli.desk.keys import NUMBERS
from lianxin.cli.desk.view.acts import Act, Does
from lianxin.cli.desk.view.pick import Pick
from lianxin.cli.form.question import Question
from lianxin.cli.say.deed import added, changed, stepped
from lianxin.core.called import OF_A_KIND
from lianxin.core.declare.lifecycle import Step
from lianxin.core.error import LianxinError
from lianxin.core.written import told as told_of
from lianxin.kinds import BRIEF, BRIEFS, KIND, brief_of, kind_of
from lianxin.kinds.ending import ENDABLE
from lianxin.kinds.fate import OF_TWO, fates
from lianxin.reports.desk.item import Item, Of

if TYPE_CHECKING:
    from lianxin.actions.dispatch.owed import Owed
    from lianxin.actions.entry.add import Added
    from lianxin.actions.entry.follow import Follow
    from lianxin.actions.paper.ask import Asks
    from lianxin.actions.waiting import Waiting
    from lianxin.cli.desk.app import Desk
    from lianxin.cli.form.task import Task
    from lianxin.cli.run.session import Session

T = TypeVar("T")


class Doing:
    """Does one thing at a time.

    Attributes:
        made: The file made last.
        filling: A form lies over the desk.
        held: What was typed since something was asked for that is not there yet: it is meant for that. None: nothing is
            awaited.
    """

    def __init__(self, desk: Desk, writer: Writer) -> None:
        self._desk, self._writer = desk, writer
        self._busy = False
        self._resumes = ""
        self.filling = False
        self.made: Path | None = None
        self.held: list[Key] | None = None

    def act(self, act: Act, items: Sequence[Item]) -> None:
        """Do what may be done with a line, or with all that are marked."""
        self._begin(self._work(act, items))

    async def _work(self, act: Act, items: Sequence[Item]) -> Done | None:
        match act.does:
            case Does.STEP if act.step and len(items) > 1:
                return await self._several(act.kind, act.step, items)
            case Does.STEP if act.step and items:
                return await self._step(act.kind, act.step, items[0].id)
            case Does.FATE if act.fate in OF_TWO:
                return await self._join(act.kind, [item.id for item in items])
            case Does.FATE if items:
                return await self._fate(act.kind, act.fate, [item.id for item in items])
            case Does.SETTLE:
                return Done(*await meet.settle(self._desk, self._writer, items[0].id))
            case Does.SYNC:
                return await self._sync()
            case Does.HEAR:
                return await self._hear(items[0].id)
            case Does.GO_ON if act.waiting:
                return await self._go_on(act.waiting)
            case Does.ADD:
                return await self._add(act.kind, act.typed)
            case Does.MAKE if act.paper:
                return await self._make(act.paper.name, paper.words_of(act.paper), act.paper.period, act.paper.asks)
            case Does.SEND if act.owed:
                return await self._send(act.owed)
            case Does.FILE if act.owed:
                return await self._file(act.owed)
            case Does.OPEN:
                there = self._writer.fresh().workspace().root / act.file  # a whole path stays what it is
                return Done(await paper.show(there), wrote=False)
            case _:
                return None

    def one_of(self, acts: Sequence[Act], items: Sequence[Item]) -> None:
        """Do one of those that have no letter of their own."""
        choices = [(str(place), act.label) for place, act in enumerate(acts)]
        numbers = "".join(act.number for act in acts)
        self._picked("办哪一步？", choices, lambda place: self._work(acts[int(place)], items), numbers)

    def add(self, kinds: Sequence[str]) -> None:
        """A new record, of one of these kinds."""
        choices = [(name, BRIEF[name].label) for name in kinds]
        self._picked("记什么？", choices, lambda name: self._add(name, {}))

    def edit(self, item: Item) -> None:
        """Change a record."""
        if brief_of(item.id):
            self._begin(self._edit(item.id))
        elif item.id:
            self._desk.tell("这一条不是记录，没有可改的")

    def undo(self) -> None:
        """Take back the last command."""
        self._begin(self._undo())

    def rare(self) -> None:
        """Something that is seldom done."""
        keys = "".join(one.key for one in Rare)
        self._picked("还能办：", [(one.name, one.value) for one in Rare], lambda name: self._rare(Rare[name]), keys)

    def _picked(
        self,
        asked: str,
        choices: Sequence[tuple[str, str]],
        work: Callable[[str], Coroutine[Any, Any, Done | None]],
        numbers: str = "",
    ) -> None:
        """Do what is picked. The list is there at once: a number typed with the key that opens it is meant for it."""

        def picked(name: str | None) -> None:
            if name:
                self._begin(work(name))

        if self._busy:
            return
        early, self.held = self.held or [], None
        if len(choices) > 1 or numbers:
            self._desk.push_screen(Pick(asked, choices, early, numbers or NUMBERS), picked)
        else:
            picked(choices[0][0])

    def print(self, item: Item) -> None:
        """Make a file of a record."""
        if item.of is Of.RECORD:
            self._begin(self._make(item.title, paper.words_of_record(item.id), None))

    def dead(self) -> None:
        """A key that nothing took."""
        self._desk.dead()

    def hold(self) -> None:
        """Something is asked for; what is typed from now on is for that."""
        self.held = [] if self.held is None else self.held

    def release(self) -> None:
        """Nothing comes of it."""
        if not self._busy:
            self.held = None

    def _begin(self, work: Coroutine[Any, Any, Done | None]) -> None:
        if self._busy:
            work.close()
            return
        self._busy = True
        self.hold()
        self._desk.run_worker(self._told(work), group="do")

    async def _told(self, work: Coroutine[Any, Any, Done | None]) -> None:
        try:
            done = await work
        except LianxinError as error:
            self._desk.tell(str(error), wrong=True)
            return
        finally:
            self._busy = False
            self.held = None
        if done:
            told_of()
            self._desk.done(done)

    # what is written

    async def _go_on(self, form: Waiting) -> Done | None:
        """Go on with a form that was left."""
        self._resumes = form.name
        try:
            if form.does == "add":
                return await self._add(form.kind, {})
            if form.does == "edit":
                return await self._edit(form.id)
            life = KIND[form.kind].lifecycle
            if life and (step := life.step(form.does)):
                return await self._step(form.kind, step, form.id)
            return await self._fate(form.kind, form.does, [form.id])
        finally:
            self._resumes = ""

    async def _fill(self, task: Callable[[Session], Task[T]]) -> T | None:
        """What was written of a form; None where she left it, what was typed being kept."""
        from lianxin.cli.form.screen import FormScreen

        session = self._writer.fresh()
        early, self.held = self.held or [], None
        resumes, self._resumes = self._resumes, ""
        form = FormScreen(session, lambda: task(session), early, resumes)
        self.filling = True
        try:
            done: T | LianxinError | None = await self._desk.push_screen_wait(form)
        finally:
            self.filling = False
        if isinstance(done, LianxinError):
            raise done
        if done is None:
            if form.kept or resumes:
                self._desk.panes.renew()  # today tells of what was left
            again = "再来按 F6 接着填" if form.by_key else "再来就能接着填"
            self._desk.tell(f"没有写入；填过的留着，{again}" if form.kept else "没有写入")
        return done

    async def _step(self, kind: str, step: Step, id_: str) -> Done | None:
        from lianxin.actions.form.whistled import tied, to_write_first
        from lianxin.cli.form.tasks import step_task

        first, _ = await self._desk.reader.ask(lambda book: to_write_first(book, KIND[kind], step, id_))
        write = await following.whistled(self._desk, first) if first else False
        resumes, self._resumes = self._resumes, ""  # it is of the step, not of the whistle
        made = await self._add("whistle", first) if first and write else None
        self._resumes = resumes
        if write is None or (write and made is None):
            return None
        if made and (await self._desk.reader.ask(lambda book: tied(book, id_, made.made)))[0]:
            return made
        done = await self._fill(lambda session: step_task(session, KIND[kind], step, id_))
        if done is None:
            return None
        reasons = (reason.partition("：")[0] for reason in done.reasons[:1])
        return Done("，".join((f"✓ {stepped(done, clear=True)}", *reasons)), on=step.name != "amend")

    async def _several(self, kind: str, step: Step, items: Sequence[Item]) -> Done | None:
        from lianxin.actions.step.advanced import new_event_id
        from lianxin.cli.form.tasks import batch_task

        events = {item.id: new_event_id() for item in items if kind_of(item.id).name == kind}
        done = await self._fill(lambda session: batch_task(session, KIND[kind], step, events))
        if done is None:
            return None
        rest = len(items) - len(done.done)
        return Done(f"✓ {step.label} {len(done.done)} 件{f'，另有 {rest} 件没有办' if rest else ''}", on=True)

    async def _add(self, kind: str, typed: Mapping[str, str]) -> Done | None:
        from lianxin.cli.form.tasks import add_task

        done = await self._fill(lambda session: add_task(session, KIND[kind], dict(typed), handed=True))
        if done is None:
            return None
        told = Done("　".join((f"✓ {added(done, KIND[kind], clear=True)}", *done.told[:1])), made=(done.id,))
        return await self._followed(told, done.follows)

    async def _followed(self, done: Done, follows: Sequence[Follow]) -> Done:
        """Ask of each that wants to be entered now whether it is to be, is not, or later."""
        for one in follows:
            enter, told = await following.wanted(self._desk, self._writer, done.told, one)
            then = await self._add(one.kind, one.typed) if enter else None
            done = replace(then, made=(*then.made, *done.made)) if then else replace(done, told=told)
        return done

    async def _hear(self, visit: str) -> Done | None:
        """Go on asking what is to become of what a visit heard."""
        from lianxin.actions.entry.follow import left_of

        follows, _ = await self._desk.reader.ask(lambda book: [*left_of(book, visit)])
        done = await self._followed(Done(""), follows)
        return done if done.told else None

    async def _edit(self, id_: str) -> Done | None:
        from lianxin.cli.form.tasks import edit_task

        done = await self._fill(lambda session: edit_task(session, kind_of(id_), id_))
        return await self._followed(Done(f"✓ {changed(done, clear=True)}"), done.follows) if done else None

    async def _fate(self, kind: str, name: str, ids: Sequence[str]) -> Done | None:
        from lianxin.cli.form.fates import fate_task, told

        done = await self._fill(lambda session: fate_task(session, KIND[kind], name, ids))
        return Done("　".join((f"✓ {told(done)[0]}", *done.told[:1]))) if done else None

    async def _join(self, kind: str, ids: Sequence[str]) -> Done | None:
        told = await joining.join(self._desk, self._writer, KIND[kind], ids)
        if told is None:
            self._desk.tell("没有合并")
        return Done(told) if told else None

    async def _join_any(self) -> Done | None:
        """Two records that a form asks for."""
        kinds = [brief for brief in BRIEFS if "join" in fates(KIND[brief.name])]
        kind = await self._desk.push_screen_wait(Pick("哪一样登了两份？", [(one.name, one.label) for one in kinds]))
        if kind is None:
            return None
        ids = await self._fill(lambda session: joining.which_two(session, KIND[kind]))
        return await self._join(kind, ids) if ids else None

    async def _undo(self) -> Done | None:
        from lianxin.actions.change.undo import undo

        last = await self._writer.run(partial(undo, dry_run=True))
        commits = zip(last.commits, last.said, strict=True)
        lines = [*last.stays, *(f"{one.at}  {said}" for one, said in commits), *last.lines]
        if not await self._desk.push_screen_wait(Question("要撤销的是：", lines, "就这样撤销吗？")):
            self._desk.tell("没有撤销")
            return None
        await self._writer.run(partial(undo, shown=last.commits[0].command))
        return Done(f"✓ 已撤销：{last.said[0]}")

    # what is seldom done

    async def _rare(self, what: Rare) -> Done | None:
        match what:
            case Rare.CHECK:
                await rare.check(self._desk)
            case Rare.BACKUP:
                return await rare.backup(self._desk, self._writer)
            case Rare.CALENDAR:
                return await self._make("期限", ("calendar",), None)
            case Rare.COMMIT:
                return await rare.take_in(self._writer)
            case Rare.BACK:
                return await rare.back(self._desk, self._writer)
            case Rare.UNDO:
                return await self._undo()
            case Rare.IMPORT:
                return await rare.bring(self._desk)
            case Rare.PASTE:
                return await self._paste()
            case Rare.FILE:
                return self._filed(await dispatching.file_any(self._desk, self._writer, self.made))
            case Rare.FATE:
                return await self._any_fate()
            case Rare.JOIN:
                return await self._join_any()
            case Rare.SYNC:
                return await self._sync()
            case Rare.SETTLE:
                return Done(*await meet.settle(self._desk, self._writer))
            case Rare.SEAT:
                return await rare.seat(self._desk, self._writer)
        return None

    async def _sync(self) -> Done | None:
        told = await meet.sync(self._desk, self._writer)
        return Done(told, wrote=False) if told else None

    async def _paste(self) -> Done | None:
        from lianxin.cli.desk.act import pasting

        told, made = await pasting.paste(self._desk, self._writer, self._fill, self._follows)
        return Done(told, wrote=bool(made), made=made) if told else None

    async def _follows(self, done: Added) -> Sequence[str]:
        """What else came of what was pasted, once it is written: the ids, the newest first."""
        told = Done(f"✓ {added(done, KIND[kind_of(done.id).name], clear=True)}")
        return (await self._followed(told, done.follows)).made

    async def _any_fate(self) -> Done | None:
        """What becomes of a record that the form asks for."""
        choices = [
            (f"{kind} {name}", f"{BRIEF[kind].label}{OF_A_KIND[name]}")
            for kind in ENDABLE
            for name in fates(KIND[kind])
            if name not in ("void", *OF_TWO)
        ]
        picked = await self._desk.push_screen_wait(Pick("哪一样？", choices))
        if picked is None:
            return None
        kind, _, name = picked.partition(" ")
        return await self._fate(kind, name, ())

    # what is made

    async def _make(
        self, name: str, words: Sequence[str], period: str | None, asks: Sequence[Asks] = ()
    ) -> Done | None:
        """A file by the command that makes it; ``period`` None: none is asked for."""
        looks = paper.suffixes(words)
        asked = [dispatching.ASKED[one] for one in asks]
        shape = Shape(f"出文件：{name}", looks=looks, faces=bool(looks), period=period, asks=asked)
        made = partial(paper.make, self._desk.session, name, words)
        return self._made(await self._desk.push_screen_wait(PaperScreen(shape, made)))

    def _made(self, done: tuple[str, Path | None] | None) -> Done | None:
        if done is None:
            return None
        told, path = done
        self.made = path or self.made
        return Done(told, wrote=False, hint="o 打开" if path else "")

    async def _send(self, owed: Owed) -> Done | None:
        done = self._made(await dispatching.send(self._desk, owed))
        if done is None:
            return None
        self._desk.panes.renew()
        return replace(done, hint="")

    async def _file(self, owed: Owed) -> Done | None:
        return self._filed(await dispatching.file(self._desk, self._writer, owed))

    def _filed(self, filed: tuple[str, str] | None) -> Done | None:
        return Done(filed[0], made=(filed[1],)) if filed else None
