"""``KIND end``, ``merge`` and ``rename``: a village, unit or household that is no more, or goes by another name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lianxin.cli.option.completion import records
from lianxin.cli.run.saying import speak
from lianxin.cli.run.session import Session, session_of
from lianxin.cli.say.answer import answer, remarked, written
from lianxin.core.declare.kind import Kind
from lianxin.kinds.ending import Cause

if TYPE_CHECKING:
    from lianxin.actions.change.end import Ended, Told
    from lianxin.actions.shown import Seen

_On = Annotated[str, typer.Option("--on", "--日期", metavar="日期", help="从哪天起；不写就是今天")]
_Paper = Annotated[str, typer.Option("--paper", "--文号", metavar="文号", help="凭哪份文件")]
_Notes = Annotated[str, typer.Option("--notes", "--说明", metavar="文字", help="还要说明的")]
_Ids = Annotated[list[str], typer.Argument(metavar="编号", help="编号或名称，可以几个", autocompletion=records())]
_Why = Annotated[str, typer.Option("--why", "--事由", metavar="事由", help="、".join(Cause))]
_Into = Annotated[
    list[str] | None,
    typer.Option("--into", "--去向", metavar="编号", help="并到、分成了哪几个；可写多次", autocompletion=records()),
]
_Heir = Annotated[str, typer.Option("--into", "--并入", metavar="编号", help="并到哪一个", autocompletion=records())]
_Id = Annotated[str, typer.Argument(metavar="编号", help="编号或名称", autocompletion=records())]
_Name = Annotated[str, typer.Option("--name", "--名称", metavar="名称", help="新的名称")]

Write = Callable[..., "Ended"]


def end_of(kind: Kind) -> Callable[..., Any]:
    """The ``end`` of one kind."""

    def run(
        context: typer.Context,
        ids: _Ids,
        why: _Why = "",
        into: _Into = None,
        on: _On = "",
        paper: _Paper = "",
        notes: _Notes = "",
    ) -> None:
        from lianxin.actions.change.end import Told

        _end(session_of(context), kind, ids, Told(on, why, paper, tuple(into or ()), notes))

    return run


def merge_of(kind: Kind) -> Callable[..., Any]:
    """The ``merge`` of one kind."""

    def run(
        context: typer.Context, ids: _Ids, into: _Heir, on: _On = "", paper: _Paper = "", notes: _Notes = ""
    ) -> None:
        from lianxin.actions.change.end import Told

        _end(session_of(context), kind, ids, Told(on, Cause.MERGED.value, paper, (into,), notes))

    return run


def rename_of(kind: Kind) -> Callable[..., Any]:
    """The ``rename`` of one kind."""

    def run(context: typer.Context, id_: _Id, name: _Name, on: _On = "", paper: _Paper = "") -> None:
        from lianxin.actions.change.end import Told, rename

        session, told = session_of(context), Told(on, paper=paper)
        workspace = session.workspace()

        def write(*, dry_run: bool, shown: Seen | None = None) -> Ended:
            return rename(workspace, kind, id_, name, told, dry_run=dry_run, shown=shown)

        _through(session, "rename", f"更名为 {name}", write)

    return run


#: By name, what makes the command of one kind.
COMMANDS: dict[str, Callable[[Kind], Callable[..., Any]]] = {"end": end_of, "merge": merge_of, "rename": rename_of}


def _end(session: Session, kind: Kind, ids: Sequence[str], told: Told) -> None:
    from lianxin.actions.change.end import end

    workspace = session.workspace()

    def write(*, dry_run: bool, shown: Seen | None = None) -> Ended:
        return end(workspace, kind, ids, told, dry_run=dry_run, shown=shown)

    _through(session, "end", told.why, write)


def _through(session: Session, step: str, what: str, write: Write) -> None:
    """Show it, ask where there is somebody to ask, write it, and tell of what is left to be settled."""

    def show() -> Seen:
        found = write(dry_run=True)
        _told(session, found, what, final=False)
        return found.seen

    if session.interactive and not session.yes and not session.dry_run:
        from lianxin.cli.run.prompt import sure

        done = sure("就这样记下吗？", show, lambda shown: write(dry_run=False, shown=shown))
    else:
        done = write(dry_run=session.dry_run)
    if session.json:
        left = [{"id": one.id, "field": one.field, "ended": one.ended} for one in done.left]
        data = {"ids": list(done.ids), "on": done.day.isoformat(), "into": list(done.into)}
        moved = {"moved": [id_ for id_, _ in done.moved], "left": left, "commit": done.commit}
        answer(session, step, done.commit, {**data, **moved})
    else:
        _told(session, done, what, final=True)


def _told(session: Session, done: Ended, what: str, *, final: bool) -> None:
    def named(id_: str) -> str:
        return f"{done.titles[id_]}（{id_}）" if session.clear else id_

    mark = "✓" if done.commit else "（试运行，没有写入）" if final else "要记下："
    after = f"，去向 {'、'.join(map(named, done.into))}" if done.into else ""
    speak(f"{mark} {'、'.join(map(named, done.ids))} {what}（自 {done.day}）{after}\n")
    if done.moved:
        speak(f"  {len(done.moved)} 户跟着过去，从前的事仍算在原来的村\n")
    if done.added:
        speak(f"  {named(done.into[0])} 添了村组：{'、'.join(done.added)}\n")
    if done.left:
        speak(f"  还有 {len(done.left)} 处要一件一件了结（lianxin check 会一直提醒）：\n")
        speak("".join(f"    {named(one.id)} 的{one.field}\n" for one in done.left))
    speak(remarked(done.told) + written(done.commit))
