"""The command tree. A command's module is imported when the command is run, so that starting stays quick."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Any

import typer
from typer.main import get_command

from lianxin.cli.ask.meant import unknown
from lianxin.cli.run.command import App, Group

#: Every command that is not derived from a record kind, in the order readers see them: name → its module in ``cli``.
COMMANDS: dict[str, str] = {
    "today": "paper.today",
    "init": "care.init",
    "demo": "care.init",
    "doctor": "care.doctor",
    "check": "care.check",
    "explain": "care.check",
    "silence": "keep.silence",
    "fmt": "keep.fmt",
    "commit": "keep.fmt",
    "next": "keep.step",
    "show": "keep.record",
    "log": "keep.record",
    "edit": "keep.record",
    "undo": "keep.undo",
    "handbook": "paper.handbook",
    "ledger": "paper.ledger",
    "fill": "paper.fill",
    "report": "paper.report",
    "duties": "paper.duties",
    "score": "paper.score",
    "figures": "paper.figures",
    "card": "paper.card",
    "handover": "paper.handover",
    "site": "paper.site",
    "export": "paper.export",
    "verify": "paper.verify",
    "cron": "paper.cron",
    "sql": "care.sql",
    "schema": "care.schema",
}


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

    def resolve_command(self, context: Any, args: list[str]) -> Any:
        """The command named first, and what is left of the line.

        Raises:
            UsageError: No such command; near names are in the sentence.
        """
        if self.get_command(context, args[0]) is None:
            raise unknown(args[0], self.list_commands(context), "lianxin")
        return super().resolve_command(context, args)


def _made(name: str) -> Any:
    if name in COMMANDS:
        found = get_command(import_module(f"lianxin.cli.{COMMANDS[name]}").app)
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
    data: Annotated[str | None, typer.Option("--data", envvar="LIANXIN_DATA", help="数据目录", metavar="目录")] = None,
    today: Annotated[str | None, typer.Option("--today", help="当作哪一天，可带钟点", metavar="日期")] = None,
    at: Annotated[str | None, typer.Option("--rev", help="看那次提交时的台账，只看不写", metavar="提交")] = None,
    actor: Annotated[str | None, typer.Option("--as", help="谁在办：编号或姓名", metavar="人员")] = None,
    json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看会怎样，不写入")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="不再确认")] = False,
    internal: Annotated[bool, typer.Option("--internal", help="内部件：文件和管道里也不隐去姓名电话")] = False,
    install: Annotated[  # noqa: ARG001
        bool,
        typer.Option("--install-completion", help="装上按 Tab 补全", callback=_install, is_eager=True),
    ] = False,
    version: Annotated[bool, typer.Option("--version", help="显示版本号", callback=_version, is_eager=True)] = False,  # noqa: ARG001
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
