"""Values of a record changed wherever they stand, in its steps and comments too: for 注销 alone, see there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from lianxin.core.declare.field import FieldSpec
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.record import Record, fields_of
from lianxin.storage.read.complaint import EVENTS, STEP
from lianxin.storage.write.text.formatting import format_text, tree_of
from lianxin.storage.write.text.tree import Node, part_model, write_mapping

#: What becomes of a value of a field: another, or None where it is taken out. No field: a comment.
Change = Callable[[FieldSpec | None, str], str | None]


def altered(text: str, kind: Kind, change: Change) -> tuple[str, tuple[str, ...]]:
    """The record with its values changed, in canonical form, and the labels of the fields that were; else as it was.

    Raises:
        LianxinError: The file cannot be read.
    """
    root, foot = tree_of(format_text(text, kind))
    found: list[str] = []
    assert isinstance(root.value, dict)  # noqa: S101 - a record is a mapping
    _mapping(root, kind.model, kind, change, found)
    foot = [_comment(one, change, found) for one in foot]
    if not found:
        return text, ()
    return "\n".join((*write_mapping(root, kind.model, kind), *foot)) + "\n", tuple(dict.fromkeys(found))


def _mapping(node: Node, model: type[Record] | None, kind: Kind, change: Change, found: list[str]) -> None:
    specs = {spec.label: spec for spec in fields_of(model)} if model else {}
    assert isinstance(node.value, dict)  # noqa: S101 - callers pass mappings
    for label, part in list(node.value.items()):
        if not _value(part, specs.get(label), label, kind, change, found):
            del node.value[label]


def _value(node: Node, spec: FieldSpec | None, label: str, kind: Kind, change: Change, found: list[str]) -> bool:
    """Change a value in place; False where it is to be taken out."""
    node.before = [_comment(one, change, found) for one in node.before]
    node.after = _comment(node.after, change, found)
    if isinstance(node.value, str):
        made = change(spec, node.value) if spec else node.value
        if made != node.value:
            found.append(label)
        node.value = made or ""
        return made is not None
    if isinstance(node.value, list):
        node.value = [one for one in node.value if _value(one, spec, label, kind, change, found)]
    else:
        inside: list[str] = []
        _mapping(node, part_model(kind, spec, node), kind, change, inside)
        word = node.value.get(STEP) if label == EVENTS else None
        found += [f"{word.value if word else label}的{one}" for one in inside]
    return True


def _comment(text: str, change: Change, found: list[str]) -> str:
    made = change(None, text) if text else text
    if made != text:
        found.append("注释")
    return made or ""


def values_of(model: type[Record], values: Mapping[str, Any], kind: Kind) -> Iterator[tuple[FieldSpec, str]]:
    """Every text of a record as its file has it, with the field it stands in; those of its steps too.

    What a 更正 says of a field is a value of that field as well.
    """
    specs = {spec.label: spec for spec in fields_of(model)}
    for label, value in values.items():
        spec = specs.get(label)
        for part in value if isinstance(value, list) else [value]:
            if label == EVENTS and isinstance(part, Mapping) and kind.lifecycle:
                step = kind.lifecycle.step(str(part.get(STEP)))
                if step:
                    yield from values_of(step.model, part, kind)
                corrected = kind.column(str(part.get("字段"))) if part.get("新值") else None
                if isinstance(corrected, FieldSpec):
                    yield corrected, str(part["新值"])
            elif spec is None:
                continue
            elif isinstance(part, Mapping):
                if spec.group is not None:
                    yield from values_of(spec.group, part, kind)
            else:
                yield spec, str(part)
