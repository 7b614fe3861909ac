"""What Typer has no public name or hook for, in one place; tried with Typer 0.29, the last pyproject.toml allows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from typer._click.core import Context
from typer._click.exceptions import (
    BadOptionUsage,
    BadParameter,
    ClickException,
    MissingParameter,
    NoArgsIsHelpError,
    NoSuchOption,
)

__all__ = [
    "BadOptionUsage",
    "BadParameter",
    "ClickException",
    "Context",
    "MissingParameter",
    "NoArgsIsHelpError",
    "NoSuchOption",
    "completion",
    "put_completion",
    "shell_around",
    "spare_pydantic",
    "teach_completion",
    "tree",
]


def spare_pydantic() -> None:
    """Let Typer build its checker of a value only for a value that needs one.

    Most options are text or were not given. To find that out Typer loads pydantic, a quarter of what a command needs to
    start; the records make do with pydantic-core.
    """
    from typer.core import TyperArgument, TyperOption

    for sort in (TyperOption, TyperArgument):
        _defer(sort)


def _defer(sort: Any) -> None:
    build = sort.get_runtime_param
    sort.get_runtime_param = lambda self: _Deferred(self, build)


class _Deferred:
    """Stands for the checker of one option or argument."""

    def __init__(self, parameter: Any, build: Any) -> None:
        told = parameter.type_descriptor
        self._wanted = None if told.parameter_info.parser else told.annotation  # a parser has the last word
        self._build = build

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """As Typer's own."""
        if value is None:
            return () if param.multiple or param.nargs == -1 else None
        if self._wanted is type(value):
            return value
        if self._wanted == list[str] and isinstance(value, (list, tuple)):
            return [*value]
        return self._build(param).coerce(value, param=param, ctx=ctx)


def teach_completion(ordered: Callable[[list[str]], list[str]]) -> None:
    """Have Typer answer its shells; in bash what the answer is for comes first.

    Args:
        ordered: Puts the words that stand before the one to be completed as the commands take them.
    """
    from typer._click.shell_completion import ShellComplete
    from typer._completion_classes import BashComplete, completion_init

    offered: Any = ShellComplete.get_completions
    taught: Any = ShellComplete
    taught.get_completions = lambda self, args, incomplete: offered(self, ordered(args), incomplete)
    completion_init()
    *body, last = BashComplete.source_template.strip().splitlines()
    BashComplete.source_template = "\n".join([last, *body, ""])


def shell_around() -> str:
    """The name of the shell this runs in; empty where there is none to be found."""
    from typer._completion_shared import _get_shell_name

    return _get_shell_name() or ""


def completion(word: str, told: str) -> Any:
    """A word that is offered to the shell, and what it is for."""
    from typer._click.shell_completion import CompletionItem

    return CompletionItem(word, help=told)


def put_completion(shell: str) -> Any:
    """Install Typer's script for a shell; the path it was put to."""
    from typer._completion_shared import install

    return install(shell=shell, prog_name="lianxin")[1]


def tree() -> Any:
    """The root of the commands, of which one is running."""
    from typer._click.globals import get_current_context

    return get_current_context().find_root().command
