"""The strict loader: text in, nested dicts and lists of text out; whatever YAML could misread is refused.

No types, anchors, aliases, tags, merge keys, duplicate keys or second documents; depth at most 32. Scalars stay
text, and the field declarations give them their types.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import yaml
from yaml.events import (
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from lianxin.storage.read import comment, span
from lianxin.storage.read.scanning import (
    Spot,
    Unreadable,
    controlled,
    decode,
    may_be_odd,
    may_turn,
    oddities,
    scan,
    suspects,
)
from lianxin.storage.read.syntax import explain_syntax

__all__ = ["Spot", "Unreadable", "open_events", "read_marked", "read_yaml"]

MAX_DEPTH = 32

Next = Callable[[], Any]

#: Where a key may be announced by a question mark; within brackets it need not even stand apart.
_ANNOUNCED = r"(?m)^[ \-]*\?(?:[ \r]|$)|[{\[,:]\s*\?"


class _Seen:
    """What is noted while a file is read: its faults, and the texts that may be on several lines."""

    __slots__ = ("faults", "texts")

    def __init__(self) -> None:
        self.faults: list[Spot] = []
        self.texts: list[Any] = []


#: Its parser in C; without libyaml, a slower one with the same rules.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def open_events(data: bytes) -> Next:
    """A function that gives the next YAML event of ``data``."""
    get: Next = _LOADER(data).get_event
    return get


def _stop(event: Any, code: str, message: str) -> Unreadable:
    mark = event.start_mark
    return Unreadable((Spot(mark.line + 1, mark.column + 1, code, message),))


def _guard(get: Next) -> Next:
    """The same events, each looked at for what only a stray character can bring in."""

    def checked() -> Any:
        event = get()
        if getattr(event, "anchor", None) is not None:
            raise _stop(event, "Y016", "这里用了 YAML 的锚点或别名（& 或 *），记录里不用；是文字就加双引号")
        if getattr(event, "tag", None) is not None:
            raise _stop(event, "Y017", "这里用了 YAML 的类型标记（!），记录里不用；是文字就加双引号")
        if isinstance(event, ScalarEvent):
            if event.value == "<<" and not event.style:
                raise _stop(event, "Y017", "这里用了 YAML 的合并键（<<），记录里不用")
            if controlled(event.value):
                raise _stop(event, "Y005", "引号里用反斜杠写了控制字符")
        return event

    return checked


def _mapping(get: Next, depth: int, seen: _Seen) -> dict[str, Any]:
    found: dict[str, Any] = {}
    event = get()
    while event.__class__ is ScalarEvent:
        key = event.value
        if key in found:
            seen.faults += _stop(event, "Y019", f"「{key}」在同一处写了两遍").faults
        event = get()
        sort = event.__class__
        if sort is ScalarEvent:
            found[key] = value = event.value
            if " " in value or "\n" in value:  # what was on several lines has one where they met
                seen.texts.append(event)
        elif sort is MappingStartEvent:
            if depth == MAX_DEPTH:
                raise _stop(event, "Y018", f"嵌套超过 {MAX_DEPTH} 层")
            found[key] = _mapping(get, depth + 1, seen)
        else:
            if depth == MAX_DEPTH:
                raise _stop(event, "Y018", f"嵌套超过 {MAX_DEPTH} 层")
            found[key] = _sequence(get, depth + 1, seen)
        event = get()
    if event.__class__ is not MappingEndEvent:
        raise _stop(event, "Y022", "这里的键不是一个词")
    return found


def _sequence(get: Next, depth: int, seen: _Seen) -> list[Any]:
    found: list[Any] = []
    event = get()
    sort = event.__class__
    while sort is not SequenceEndEvent:
        if sort is ScalarEvent:
            value = event.value
            found.append(value)
            if " " in value or "\n" in value:
                seen.texts.append(event)
        elif depth == MAX_DEPTH:
            raise _stop(event, "Y018", f"嵌套超过 {MAX_DEPTH} 层")
        elif sort is MappingStartEvent:
            found.append(_mapping(get, depth + 1, seen))
        else:
            found.append(_sequence(get, depth + 1, seen))
        event = get()
        sort = event.__class__
    return found


def _document(get: Next, seen: _Seen) -> dict[str, Any]:
    get()
    event = get()
    if event.__class__ is StreamEndEvent:
        raise Unreadable((Spot(1, 1, "Y021", "文件是空的"),))
    if isinstance(event, DocumentStartEvent) and (event.version or event.tags):
        raise _stop(event, "Y017", "这里用了 YAML 的 % 指令，记录里不用")
    event = get()
    if event.__class__ is not MappingStartEvent:
        what = "一串清单" if event.__class__ is SequenceStartEvent else "一段文字"
        raise _stop(event, "Y021", f"文件开头是{what}，应是「键: 值」，一行一项")
    found = _mapping(get, 1, seen)
    get()
    event = get()
    if event.__class__ is not StreamEndEvent:
        raise _stop(event, "Y020", "一个文件里只能放一份记录，这里用 --- 又开了一份")
    return found


def read_yaml(data: bytes) -> dict[str, Any]:
    """Nested dicts and lists of text; an empty value is the empty text.

    Raises:
        Unreadable: The faults, each with line and column.
    """
    return _read(data)[0]


def read_marked(data: bytes) -> tuple[dict[str, Any], list[Spot]]:
    """The same, and what may not read as it was meant but does not stop the reading.

    Raises:
        Unreadable: As ``read_yaml``.
    """
    values, text, spread = _read(data)
    told = oddities(text) if may_turn(data) else []
    lines = text.split("\n") if spread or comment.swallows(text) else []
    if spread:
        told += span.going_on(lines, spread)
    if comment.swallows(text):
        told += comment.swallowed(lines, _ends(data))
    return values, told


def _read(data: bytes) -> tuple[dict[str, Any], str, Sequence[Any]]:
    """The values, the text, and the events of those texts that are on several lines and no blocks."""
    text = decode(data)
    scan(text, odd=may_be_odd(data))
    doubtful = suspects(text)
    get = open_events(data)
    # Only a file that holds one of these characters can hold an anchor, tag, directive, merge key or escape.
    if "&" in text or "*" in text or "!" in text or "%" in text or "\\" in text or "<<" in text:
        get = _guard(get)
    seen = _Seen()
    try:
        found = _document(get, seen)
    except yaml.YAMLError as error:
        raise Unreadable(tuple(explain_syntax(error, text.split("\n"), _scalars(data), doubtful))) from None
    except Unreadable as error:
        if doubtful and error.faults[0].code == "Y021":  # no first key: the colon after it is full-width
            raise Unreadable(tuple(doubtful[:1])) from None
        raise
    spread = span.spread(seen.texts)
    faults = [*seen.faults, *_misread(data, text, spread, doubtful)]
    if faults:
        raise Unreadable(tuple(sorted(faults)))
    return found, text, spread


def _misread(data: bytes, text: str, spread: Sequence[Any], doubtful: Sequence[Spot]) -> Iterator[Spot]:
    """What YAML took without a word for something else than was meant."""
    if spread:
        yield from span.swallowed(text.split("\n"), spread, doubtful)
    if doubtful:
        yield from span.keys_indented_wide(text.split("\n"), spread, doubtful)
    if comment.touches(text):
        yield from comment.touching(text.split("\n"), _ends(data))
    if "?" in text and re.search(_ANNOUNCED, text):
        yield from _announced(data, text.split("\n"))


def _announced(data: bytes, lines: list[str]) -> Iterator[Spot]:
    """Keys after a question mark: read as any other, and the mark with its blank is gone."""
    for event in _events(data):
        start = event.start_mark
        before = lines[start.line][: start.column].rstrip() if start.line < len(lines) else ""
        if before.endswith("?") and event.start_mark.index != event.end_mark.index:
            yield Spot(start.line + 1, len(before), "Y033", "「? 」开头的写法记录里不用；是文字就加双引号")


def _events(data: bytes) -> Iterator[Any]:
    """The events of a file, as far as it can be parsed."""
    get = open_events(data)
    try:
        event = get()
        while not isinstance(event, StreamEndEvent):
            yield event
            event = get()
    except yaml.YAMLError:
        return


def _scalars(data: bytes) -> list[Any]:
    return [event for event in _events(data) if isinstance(event, ScalarEvent)]


def _ends(data: bytes) -> Iterator[Any]:
    """Where values end: every text, and every list and mapping."""
    return (event for event in _events(data) if isinstance(event, (ScalarEvent, SequenceEndEvent, MappingEndEvent)))
