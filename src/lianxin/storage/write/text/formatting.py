"""``fmt``: a hand-edited file in canonical form, with its comments.

Repaired on the way: the byte order mark, Windows line ends, and full-width colons after keys. No other value changes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Any

from msgspec import Struct, field
from yaml.events import MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from lianxin.core.declare.kind import Kind
from lianxin.core.error import LianxinError
from lianxin.storage.read.reading import Next, open_events, read_marked, read_yaml
from lianxin.storage.read.scanning import Spot, Unreadable
from lianxin.storage.write.text.tree import Node, write_mapping


class _Sown(Struct):
    """What is noted while the tree is built, to give each comment its owner.

    Attributes:
        starts: (character at which a key or item begins, its node), ascending.
        owners: line → the node whose text ends there.
        covered: (first, end) characters of every scalar.
    """

    starts: list[tuple[int, Node]] = field(default_factory=list)
    owners: dict[int, Node] = field(default_factory=dict)
    covered: list[tuple[int, int]] = field(default_factory=list)


def _marks(event: Any) -> tuple[Any, Any]:
    return event.start_mark, event.end_mark


def _build(get: Next, event: Any, sown: _Sown, node: Node) -> None:
    """Fill ``node`` with the value that begins at ``event``."""
    if isinstance(event, ScalarEvent):
        node.value = event.value
        node.block = event.style in ("|", ">")
        start, end = _marks(event)
        sown.owners[start.line if node.block else end.line] = node
        sown.covered.append((start.index, end.index))
    elif isinstance(event, MappingStartEvent):
        node.value = parts = {}
        event = get()
        while not isinstance(event, MappingEndEvent):
            part = Node("")
            sown.starts.append((event.start_mark.index, part))
            sown.owners[event.end_mark.line] = part
            sown.covered.append((event.start_mark.index, event.end_mark.index))
            _build(get, get(), sown, part)
            parts[event.value] = part
            event = get()
    elif isinstance(event, SequenceStartEvent):
        node.value = items = []
        event = get()
        while not isinstance(event, SequenceEndEvent):
            part = Node("")
            sown.starts.append((event.start_mark.index, part))
            _build(get, event, sown, part)
            items.append(part)
            event = get()


def tree_of(text: str) -> tuple[Node, list[str]]:
    """The record with its comments, and the comments after its end."""
    get = open_events(text.encode())
    get()
    get()
    root, sown = Node({}), _Sown()
    _build(get, get(), sown, root)
    return root, _give_comments(text, sown)


def _give_comments(text: str, sown: _Sown) -> list[str]:
    foot: list[str] = []
    starts = [index for index, _ in sown.starts]
    for line, index, comment, alone in _comments(text, sown.covered):
        if alone:
            at = bisect_left(starts, index)
            (sown.starts[at][1].before if at < len(starts) else foot).append(comment)
        elif line in sown.owners:
            sown.owners[line].after = comment
        else:
            foot.append(comment)
    return foot


def _comments(text: str, covered: list[tuple[int, int]]) -> list[tuple[int, int, str, bool]]:
    """Every comment: its line, its character, its words, and whether it has the line to itself."""
    found = []
    spans = sorted(covered)
    firsts = [first for first, _ in spans]
    at = 0
    for line, words in enumerate(text.split("\n")):
        for hit in re.finditer(r"(?:^|(?<=[ \t]))#", words):
            index = at + hit.start()
            n = bisect_left(firsts, index + 1) - 1
            inside = n >= 0 and index < spans[n][1]
            if inside and text[spans[n][0]] in "|>" and spans[n][0] >= at:
                inside = False  # on the header line of a block
            if not inside:
                found.append((line, index, words[hit.start() :].rstrip(), not words[: hit.start()].strip()))
                break
        at += len(words) + 1
    return found


def _repair(text: str) -> str:
    """Without byte order mark, Windows line ends and full-width colons after keys.

    Raises:
        LianxinError: It still cannot be read; the first fault is named.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    for _ in range(text.count("\uff1a") + 1):
        try:
            told = read_marked(text.encode())[1]
        except Unreadable as error:
            colons = [fault for fault in error.faults if fault.code == "Y008"]
            if not colons:
                raise _unformed(error.faults[0]) from None
            text = _halve(text, colons)
        else:
            lost = [spot for spot in told if spot.code == "Y034"]
            if lost:  # elsewhere it would look like a comment that was meant as one
                raise _unformed(lost[0])
            break
    return text


def _unformed(fault: Spot) -> LianxinError:
    said, veiled = (
        f"第 {fault.line} 行第 {fault.col} 列：{told}，改好后再运行 fmt"
        for told in (fault.message, fault.veiled or fault.message)
    )
    return LianxinError(said, veiled=veiled)


def _halve(text: str, colons: list[Spot]) -> str:
    lines = text.split("\n")
    for spot in colons:
        line = lines[spot.line - 1]
        value = line[spot.col :].strip()
        lines[spot.line - 1] = f"{line[: spot.col - 1]}: {value}".rstrip()
    return "\n".join(lines)


def format_text(text: str, kind: Kind) -> str:
    """The same record in canonical order, indentation and quoting, comments kept; twice gives the same as once.

    Raises:
        LianxinError: The file cannot be read, or would not read back the same.
    """
    text = _repair(text)
    root, foot = tree_of(text)
    new = "\n".join((*write_mapping(root, kind.model, kind), *foot)) + "\n"
    if read_yaml(new.encode()) != read_yaml(text.encode()):
        raise LianxinError("这个文件的写法特别，整理后读不回原样，没有动它；请照旁边的记录手工改写")
    return new
