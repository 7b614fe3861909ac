"""``silence``: a hint that was looked into is not shown again."""

from __future__ import annotations

from typing import Annotated

import typer

from lianxin.cli.option.completion import records
from lianxin.cli.run.command import App
from lianxin.cli.run.saying import speak
from lianxin.cli.run.session import session_of

app = App()


@app.command()
def silence(
    context: typer.Context,
    code: Annotated[str, typer.Argument(metavar="代码", help="如 H004")],
    id_: Annotated[str, typer.Argument(metavar="编号", help="可只写末几位", autocompletion=records())],
    why: Annotated[str, typer.Option("--why", metavar="理由", help="为什么可以这样")],
) -> None:
    """看过的提示不再提：写明理由，留在 policy/silenced.yaml。"""
    from lianxin.actions.hand.silence import silence as run

    session = session_of(context)
    done = run(session.workspace(), code.upper(), id_, why, dry_run=session.dry_run)
    from lianxin.cli.say.answer import answer, written

    if session.json:
        made = done.silence
        told = {"record": made.record, "code": made.code, "why": made.why, "commit": done.commit}
        answer(session, "silence", done.commit, told)
        return
    note = written(done.commit) or "（试运行，没有写入）\n"
    speak(f"✓ {done.silence.record} 的 {done.silence.code} 不再提：{done.silence.why}\n{note}")
