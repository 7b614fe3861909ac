"""One correction (更正) applied: which fields it may change, and what is worked out anew."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct

from lianxin.core.declare.field import FieldSpec, Privacy
from lianxin.core.declare.lifecycle import Event
from lianxin.core.declare.record import Record, fields_of
from lianxin.core.declare.walk import future_faults
from lianxin.core.error import UsageError
from lianxin.core.value import FieldType, show_moment
from lianxin.kinds.life.event import Amend

if TYPE_CHECKING:
    from pydantic_core import ValidationError

#: What identifies an event; it is the tool's, but not worked out from other fields.
_OWN = frozenset({"id", "step", "recorded"})

#: When an event happened, and when that was recorded: the clock's, which may have been wrong.
_TIMES = ("at", "recorded")
_RECORDED = next(spec.label for spec in fields_of(Event) if spec.name == "recorded")

M = TypeVar("M", bound=Record)

#: Worked out from the rule for signing.
_SIGNING = frozenset({"sign_due", "sign_provisional"})


def _worked_out(spec: FieldSpec) -> bool:
    """Whether the tool works a field of an event out itself: deadlines, and that one is provisional."""
    return spec.auto and spec.name not in _OWN


def _stale(specs: Sequence[FieldSpec], changed: str) -> list[str]:
    """Labels of what was worked out from a field that is amended: it is counted anew."""
    if changed == "sign_rule":  # has a deadline of its own, beside the one for handling
        return [spec.label for spec in specs if spec.name in _SIGNING]
    if changed == "at" or changed.endswith("rule"):
        return [spec.label for spec in specs if _worked_out(spec) and (changed == "at" or spec.name not in _SIGNING)]
    return []


class Correction(Struct, frozen=True):
    """One amend event and what it did.

    Attributes:
        before, after: The value as written in files, empty when there was or is none.
    """

    event: str
    target: str
    label: str
    before: str
    after: str


class WrongError(Exception):
    """An amendment that cannot be applied: its code, and the label of what is wrong with it."""

    def __init__(self, code: str, message: str, label: str, veiled: str = "") -> None:
        super().__init__(message)
        self.code, self.label, self.veiled = code, label, veiled


def _ahead(record: Record, event: Amend) -> bool:
    """Whether an event was recorded at a minute that had not come yet when it was corrected: by a clock gone wrong."""
    return isinstance(record, Event) and record.recorded > event.recorded


def may_change(model: type[Record], spec: FieldSpec) -> bool:
    """Whether a field of a record, or of an event, can be corrected."""
    own = spec.name in _OWN or spec.name == "events" or (issubclass(model, Event) and _worked_out(spec))
    return not own and spec.type is not FieldType.GROUP


def _spec(record: Record, event: Amend) -> FieldSpec:
    model = type(record)
    specs = {spec.label: spec for spec in fields_of(model)}
    spec = specs.get(event.field)
    if spec is None:
        known = "、".join(spec.label for spec in specs.values() if may_change(model, spec))
        raise WrongError("L011", f"没有「{event.field}」这个字段，可更正的有 {known}", "字段")
    if spec.name in _TIMES and _ahead(record, event):
        return spec
    if isinstance(record, Amend):
        raise WrongError("L012", "更正不能再更正，再做一次更正就是", "事件编号")
    if spec.type is not FieldType.GROUP and not may_change(model, spec):
        because = "，它由时限算出，要改请更正「办理时限」" if spec.type is FieldType.DEADLINE else ""
        raise WrongError("L012", f"「{event.field}」不能更正{because}", "字段")
    if spec.type is FieldType.GROUP:
        raise WrongError("L012", f"「{event.field}」是一组明细，不能更正；写错了的，作废后重新登记", "字段")
    return spec


def _typed(spec: FieldSpec, text: str) -> Any:
    return [part.strip() for part in re.split("[、，，]", text) if part.strip()] if spec.many else text


def _shown(value: Any) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _label(error: ValidationError, model: type[Record]) -> str:
    """Of the first value that is wrong."""
    at = error.errors(include_url=False)[0]["loc"]
    word = str(at[0]) if at else ""
    return next((spec.label for spec in fields_of(model) if word == spec.name), word)


def _sentence(error: ValidationError, model: type[Record]) -> str:
    """What is wrong with the first value that is."""
    first = error.errors(include_url=False)[0]
    label, value, sort = str(first["loc"][0]) if first["loc"] else "", first["input"], first["type"]
    spec = next((spec for spec in fields_of(model) if label in (spec.label, spec.name)), None)
    label = _label(error, model)
    if sort == "missing":
        return f"「{label}」必填"
    if sort == "extra_forbidden":
        return f"没有「{label}」这个字段"
    if spec and spec.choices:
        return f"「{value}」不是「{label}」可选的值，可选：{'、'.join(spec.choices)}"
    if sort == "string_pattern_mismatch":
        return f"「{label}」应写编号，「{value}」不像编号"
    return f"「{label}」{first['msg']}" if sort.startswith("F") else f"「{value}」不能作「{label}」的值"


def revised(model: type[Record], values: Mapping[str, Any]) -> Any:
    """A record made of values by label or name, as text or typed.

    Raises:
        UsageError: A value is missing or wrong; the sentence says which.
    """
    from pydantic_core import ValidationError

    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise UsageError(_sentence(error, model), [_label(error, model)]) from None


def blamed(event: Amend) -> str:
    """Label of what is wrong with an amendment: the new value, or that there is none."""
    return "新值" if event.value else "字段"


def changed(record: M, event: Amend) -> tuple[M, Correction]:
    """A record, or one of its events, as an amendment reads it.

    Raises:
        WrongError: It cannot be so.
    """
    spec = _spec(record, event)
    raw = record.model_dump(mode="json", by_alias=True, exclude_none=True, exclude={"events"})
    before = _shown(raw.get(spec.label))
    if event.value is None:
        raw.pop(spec.label, None)
    else:
        raw[spec.label] = _typed(spec, event.value)
    if isinstance(record, Event):
        for label in _stale(fields_of(type(record)), spec.name):
            raw.pop(label, None)
        if spec.name == "at" and _ahead(record, event):  # it was recorded when it happened, as far as anybody knows
            raw[_RECORDED] = event.value
    try:
        made: M = revised(type(record), raw)
    except UsageError as error:
        veiled = "" if spec.privacy is Privacy.OPEN else f"「{spec.label}」的新值不合规定"
        raise WrongError("L013", str(error), blamed(event), veiled) from None
    for fault in future_faults(made, event.recorded):  # no clock is needed: it had not happened when it was told
        if fault.loc[0] == spec.label:
            raise WrongError("L013", fault.message, blamed(event))
    if isinstance(made, Event) and _ahead(record, event) and made.recorded < made.at:
        raise WrongError("L013", f"记录时间早于时间 {show_moment(made.at)}", blamed(event))
    return made, Correction(event.id, event.event or "", spec.label, before, event.value or "")
