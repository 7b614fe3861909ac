"""Both tongues of the command line: a line typed in Chinese is turned into the English one that scripts write.

Texts tell of commands in English; whoever works in Chinese reads the Chinese ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from lianxin.cli.run.command import Group
from lianxin.cli.run.saying import say_by
from lianxin.core.text.pattern import late

#: A command in a text, and the blanks of a column that it stands in; or an option alone.
_TOLD = late(r"\blianxin((?: (?!lianxin )[^\s，。；：、！？（）「」]+)+)( {2,})?|(?<![\w-])--[a-z][a-z-]*")


def work_in_chinese(tree: Any, words: Sequence[str] = ()) -> None:
    """From now on commands and options that are told of are the Chinese ones.

    Args:
        tree: The root of the commands.
        words: The command that is run, as scripts write it: an option alone is one of its own.
    """
    say_by(partial(in_chinese, tree, words=words))


def in_chinese(tree: Any, text: str, words: Sequence[str] = ()) -> str:
    """A text in which commands, steps and options are called by their Chinese names.

    Args:
        tree: The root of the commands.
        text: In which they stand as scripts write them.
        words: The command that is run.
    """
    return _TOLD.sub(partial(_told, tree, words), text) if "lianxin " in text or "--" in text else text


def _told(tree: Any, words: Sequence[str], found: re.Match[str]) -> str:
    if found[1] is None:
        node = tree
        for word in words:
            node = _below(node, word) or node
        known = _options(tree) | _options(node)
        return _in_chinese(known.get(found[0]), found[0])
    from lianxin.formats.width import text_width

    told = " ".join(["lianxin", *_turned(tree, found[1].split(), _chinese, _in_chinese)])
    room = text_width(found[0]) - text_width(told)
    return told + " " * (max(room, 2) if found[2] else 0)


def in_english(tree: Any, words: Sequence[str]) -> list[str]:
    """A command line with its commands, steps and options by their English names; values and unknown words stay.

    Args:
        tree: The root of the commands.
        words: What was typed after the program's name.
    """
    return [*words] if all(map(str.isascii, words)) else [*_turned(tree, words, Group.english, _in_english)]


def _turned(
    tree: Any, words: Sequence[str], called: Callable[[Group, str], str], named: Callable[[Any, str], str]
) -> Iterator[str]:
    """A line of commands and options by other names: of a command in a group, and of an option."""
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
            yield f"{named(option, name)}{sign}{value}"
            if option is not None and not (option.is_flag or option.count or sign):
                yield from _next(rest)
        elif isinstance(node, Group):
            yield called(node, word)
            node = _below(node, node.english(word))
            known = {**_options(node), **known} if node else known
        else:
            yield word


def _options(node: Any) -> dict[str, Any]:
    """Every option of a command by each of its names."""
    return {name: option for option in node.params if option.param_type_name == "option" for name in option.opts}


def _below(node: Any, name: str) -> Any:
    """The command of that name in a group; None where there is none."""
    return node.get_command(None, name) if isinstance(node, Group) else None  # type: ignore[arg-type]


def _chinese(group: Group, word: str) -> str:
    return group.chinese(word) if word in group.list_commands(None) else word  # type: ignore[arg-type]


def _in_english(option: Any, name: str) -> str:
    return name if option is None or name.isascii() else next(filter(str.isascii, option.opts), name)


def _in_chinese(option: Any, name: str) -> str:
    chinese = (one for one in option.opts if not one.isascii()) if option and name.startswith("--") else iter(())
    return next(chinese, name)


def _next(rest: Iterator[str]) -> Iterator[str]:
    value = next(rest, None)
    if value is not None:
        yield value
