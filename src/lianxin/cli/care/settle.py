"""``settle``: what two desks wrote differently, shown side by side and chosen field by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from lianxin.cli.run.command import App
from lianxin.cli.run.saying import speak
from lianxin.cli.run.session import Session, session_of
from lianxin.core.error import UsageError

if TYPE_CHECKING:
    from lianxin.actions.sync.settle import Pick

app = App()

#: Nothing is chosen.
_LATER = ""


@app.command()
def settle(
    context: typer.Context,
    record: Annotated[str, typer.Argument(metavar="编号", help="哪一份；不写就列出全部待定的")] = "",
    take: Annotated[
        list[str] | None,
        typer.Option("--take", "--用", metavar="栏目=甲", help="这一栏用谁的：甲、乙、原、现在；可写多次"),
    ] = None,
    every: Annotated[str, typer.Option("--all", "--全用", metavar="甲", help="没有另写的栏目都用谁的")] = "",
) -> None:
    """合并：两台电脑记得不一样的，并排给您看，一栏一栏选定；不写编号就列出全部待定的。"""
    from lianxin.actions.sync.settle import one_of, page, unsettled, versions
    from lianxin.cli.say.answer import answer
    from lianxin.cli.say.output import emit
    from lianxin.storage.merge.unsettled import said

    session = session_of(context)
    with session.book(quiet=True) as book:
        found = [one_of(book, record)] if record else unsettled(book)
        pages = [page(book, one, clear=session.clear) for one in found]
        choices = {said(one.place): versions(book, one) for every_ in found for one in every_.questions}
    if session.json and not (take or every):
        open_ = [
            {"id": one.id, "path": one.path, "fields": ["·".join(q.place) for q in one.questions]} for one in found
        ]
        answer(session, "settle", "", {"unsettled": open_})
        return
    if not found:
        speak("没有待定的\n")
        return
    if not (take or every):
        for one in pages:
            emit(session, one, again=False)
    if not record:
        speak(f"一共 {len(found)} 份待定；选定用 lianxin settle 编号\n")
        return
    picks = _picks(session, choices, take or [], every)
    if picks:
        _settle(session, found[0].id, picks)


def _picks(
    session: Session, asked: Mapping[str, list[tuple[str, str]]], take: list[str], every: str
) -> dict[str, Pick]:
    """Whose it is to be, of each field: as told, else as answered.

    Args:
        asked: Each field with the versions there are of it.

    Raises:
        UsageError: A word is none, or nothing was told and nobody can be asked.
    """
    from lianxin.actions.sync.settle import Pick

    picks: dict[str, Pick] = {}
    for word in (*(f"{name}={every}" for name in asked if every), *take):
        name, _, whose = word.rpartition("=")
        if whose not in tuple(Pick):
            raise UsageError(f"「{whose}」不是 {'、'.join(Pick)} 里的一个")
        picks[name] = Pick(whose)
    if picks:
        return picks
    if not session.interactive:
        raise UsageError(f"要选定用谁的：--take 栏目=甲，或 --all 甲；待定的栏目：{'、'.join(asked)}")
    from lianxin.cli.run.prompt import choose

    for name, versions in asked.items():
        chosen = choose(f"「{name}」用谁的？", [*versions, (_LATER, "先不定")], _LATER)
        if chosen:
            picks[name] = Pick(chosen)
    return picks


def _settle(session: Session, id_: str, picks: dict[str, Pick]) -> None:
    from lianxin.actions.sync.settle import settle as write
    from lianxin.cli.say.answer import answer, remarked, written

    done = write(session.workspace(), id_, picks, dry_run=session.dry_run)
    if session.json:
        answer(session, "settle", done.commit, {"id": done.id, "chosen": dict(done.chosen), "left": done.left})
        return
    mark = "✓" if done.commit else "（试运行，没有写入）"
    left = f"，还有 {done.left} 栏待定" if done.left else ""
    speak(f"{mark} {done.id} 选定了：{'、'.join(f'{name}用{pick}' for name, pick in picks.items())}{left}\n")
    speak(remarked(done.told) + written(done.commit))
