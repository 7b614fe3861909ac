"""JSON Schema of a kind, for editors: keys, choices and help while typing. ``check`` is the judge, not this."""

from __future__ import annotations

from typing import Any

from lianxin.core.declare.field import FieldSpec
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.record import Record
from lianxin.core.value import FieldType
from lianxin.kinds import BRIEF
from lianxin.storage.read.complaint import EVENTS, STEP
from lianxin.storage.write.text.tree import order

Schema = dict[str, Any]

_DAY = r"^\d{4}-\d{2}-\d{2}$"
_MOMENT = r"^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}$"

#: Editors type YAML scalars by themselves: an unquoted number or day is no string to them.
_TYPES: dict[FieldType, Schema] = {
    FieldType.TEXT: {"type": ["string", "number"]},
    FieldType.STORY: {"type": ["string", "number"]},
    FieldType.DAY: {"type": "string", "pattern": _DAY},
    FieldType.MOMENT: {"type": "string", "pattern": _MOMENT},
    FieldType.DEADLINE: {"type": "string", "pattern": f"{_DAY}|{_MOMENT}"},
    FieldType.INTEGER: {"type": ["integer", "string"], "pattern": r"^-?\d+$"},
    FieldType.AMOUNT: {"type": ["number", "string"], "pattern": r"^-?\d+(\.\d{1,2})?$"},
    FieldType.FLAG: {"enum": ["是", "否"]},
    FieldType.PHONE: {"type": ["string", "integer"]},
    FieldType.FILE: {"type": "string"},
}


def json_schema(kind: Kind) -> Schema:
    """The schema of one kind's files: Chinese keys in their order, none besides."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": f"lianxin/{kind.name}.schema.json",
        "title": kind.label,
        "description": kind.help,
        **_mapping(kind.model, kind),
    }


def _mapping(model: type[Record], kind: Kind) -> Schema:
    specs = order(model)
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [spec.label for spec in specs if spec.required],
        "properties": {spec.label: _field(spec, kind) for spec in specs},
    }


def _field(spec: FieldSpec, kind: Kind) -> Schema:
    part = _one(spec, kind)
    schema: Schema = {"type": "array", "items": part} if spec.many else part
    if spec.many and spec.required:
        schema["minItems"] = 1
    return {"title": spec.label, **({"description": spec.help} if spec.help else {}), **schema}


def _one(spec: FieldSpec, kind: Kind) -> Schema:
    if spec.label == EVENTS and kind.lifecycle:
        return _event(kind)
    if spec.group is not None:
        return _mapping(spec.group, kind)
    if spec.choices:
        return {"enum": list(spec.choices)}
    if spec.type is FieldType.REF:
        patterns = [BRIEF[name].id_pattern().pattern for name in spec.refs if name in BRIEF]
        return {"type": "string", "pattern": "|".join(f"^{_portable(pattern)}$" for pattern in patterns)}
    return dict(_TYPES.get(spec.type, {"type": "string"}))


def _portable(pattern: str) -> str:
    """A Python pattern in the dialect of JSON Schema: no named groups, no anchor of its own."""
    for name in ("year", "station", "number"):
        pattern = pattern.replace(f"?P<{name}>", "")
    return pattern.removesuffix(r"\Z")


def _event(kind: Kind) -> Schema:
    """An event asks for the fields of its step, so an editor offers no others."""
    steps = kind.lifecycle.steps if kind.lifecycle else ()
    return {
        "type": "object",
        "required": [STEP],
        "properties": {STEP: {"title": STEP, "enum": [step.label for step in steps]}},
        "allOf": [
            {
                "if": {"properties": {STEP: {"const": step.label}}, "required": [STEP]},
                "then": {"description": step.help, **_mapping(step.model, kind)},
            }
            for step in steps
        ],
    }
