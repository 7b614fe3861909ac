"""What stands in a group of fields, as a list prints it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lianxin.core.declare.field import FieldSpec
from lianxin.core.declare.kind import Derived
from lianxin.core.declare.record import fields_of
from lianxin.core.document import show


def spoken(spec: FieldSpec | Derived, value: Any, title: Callable[[str], str]) -> str:
    """A group as files hold it, or a list of them, in one line: values joined by a space, parts by ``、``."""
    if isinstance(value, list):
        return "、".join(filter(None, (spoken(spec, part, title) for part in value)))
    if isinstance(value, dict) and spec.group:
        within = {inner.label: inner for inner in fields_of(spec.group)}
        return " ".join(spoken(within[label], part, title) for label, part in value.items() if label in within)
    return title(value) if spec.refs else show(value, spec.type)
