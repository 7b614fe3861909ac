"""``export``: the files of a profile, from the committed state; silent when it goes well."""

from __future__ import annotations

import sys
from functools import partial
from typing import Annotated

import typer

from lianxin.cli.run.command import App
from lianxin.cli.run.saying import tell
from lianxin.cli.run.session import session_of

app = App()


@app.command()
def export(
    context: typer.Context,
    profile: Annotated[
        str | None, typer.Argument(metavar="方案", help="policy/exports.yaml 里的名称；只有一个就不用写")
    ] = None,
) -> None:
    """导出：按方案把台账、报表写到文件夹，只用已入库的数据；成功不作声，给定时任务用。"""
    from lianxin.actions.export.profile import export as run
    from lianxin.cli.again import produce

    session = session_of(context)
    done = run(session.workspace(), profile or "", partial(produce, context.find_root().command))
    if sys.stderr.isatty():  # somebody is looking: cron is not
        count, gone = len(done.fresh), f"，清掉旧的 {len(done.gone)} 份" if done.gone else ""
        told = f"{done.files} 份，新写 {count} 份{gone}（账本记号 {done.commit[:10]}）"
        tell(f"已导出到 {done.folder}：{told}\n")
