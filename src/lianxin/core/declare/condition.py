"""Conditions between the fields of one record, declared with the field they are about.

Prompts ask by them, commands that write refuse by them, and checks find by them what was written by hand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from lianxin.core.declare.field import FieldSpec
from lianxin.core.declare.need import EMPTY, Need
from lianxin.core.declare.record import Record, fields_of
from lianxin.core.error import UsageError
from lianxin.core.problem import Fault, Loc
from lianxin.core.text.erased import erased
from lianxin.core.value import FieldType


def need_of(spec: FieldSpec, values: Mapping[str, Any]) -> Need | None:
    """The need that a field has while the others say what they say."""
    for need in spec.needed:  # of every record that is read: no generator is made for it
        if not need.may and need.holds(values):
            return need
    return None


def useless(spec: FieldSpec, values: Mapping[str, Any]) -> bool:
    """Whether there is nothing to write in a field while the others say what they say."""
    if spec.copy_unless and values.get(spec.copy_unless) is True:
        return True
    return any(need.only for need in spec.needed) and not any(need.holds(values) for need in spec.needed)


def likely_useless(spec: FieldSpec, values: Mapping[str, Any], specs: Sequence[FieldSpec]) -> bool:
    """Whether there is likely nothing to write in it: whatever most answers to what is still open would make of it.

    Args:
        spec: Of the field.
        values: What the fields say, by attribute.
        specs: Of all of them.
    """
    if not useless(spec, values):
        return False
    hung = {name for need in spec.needed for name in need.when}
    for other in specs:
        if other.name in hung and other.required and other.choices and values.get(other.name) is None:
            of_use = [one for one in other.choices if not useless(spec, {**values, other.name: one})]
            return 2 * len(of_use) <= len(other.choices)
    return True


def blank(record: Record, step: str) -> list[FieldSpec]:
    """The fields that are still needed before a step, those needed at once among them, in the order of declaration.

    What ``check`` finds by itself is left out.
    """
    values = vars(record)
    return [
        spec
        for spec in _conditional(type(record))[0]
        if values[spec.name] in EMPTY
        and (need := need_of(spec, values))
        and not need.code
        and need.before in ("", step)
    ]


def refuse_blank(record: Record, touched: Collection[str] | None = None) -> None:
    """What is needed at once is not made up for later.

    Args:
        record: To be written.
        touched: Only what hangs on these fields, by attribute; what was lacking before keeps no other from changing.

    Raises:
        UsageError: A field is left out that the others call for.
    """
    needs = [(spec, need) for spec in blank(record, "") if (need := need_of(spec, vars(record)))]
    lacking = [(spec, need) for spec, need in needs if touched is None or {spec.name, *need.when} & {*touched}]
    if lacking:
        told = "、".join(f"--{spec.flag} {spec.label}" for spec, _ in lacking)
        raise UsageError(f"没有写入：{lacking[0][1].message}；还缺 {told}", [spec.label for spec, _ in lacking])


def too_early(spec: FieldSpec, value: Any, values: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """What is said of a day before the one it may not precede; empty for any other."""
    for name in spec.not_before:
        other = values.get(name)
        if other is None or value is None:
            continue
        day, start = _day(value), _day(other)
        return f"{spec.label} {day} 早于{labels[name]} {start}" if day < start else ""
    return ""


def too_small(spec: FieldSpec, value: Any) -> str:
    """What is said of a number below nothing, where it may not be; empty for any other."""
    return f"{spec.label} {value} 是负的" if _counts(spec) and value < 0 else ""


def _counts(spec: FieldSpec) -> bool:
    return spec.type in (FieldType.INTEGER, FieldType.AMOUNT) and not spec.signed


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def unmet(record: Record, loc: Loc = ()) -> Iterator[Fault]:
    """What the conditions of a record's fields, and of the groups in it, find wrong."""
    specs, groups, labels = _conditional(type(record))
    values = vars(record)
    for spec in specs:
        if values[spec.name] in EMPTY:
            need = need_of(spec, values)
            if need and need.code:
                yield Fault(need.code, (*loc, labels[need.at]) if need.at else loc, need.message.format_map(values))
        elif said := too_early(spec, values[spec.name], values, labels):
            yield Fault("F020", (*loc, spec.label), said)
        elif said := too_small(spec, values[spec.name]):
            yield Fault("F027", (*loc, spec.label), said)
        elif spec.code:
            yield from _misjudged(spec, values[spec.name], (*loc, spec.label))
    for spec in groups:
        value = values[spec.name]
        for n, part in enumerate(value if spec.many else ()):
            yield from unmet(part, (*loc, spec.label, n))
        if value is not None and not spec.many:
            yield from unmet(value, (*loc, spec.label))


def _misjudged(spec: FieldSpec, value: Any, loc: Loc) -> Iterator[Fault]:
    for n, text in enumerate(value if spec.many else (value,)):
        if not erased(text) and (wrong := spec.judge(text)):
            yield Fault(spec.code, (*loc, n) if spec.many else loc, f"{spec.label}：{wrong}")


@cache
def _conditional(model: type[Record]) -> tuple[tuple[FieldSpec, ...], tuple[FieldSpec, ...], Mapping[str, str]]:
    """The fields of a model that have conditions, its groups whose fields have some, and all its labels."""
    specs = fields_of(model)
    groups = tuple(spec for spec in specs if spec.group and spec.name != "events" and any(_conditional(spec.group)[:2]))
    return (
        tuple(spec for spec in specs if spec.needed or spec.not_before or spec.code or _counts(spec)),
        groups,
        {spec.name: spec.label for spec in specs},
    )
