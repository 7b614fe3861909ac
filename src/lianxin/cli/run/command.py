"""What every command and group has of its own: an option of one value is given once, and help is in Chinese."""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

from lianxin.cli.run.inside import completion
from lianxin.cli.run.line import GLOBAL
from lianxin.cli.run.saying import turned
from lianxin.core.error import UsageError

if TYPE_CHECKING:
    from lianxin.formats.screen.manual import Section

Run = TypeVar("Run", bound=Callable[..., Any])

_HELP = "显示这份说明。"
_HELPED = {"help_option_names": ["--help", "--帮助"]}
_OPTIONS, _COMMAND = "[选项]", "命令 …"


class _Own:
    """Overrides what Typer says in English, and lets it take no option twice of which one value would be lost."""

    name: str | None
    help: str | None
    params: list[Any]

    def __init__(self, **attributes: Any) -> None:
        settings = {**_HELPED, **(attributes.get("context_settings") or {})}
        super().__init__(**{**attributes, "context_settings": settings})
        _christen(self.params)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """What is left of the line once options are taken out.

        Raises:
            UsageError: An option that takes one value is there twice.
        """
        if not ctx.resilient_parsing:
            _once(self.make_parser(ctx).parse_args([*args])[2], args)
        left: list[str] = super().parse_args(ctx, args)  # type: ignore[misc]
        return left

    if TYPE_CHECKING:

        def make_parser(self, ctx: Any) -> Any: ...
        def get_params(self, ctx: Any) -> list[Any]: ...

    def get_help_option(self, ctx: Any) -> Any:
        """``--help`` itself."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = _HELP
        return option

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The page that ``--help`` shows."""
        from lianxin.formats.screen.manual import page
        from lianxin.formats.screen.paint import Paint

        shown = [parameter for parameter in self.get_params(ctx) if not parameter.hidden]
        arguments = [parameter for parameter in shown if parameter.param_type_name == "argument"]
        options = [parameter for parameter in shown if parameter.param_type_name == "option"]
        under = self._under(ctx)
        usage = " ".join(
            [f"用法：{turned(ctx.command_path)}", _OPTIONS, *map(_place, arguments), *([_COMMAND] if under else [])]
        )
        sections: list[Section] = [
            ("参数", [(_place(one), _told(one, ctx)) for one in arguments]),
            ("选项", [(_flags(one), _told(one, ctx)) for one in options]),
            ("命令", under),
        ]
        color = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        formatter.write(
            page(usage, self.help or "", sections, shutil.get_terminal_size((80, 24)).columns, Paint(color))
        )

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """What a word that was begun may become; the global options stand anywhere on a line."""
        made: list[Any] = super().shell_complete(ctx, incomplete)  # type: ignore[misc]
        if ctx.parent is None or not incomplete.startswith("-"):
            return made
        options = ((name, one.help or "") for one in ctx.find_root().command.params for name in one.opts)
        return made + [
            completion(name, told) for name, told in options if name in GLOBAL and name.startswith(incomplete)
        ]

    def _under(self, ctx: Any) -> Sequence[tuple[str, str]]:  # noqa: ARG002 - of a group
        """The commands below this one, and what each is for."""
        return ()


class Command(_Own, TyperCommand):
    """One command."""


class Group(_Own, TyperGroup):
    """Several commands, each by its English name and its Chinese one.

    Attributes:
        echoes: They are those of other groups once more: a name alone does not lead to them.
    """

    echoes = False

    def chinese(self, name: str) -> str:
        """The Chinese name of a command; the English one where there is no other."""
        return name

    def english(self, word: str) -> str:
        """The name of the command that a word means; the word where it means none."""
        if word.isascii():
            return word
        return next((name for name in self.list_commands(None) if self.chinese(name) == word), word)  # type: ignore[arg-type]

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """What a word that was begun may become; commands in both tongues."""
        called = ((name, self.chinese(name)) for name in self.list_commands(ctx))
        begun = [(name, word) for name, word in called if word != name and word.startswith(incomplete)]
        ours = [
            completion(word, command.help or "") for name, word in begun if (command := self.get_command(ctx, name))
        ]
        return [*super().shell_complete(ctx, incomplete), *ours]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command named first, and what is left of the line.

        Raises:
            UsageError: No such command; near names are in the sentence.
        """
        word = self.english(args[0])
        if self.get_command(ctx, word) is None:
            names = self.list_commands(ctx)
            if word.isascii():
                raise _unknown(word, names, ctx.command_path)
            raise _unknown(word, [self.chinese(name) for name in names], _chinese_path(ctx))
        return super().resolve_command(ctx, [word, *args[1:]])

    def _under(self, ctx: Any) -> Sequence[tuple[str, str]]:
        made = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        return [
            (f"{self.chinese(name)} {name}", (command.help or "").split("\n\n")[0])
            for name, command in made
            if command and not command.hidden
        ]


class App(typer.Typer):
    """A Typer whose commands are ours."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{"cls": Group, "add_completion": False, **settings})

    def command(self, name: str | None = None, **settings: Any) -> Callable[[Run], Run]:
        """As Typer's own."""
        return super().command(name, **{"cls": Command, **settings})


def _unknown(word: str, names: Sequence[str], group: str) -> UsageError:
    """That there is no such command, with those that are called nearly so."""
    from difflib import get_close_matches

    near = get_close_matches(word, names, n=3, cutoff=0.6 if word.isascii() else 0.4)  # two characters are a word
    hint = f"，是不是 {'、'.join(f'{group} {name}' for name in near)}" if near else f"，运行 {group} --help 看都有哪些"
    return UsageError(f"没有「{word}」这个命令{hint}")


def _chinese_path(ctx: Any) -> str:
    """The command a context stands for, by Chinese names."""
    if ctx.parent is None:
        return str(ctx.info_name)
    return f"{_chinese_path(ctx.parent)} {ctx.parent.command.chinese(ctx.info_name)}"


def _christen(params: Sequence[Any]) -> None:
    """Give each option that has no Chinese name the one of what follows it, if that is no other's."""
    options = [one for one in params if one.param_type_name == "option"]
    nameless = [one for one in options if all(map(str.isascii, one.opts))]
    taken = Counter([*(one.metavar for one in nameless), *(name[2:] for one in options for name in one.opts)])
    for option in nameless:
        if option.metavar and not option.metavar.isascii() and taken[option.metavar] == 1:
            option.opts.append(f"--{option.metavar}")


def _once(met: Sequence[Any], typed: Sequence[str]) -> None:
    for option, times in Counter(met).items():
        if times > 1 and option.param_type_name == "option" and not (option.multiple or option.is_flag or option.count):
            written = [word.partition("=")[0] if word.startswith("--") else word[:2] for word in typed]
            names = "、".join(dict.fromkeys(name for name in written if name in option.opts))
            raise UsageError(f"{names} 写了 {times} 次，它只能有一个值；请留下要的那一个")


def _place(argument: Any) -> str:
    """An argument as it stands in a usage line."""
    name = f"{argument.metavar or argument.name}{' …' if argument.nargs != 1 else ''}"
    return name if argument.required else f"[{name}]"


def _flags(option: Any) -> str:
    """The ways to write an option, the short one first, and what is to follow it."""
    chinese = [name for name in option.opts if not name.isascii()]
    names = " ".join([*chinese, *sorted(filter(str.isascii, option.opts), key=len), *option.secondary_opts])
    told = option.is_flag or not option.metavar or f"--{option.metavar}" in chinese
    return names if told else f"{names} {option.metavar}"


def _told(parameter: Any, ctx: Any) -> str:
    """What a parameter is for, where it may be set as well, what it is when it is left out."""
    default = parameter.get_default(ctx, call=False) if parameter.show_default else None
    more = (
        f"[环境变量：{parameter.envvar}]" if parameter.envvar else "",
        f"[默认：{default}]" if default not in (None, False, "", (), []) else "",
        "[必填]" if parameter.required else "",
    )
    return " ".join(text for text in (parameter.help or "", *more) if text)
