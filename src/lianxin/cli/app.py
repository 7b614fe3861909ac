"""The command tree. A command's module is imported when the command is run, so that starting stays quick."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Any

import typer
from typer.main import get_command

from lianxin.cli.run.command import App, Group

#: Every command that is not derived from a record kind, in the order readers see them: name → its Chinese
#: name, its module in ``cli``.
COMMANDS: dict[str, tuple[str, str]] = {
    "today": ("今日", "paper.today"),
    "init": ("新建", "care.init"),
    "demo": ("样例", "care.init"),
    "doctor": ("体检", "care.doctor"),
    "check": ("检查", "care.check"),
    "explain": ("说明", "care.check"),
    "silence": ("不提", "keep.silence"),
    "fmt": ("整理", "keep.fmt"),
    "commit": ("收进", "keep.fmt"),
    "next": ("下一步", "keep.step"),
    "show": ("查看", "keep.record"),
    "log": ("来历", "keep.record"),
    "edit": ("修改", "keep.record"),
    "undo": ("撤销", "keep.undo"),
    "handbook": ("手册", "paper.handbook"),
    "ledger": ("台账", "paper.ledger"),
    "fill": ("填表", "paper.fill"),
    "report": ("报表", "paper.report"),
    "duties": ("职责", "paper.duties"),
    "score": ("评分", "paper.score"),
    "figures": ("数字", "paper.figures"),
    "card": ("连心卡", "paper.card"),
    "handover": ("接手", "paper.handover"),
    "site": ("公示", "paper.site"),
    "export": ("导出", "paper.export"),
    "verify": ("复核", "paper.verify"),
    "cron": ("定时", "paper.cron"),
    "sql": ("查询", "care.sql"),
    "schema": ("模式", "care.schema"),
    "help": ("帮助", "care.help"),
}

#: Kinds whose records are called like a command.
_APART = {"frozen": "定稿"}


class LazyGroup(Group):
    """A group whose commands are imported when asked for; record kinds add theirs from their declarations."""

    def list_commands(self, _context: Any) -> list[str]:
        """Every command, kinds last."""
        from lianxin.kinds import BRIEF

        return [*COMMANDS, *BRIEF]

    def get_command(self, _context: Any, name: str) -> Any:
        """The command of that name, built when first asked for."""
        if name not in self.commands:
            made = _made(name)
            if made is None:
                return None
            self.commands[name] = made
        return self.commands[name]

    def chinese(self, name: str) -> str:
        """A kind by what its records are called, any other command by its Chinese name."""
        from lianxin.kinds import BRIEF

        return COMMANDS[name][0] if name in COMMANDS else _APART.get(name) or BRIEF[name].label


def _made(name: str) -> Any:
    if name in COMMANDS:
        found = get_command(import_module(f"lianxin.cli.{COMMANDS[name][1]}").app)
        return found.commands[name] if isinstance(found, Group) else found
    from lianxin.kinds import KIND

    if name not in KIND:
        return None
    from lianxin.cli.keep.kind import kind_app

    made = get_command(kind_app(KIND[name]))
    made.name = name
    return made


def _version(value: bool) -> None:
    if value:
        from lianxin import __version__

        typer.echo(f"lianxin {__version__}")
        raise typer.Exit


def _install(value: bool) -> None:
    if value:
        from lianxin.cli.option.completion import install

        typer.echo(install(), nl=False)
        raise typer.Exit


app = App(cls=LazyGroup, invoke_without_command=True, pretty_exceptions_enable=False)


@app.callback()
def root(
    context: typer.Context,
    data: Annotated[
        str | None, typer.Option("--data", "--目录", envvar="LIANXIN_DATA", help="数据目录", metavar="目录")
    ] = None,
    today: Annotated[str | None, typer.Option("--today", "--今天", help="当作哪一天，可带钟点", metavar="日期")] = None,
    at: Annotated[
        str | None, typer.Option("--rev", "--当时", help="看那次提交时的台账，只看不写", metavar="提交")
    ] = None,
    actor: Annotated[str | None, typer.Option("--as", "--谁办", help="谁在办：编号或姓名", metavar="人员")] = None,
    json: Annotated[bool, typer.Option("--json", "--机读", help="输出 JSON")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", "--试运行", help="只看会怎样，不写入")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", "--不问", help="不再确认")] = False,
    internal: Annotated[
        bool, typer.Option("--internal", "--内部", help="内部件：文件和管道里也不隐去姓名电话")
    ] = False,
    install: Annotated[  # noqa: ARG001
        bool,
        typer.Option("--install-completion", "--装补全", help="装上按 Tab 补全", callback=_install, is_eager=True),
    ] = False,
    version: Annotated[  # noqa: ARG001
        bool, typer.Option("--version", "--版本", help="显示版本号", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """连心：结对、走访、群众问题的台账。不带命令时显示今天要办的事。"""
    from lianxin.cli.run.session import start

    start(context, data, today, at, actor, json=json, dry_run=dry_run, yes=yes, internal=internal)
    if context.invoked_subcommand is None:
        from lianxin.cli.paper.today import today as morning

        morning(context)


def command() -> Any:
    """The whole tree as Typer runs it."""
    return get_command(app)
