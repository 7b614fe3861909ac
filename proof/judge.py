"""Whether what was read is what was written: judged from the file's text, without the tool's own reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml
from yaml.events import AliasEvent, ScalarEvent
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

#: What may stand between keys and values: blanks, dashes, colons, brackets, commas, marks of a document.
_BETWEEN = re.compile(r"[\s\-:?,\[\]{}.]*")
_HEADER = re.compile(r"[|>][+\-0-9]*[ \t]*(#.*)?")


def independent(text: str) -> Any:
    """Keys and values by PyYAML's own parser and composer, in Python, as the texts they are.

    Raises:
        yaml.YAMLError: It will not have it.
        ValueError: A key stands twice or is no word.
    """
    return _texts(yaml.compose(text, Loader=yaml.SafeLoader))


def _texts(node: Node | None) -> Any:
    if isinstance(node, ScalarNode):
        return node.value
    if isinstance(node, SequenceNode):
        return [_texts(part) for part in node.value]
    if not isinstance(node, MappingNode):
        raise yaml.YAMLError("nothing")
    found: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, ScalarNode) or key.value in found:
            raise ValueError("no key, or one twice")
        found[key.value] = _texts(value)
    return found


def vanished(text: str) -> Iterator[str]:
    """Words of the file that stand in no key and no value, and are no comment that says it is one.

    A comment says so by a line of its own, or by a blank after its ``#``.
    """
    end = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, AliasEvent):
            yield "an alias"
        if not isinstance(event, ScalarEvent):
            continue
        start, stop = _index(event.start_mark), _index(event.end_mark)
        if start < end:
            continue
        yield from _lost_between(text, end, start)
        raw = text[start:stop]
        if lost := _lost_within(raw, event.value, event.style):
            yield lost
        end = stop
    yield from _lost_between(text, end, len(text))


def _index(mark: Any) -> int:
    return int(mark.index)


def _lost_between(text: str, start: int, end: int) -> Iterator[str]:
    at = start
    while at < end:
        at = min(_BETWEEN.match(text, at, end).end(), end)  # type: ignore[union-attr]
        if at == end:
            return
        line_end = text.find("\n", at)
        line_end = end if line_end < 0 else min(line_end, end)
        words = text[at:line_end]
        alone = not text[text.rfind("\n", 0, at) + 1 : at].strip()
        if not (words.startswith("#") and (alone or words[1:2] in ("", " "))):
            yield words[:40]
        at = line_end


def _lost_within(raw: str, value: str, style: str | None) -> str:
    if style in ("|", ">"):
        header, _, raw = raw.partition("\n")
        if not _HEADER.fullmatch(header.rstrip("\r")):
            return header[:40]
    elif style == "'":
        raw = raw[1:-1].replace("''", "'")
    elif style == '"':
        raw = raw[1:-1]
        if "\\" in raw:
            return ""  # escapes: the other reading must do
    squeezed = "".join(raw.split())
    return "" if squeezed == "".join(value.split()) else squeezed[:40]
