"""A path of Chinese labels (``甲方.类别``, ``共建计划.项目.事项``): what it leads to; near names for a wrong one."""

from __future__ import annotations

from collections.abc import Iterable

from lianxin.core.declare.field import FieldSpec
from lianxin.core.declare.kind import Derived, Kind
from lianxin.core.declare.record import fields_of
from lianxin.kinds import KIND

Spec = FieldSpec | Derived

#: Steps of the longest path anybody means; a merged issue's leader's department's superior's superior is five.
MOST_STEPS = 12

#: Other tables that one table of answers may reach into: what SQLite joins, less a few.
MOST_JOINED = 60


def points(spec: Spec) -> bool:
    """It holds ids of other records."""
    return bool(spec.refs) and spec.name != "id"


def step(spec: Spec, label: str) -> Spec | None:
    """What a name means after ``spec``: a column of what it points to, or a field of its group."""
    if spec.group is not None:
        return next((one for one in fields_of(spec.group) if label in (one.label, one.name)), None)
    return next((found for ref in spec.refs if points(spec) and (found := KIND[ref].column(label))), None)


def walk(kind: Kind, path: str) -> tuple[Spec, ...]:
    """What every step of a path stands for; empty when one of them stands for nothing."""
    first, *rest = path.split(".")
    if len(rest) >= MOST_STEPS:
        return ()
    spec = kind.column(first)
    found: list[Spec] = []
    for label in rest:
        if spec is None:
            return ()
        found.append(spec)
        spec = step(spec, label)
    return (*found, spec) if spec else ()


def met(kind: Kind, path: str) -> tuple[tuple[tuple[str, Spec], ...], ...]:
    """Every column that each step of a path may mean, with the name of its kind: a reference may point into several."""
    first, *rest = path.split(".")
    spec = kind.column(first)
    if spec is None or len(rest) >= MOST_STEPS:
        return ()
    steps: list[tuple[tuple[str, Spec], ...]] = [((kind.name, spec),)]
    for label in rest:
        found: dict[tuple[str, str], Spec] = {}
        for owner, one in steps[-1]:
            inside = step(one, label) if one.group is not None else None
            columns = [(ref, KIND[ref].column(label)) for ref in one.refs] if points(one) else [(owner, inside)]
            found |= {(name, column.name): column for name, column in columns if column}
        steps.append(tuple((name, column) for (name, _), column in found.items()))
    return tuple(steps)


def joined(kind: Kind, paths: Iterable[str]) -> int:
    """How many other tables a set of paths reaches into."""
    reached: set[tuple[str, str]] = set()
    for path in paths:
        names = path.split(".")
        for n, spec in enumerate(walk(kind, path)[:-1]):
            if points(spec):
                wanted = [ref for ref in spec.refs if KIND[ref].column(names[n + 1])]
                reached |= {(".".join(names[: n + 1]), ref) for ref in wanted}
    return len(reached)


def labels(kind: Kind) -> list[str]:
    """Every column name of a kind, declared fields first."""
    return [*(spec.label for spec in kind.fields), *(column.label for column in kind.derived)]


def near(word: str, words: Iterable[str]) -> str:
    """What may have been meant, as the tail of a sentence; empty when nothing is near."""
    from difflib import get_close_matches

    close = get_close_matches(word, list(words), n=3, cutoff=0.4)
    return f"；是不是「{'」「'.join(close)}」？" if close else ""


def near_column(kind: Kind, path: str) -> str:
    """Near names for a wrong path, looked for where the path goes wrong."""
    head, _, rest = path.partition(".")
    if path.count(".") >= MOST_STEPS:
        return f"；至多写 {MOST_STEPS} 节，现在是 {path.count('.') + 1} 节"
    spec = kind.column(head)
    if spec is None or not rest:
        return near(head, labels(kind))
    if spec.group is not None:
        return near(rest, [one.label for one in fields_of(spec.group)])
    if not points(spec):
        return f"；「{head}」不指向别的记录，后面不能再写「.{rest}」"
    return near(rest, [label for ref in spec.refs for label in labels(KIND[ref])])
