"""A record as a tree of text with its comments, and the one canonical way to write that down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from msgspec import Struct, field

from lianxin.core.declare.field import FieldSpec
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import Event
from lianxin.core.declare.record import Record, fields_of
from lianxin.core.value import FieldType
from lianxin.storage.read.complaint import EVENTS, STEP
from lianxin.storage.write.text.scalar import write_scalar

_STEP_INDENT = 2


class Node(Struct):
    """Text, a list or a mapping, with the comments that go with it.

    Attributes:
        before: Whole comment lines above, from the ``#``.
        after: A comment at the end of its line.
        block: It was written as a block; a comment on its first line stays there, where ``check`` tells of it.
    """

    value: str | list[Node] | dict[str, Node]
    before: list[str] = field(default_factory=list)
    after: str = ""
    block: bool = False

    def comment(self, lines: list[str], indent: int) -> tuple[list[str], str]:
        """Its comment, as a line above or as the end of its first line: a block must not seem to begin with it."""
        if self.after and len(lines) > 1 and not self.block:
            return [" " * indent + self.after], ""
        return [], f" {self.after}" if self.after else ""


def plant(value: Any) -> Node:
    """A tree without comments; lists and mappings that are empty, and None, are left out of their holder."""
    if isinstance(value, Mapping):
        return Node({str(key): plant(part) for key, part in value.items() if not empty(part)})
    if isinstance(value, (list, tuple)):
        return Node([plant(part) for part in value])
    return Node(str(value))


def empty(value: Any) -> bool:
    """Nothing is written for it."""
    return value is None or (isinstance(value, (list, tuple, Mapping)) and not value)


def as_text(record: Record) -> dict[str, Any]:
    """A record's values as the file has them: Chinese keys, text (or numbers) as leaves."""
    return record.model_dump(mode="json", by_alias=True, exclude_none=True)


@cache
def order(model: type[Record]) -> tuple[FieldSpec, ...]:
    """The fields of a model in the order they are written: declared, but an event's step second and its note last."""
    specs = fields_of(model)
    if not issubclass(model, Event):
        return specs
    head = [spec for name in ("id", "step", "at", "recorded", "actor") for spec in specs if spec.name == name]
    tail = [spec for spec in specs if spec.name == "note"]
    return (*head, *(spec for spec in specs if spec not in head and spec not in tail), *tail)


def part_model(kind: Kind | None, spec: FieldSpec | None, part: Node) -> type[Record] | None:
    """The model of a group; of an event, by its step."""
    if spec is None or spec.group is None:
        return None
    if spec.label == EVENTS and kind and kind.lifecycle and isinstance(part.value, dict):
        word = part.value.get(STEP)
        step = kind.lifecycle.step(word.value) if word and isinstance(word.value, str) else None
        return step.model if step else None
    return spec.group


def _sorted(node: dict[str, Node], model: type[Record] | None) -> Iterable[tuple[str, Node, FieldSpec | None]]:
    specs = {spec.label: spec for spec in order(model)} if model else {}
    known = [label for label in specs if label in node]
    tail = [label for label in known if label == EVENTS]
    for label in (*(word for word in known if word not in tail), *(word for word in node if word not in specs), *tail):
        yield label, node[label], specs.get(label)


def write_mapping(node: Node, model: type[Record] | None, kind: Kind | None, indent: int = 0) -> list[str]:
    """The lines of a mapping: keys in their declared order, unknown ones after them, events last."""
    lines: list[str] = []
    assert isinstance(node.value, dict)  # noqa: S101 - callers pass mappings
    for label, part, spec in _sorted(node.value, model):
        lines += [" " * indent + comment for comment in part.before]
        key = write_scalar(label, FieldType.TEXT, indent)[0]
        lines += write_entry(f"{' ' * indent}{key}:", part, spec, kind, indent)
    return lines


def write_entry(head: str, part: Node, spec: FieldSpec | None, kind: Kind | None, indent: int) -> list[str]:
    """A key, already written as ``head``, with its value."""
    tail = f" {part.after}" if part.after else ""
    if isinstance(part.value, str):
        lines = write_scalar(part.value, spec.type if spec else FieldType.TEXT, indent + _STEP_INDENT)
        above, tail = part.comment(lines, indent)
        return [*above, f"{head} {lines[0]}{tail}", *lines[1:]]
    if not part.value:
        return [f"{head} {'[]' if isinstance(part.value, list) else '{}'}{tail}"]
    if isinstance(part.value, list):
        return [head + tail, *write_items(part.value, spec, kind, indent + _STEP_INDENT)]
    return [head + tail, *write_mapping(part, part_model(kind, spec, part), kind, indent + _STEP_INDENT)]


def write_items(items: list[Node], spec: FieldSpec | None, kind: Kind | None, indent: int) -> list[str]:
    """The lines of a list."""
    lines: list[str] = []
    dash = " " * indent + "- "
    for part in items:
        lines += [" " * indent + comment for comment in part.before]
        if isinstance(part.value, str):
            type_ = spec.type if spec else FieldType.TEXT
            text = write_scalar(part.value, type_, indent + _STEP_INDENT, item=True)
            above, tail = part.comment(text, indent)
            lines += [*above, f"{dash}{text[0]}{tail}", *text[1:]]
            continue
        if isinstance(part.value, list):
            inner = write_items(part.value, None, kind, indent + _STEP_INDENT)
        else:
            inner = write_mapping(part, part_model(kind, spec, part), kind, indent + _STEP_INDENT)
        lines += _dashed(inner, dash, "[]" if isinstance(part.value, list) else "{}")
    return lines


def _dashed(inner: list[str], dash: str, nothing: str) -> list[str]:
    """Put the dash before the first line of an item; comments above its first key go above the dash."""
    if not inner:
        return [dash + nothing]
    first = next(n for n, line in enumerate(inner) if not line.lstrip().startswith("#"))
    comments = [dash[:-2] + line.lstrip() for line in inner[:first]]
    return [*comments, dash + inner[first][len(dash) :], *inner[first + 1 :]]
