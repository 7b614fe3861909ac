"""What YAML takes for a comment though it may have been meant as words.

A ``#`` with a blank on either side is a comment, and so is a line of comment no deeper than the keys around it: nothing
is lost there that was not put aside on purpose. All others are told of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from yaml.events import ScalarEvent

from lianxin.storage.read.scanning import Spot, floor_of

# What a file must hold for a closer look to be due: nearly all that have comments do not.
_REMARKABLE = r"\t#|[ ,]#[^\s#]|[|>][^\n]*#|\n +#"
_UNPARTED = r"[\"'\]}]#"

_AFTER = r"(?P<gap>,?[ \t]*)(?P<words>#.*)"
_HEADER = r"[|>][-+1-9]*[ \t]*(?P<words>#.*)"
_ALONE = r" *(?P<words>#.*)"
_GLUED = r"#[^\s#]"


def touches(text: str) -> bool:
    """Whether a closer look is due for comments that touch what they follow."""
    return "#" in text and re.search(_UNPARTED, text) is not None


def touching(lines: list[str], events: Iterable[Any]) -> Iterator[Spot]:
    """Comments right at a closing quote or bracket: other readers of YAML refuse such a file."""
    for event in events:
        found = _after(lines, event)
        if found and not found["gap"]:
            message = "收尾的引号或括号后面紧接着 #，看不出 # 后面是正文还是注释"
            yield Spot(event.end_mark.line + 1, found.start("words") + 1, "Y027", message)


def swallows(text: str) -> bool:
    """Whether a closer look is due for words taken for comments."""
    return "#" in text and re.search(_REMARKABLE, text) is not None


def swallowed(lines: list[str], events: Iterable[Any]) -> Iterator[Spot]:
    """Comments that may be words of the value they follow."""
    for event in events:
        block = getattr(event, "style", None) in ("|", ">")
        if block:
            start = event.start_mark
            found = re.compile(_HEADER).match(lines[start.line], start.column)
            if found:
                yield _lost(start.line, found, "Y028", "「|」「>」后面的 # 是注释，正文从下一行开始")
        else:
            found = _after(lines, event)
            if found and "\t" in found["gap"]:
                yield _lost(event.end_mark.line, found, "Y026", "Tab 加 # 之后是注释")
            elif found and re.match(_GLUED, found["words"]):
                yield _lost(event.end_mark.line, found, "Y024", "空格加 # 之后是注释")
        if isinstance(event, ScalarEvent) and (block or not event.style) and not _is_key(lines, event):
            yield from _below(lines, event, every=block)


def _after(lines: list[str], event: Any) -> re.Match[str] | None:
    """The comment behind a value on its line; collections without brackets end where the next thing begins."""
    end = event.end_mark
    line = lines[end.line] if end.line < len(lines) else ""
    if not isinstance(event, ScalarEvent) and line[end.column - 1 : end.column] not in ("]", "}"):
        return None
    return re.compile(_AFTER).match(line, end.column)


def _is_key(lines: list[str], event: Any) -> bool:
    end = event.end_mark
    rest: str = lines[end.line][end.column :] if end.line < len(lines) else ""
    return rest.lstrip().startswith(":")


def _below(lines: list[str], event: Any, *, every: bool) -> Iterator[Spot]:
    """Lines of comment that stand as deep as the text above them would go on.

    In a block every such line is meant as text, elsewhere a ``#`` with a blank after it is a comment.
    """
    floor = floor_of(lines[event.start_mark.line], event.start_mark.column)
    for n in range(event.end_mark.line + (not every), len(lines)):
        found = re.match(_ALONE, lines[n])
        if found and found.start("words") > floor and (every or re.match(_GLUED, found["words"])):
            yield _lost(n, found, "Y034", "# 开头的行是注释，这一行却缩在上面那段文字里")
        elif not found and lines[n].strip():
            return


def _lost(line: int, found: re.Match[str], code: str, why: str) -> Spot:
    words = found["words"].strip()
    told = f"没有读进来：{why}"
    return Spot(line + 1, found.start("words") + 1, code, f"「{words}」{told}", f"「#…」{told}")
