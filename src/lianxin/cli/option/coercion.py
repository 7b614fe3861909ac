"""Values of the command line that are what they should be already are not taken to pydantic by Typer.

Most options are text or were not given. To find that out Typer loads pydantic, a quarter of what a command needs to
start; the records make do with pydantic-core.
"""

from __future__ import annotations

from typing import Any


def spare_pydantic() -> None:
    """Let Typer build its checker of a value only for a value that needs one."""
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
