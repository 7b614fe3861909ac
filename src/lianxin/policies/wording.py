"""A measure in words: what is counted, of which records, by which date."""

from __future__ import annotations

from lianxin.core.filter import one_in_words, parse_filters
from lianxin.core.measure import ALWAYS, Aggregate, Instant, Measure, Part
from lianxin.kinds import kind_named
from lianxin.kinds.inner import outward
from lianxin.policies.figure import Figure


def worded(figure: Figure) -> str:
    """How a figure is counted."""
    top = phrase(figure.numerator)
    return f"{top} ÷ {phrase(figure.denominator)}" if figure.denominator else top


def phrase(measure: Measure) -> str:
    """A measure as a phrase; its parts are added up."""
    return " ＋ ".join(_part(part) for part in measure)


def _part(part: Part) -> str:
    kind = kind_named(part.kind) if part.kind else None
    label = kind.label if kind else part.kind or "各种记录"
    if part.filters:
        label += f"（{'，'.join(conditions(part))}）"
    weight = f"{part.weight} × " if part.weight != 1 else ""
    return f"{weight}{label}{_tallied(part)}{_dated(part, kind.dated if kind else '')}"


def conditions(part: Part) -> list[str]:
    """The filters of a part as everybody may read them, whichever face they are printed on: in words."""
    kind = kind_named(part.kind) if part.kind else None
    return [one_in_words(outward(kind, one) if kind else str(one)) for one in parse_filters(part.filters)]


def _tallied(part: Part) -> str:
    if part.indicator:
        return f"的「{part.indicator}」合计"
    if part.tally is Aggregate.RECORDS:
        return "条数"
    told = {
        Aggregate.PARTS: f"的「{part.value}」项数",
        Aggregate.DISTINCT: f"的不同「{part.value}」",
        Aggregate.DAYS: f"的天数（{part.value}{f' 至 {part.until_field}' if part.until_field else ''}）",
        Aggregate.SUM: f"的「{part.value}」合计",
    }
    return told[part.tally]


def _dated(part: Part, dated: str) -> str:
    field = part.period_field or dated
    if not field or field == ALWAYS:
        return "，不论时间" if part.period_field == ALWAYS else ""
    if part.until_field and part.tally is not Aggregate.DAYS:
        return "，期末还在的" if part.instant is Instant.AT_END else "，期内在过的"
    return f"，按{field}"
