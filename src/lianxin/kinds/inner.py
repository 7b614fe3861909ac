"""Single words of an open field that are internal: which they are, and whether a filter picks by one."""

from __future__ import annotations

from collections.abc import Iterable

from lianxin.core.declare.kind import Kind
from lianxin.core.declare.record import fields_of
from lianxin.core.filter import Filter, Op, parse_filters
from lianxin.core.text.choice import as_read, chosen
from lianxin.kinds.path import Spec, walk


def inner_of(spec: Spec) -> tuple[str, ...]:
    """The internal words that may stand in a field, or in a field of its group."""
    if spec.group is not None:
        return tuple(word for part in fields_of(spec.group) for word in inner_of(part))
    return tuple(map(str, getattr(spec, "inner", ())))


def picks(kind: Kind, filter_: Filter) -> bool:
    """Whether a filter tells who has an internal word and who has not."""
    specs = walk(kind, ".".join(filter_.path))
    words = inner_of(specs[-1]) if specs else ()
    if not words or filter_.values == ("",):
        return False
    if filter_.op in (Op.EQ, Op.NE):
        return any(chosen(value, words) for value in filter_.values)
    if filter_.op is Op.HAS:
        read = [(as_read(value), as_read(word)) for value in filter_.values for word in words]
        return any(value in word or word in value for value, word in read)
    return True  # what comes before or after a word is told from it


def pick_inside(kind: Kind, texts: Iterable[str]) -> bool:
    """Whether one of several filters does."""
    return any(picks(kind, one) for one in parse_filters(texts))
