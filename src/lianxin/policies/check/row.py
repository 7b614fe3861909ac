"""Whether what a report names is defined, and whether figures can stand in rows by a path."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from lianxin.core.measure import Measure
from lianxin.core.problem import Fault, Loc
from lianxin.kinds import kind_named
from lianxin.kinds.path import near, walk
from lianxin.policies.check.filter import unknown
from lianxin.policies.figure import Figure
from lianxin.policies.indicator import spelt


def check_rows(figure: Figure, by: str, loc: Loc) -> Iterator[Fault]:
    """A figure can stand in a row only if its records say whose row it is."""
    measure: Measure = (*figure.numerator, *(figure.denominator or ()))
    for part in measure:
        for one in spelt(part.model_copy(update={"subject": by})):
            kind = kind_named(one.kind or "")
            if kind and not walk(kind, by):
                fault = unknown(kind, by, loc)
                yield Fault(fault.code, loc, f"「{figure.name}」不能按「{by}」分行：{fault.message}")
                return


def check_named(name: str, known: Collection[str], what: str, loc: Loc) -> Iterator[Fault]:
    """A name that nobody has defined, with near ones."""
    if name not in known:
        yield Fault("P038", loc, f"没有「{name}」这个{what}{near(name, known)}")
