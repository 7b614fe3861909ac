"""An option that takes one value is given once: of two values, one would be lost without a word.

The parser of a command tells which options it met, in their order, and this is where that can be looked at: it holds
for Typer 0.16 and later, whose own copy of click is asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from lianxin.core.error import UsageError


def refuse_repeats() -> None:
    """Let every command refuse a repeated option that takes one value."""
    from typer._click.core import Command

    make = Command.make_parser

    def make_parser(self: Command, ctx: Any) -> Any:
        parser = make(self, ctx)
        parse = parser.parse_args

        def parse_args(args: list[str]) -> Any:
            found = parse(args)
            _once(found[2])
            return found

        parser.parse_args = parse_args  # type: ignore[method-assign]
        return parser

    Command.make_parser = make_parser  # type: ignore[method-assign]


def _once(met: Sequence[Any]) -> None:
    for option, times in Counter(met).items():
        if times > 1 and option.param_type_name == "option" and not (option.multiple or option.is_flag or option.count):
            raise UsageError(f"{option.opts[0]} 写了 {times} 次，它只能有一个值；请留下要的那一个")
