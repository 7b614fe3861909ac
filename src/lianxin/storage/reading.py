"""The strict loader: text in, nested dicts and lists of text out; whatever YAML could misread is refused.

No types, anchors, aliases, tags, merge keys, duplicate keys or second documents; depth at most 32. Scalars stay
text, and the field declarations give them their types.
"""

from __future__ import annotations

from collections.abc import Callable
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

from lianxin.storage.scanning import (
    Spot,
    Unreadable,
    colons,
    controlled,
    decode,
    glued_comments,
    may_be_odd,
    may_turn,
    oddities,
    scan,
)
from lianxin.storage.syntax import explain_syntax

__all__ = ["Spot", "Unreadable", "open_events", "read_yaml", "remarks"]

MAX_DEPTH = 32

Next = Callable[[], Any]


class _PythonParser(yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser):
    """PyYAML's own parser, without the composer and constructor."""

    def __init__(self, data: bytes) -> None:
        yaml.reader.Reader.__init__(self, data)
        yaml.scanner.Scanner.__init__(self)
        yaml.parser.Parser.__init__(self)


def _parser() -> Callable[[bytes], Any]:
    """The C parser; without libyaml, a slower one with the same rules."""
    try:
        from yaml._yaml import CParser
    except ImportError:
        return _PythonParser
    return CParser


_PARSER = _parser()


def open_events(data: bytes) -> Next:
    """A function that gives the next YAML event of ``data``."""
    get: Next = _PARSER(data).get_event
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


def _mapping(get: Next, depth: int, faults: list[Spot]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    event = get()
    while event.__class__ is ScalarEvent:
        key = event.value
        if key in found:
            faults += _stop(event, "Y019", f"「{key}」在同一处写了两遍").faults
        event = get()
        sort = event.__class__
        if sort is ScalarEvent:
            found[key] = event.value
        elif sort is MappingStartEvent:
            if depth == MAX_DEPTH:
                raise _stop(event, "Y018", f"嵌套超过 {MAX_DEPTH} 层")
            found[key] = _mapping(get, depth + 1, faults)
        else:
            if depth == MAX_DEPTH:
                raise _stop(event, "Y018", f"嵌套超过 {MAX_DEPTH} 层")
            found[key] = _sequence(get, depth + 1, faults)
        event = get()
    if event.__class__ is not MappingEndEvent:
        raise _stop(event, "Y022", "这里的键不是一个词")
    return found


def _sequence(get: Next, depth: int, faults: list[Spot]) -> list[Any]:
    found: list[Any] = []
    event = get()
    sort = event.__class__
    while sort is not SequenceEndEvent:
        if sort is ScalarEvent:
            found.append(event.value)
        elif depth == MAX_DEPTH:
            raise _stop(event, "Y018", f"嵌套超过 {MAX_DEPTH} 层")
        elif sort is MappingStartEvent:
            found.append(_mapping(get, depth + 1, faults))
        else:
            found.append(_sequence(get, depth + 1, faults))
        event = get()
        sort = event.__class__
    return found


def _document(get: Next, faults: list[Spot]) -> dict[str, Any]:
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
    found = _mapping(get, 1, faults)
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
    text = decode(data)
    scan(text, odd=may_be_odd(data))
    suspects = colons(text)
    get = open_events(data)
    # Only a file that holds one of these characters can hold an anchor, tag, directive, merge key or escape.
    if "&" in text or "*" in text or "!" in text or "%" in text or "\\" in text or "<<" in text:
        get = _guard(get)
    faults: list[Spot] = []
    try:
        found = _document(get, faults)
    except yaml.YAMLError as error:
        raise Unreadable(tuple(explain_syntax(error, text, suspects))) from None
    except Unreadable as error:
        if suspects and error.faults[0].code == "Y021":  # no first key: the colon after it is full-width
            raise Unreadable(tuple(suspects[:1])) from None
        raise
    if suspects:
        faults += _swallowed(data, suspects)
    if faults:
        raise Unreadable(tuple(sorted(faults)))
    return found


def _swallowed(data: bytes, suspects: list[Spot]) -> list[Spot]:
    """Suspects that YAML silently joined to the plain text of the line before."""
    lines: set[int] = set()
    for event in _scalars(data):
        if not event.style:
            lines.update(range(event.start_mark.line + 2, event.end_mark.line + 2))
    return [spot for spot in suspects if spot.line in lines]


def _scalars(data: bytes) -> list[Any]:
    get = open_events(data)
    found = []
    event = get()
    while not isinstance(event, StreamEndEvent):
        if isinstance(event, ScalarEvent):
            found.append(event)
        event = get()
    return found


def remarks(data: bytes) -> list[Spot]:
    """What a readable file should still be told: hidden characters, and words that YAML takes for a comment."""
    turning = may_turn(data)
    if not turning and b" #" not in data:
        return []
    text = data.decode("utf-8")
    found = oddities(text) if turning else []
    glued = set(glued_comments(text))
    if not glued:
        return found
    lines = text.split("\n")
    for event in _scalars(data):
        end = event.end_mark
        rest = lines[end.line][end.column :] if not event.style and end.line in glued else ""
        if rest.startswith(" ") and rest.lstrip(" ").startswith("#"):
            words = rest.strip()
            found.append(
                Spot(
                    end.line + 1,
                    end.column + len(rest) - len(rest.lstrip(" ")) + 1,
                    "Y024",
                    f"「{words}」没有读进来：空格加 # 之后是注释",
                    "「#…」没有读进来：空格加 # 之后是注释",
                )
            )
    return found
