"""``KIND void`` and ``KIND join``: a record entered by mistake or twice, for every kind that keeps no events."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lianxin.cli.option.completion import records
from lianxin.cli.option.pick import OMITTED, picking
from lianxin.cli.run.saying import speak
from lianxin.cli.run.session import Session, session_of
from lianxin.cli.say.answer import answer, remarked, written
from lianxin.cli.say.deed import after_void, indented, voided
from lianxin.core.declare.kind import Kind

if TYPE_CHECKING:
    from lianxin.actions.change.join import Choice, Joined
    from lianxin.actions.shown import Seen

_Id = Annotated[
    str, typer.Argument(metavar="编号", help=OMITTED, autocompletion=records(), callback=picking(), show_default=False)
]
_Why = Annotated[str, typer.Option("--why", "--reason", metavar="理由", help="为什么作废")]
_Into = Annotated[str, typer.Option("--into", metavar="编号", help="由哪一份接替：写着这一份的记录都跟过去")]
_Fields = list[str] | None
_Keep = Annotated[_Fields, typer.Option("--keep", "--用留下的", metavar="栏目", help="用留下的那份的；可写多次")]
_Take = Annotated[_Fields, typer.Option("--take", "--用多余的", metavar="栏目", help="用多余的那份的；可写多次")]
_Both = Annotated[_Fields, typer.Option("--both", "--两份合起来", metavar="栏目", help="两份的清单合起来；可写多次")]


def void_of(kind: Kind) -> Callable[..., Any]:
    """The ``void`` of one kind."""

    def run(
        context: typer.Context,
        id_: _Id = "",
        why: _Why = "",
        into: _Into = "",
    ) -> None:
        session = session_of(context)
        typed = {key: value for key, value in (("why", why), ("into", into)) if value}
        from lianxin.cli.form.fates import become, fate_task

        if session.interactive and not session.yes and not session.dry_run:
            from lianxin.cli.form.inline import fill

            done: Any = fill(session, fate_task(session, kind, "void", (id_,), typed))[0]
        else:
            done = become(session, kind, "void", (id_,), typed, dry_run=session.dry_run)
        if session.json:
            told = {"id": done.id, "into": done.into, "moved": [one.id for one in done.moved]}
            answer(session, "void", done.commit, {**told, "left": [id_ for id_, _ in done.left], "commit": done.commit})
            return
        mark = "✓" if done.commit else "（试运行，没有写入）"
        speak(f"{mark} {voided(done, clear=session.clear)}\n{indented(after_void(done))}")
        speak(remarked(done.told) + written(done.commit))

    return run


def join_of(kind: Kind) -> Callable[..., Any]:
    """The ``join`` of one kind."""

    def run(
        context: typer.Context,
        first: Annotated[str, typer.Argument(metavar="留下的编号", help="可只写末几位")],
        second: Annotated[str, typer.Argument(metavar="多余的编号", help="合并后作废，写着它的记录都跟过去")],
        keep: _Keep = None,
        take: _Take = None,
        both: _Both = None,
    ) -> None:
        from lianxin.actions.change.join import Choice, join

        session = session_of(context)
        words = (first, second)
        told = zip(Choice, (keep, take, both), strict=True)
        flags = {label: choice for choice, labels in told for label in labels or ()}
        picked: dict[str, Choice] = {}
        workspace = session.workspace()

        def show() -> Seen:
            made, held = _asked(session, kind, words, flags)
            picked.update(made)
            return held

        def write(shown: Seen | None = None) -> Joined:
            return join(workspace, kind, words, {**flags, **picked}, dry_run=session.dry_run, shown=shown)

        if session.interactive and not session.yes and not session.dry_run:
            from lianxin.cli.run.prompt import sure

            done = sure("就这样合并吗？", show, write)
        else:
            done = write(show() if session.interactive else None)
        if session.json:
            data = {"id": done.first, "voided": done.second, "fields": list(done.labels)}
            data |= {"moved": [one.id for one in done.moved], "left": [id_ for id_, _ in done.left]}
            answer(session, "join", done.commit, {**data, "commit": done.commit})
            return
        mark = "✓" if done.commit else "（试运行，没有写入）"
        changed = f"，从它那里取了 {'、'.join(done.labels)}" if done.labels else ""
        speak(f"{mark} {done.second} 并入 {done.first}{changed}\n")
        speak(indented(after_void(done)))
        speak(remarked(done.told) + written(done.commit))

    return run


def _asked(
    session: Session, kind: Kind, words: tuple[str, str], chosen: Mapping[str, Choice]
) -> tuple[dict[str, Choice], Seen]:
    """Both records side by side, then a choice for every field in which they differ; and what their files held."""
    from lianxin.actions.change.join import Choice, compare, held, side_by_side
    from lianxin.cli.run.prompt import choose
    from lianxin.cli.say.output import emit

    with session.book(quiet=True) as book:
        found = compare(book, kind, words)
        seen = held(session.workspace().journal(), book, found)
        emit(session, side_by_side(found, book.title))
        first, second = (f"{one.id} {book.title(one.id)}" for one in (found.first, found.second))
    shown = {
        Choice.FIRST: f"{Choice.FIRST}：{first}",
        Choice.SECOND: f"{Choice.SECOND}：{second}",
        Choice.BOTH: Choice.BOTH.value,
    }
    made: dict[str, Choice] = {}
    for side in found.differing:
        if side.spec.label not in chosen and side.spec.name not in chosen:
            options = [(choice.value, shown[choice]) for choice in side.choices]
            picked = choose(f"{side.spec.label}用哪一份的：", options)
            made[side.spec.label] = next(choice for choice in side.choices if choice.value == picked)
    return made, seen
