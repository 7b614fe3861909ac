"""``site``: the public notice board as a folder of pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lianxin.cli.run.command import App
from lianxin.cli.run.saying import tell
from lianxin.cli.run.session import session_of
from lianxin.core.error import UsageError

app = App()


@app.command()
def site(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="目录", help="写到哪个目录：新的、空的，或上次写的公示栏")],
) -> None:
    """公示栏：各村问题办到哪一步、三张清单、村务公开、承诺、项目、满意度，一个目录的网页，放上网或拷进 U 盘都能看。"""
    session = session_of(context)
    if session.internal:
        raise UsageError("公示栏是给群众看的，没有内部版，请去掉 --internal")
    with session.book("lianxin.actions.paper.site") as book:
        from lianxin.actions.paper.site import build, put

        board = build(book, session.workspace())
    count = len(board.sheets)
    if session.dry_run:
        tell(f"试一下，没有写入。会有 {count} 页：{'、'.join(sorted(board.files))}\n")
    elif put(board, folder, session.workspace().root):
        tell(f"已写入 {folder}，{count} 页，从 index.html 看起（姓名电话已隐去）\n")
    else:
        tell(f"{folder} 没有变化，没有动\n")
