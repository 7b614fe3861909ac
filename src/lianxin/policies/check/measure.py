"""Whether a measure can be counted: its kind, columns, filters, indicators, and what each tally needs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from lianxin.core.declare.kind import Kind
from lianxin.core.measure import ALWAYS, Aggregate, Measure, Part
from lianxin.core.problem import Fault, Loc
from lianxin.core.value import FieldType
from lianxin.kinds import BRIEFS, kind_named
from lianxin.kinds.path import Spec, near, walk
from lianxin.policies.check.filter import check_filters, unknown
from lianxin.policies.indicator import holding, spelt

Faults = Iterator[Fault]

_DATED = (FieldType.DAY, FieldType.MOMENT, FieldType.DEADLINE)
_NUMBERS = (FieldType.INTEGER, FieldType.AMOUNT)
#: Whom something can count for: what has an id, a word, or is chosen from a list.
_SUBJECTS = (FieldType.REF, FieldType.TEXT, FieldType.CHOICE)


def check_measure(measure: Measure | None, loc: Loc, indicators: Collection[str]) -> Faults:
    """Every fault of a measure.

    Args:
        measure: None where none is asked for.
        loc: Where in its file it stands.
        indicators: The names that are listed; where none is, every name will do.
    """
    for n, part in enumerate(measure or ()):
        yield from _part(part, (*loc, n), indicators)


def unknown_kind(word: str, loc: Loc) -> Fault:
    """A word that is no kind of record."""
    known = [brief.label for brief in BRIEFS]
    told = near(word, known) or f"，可写 {'、'.join(known)}"
    return Fault("P031", loc, f"没有「{word}」这种记录{told}")


def _part(part: Part, loc: Loc, indicators: Collection[str]) -> Faults:
    if part.indicator is not None:
        if indicators and part.indicator not in indicators:
            told = near(part.indicator, indicators) or "，请先在 policy/indicators.yaml 里加上"
            yield Fault("P035", (*loc, "指标"), f"没有「{part.indicator}」这个指标{told}")
        if part.kind is None:
            yield from _everywhere(part, loc)
            return
    elif part.kind is None:
        yield Fault("P031", loc, "没有写「种类」：数的是哪一种记录，如 问题、走访；或者写「指标」")
        return
    kind = kind_named(part.kind)
    if kind is None:
        yield unknown_kind(part.kind, (*loc, "种类"))
        return
    if part.indicator is not None and not any(True for _ in spelt(part)):
        yield Fault("P034", (*loc, "指标"), f"{kind.label}里没有记指标和数量的清单，不能按指标合计")
    yield from check_filters(kind, part.filters, (*loc, "筛选"))
    yield from _columns(part, kind, loc)


def _everywhere(part: Part, loc: Loc) -> Faults:
    """An indicator that is counted wherever it stands: what the part names must be known somewhere."""
    kinds = holding()
    for label, path in (("归属", part.subject), ("期间字段", part.period_field)):
        if path and path != ALWAYS and not any(walk(kind, path) for kind in kinds):
            names = "、".join(kind.label for kind in kinds)
            yield Fault("P032", (*loc, label), f"{names}里都没有「{path}」这一栏")
    for n, text in enumerate(part.filters):
        faults = [list(check_filters(kind, (text,), (*loc, "筛选"))) for kind in kinds]
        if all(faults):
            yield Fault(faults[0][0].code, (*loc, "筛选", n), faults[0][0].message)


def _columns(part: Part, kind: Kind, loc: Loc) -> Faults:
    asked: tuple[tuple[str, str | None, Callable[[Part, str, tuple[Spec, ...]], str]], ...] = (
        ("展开", part.unroll, _unrolled),
        ("字段", None if part.indicator else part.value, _tallied),
        ("归属", part.subject, _owned),
        ("期间字段", None if part.period_field == ALWAYS else part.period_field, _since),
        ("止于字段", part.until_field, _until),
    )
    for label, path, judge in asked:
        if path is None:
            continue
        specs = walk(kind, path)
        wrong = judge(part, path, specs) if specs else ""
        if not specs:
            yield unknown(kind, path, (*loc, label))
        elif wrong:
            yield Fault("P034", (*loc, label), wrong)
    if part.value is None and part.tally is not Aggregate.RECORDS and part.indicator is None:
        yield Fault("P034", (*loc, "计"), f"计「{part.tally}」要写明「字段」：数的是哪一栏")


def _lists(part: Part, path: str, specs: tuple[Spec, ...]) -> bool:
    """Whether a path still steps through a list, once what is unrolled has been."""
    done = len(part.unroll.split(".")) if part.unroll and f"{path}.".startswith(f"{part.unroll}.") else 0
    return any(spec.many for spec in specs[done:])


def _unrolled(_part: Part, path: str, specs: tuple[Spec, ...]) -> str:
    return "" if any(spec.many for spec in specs) else f"「{path}」不是清单，不能展开"


def _tallied(part: Part, path: str, specs: tuple[Spec, ...]) -> str:
    spec = specs[-1]
    if part.tally is Aggregate.SUM and spec.type not in _NUMBERS:
        return f"「{path}」不是数目，不能合计"
    if part.tally is Aggregate.PARTS and path != part.unroll and not _lists(part, path, specs):
        return f"「{path}」不是清单，不能按「项」数"
    if part.tally is Aggregate.DISTINCT and spec.type is FieldType.GROUP:
        return f"「{path}」是一组明细，请写到「.」后面的一项"
    if part.tally is Aggregate.DAYS:
        return _since(part, path, specs)
    return ""


def _owned(_part: Part, path: str, specs: tuple[Spec, ...]) -> str:
    return (
        ""
        if specs[-1].type in _SUBJECTS
        else f"「{path}」不指向谁，不能作归属；可写「编号」，或指向单位、人、村、户的栏"
    )


def _since(part: Part, path: str, specs: tuple[Spec, ...]) -> str:
    yearly = specs[-1].type is FieldType.INTEGER and part.tally is not Aggregate.DAYS  # 年份
    if not yearly and specs[-1].type not in _DATED:
        return f"「{path}」不是日期"
    return f"「{path}」在清单里，请先用「展开」把清单展开" if _lists(part, path, specs) else ""


def _until(part: Part, path: str, specs: tuple[Spec, ...]) -> str:
    if specs[-1].type not in _DATED:
        return f"「{path}」不是日期"
    return f"「{path}」在清单里，请先用「展开」把清单展开" if _lists(part, path, specs) else ""
