"""The points of one item: how many, and the sum that explains them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct

from lianxin.policies.score import Item, Sign
from lianxin.reports.duty.pace import amount_text
from lianxin.reports.score.hand import Given

_CENT = Decimal("0.01")
_HUNDRED = Decimal(100)


class Point(Struct, frozen=True):
    """One item of one subject.

    Attributes:
        amount, total: What was counted, and what it is divided by.
        points: None where there is nothing to divide by, or nobody has given any.
        why: How the points come about.
        hand: What appraisals gave.
    """

    item: Item
    points: Decimal | None
    why: str
    amount: Decimal | None = None
    total: Decimal | None = None
    hand: tuple[Given, ...] = ()

    @property
    def valued(self) -> bool:
        """There is something behind it."""
        return self.points is not None and bool(self.total or self.amount or self.hand)

    @property
    def struck(self) -> bool:
        """As a veto: it was counted, or given, at least once."""
        return bool(self.amount) or any(one.points for one in self.hand)


def rounded(points: Decimal) -> Decimal:
    """Points to the cent, half up."""
    return points.quantize(_CENT, ROUND_HALF_UP)


def by_hand(item: Item, own: Sequence[Given]) -> Point:
    """Points that only people give; an item nobody scored has none, which is not the same as nought."""
    if not own:
        return Point(item, None, "还没有评分：请在考核记录里写这一项")
    points, capped = _signed(item, _all(own))
    return Point(item, points, _told(f"手工 {_sum(own)}", points, capped=capped), hand=tuple(own))


def counted_point(item: Item, amount: Decimal, total: Decimal | None, own: Sequence[Given]) -> Point:
    """Points from the records, and what was added by hand."""
    if item.out_of is not None and not total:
        return Point(item, None, "没有可除的，不计", amount, total, tuple(own))
    raw, why = _raw(item, amount, total)
    if own:
        raw, why = raw + abs(_all(own)) if item.sign is Sign.MALUS else raw + _all(own), f"{why}，另手工 {_sum(own)}"
    points, capped = _signed(item, raw)
    return Point(item, points, _told(why, points, capped=capped), amount, total, tuple(own))


def _raw(item: Item, amount: Decimal, total: Decimal | None) -> tuple[Decimal, str]:
    """Points before the cap, and the sum they come from."""
    full = item.full or Decimal(0)
    if total:
        rate = amount / total
        least = f"，起计 {amount_text(item.least)} %" if item.least is not None else ""
        sum_ = f"{amount_text(amount)} ÷ {amount_text(total)} = {rate * _HUNDRED:.2f} %"
        if item.least is not None:
            reached = rate * _HUNDRED >= item.least
            return (full if reached else Decimal(0)), f"{sum_}{least}，{'够' if reached else '不够'}"
        return rate * full, f"{sum_}，× {amount_text(full)}"
    if item.least is not None:
        reached = amount >= item.least
        points = full if item.each is None else amount * item.each
        told = f"{amount_text(amount)}，{'够' if reached else '不够'}起计的 {amount_text(item.least)}"
        return (points if reached else Decimal(0)), told
    each = Decimal(1) if item.each is None else item.each
    return amount * abs(each), f"{amount_text(amount)} × {amount_text(abs(each))} = {amount_text(amount * abs(each))}"


def _signed(item: Item, raw: Decimal) -> tuple[Decimal, bool]:
    """Points with the item's cap and sign; whether the cap bit."""
    points = abs(raw) if item.sign is Sign.MALUS else raw
    capped = item.full is not None and points > item.full
    if capped and item.full is not None:
        points = item.full
    return rounded(-points if item.sign is Sign.MALUS else points), capped


def _told(why: str, points: Decimal, *, capped: bool) -> str:
    if not capped and why.endswith(f"= {amount_text(abs(points))}"):
        return why
    return f"{why}，{'最多' if capped else '得'} {amount_text(points)}"


def _all(own: Sequence[Given]) -> Decimal:
    return sum((one.points for one in own), Decimal(0))


def _sum(own: Sequence[Given]) -> str:
    return "、".join(
        f"{amount_text(one.points)}（{one.record}{f'，{told}' if (told := one.basis or one.evidence) else ''}）"
        for one in own
    )
