"""Every id a record points with, where it stands, and which kinds it may point to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from lianxin.core.declare.field import FieldSpec
from lianxin.core.declare.record import Record, fields_of
from lianxin.core.problem import Loc

Pointer = tuple[Loc, str, tuple[str, ...]]


@cache
def _pointing(model: type[Record]) -> tuple[FieldSpec, ...]:
    """Fields that are references, or groups that may hold some; the record's own id is none."""
    specs = fields_of(model)
    return tuple(
        spec
        for spec in specs
        if spec.name != "id" and (spec.refs or spec.name == "events" or (spec.group and _pointing(spec.group)))
    )


def pointers(record: Record, loc: Loc = ()) -> Iterator[Pointer]:
    """(where, id, kinds it may be of) of every reference, groups and events included."""
    values = record.__dict__
    for spec in _pointing(type(record)):
        value = values[spec.name]
        if not value:
            continue
        here = (*loc, spec.label)
        if spec.refs:
            if spec.many:
                for n, part in enumerate(value):
                    yield (*here, n), part, spec.refs
            else:
                yield here, value, spec.refs
        elif spec.many:
            for n, part in enumerate(value):
                yield from pointers(part, (*here, n))
        else:
            yield from pointers(value, here)
