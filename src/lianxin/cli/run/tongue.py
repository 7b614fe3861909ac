"""Both tongues of the command line: a line typed in Chinese is turned into the English one that scripts write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from lianxin.cli.run.command import Group


def in_english(tree: Any, words: Sequence[str]) -> list[str]:
    """A command line with its commands, steps and options by their English names; values and unknown words stay.

    Args:
        tree: The root of the commands.
        words: What was typed after the program's name.
    """
    return [*words] if all(map(str.isascii, words)) else [*_turned(tree, words)]


def _turned(tree: Any, words: Sequence[str]) -> Iterator[str]:
    node: Any = tree
    known = _options(tree)
    rest = iter(words)
    for word in rest:
        name, sign, value = word.partition("=")
        if word == "--":
            yield word
            yield from rest
        elif word.startswith("-"):
            option = known.get(name)
            yield f"{_english(option, name)}{sign}{value}"
            if option is not None and not (option.is_flag or option.count or sign):
                yield from _next(rest)
        elif isinstance(node, Group):
            english = node.english(word)
            yield english
            node = node.get_command(None, english)  # type: ignore[arg-type]
            known = {**_options(node), **known} if node else known
        else:
            yield word


def _options(node: Any) -> dict[str, Any]:
    """Every option of a command by each of its names."""
    return {name: option for option in node.params if option.param_type_name == "option" for name in option.opts}


def _english(option: Any, name: str) -> str:
    return name if option is None or name.isascii() else next(filter(str.isascii, option.opts), name)


def _next(rest: Iterator[str]) -> Iterator[str]:
    value = next(rest, None)
    if value is not None:
        yield value
