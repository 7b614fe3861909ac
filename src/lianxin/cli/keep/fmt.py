"""``fmt`` puts hand-edited files into canonical form; ``commit`` takes hand edits in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lianxin.cli.run.command import App
from lianxin.cli.run.saying import speak
from lianxin.cli.run.session import session_of
from lianxin.core.problem import spelt

app = App()


@app.command()
def fmt(
    context: typer.Context,
    paths: Annotated[list[Path] | None, typer.Argument(metavar="路径", help="不写就是手工改过的文件")] = None,
    every: Annotated[bool, typer.Option("--all", "--全部", help="全部文件")] = False,
) -> None:
    """把手工改过的文件整理成规范写法，注释保留。"""
    from lianxin.actions.hand.tidy import tidy

    session = session_of(context)
    done = tidy(session.workspace(), paths or [], every=every, dry_run=session.dry_run)
    for path in done.changed:
        speak(f"{'会整理' if session.dry_run else '已整理'} {spelt(path)}\n")
    refused = done.refused
    if refused and not session.clear:
        from lianxin.actions.check import public

        with session.workspace().book() as book:
            refused = public(book, refused)
    for one in refused:
        speak(f"没有动 {spelt(one.path)}：{one.message}\n")
    if not done.changed and not done.refused:
        speak("都是规范写法，不用整理\n")
    if done.refused:
        raise typer.Exit(1)


@app.command()
def commit(context: typer.Context) -> None:
    """把手工改动收进来：检查无误后一件一件记下。"""
    from lianxin.actions.hand.handedit import take_in
    from lianxin.cli.say.answer import remarked, written

    session = session_of(context)
    done = take_in(session.workspace(), dry_run=session.dry_run)
    for path in done.paths:
        speak(f"{'✓' if done.commit else '·'} {spelt(path)}\n")
    if not done.paths:
        speak("没有手工改动\n")
    speak(remarked(done.told))
    speak(written(done.commit))
