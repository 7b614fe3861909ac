"""What a duty asks for, in words: how much, how often, of what."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.core.measure import Measure, Part
from lianxin.policies.duty import Duty, Every
from lianxin.policies.wording import conditions, phrase
from lianxin.reports.duty.cycle import EVER
from lianxin.reports.duty.pace import Status, amount_text
from lianxin.reports.duty.stand import Fulfilment, Stand

_OFTEN = {
    Every.WEEK: ("每周", "周"),
    Every.MONTH: ("每月", "个月"),
    Every.QUARTER: ("每季度", "个季度"),
    Every.HALF: ("每半年", "个半年"),
    Every.YEAR: ("每年", "年"),
    Every.CAMPAIGN: ("全程", ""),
    Every.WINDOW: ("每个时段", "个时段"),
}
#: So many missed cycles are named, the latest first.
_NAMED = 6


def often(duty: Duty) -> str:
    """How often it is due: 每月, 每季度, 全程."""
    return _OFTEN[duty.every][0]


def required(duty: Duty) -> str:
    """How much is asked for, without how often."""
    if duty.parts:
        return f"{len(duty.parts)} 项都完成" if duty.least is None else f"完成 {amount_text(duty.least)} 项"
    unit, of = ("%", "占") if duty.out_of else (duty.unit, "")
    if duty.least is not None and duty.least == duty.most:
        return f"{of}{amount_text(duty.least, unit)} {unit}"
    bounds = [f"至少{of} {amount_text(duty.least, unit)} {unit}"] if duty.least is not None else []
    if duty.most is not None:
        bounds.append(f"至多{of} {amount_text(duty.most, unit)} {unit}")
    leasts = [one.least for one in duty.grades]
    if leasts and duty.least is None:
        low, high = min(leasts), max(leasts)
        span = amount_text(low) if low == high else f"{amount_text(low)}–{amount_text(high)}"
        bounds.append(f"分级 {span} {unit}")
    return "，".join(bounds) or "—"


def brief(duty: Duty) -> str:
    """How much and how often, as short as it goes: 「每季度 2 户」「每年 ≥70 %」."""
    if duty.out_of is None and duty.most is None:
        return f"{often(duty)} {required(duty).removeprefix('至少 ')}"
    unit = "%" if duty.out_of else duty.unit
    bounds = [f"≥{amount_text(duty.least)}"] if duty.least is not None else []
    bounds += [f"≤{amount_text(duty.most)}"] if duty.most is not None else []
    return f"{often(duty)} {'、'.join(bounds)} {unit}"


def whom(measure: Measure) -> str:
    """Whom a 谁 or 对象 means, in words."""
    told = (f"{part.kind or ''}{_limits(part)}" for part in measure)
    return "；".join(told)


def _limits(part: Part) -> str:
    return f"（{'、'.join(conditions(part))}）" if part.filters else ""


def definition(found: Fulfilment) -> Iterator[str]:
    """The lines under a duty's table."""
    duty = found.duty
    basis = f"，依据：{duty.basis}" if duty.basis else ""
    whose = f"（{found.campaign.name}）" if found.campaign else ""
    asked = required(duty)
    asked = f" {asked}" if asked[0].isdigit() else asked
    yield f"要求：{often(duty)}{asked}{whose}{basis}。"
    for one in duty.grades:
        unit = "%" if duty.out_of else duty.unit
        told = dict.fromkeys(
            word for part in duty.who or () for word in conditions(part.model_copy(update={"filters": one.filters}))
        )
        yield f"其中 {'、'.join(told)} 的：{amount_text(one.least, unit)} {unit}。"
    if duty.parts:
        yield f"包括：{'、'.join(duty.parts)}；每一项（连同本期里已过的各次）都完成才算完成。"
    if duty.counted:
        yield f"怎么数：{phrase(duty.counted)}{f' ÷ {phrase(duty.out_of)}' if duty.out_of else ''}。"
    if duty.prorated:
        yield "中途开始或结束的，按在期天数折算。"
    for milestone in duty.milestones:
        yield f"到 {milestone.by}，至少 {amount_text(milestone.least, duty.unit)} {'%' if duty.out_of else duty.unit}。"
    if found.cycle and found.cycle.since != EVER.since and found.cycle.until != EVER.until:
        yield f"这一期：{found.cycle.since} 至 {found.cycle.last}，看到 {min(found.today, found.cycle.last)}。"


def looking_back(duty: Duty, stand: Stand) -> str:
    """「前 10 个月缺 2：3 月、7 月」."""
    unit = _OFTEN[duty.every][1]
    if stand.past <= 1:
        return f"{stand.missed[0]}没做到" if stand.missed else ""
    if len(stand.missed) in (0, stand.past):
        return f"前 {stand.past} {unit}{'都没做到' if stand.missed else '都做到了'}"
    latest = "、".join(stand.missed[-_NAMED:])
    told = f"最近的 {latest}" if len(stand.missed) > _NAMED else latest
    return f"前 {stand.past} {unit}缺 {len(stand.missed)}：{told}"


def remark(duty: Duty, stand: Stand) -> str:
    """What else is worth knowing of one subject: parts not done, milestones, a share's two numbers."""
    told: list[str] = []
    if stand.pieces:
        left = [f"{name}（{word}）" for name, word in stand.pieces if word is not Status.DONE]
        told.append(f"还缺{'、'.join(left)}" if left else "")
    for one in stand.milestones:
        if not one.met:
            caught = stand.done is not None and stand.done >= one.milestone.least
            told.append(f"{one.milestone.by} 的节点没赶上{'，已补上' if caught else ''}")
    told.append(looking_back(duty, stand))
    return "；".join(text for text in told if text)
