"""Typer's own words in Chinese. Imported before Typer, which asks gettext for each of them."""

from __future__ import annotations

import gettext

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
    """Answer Typer's gettext calls from the table above."""
    gettext.gettext = _translate
