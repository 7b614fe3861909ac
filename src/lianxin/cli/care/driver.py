"""What git calls when it merges a record by itself: hidden, nobody types it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lianxin.cli.run.command import App

app = App()


@app.command("merge-driver", hidden=True)
def driver(
    base: Annotated[Path, typer.Argument()],
    ours: Annotated[Path, typer.Argument()],
    theirs: Annotated[Path, typer.Argument()],
    path: Annotated[str, typer.Argument()],
) -> None:
    """合并一份记录，由 git 调用；合不到一起的做上记号，退出码 1。"""
    from lianxin.actions.sync.driver import drive

    if not drive(base, ours, theirs, path):
        raise typer.Exit(1)
