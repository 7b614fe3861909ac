"""``KIND end``, ``merge`` and ``rename``: a village, unit or household that is no more, or goes by another name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer

from lianxin.cli.option.completion import records
from lianxin.cli.run.saying import speak
from lianxin.cli.run.session import Session, session_of
from lianxin.cli.say.answer import answer, remarked, written
from lianxin.cli.say.deed import after_end, ended, indented
from lianxin.core.declare.kind import Kind
from lianxin.core.error import UsageError
from lianxin.kinds.ending import Cause

#: Its help says so.
_OMITTED = "在终端上不写就打开一张表来填"

_On = Annotated[str, typer.Option("--on", "--日期", metavar="日期", help="从哪天起；不写就是今天")]
_Paper = Annotated[str, typer.Option("--paper", "--文号", metavar="文号", help="凭哪份文件")]
_Notes = Annotated[str, typer.Option("--notes", "--说明", metavar="文字", help="还要说明的")]
_Ids = Annotated[
    list[str] | None,
    typer.Argument(metavar="编号", help=f"编号或名称，可以几个；{_OMITTED}", autocompletion=records()),
]
_Why = Annotated[str, typer.Option("--why", "--事由", metavar="事由", help="、".join(Cause))]
_Into = Annotated[
    list[str] | None,
    typer.Option("--into", "--去向", metavar="编号", help="并到、分成了哪几个；可写多次", autocompletion=records()),
]
_Heir = Annotated[str, typer.Option("--into", "--并入", metavar="编号", help="并到哪一个", autocompletion=records())]
_Id = Annotated[
    str,
    typer.Argument(metavar="编号", help=f"编号或名称；{_OMITTED}", autocompletion=records(), show_default=False),
]
_Name = Annotated[str, typer.Option("--name", "--名称", metavar="名称", help="新的名称")]


def end_of(kind: Kind) -> Callable[..., Any]:
    """The ``end`` of one kind."""

    def run(
        context: typer.Context,
        ids: _Ids = None,
        why: _Why = "",
        into: _Into = None,
        on: _On = "",
        paper: _Paper = "",
        notes: _Notes = "",
    ) -> None:
        typed: dict[str, str | list[str]] = {
            "why": why,
            "into": [*(into or ())],
            "on": on,
            "paper": paper,
            "notes": notes,
        }
        _through(session_of(context), kind, "end", ids or (), typed)

    return run


def merge_of(kind: Kind) -> Callable[..., Any]:
    """The ``merge`` of one kind."""

    def run(
        context: typer.Context,
        ids: _Ids = None,
        into: _Heir = "",
        on: _On = "",
        paper: _Paper = "",
        notes: _Notes = "",
    ) -> None:
        typed: dict[str, str | list[str]] = {"into": into, "on": on, "paper": paper, "notes": notes}
        _through(session_of(context), kind, "merge", ids or (), typed)

    return run


def rename_of(kind: Kind) -> Callable[..., Any]:
    """The ``rename`` of one kind."""

    def run(context: typer.Context, id_: _Id = "", name: _Name = "", on: _On = "", paper: _Paper = "") -> None:
        ids = (id_,) if id_ else ()
        _through(session_of(context), kind, "rename", ids, {"name": name, "on": on, "paper": paper})

    return run


#: By name, what makes the command of one kind.
COMMANDS: dict[str, Callable[[Kind], Callable[..., Any]]] = {"end": end_of, "merge": merge_of, "rename": rename_of}


def _through(session: Session, kind: Kind, name: str, ids: Sequence[str], typed: dict[str, str | list[str]]) -> None:
    """Let a person at a terminal fill in what is missing, write it, and tell of what is left to be settled."""
    from lianxin.cli.form.fates import become, fate_task

    said = {key: value for key, value in typed.items() if value}
    if session.interactive and not session.yes and not session.dry_run:
        from lianxin.cli.form.inline import fill

        done: Any = fill(session, fate_task(session, kind, name, ids, said))[0]
    elif not ids:
        raise UsageError(f"要写是哪{'一个' if name == 'rename' else '几个'}{kind.label}：编号或名称")
    else:
        done = become(session, kind, name, ids, said, dry_run=session.dry_run)
    if session.json:
        left = [{"id": one.id, "field": one.field, "ended": one.ended} for one in done.left]
        data = {"ids": list(done.ids), "on": done.day.isoformat(), "into": list(done.into)}
        moved = {"moved": [id_ for id_, _ in done.moved], "left": left, "commit": done.commit}
        answer(session, "rename" if name == "rename" else "end", done.commit, {**data, **moved})
        return
    mark = "✓" if done.commit else "（试运行，没有写入）"
    speak(f"{mark} {ended(done, clear=session.clear)}\n{indented(after_end(done, clear=session.clear))}")
    speak(remarked(done.told) + written(done.commit))
