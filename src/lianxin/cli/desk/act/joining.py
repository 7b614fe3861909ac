"""Two records of one household, person or the like made one at the desk: hers to choose, field by field."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from lianxin.cli.desk.view.pick import Pick
from lianxin.cli.form.question import Question
from lianxin.cli.say.deed import after_void
from lianxin.core.declare.kind import Kind

if TYPE_CHECKING:
    from lianxin.actions.change.join import Choice
    from lianxin.actions.form.form import Answers
    from lianxin.actions.shown import Seen
    from lianxin.actions.workspace import Workspace
    from lianxin.cli.desk.act.writing import Writer
    from lianxin.cli.desk.app import Desk
    from lianxin.cli.form.task import Task
    from lianxin.cli.run.session import Session
    from lianxin.storage.book import LedgerBook


class Differing(Struct, frozen=True):
    """What is asked of two records.

    Attributes:
        fields: Label by label, where they differ, what can be chosen and how it is told.
        seen: What their files held.
    """

    fields: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    seen: Seen


def which_two(session: Session, kind: Kind) -> Task[list[str]]:
    """A form that asks which two; it writes nothing."""
    from lianxin.actions.change.join import compare
    from lianxin.actions.entry.entry import pieces
    from lianxin.actions.form.fate import of_fate
    from lianxin.cli.form.task import Task, Tried
    from lianxin.core.error import UsageError

    def two(answers: Answers) -> list[str]:
        told = answers.get("ids") or ()
        words = pieces(told) if isinstance(told, str) else [*map(str, told)]
        if len(words) != 2:
            raise UsageError(f"要写两个{kind.label}：留下的和多余的")
        with session.book(quiet=True) as book:
            found = compare(book, kind, (words[0], words[1]))
        return [str(found.first.id), str(found.second.id)]

    def tries(answers: Answers) -> Tried:
        two(answers)
        return Tried()

    with session.book(quiet=True) as book:
        return Task(of_fate(book, kind, "join", ()), tries, two)


async def join(desk: Desk, writer: Writer, kind: Kind, ids: Sequence[str]) -> str | None:
    """Ask which of two stays and whose each field is to be; what is said once it is written, None where she left it.

    Raises:
        LianxinError: They cannot be joined; nothing was written.
    """
    from lianxin.actions.change.join import Choice
    from lianxin.actions.change.join import join as write

    named, _ = await desk.reader.ask(partial(_named, kind=kind, ids=ids))
    stays = await desk.push_screen_wait(Pick("留下哪一份？另一份作废，写着它的都跟过来", named))
    if stays is None:
        return None
    words = stays, next(id_ for id_ in ids if id_ != stays)
    asked, _ = await desk.reader.ask(partial(_differing, workspace=writer.fresh().workspace(), kind=kind, words=words))
    chosen: dict[str, Choice] = {}
    for label, lines in asked.fields:
        picked = await desk.push_screen_wait(Pick(f"「{label}」用哪一份的？", lines))
        if picked is None:
            return None
        chosen[label] = Choice(picked)
    put = partial(write, kind=kind, words=words, chosen=chosen, shown=asked.seen)
    tried = await writer.run(partial(put, dry_run=True))
    told = dict(named)
    told_of = f"{told[tried.second]} 并入 {told[tried.first]}"
    taken = [f"从多余的那份取：{'、'.join(tried.labels)}"] if tried.labels else []
    if not await desk.push_screen_wait(Question(told_of, [*taken, *after_void(tried), *tried.told], "就这样合并吗？")):
        return None
    await writer.run(put)
    return f"✓ {told_of}"


def _named(book: LedgerBook, kind: Kind, ids: Sequence[str]) -> list[tuple[str, str]]:
    """Each with what tells it from another of its name."""
    from lianxin.actions.entry.offer import told_apart

    titles = {id_: book.title(id_).replace(id_, "") for id_ in ids}
    return [
        (id_, " ".join(filter(None, (id_, one, told_apart(book, id_, kind.name, one))))) for id_, one in titles.items()
    ]


def _differing(book: LedgerBook, workspace: Workspace, kind: Kind, words: tuple[str, str]) -> Differing:
    from lianxin.actions.change.join import compare, held
    from lianxin.actions.sync.settle import in_words

    found = compare(book, kind, words)
    fields = [
        (
            side.spec.label,
            [(one.value, f"{one}：{in_words(book, side.chosen(one))}") for one in side.choices],
        )
        for side in found.differing
    ]
    return Differing(fields, held(workspace.journal(), book, found))
