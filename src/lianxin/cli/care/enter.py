"""``enter``: a second machine at the same book."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lianxin.cli.run.command import App
from lianxin.cli.run.saying import speak
from lianxin.cli.run.session import session_of

app = App()


@app.command()
def enter(
    context: typer.Context,
    address: Annotated[str, typer.Argument(metavar="地址", help="台账在哪里：优盘或共享盘的文件夹，或管理员给的地址")],
    folder: Annotated[Path, typer.Argument(metavar="目录", help="这台机器上的一个新目录")],
    name: Annotated[str, typer.Option("--name", "--台名", metavar="台名", help="大家怎么叫这一台")] = "",
) -> None:
    """第二台机器加入同一本台账：整本取来，领一个自己的字母，检查一遍。"""
    from lianxin.actions.station.enter import enter as begin

    session = session_of(context)
    if session.interactive and not (name or session.yes):
        from lianxin.cli.run.prompt import typed_text

        name = typed_text("大家怎么叫这一台（如 下村的笔记本，可以不写）：")
    done = begin(address, folder, name, session.workspace_at)
    letter, named = done.stood.letter, f"（{done.stood.name}）" if done.stood.name else ""
    if session.json:
        from lianxin.cli.say.answer import answer

        told = {"letter": letter, "folder": str(done.root), "records": done.records}
        answer(session, "enter", done.stood.commit, {**told, "errors": done.errors, "sent": done.sent})
        return
    found = f"有 {done.errors} 处错误，请运行 lianxin check 看" if done.errors else "没有错误"
    known = "那边已经记下这一台" if done.sent else "那边要到第一次同步才知道这一台，在那以前别再从那边加入第三台"
    speak(
        f"✓ 加入了「{done.office}」，放在 {done.root}\n"
        f"  取来 {done.records} 条记录，检查过：{found}\n"
        f"  这台机器在账本里是 {letter} 台{named}，登记的编号带着 {letter}\n"
        f"  {known}\n"
        f"接下来：\n"
        f"  cd {done.root}\n"
        "  lianxin              今天要办的事\n"
        "  lianxin sync         记完了同步，取来别的台记的，送去这里记的\n"
        "  lianxin station      有哪几台\n"
    )
