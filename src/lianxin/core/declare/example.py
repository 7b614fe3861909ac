"""How a group is typed: which part of it says enough by itself, and an example of all that must be said."""

from __future__ import annotations

from lianxin.core.declare.field import FieldSpec
from lianxin.core.declare.record import fields_of


def alone(spec: FieldSpec) -> FieldSpec | None:
    """The part of a group that says enough by itself: the first, where all others may be left out."""
    first, *others = fields_of(spec.group) if spec.group else (None,)
    return first if first and others and not any(part.required for part in others) else None


def written(spec: FieldSpec) -> str:
    """How a group is typed."""
    if spec.spoken:
        return spec.spoken.how
    parts, first = fields_of(spec.group) if spec.group else (), alone(spec)
    spare = "、".join(part.label for part in parts if part is not first and f"{part.label}：" not in spec.example)
    bare = f"，只写{first.label}也行" if first else ""
    return f"{spec.example} 这样" + (f"（还可写 {spare}{bare}）" if spare else "")
