"""Whether a field takes what was typed, told as soon as it is typed and before the record it stands in is whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic_core import PydanticCustomError

from lianxin.actions.entry.entry import values_of
from lianxin.actions.entry.figure import Typed
from lianxin.core.day.time_limit import parse_limit, wrong_limit
from lianxin.core.declare.condition import too_early, unmet
from lianxin.core.declare.field import FieldSpec
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.record import Record, fields_of
from lianxin.core.declare.walk import future_faults, in_future
from lianxin.core.error import LianxinError
from lianxin.core.value import FieldType, read_text, show_deadline
from lianxin.kinds.life.correction import revised
from lianxin.rules.category import categories, unlisted
from lianxin.storage.book import LedgerBook


def file_values(
    specs: Sequence[FieldSpec], typed: Typed, book: LedgerBook, since: datetime | None = None
) -> dict[str, Any]:
    """What a file would hold of what was typed so far, by Chinese label.

    Args:
        specs: Of the fields.
        typed: By attribute.
        book: Says which record a word means.
        since: From when what is to come is counted, if the fields do not say.

    Raises:
        UsageError: A value is none that its field takes.
    """
    return values_of(specs, {name: text for name, text in typed.items() if text}, book, since)


def field_values(specs: Sequence[FieldSpec], made: Mapping[str, Any]) -> dict[str, Any]:
    """What fields would hold, by attribute, those left out with what they hold then."""
    return {spec.name: _held(spec, made[spec.label]) if spec.label in made else _left_out(spec) for spec in specs}


def _left_out(spec: FieldSpec) -> Any:
    return None if spec.required else spec.default


def _held(spec: FieldSpec, value: Any) -> Any:
    return tuple(value) if spec.many else read_text(spec.type, value) if isinstance(value, str) else value


def refusal(
    spec: FieldSpec,
    typed: str | Sequence[str],
    book: LedgerBook,
    others: Mapping[str, Any] | None = None,
    labels: Mapping[str, str] | None = None,
    since: datetime | None = None,
) -> str:
    """Why a field does not take what was typed, as far as can be told before all is there; empty when it does.

    Args:
        others: What the other fields hold, by attribute.
        labels: Their labels.
        since: From when what is to come is counted, if not from now.
    """
    try:
        made = values_of((spec,), {spec.name: typed}, book, since)[spec.label]
        said = (one for part in (made if spec.many else [made]) for one in _wrong(spec, part, book))
        return next(said, "") or too_early(spec, _held(spec, made), others or {}, labels or {})
    except LianxinError as error:
        return str(error)
    except PydanticCustomError as error:
        return f"{spec.label}：{error.message()}"


def over(spec: FieldSpec, held: Any, since: datetime) -> str:
    """What is said of a limit that names a day before the one it is set on; empty where it does not.

    Args:
        held: What the field holds.
        since: When it is set.
    """
    if spec.judge is not wrong_limit or not isinstance(held, str) or wrong_limit(held):
        return ""
    until = parse_limit(held).until
    return f"{show_deadline(until)} 已经过了，时限要写以后的" if until and until < since else ""


class _UntoldError(Exception):
    """It hangs on what nobody has answered yet."""


class _SoFar:
    """A record of which only some fields are known."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.__dict__.update(values)

    def __getattr__(self, name: str) -> Any:
        raise _UntoldError(name)


def at_odds(
    kind: Kind, spec: FieldSpec, typed: str, book: LedgerBook, told: Mapping[str, Any], since: datetime | None = None
) -> str:
    """What the kind's own check says against a single value, as far as it can be told from what is known besides.

    Args:
        told: What the fields hold that were answered, by attribute.
        since: From when what is to come is counted, if not from now.
    """
    if spec.many or spec.group:
        return ""
    made = _held(spec, values_of((spec,), {spec.name: typed}, book, since)[spec.label])
    auto = {one.name: one.default for one in fields_of(kind.model) if one.auto}
    try:
        for fault in kind.check(_SoFar({**auto, **told, spec.name: made})):
            if fault.loc and fault.loc[0] == spec.label:
                return fault.message
    except (_UntoldError, AttributeError, TypeError):  # groups and choices are only as they were typed
        pass
    return ""


def _wrong(spec: FieldSpec, value: Any, book: LedgerBook) -> Iterator[str]:
    if spec.group and isinstance(value, dict):
        part: Record = revised(spec.group, value)
        yield from (fault.message for fault in (*unmet(part), *future_faults(part, book.clock)))
        return
    held = read_text(spec.type, value)
    if spec.type in (FieldType.DAY, FieldType.MOMENT):
        yield in_future(spec, held, book.clock)
    elif spec.policy and (policy := book.policy(spec.policy)) is not None:
        yield unlisted(value, categories(policy)) or ""
    yield spec.judge(value)
