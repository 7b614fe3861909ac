"""The command line as it was typed: where global options may stand, what no word may hold, what makes a file again.

Whatever is started comes here first: nothing is loaded but what judges words.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lianxin.core.error import UsageError
from lianxin.core.text.hidden import hidden
from lianxin.core.text.pattern import late

_VALUED = ("--data", "--目录", "--today", "--今天", "--rev", "--当时", "--as", "--谁办")
_FLAGS = ("--json", "--机读", "--dry-run", "--试运行", "--yes", "-y", "--不问", "--internal", "--内部")
#: Global options, by either name, may stand anywhere on the line; ``True``: takes a value.
GLOBAL = dict.fromkeys(_VALUED, True) | dict.fromkeys(_FLAGS, False)

#: What stands for a byte that is not UTF-8.
_ODD = late("[\ud800-\udfff]")


def here() -> Path:
    """The folder this is run in.

    Raises:
        UsageError: It has been deleted meanwhile.
    """
    try:
        return Path.cwd()
    except FileNotFoundError:
        raise UsageError("现在所在的文件夹已经被删掉或搬走了；请先 cd 到台账目录再运行") from None


def hoist(arguments: Sequence[str]) -> list[str]:
    """Move the global options to the front, so that they work before and after the command.

    Raises:
        UsageError: A word is no text, or holds a character nobody sees; or an option lacks its value.
    """
    if any(map(_ODD.search, arguments)):
        raise UsageError("命令里有认不出来的字节，不是 UTF-8；请把终端的编码设成 UTF-8，再打一遍")
    for word in arguments:
        if odd := hidden(word):
            raise UsageError(f"命令里有看不见的字符 {odd}（多半是粘贴带进来的），请删去后再打一遍")
    front: list[str] = []
    rest: list[str] = []
    words = iter(arguments)
    for word in words:
        if word == "--":
            rest += [word, *words]
            break
        name, sign, _ = word.partition("=")
        if name not in GLOBAL:
            rest.append(word)
        elif GLOBAL[name] and not sign:
            value = next(words, None)
            if value is None:  # in front it would take the command's name for its value
                raise UsageError(f"{word} 后面要跟一个值")
            front += [word, value]
        else:
            front.append(word)
    return front + rest


#: Where a command's answer goes and how it looks: no part of what it says.
_WHERE = {"-o": "--output", "-f": "--format"}


def recipe(words: Sequence[str], format_: str) -> str:
    """A command's words without the global options and without where the file goes: what makes it again."""
    from lianxin.formats.paper.trace import ONCE, spelt

    kept: list[str] = []
    rest = iter(hoist(words))
    for word in rest:
        name, sign, _ = word.partition("=")
        short = word[:2] if not word.startswith("--") else ""
        if word == "--":
            kept += [word, *rest]
        elif name in GLOBAL or name in _WHERE.values() or short in _WHERE:
            glued = bool(sign) or word != name or (short in _WHERE and word != short)
            if GLOBAL.get(name, True) and not glued:
                next(rest, None)
        elif word != ONCE:
            kept.append(word)
    options, mark, literal = _parted(kept)
    return spelt([*options, "-f", format_, *mark, *literal])


def _parted(words: list[str]) -> tuple[list[str], list[str], list[str]]:
    at = words.index("--") if "--" in words else len(words)
    return words[:at], words[at : at + 1], words[at + 1 :]
