"""``cron``: prints what makes the machine run an export by itself."""

from __future__ import annotations

from typing import Annotated

import typer

from lianxin.cli.run.command import App
from lianxin.cli.run.session import session_of

app = App()


@app.command()
def cron(
    context: typer.Context,
    profile: Annotated[
        str | None, typer.Argument(metavar="方案", help="policy/exports.yaml 里的名称；只有一个就不用写")
    ] = None,
    units: Annotated[
        bool, typer.Option("--systemd", "--系统定时", help="印 systemd 的 service 和 timer，不印 crontab 行")
    ] = False,
    mail: Annotated[str, typer.Option("--mailto", metavar="邮箱", help="失败时把话寄给谁；不写就是本机用户")] = "",
) -> None:
    """定时：印出 crontab 里要写的几行，让机器按时导出。"""
    from getpass import getuser

    from lianxin.actions.export.cron import crontab, systemd, task

    found = task(session_of(context).workspace(), profile or "")
    if not units:
        typer.echo(crontab(found, mail or getuser()), nl=False)
        return
    service, timer = systemd(found)
    for suffix, text in (("service", service), ("timer", timer)):
        typer.echo(f"# ~/.config/systemd/user/{found.unit}.{suffix}\n{text}")
    typer.echo(f"# systemctl --user enable --now {found.unit}.timer；注销后也要运行：loginctl enable-linger")
