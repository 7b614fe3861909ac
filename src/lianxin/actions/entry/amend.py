"""The new value of a correction, read like the field it corrects."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lianxin.actions.entry.entry import values_of
from lianxin.actions.entry.figure import runs_from, told
from lianxin.core.book import Book
from lianxin.core.declare.lifecycle import Step
from lianxin.core.declare.record import Record, fields_of
from lianxin.core.error import UsageError
from lianxin.core.value import FieldType


def as_its_field(
    step: Step, record: Any, values: Mapping[str, Any], book: Book
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The values of a step; the new value of a 更正 as ``add`` would have read it, and what was made of its words.

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
    if step.name != "amend":
        return made, ()
    if "事件编号" in made:
        made["事件编号"] = event_of(record, made["事件编号"])
    id_ = made.get("事件编号", record.id)
    held = next((one for one in (record, *record.events) if one.id == id_), None)
    model: type[Record] | None = type(held) if held else None
    spec = next((spec for spec in fields_of(model) if spec.label == made.get("字段")), None) if model else None
    if spec is not None and made.get("新值") and spec.type is not FieldType.GROUP and spec.name not in ("id", "step"):
        typed = {spec.name: made["新值"]}
        since = runs_from(spec, vars(held), book.today)
        made["新值"] = in_one_line(values_of((spec,), typed, book, since)[spec.label])
        return made, told((spec,), typed, book, since)
    return made, ()


_PLACE = re.compile(r"(?:第 ?)?(\d{1,3})(?: ?步)?\Z")


def event_of(record: Any, word: str) -> str:
    """The id of the event that a word means: the third, or an id.

    Raises:
        UsageError: There are not so many.
    """
    place = _PLACE.match(word.strip())
    if place is None:
        return word
    if not 0 < int(place[1]) <= len(record.events):
        raise UsageError(f"{record.id} 没有第 {place[1]} 步，共 {len(record.events)} 步", ("事件编号",))
    return str(record.events[int(place[1]) - 1].id)


def in_one_line(value: Any) -> str:
    """A value as a correction writes it: a list in one line."""
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)
