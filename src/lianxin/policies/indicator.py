"""Indicators (指标): money, people, households, items, written on records of many kinds as indicator and quantity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache

from lianxin.core.declare.field import FieldSpec, field
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.record import Record, fields_of
from lianxin.core.error import UsageError
from lianxin.core.filter import parse_filter
from lianxin.core.measure import ALWAYS, Aggregate, Part
from lianxin.core.value import Text
from lianxin.kinds import BRIEFS, KIND, kind_named
from lianxin.kinds.inner import picked_by, reserved
from lianxin.kinds.path import walk


class Indicator(Record):
    """One indicator."""

    name: Text = field("指标")
    unit: Text = field("单位")


class Indicators(Record):
    """``indicators.yaml``."""

    indicators: tuple[Indicator, ...] = field("指标")


def lists_of(kind: Kind) -> Iterator[tuple[FieldSpec, FieldSpec, FieldSpec]]:
    """The lists of a kind that hold indicators: the list, its indicator and its quantity."""
    for spec in kind.fields:
        if spec.many and spec.group is not None:
            inside = {one.name: one for one in fields_of(spec.group)}
            if {"indicator", "quantity"} <= inside.keys():
                yield spec, inside["indicator"], inside["quantity"]


@cache
def holding() -> tuple[Kind, ...]:
    """Every kind whose records hold indicators."""
    return tuple(kind for kind in map(KIND.__getitem__, (one.name for one in BRIEFS)) if any(lists_of(kind)))


def spelt(part: Part) -> Iterator[Part]:
    """A part as the compiler takes it: an indicator becomes one part for every list that may hold it.

    A kind that lacks a column the part names (a 归属, a filter's) has nothing to add and is left out.
    """
    if part.indicator is None:
        yield part
        return
    kind = kind_named(part.kind) if part.kind else None
    for one in (kind,) if kind else () if part.kind else holding():
        for spec, indicator, quantity in lists_of(one):
            yield from _one(part, one, spec, indicator, quantity)


def picked_inside(*measures: Iterable[Part] | None) -> frozenset[str]:
    """The kinds of whose records something internal decides what measures count; empty for none."""
    parts = [one for measure in measures for part in measure or () for one in spelt(part)]
    return frozenset[str]().union(*map(_picked, parts))


def _picked(part: Part) -> frozenset[str]:
    kind = kind_named(part.kind) if part.kind else None
    if kind is None:
        return frozenset()
    # how many parts a list has may be told where a word in them may not
    summed = part.value if part.tally is not Aggregate.PARTS else None
    told = (path for path in (part.period_field, part.until_field, summed) if path)
    return picked_by(kind, part.filters).union(*(reserved(kind, path) for path in told))


def _one(part: Part, kind: Kind, spec: FieldSpec, indicator: FieldSpec, quantity: FieldSpec) -> Iterator[Part]:
    if part.unroll not in (None, spec.label):
        return
    if part.kind is None and not all(walk(kind, path) for path in _needed(part)):
        return
    dated = part.period_field
    if dated not in (None, ALWAYS) and part.kind is None and not walk(kind, str(dated)):
        dated = None
    changed = {
        "kind": kind.name,
        "indicator": None,
        "filters": (f"{spec.label}.{indicator.label}={part.indicator}", *part.filters),
        "unroll": spec.label,
        "tally": Aggregate.SUM,
        "value": f"{spec.label}.{quantity.label}",
        "period_field": dated,
    }
    yield part.model_copy(update=changed)


def _needed(part: Part) -> Iterator[str]:
    """The paths without which a kind cannot be asked."""
    if part.subject:
        yield part.subject
    for text in part.filters:
        with suppress(UsageError):  # the check says so
            yield ".".join(parse_filter(text).path)
