"""``pairing end``: it is none from a day on, or goes on with what came after one of its sides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from lianxin.cli.option.completion import records
from lianxin.cli.run.command import App
from lianxin.cli.run.saying import speak
from lianxin.cli.run.session import session_of
from lianxin.cli.say.answer import answer, remarked, written

if TYPE_CHECKING:
    from lianxin.actions.change.part import Parted
    from lianxin.actions.shown import Seen

app = App()


@app.command()
def end(
    context: typer.Context,
    id_: Annotated[str, typer.Argument(metavar="编号", help="可只写末几位", autocompletion=records())],
    into: Annotated[
        str, typer.Option("--into", "--转入", metavar="编号", help="撤并了的一方现在是谁：从这天起接着结对")
    ] = "",
    on: Annotated[str, typer.Option("--on", "--日期", metavar="日期", help="从哪天起；不写就是今天")] = "",
    why: Annotated[str, typer.Option("--why", "--理由", metavar="理由", help="为什么终止")] = "",
) -> None:
    """终止一对结对；一方撤并了的，写 --转入 由接替的接着结，一句话办完"""
    from lianxin.actions.change.part import part

    session = session_of(context)
    workspace = session.workspace()

    def show() -> Seen:
        found = part(workspace, id_, on, why, into, dry_run=True)
        _told(found, final=False)
        return found.seen

    if session.interactive and not session.yes and not session.dry_run:
        from lianxin.cli.run.prompt import sure

        done = sure("就这样记下吗？", show, lambda shown: part(workspace, id_, on, why, into, shown=shown))
    else:
        done = part(workspace, id_, on, why, into, dry_run=session.dry_run)
    if session.json:
        data = {"id": done.id, "until": done.until.isoformat(), "new": done.new, "commit": done.commit}
        answer(session, "end", done.commit, data)
    else:
        _told(done, final=True)


def _told(done: Parted, *, final: bool) -> None:
    mark = "✓" if done.commit else "（试运行，没有写入）" if final else "要记下："
    after = f"，接着结的是 {done.new}" if done.new else ""
    speak(f"{mark} {done.id} 结到 {done.until} 为止{after}\n{remarked(done.told)}{written(done.commit)}")
