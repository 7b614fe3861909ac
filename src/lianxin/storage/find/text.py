"""What a record says in words, its steps among it, as the index holds it."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from msgspec import Struct

from lianxin.core.declare.field import FieldSpec
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.record import Record, fields_of
from lianxin.core.text.excerpt import reading
from lianxin.core.text.fold import APART
from lianxin.core.value import SEARCHED
from lianxin.kinds import KIND
from lianxin.storage.index.schema_sql import quoted

Rows = Callable[[str, Sequence[Any]], list[tuple[Any, ...]]]

#: Stands between texts that have nothing to do with each other; what is read has no such in it.
BETWEEN = "\n"

_TOGETHER = 1_000


class Held(Struct, frozen=True):
    """A record.

    Attributes:
        fields: What its fields hold, corrected as its events say, by label.
        events: Step, who took it, and what it says, by label.
    """

    id: str
    fields: Mapping[str, Any]
    events: Sequence[tuple[str, str, Mapping[str, Any]]] = ()


def searched(spec: FieldSpec) -> bool:
    """Whether what a field says is searched by its words; a reference is by what it points to."""
    return spec.type in SEARCHED


def of_kind(rows: Rows, kind: Kind) -> Iterator[Held]:
    """Every record of a kind, with what is searched of it."""
    specs = [spec for spec in kind.fields if searched(spec) or spec.group]
    last = ""
    while batch := [*_read(rows, kind, specs, "id > ? ORDER BY id LIMIT ?", (last, _TOGETHER))]:
        yield from batch
        last = batch[-1].id


def of_ids(rows: Rows, kind: Kind, ids: Collection[str]) -> Iterator[Held]:
    """Records of a kind whole; one that is voided and keeps no events is not among them."""
    yield from _read(
        rows, kind, kind.fields, "id IN (SELECT value FROM json_each(?)) ORDER BY id", (json.dumps([*ids]),)
    )


def _read(rows: Rows, kind: Kind, specs: Sequence[FieldSpec], where: str, parameters: Sequence[Any]) -> Iterator[Held]:
    columns = ", ".join(quoted(name) for name in ("id", *(spec.name for spec in specs)))
    found = rows(f"SELECT {columns} FROM {quoted(kind.name)} WHERE {where}", parameters)  # noqa: S608 - declared names
    events = _events(rows, [row[0] for row in found]) if kind.lifecycle else {}
    for id_, *values in found:
        told = zip(specs, values, strict=True)
        fields = {spec.label: _value(spec, value) for spec, value in told if value is not None}
        yield Held(id_, fields, events.get(id_, ()))


def _value(spec: FieldSpec, value: Any) -> Any:
    return json.loads(value) if spec.many or spec.group else value


def _events(rows: Rows, ids: Sequence[str]) -> dict[str, list[tuple[str, str, Mapping[str, Any]]]]:
    """The events of records that follow each other, or of a few."""
    if not ids:
        return {}
    near = "record BETWEEN ? AND ?" if len(ids) == _TOGETHER else "record IN (SELECT value FROM json_each(?))"
    parameters = (ids[0], ids[-1]) if len(ids) == _TOGETHER else (json.dumps(ids),)
    found = rows(f"SELECT record, step, actor, data FROM event WHERE {near} ORDER BY record, n", parameters)  # noqa: S608
    return {
        record: [(step, actor, json.loads(data)) for _, step, actor, data in own]
        for record, own in groupby(found, itemgetter(0))
    }


def text_of(kind: Kind, held: Held) -> str:
    """All its words, as they are searched."""
    said, steps = [*_words(kind.model, held.fields)], _steps(kind.name)
    for step, _, data in held.events:
        said += _words(steps[step], data)
    return reading(APART.join(said)).replace(APART, BETWEEN)


def _words(model: type[Record], values: Mapping[str, Any]) -> Iterator[str]:
    known = _searched(model)
    for label, value in values.items():
        spec = known.get(label)
        if spec is None:
            continue
        for part in value if isinstance(value, list) else (value,):
            if spec.group:
                yield from _words(spec.group, part)
            else:
                yield str(part)


@cache
def _steps(kind: str) -> Mapping[str, type[Record]]:
    lifecycle = KIND[kind].lifecycle
    return {step.label: step.model for step in lifecycle.steps} if lifecycle else {}


@cache
def _searched(model: type[Record]) -> Mapping[str, FieldSpec]:
    return {spec.label: spec for spec in fields_of(model) if searched(spec) or spec.group}
