"""``purge``: what was taken out of the ledger leaves its history too; git itself rewrites it between the two calls."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lianxin.cli.run.command import App
from lianxin.cli.run.saying import speak
from lianxin.cli.run.session import session_of
from lianxin.cli.say.answer import answer

app = App()


@app.command()
def purge(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="文件夹", help="放改写单子的新文件夹，在台账外面")],
    done: Annotated[bool, typer.Option("--done", "--改完了", help="git 那几步做完了：记下新旧提交的对照")] = False,
) -> None:
    """注销过的个人信息连历史也去掉：先写出改写的单子，照管理员手册运行 git，再加 --done 收尾。"""
    session = session_of(context)
    workspace = session.workspace()
    if done:
        from lianxin.actions.erase.history import done as finish

        many, commit = finish(workspace, folder)
        if session.json:
            answer(session, "purge", commit, {"commits": many, "commit": commit})
        else:
            speak(f"✓ 历史已经改写，{many} 个提交换了号，对照记在 commits.txt 里；从前出的文件照样能复核\n")
            speak("  各处的备份、别的电脑上的台账还是旧的：收回，从这里重做\n")
        return
    from lianxin.actions.erase.history import SCRIPT, prepare

    found = prepare(workspace, folder)
    if session.json:
        data = {"erased": list(found.erased), "versions": found.versions, "files": found.files}
        answer(session, "purge", "", {**data, "left": list(found.left)})
        return
    whom, script = "、".join(found.erased), folder / SCRIPT
    speak(f"✓ 单子写好了：{script}（{whom} 的 {found.versions} 份旧内容，{found.files} 个文件）\n")
    speak("".join(f"  {line}\n" for line in found.left))
    speak("  接下来照 docs/手册/管理员.md「连历史也注销」运行 git 的三步，再运行 lianxin purge 文件夹 --done\n")
