"""The command tree. A command's module is imported when the command is run, so that starting stays quick."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Any

import typer
from typer.main import get_command

from lianxin.cli.run.command import App, Group
from lianxin.core.called import CHINESE

#: Every command that is not derived from a record kind, in the order readers see them: name → its module in ``cli``.
#: What it is called in Chinese stands in ``core.called``.
COMMANDS = {
    "today": "paper.today",
    "init": "care.init",
    "demo": "care.init",
    "doctor": "care.doctor",
    "backup": "care.backup",
    "archive": "care.archive",
    "station": "care.station",
    "enter": "care.enter",
    "audit": "care.audit",
    "sync": "care.sync",
    "settle": "care.settle",
    "check": "care.check",
    "explain": "care.check",
    "silence": "keep.silence",
    "fmt": "keep.fmt",
    "commit": "keep.fmt",
    "import": "keep.bring",
    "paste": "keep.paste",
    "next": "keep.step",
    "batch": "keep.batch",
    "find": "paper.find",
    "show": "keep.record",
    "log": "keep.record",
    "edit": "keep.record",
    "undo": "keep.undo",
    "handbook": "paper.handbook",
    "ledger": "paper.ledger",
    "fill": "paper.fill",
    "report": "paper.report",
    "dispatch": "paper.dispatch",
    "calendar": "paper.calendar",
    "duties": "paper.duties",
    "score": "paper.score",
    "figures": "paper.figures",
    "card": "paper.card",
    "handover": "paper.handover",
    "site": "paper.site",
    "print": "paper.printer",
    "export": "paper.export",
    "verify": "paper.verify",
    "purge": "care.purge",
    "cron": "paper.cron",
    "rollup": "care.rollup",
    "sql": "care.sql",
    "schema": "care.schema",
    "help": "care.help",
}


#: What programs call, and nobody types.
HIDDEN = {"merge-driver": "care.driver"}


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

        return CHINESE[name] if name in COMMANDS else BRIEF[name].command


def _made(name: str) -> Any:
    if module := COMMANDS.get(name) or HIDDEN.get(name):
        found = get_command(import_module(f"lianxin.cli.{module}").app)
        return found.commands.get(name, found) if isinstance(found, Group) else found
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
    """连心：结对、走访、群众问题的台账。不带命令时打开工作台（不在终端上时印出今天要办的事）。"""
    from lianxin.cli.run.session import session_of, start

    start(context, data, today, at, actor, json=json, dry_run=dry_run, yes=yes, internal=internal)
    if context.invoked_subcommand is None:
        from lianxin.cli.desk.start import fits, open_desk

        if fits(session_of(context)):
            raise typer.Exit(open_desk(session_of(context)))
        from lianxin.cli.paper.today import today as morning

        morning(context)


def command() -> Any:
    """The whole tree as Typer runs it."""
    return get_command(app)
