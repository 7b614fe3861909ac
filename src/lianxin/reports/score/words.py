"""A scoring scheme in words: what each item gives, where the grades begin, what was left out."""

from __future__ import annotations

from decimal import Decimal

from lianxin.policies.score import Item, Scheme, Sign
from lianxin.reports.duty.pace import amount_text
from lianxin.reports.origin import period_text
from lianxin.reports.score.scored import Scored

#: What the items of one sort add up to is called.
SUMS = {Sign.BASIC: "基本项", Sign.BONUS: "加分项", Sign.MALUS: "扣分项"}


def notes(scored: Scored) -> list[str]:
    """The rules of a scheme, line by line, as they stand under its table."""
    scheme = scored.scheme
    told = [f"办法：{scheme.name}，版本 {scheme.version}；{period_text(scored.period)}。"]
    told += [f"{SUMS[sign]}：{'；'.join(map(_item, of))}。" for sign in Sign if (of := _items(scheme, sign))]
    if scheme.grades:
        marks = "、".join(f"{mark.grade} {amount_text(mark.least)} 分起" for mark in scheme.grades)
        told.append(f"等次：{marks}；考核记录里评定了等次的，以评定的为准。")
    if scheme.vetoes:
        told.append(f"一票否决（有一件就不能评最高等次）：{'；'.join(item.name for item in scheme.vetoes)}。")
    if scheme.ranked and scheme.minimum:
        told.append(f"有数的项目不足 {scheme.minimum} 个的不排名，列在后面。")
    if any(line.scale != 1 for line in scored.lines):
        told.append("没有可除的率印「—」、不计分，其余各率按满分折算补足。")
    if any(point.points is None and point.item.counted is None for line in scored.lines for point in line.points):
        told.append("人工评分的项目还没有评的印「—」，不计入总分。")
    return told


def _items(scheme: Scheme, sign: Sign) -> list[Item]:
    return [item for item in scheme.items if item.sign is sign]


def _item(item: Item) -> str:
    """An item's rule in words."""
    full = f"，最多 {amount_text(item.full)} 分" if item.full is not None else ""
    if item.counted is None:
        return f"{item.name}：人工评分{full}"
    if item.least is not None and item.each is None:
        unit = " %" if item.out_of else ""
        return f"{item.name}：够 {amount_text(item.least)}{unit} 得 {amount_text(item.full or Decimal(0))} 分"
    if item.out_of is not None:
        return f"{item.name}：率 × {amount_text(item.full or Decimal(0))} 分"
    return f"{item.name}：每个 {amount_text(abs(item.each or Decimal(1)))} 分{full}"
