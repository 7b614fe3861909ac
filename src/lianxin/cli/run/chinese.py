"""Typer's own words in Chinese. Imported before Typer, which asks gettext for most of them."""

from __future__ import annotations

import gettext
from functools import cache
from typing import Any

_WORDS = {
    "Arguments": "参数",
    "Options": "选项",
    "Commands": "命令",
    "Error": "错误",
    "Aborted.": "已中断。",
    "Aborted!": "已中断。",
    "(deprecated) ": "（已停用） ",
    "[default: {}]": "[默认：{}]",
    "default: {default}": "默认：{default}",
    "[env var: {}]": "[环境变量：{}]",
    "env var: {var}": "环境变量：{var}",
    "[required]": "[必填]",
    "required": "必填",
    "(dynamic)": "（自动）",
    "Missing command.": "没有写命令。",
    "No such command {name!r}.": "没有「{name}」这个命令。",
    "Show this message and exit.": "显示这份说明。",
    "Try [blue]'{command_path} {help_option}'[/] for help.": "运行 [blue]{command_path} {help_option}[/] 看用法。",
}

_original = gettext.gettext


def _translate(message: str) -> str:
    return _WORDS.get(message) or _original(message)


def speak_chinese() -> None:
    """Answer Typer's gettext calls from the table above; to be called before Typer is imported."""
    gettext.gettext = _translate


#: What Typer puts into a usage line, and what stands there instead.
_USAGE = {
    "Usage: ": "用法：",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 …",
    "{": "",
    "}": "",
    "…...": "…",
    "…]...": "…]",
}


def adapt_help() -> None:
    """What Typer's help says without asking gettext: usage lines, ``--help`` itself, Python's names of types."""
    from typer._click.core import Command
    from typer.core import TyperArgument, TyperOption

    usage, help_option = Command.get_usage, Command.get_help_option

    def get_usage(self: Command, ctx: Any) -> str:
        _fold()  # usage comes first on a help page, and only help pages need Rich
        text = usage(self, ctx)
        for english, chinese in _USAGE.items():
            text = text.replace(english, chinese)
        return text

    def get_help_option(self: Command, ctx: Any) -> TyperOption | None:
        option = help_option(self, ctx)
        if option is not None:
            option.help = _WORDS["Show this message and exit."]
        return option

    def of_option(self: TyperOption, ctx: Any) -> str | None:  # noqa: ARG001 - Typer's signature
        return self.metavar

    def of_argument(self: Any, ctx: Any) -> str | None:  # noqa: ARG001 - Typer's signature
        return None

    Command.get_usage = get_usage  # type: ignore[method-assign]
    Command.get_help_option = get_help_option  # type: ignore[method-assign]
    TyperOption.display_type_rich = of_option  # type: ignore[method-assign]
    TyperArgument.display_type_rich = of_argument  # type: ignore[method-assign]


@cache
def _fold() -> None:
    """Break long Chinese, which has no spaces, instead of cutting it off."""
    from typer import rich_utils

    make = rich_utils._make_rich_text

    def make_rich_text(**options: Any) -> Any:
        made = make(**options)
        if hasattr(made, "overflow"):
            made.overflow = "fold"
        return made

    rich_utils._make_rich_text = make_rich_text
