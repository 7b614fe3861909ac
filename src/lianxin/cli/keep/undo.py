"""``undo``: her last command taken back, shown before it is done."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from lianxin.cli.run.command import App
from lianxin.cli.run.saying import speak
from lianxin.cli.run.session import Session, session_of
from lianxin.cli.say.answer import remarked
from lianxin.core.error import LianxinError

if TYPE_CHECKING:
    from lianxin.actions.change.undo import Undone

app = App()

#: So many files are told one by one; an import writes thousands.
_LISTED = 20


@app.command()
def undo(
    context: typer.Context,
    earlier: Annotated[
        bool, typer.Option("--earlier", "--往前", help="最后一条是注销时，撤它前面的那一条；注销本身不能撤")
    ] = False,
) -> None:
    """撤销上一条记下的命令：整条撤，先给您看，再运行一次就再往前撤一条；不在终端上要写 --yes。"""
    from lianxin.actions.change.undo import undo as take_back

    session = session_of(context)
    workspace = session.workspace()
    asks = not session.yes and not session.dry_run
    if asks and not session.interactive:
        raise LianxinError(
            "没有撤销：不在终端上不能先问您；先用 lianxin undo --dry-run 看看要撤哪一条，确要撤销就加 --yes"
        )
    if asks:
        from lianxin.cli.run.prompt import confirm

        found = take_back(workspace, dry_run=True)
        _show(session, found)
        if not confirm("就这样撤销吗？"):
            raise typer.Abort
        done = take_back(workspace, shown=found.commits[0].command)
    else:
        done = take_back(workspace, earlier=earlier, dry_run=session.dry_run)
        if not session.json:
            _show(session, done)
    if session.json:
        from lianxin.cli.say.answer import answer

        told = {"undone": [one.subject for one in done.commits], "files": [one.path for one in done.changes]}
        answer(session, "undo", done.commit, {**told, "commit": done.commit})
    elif done.commit:
        speak(remarked(done.told))
        kept = "" if sys.stdout.isatty() else f"，账本记号 {done.commit[:10]}；原来记的在 git 里都还留着"
        speak(f"✓ 已撤销{kept}\n")
        if done.elsewhere:
            speak("  别的电脑已经取去了；撤销会随下次同步送过去\n")
    else:
        speak("（试运行，没有写入）\n")


def _show(session: Session, done: Undone) -> None:
    speak("".join(f"{line}\n" for line in done.stays))
    speak("要撤销的是：\n")
    for commit, said in zip(done.commits, done.said, strict=True):
        speak(f"  {commit.at}  {said if session.clear else commit.subject}\n")
    if session.clear:
        speak("".join(f"{line}\n" for line in done.lines))
        return
    for change in done.changes[:_LISTED]:
        name = change.path.rpartition("/")[2].removesuffix(".yaml")
        how = "整份撤去，编号不再给别的用" if change.text is None else "恢复成原来的样子"
        speak(f"{name}：{how}\n")
    if len(done.changes) > _LISTED:
        speak(f"…… 一共 {len(done.changes)} 份，都照这样\n")
