"""The new value of a correction, read like the field it corrects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lianxin.actions.entry.entry import values_of
from lianxin.core.book import Book
from lianxin.core.declare.lifecycle import Step
from lianxin.core.declare.record import Record, fields_of
from lianxin.core.error import UsageError
from lianxin.core.value import FieldType


def as_its_field(step: Step, record: Any, values: Mapping[str, Any], book: Book) -> dict[str, Any]:
    """The values of a step; the new value of a 更正 as ``add`` would have read it: names as ids, 昨天 as a day.

    What names no field or event is left as it is: the fold says so.

    Args:
        record: As it stands in its file.
        values: By Chinese label.

    Raises:
        UsageError: No such record, or no such choice; or the value is there and empty.
    """
    made = dict(values)
    if step.name == "amend" and made.get("新值") is not None and not str(made["新值"]).strip():
        raise UsageError("--value 后面是空的，没有更正；要删去原值，就不写 --value")
    if step.name != "amend" or not made.get("新值"):
        return made
    id_ = made.get("事件编号", record.id)
    model: type[Record] | None = next((type(one) for one in (record, *record.events) if one.id == id_), None)
    spec = next((spec for spec in fields_of(model) if spec.label == made.get("字段")), None) if model else None
    if spec is not None and spec.type is not FieldType.GROUP and spec.name not in ("id", "step"):
        made["新值"] = in_one_line(values_of((spec,), {spec.name: made["新值"]}, book)[spec.label])
    return made


def in_one_line(value: Any) -> str:
    """A value as a correction writes it: a list in one line."""
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)
