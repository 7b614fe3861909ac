"""Whether a duty can be evaluated: what it asks for, when, and of what other duties it is made."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from lianxin.core.problem import Fault, Loc
from lianxin.kinds import kind_named
from lianxin.kinds.path import near
from lianxin.policies.campaign import Campaign
from lianxin.policies.check.filter import check_filters
from lianxin.policies.check.measure import check_measure
from lianxin.policies.duty import Duty, Every


def check_duty(duty: Duty, loc: Loc, indicators: Collection[str], campaign: Campaign | None) -> Iterator[Fault]:
    """Every fault of a duty but those of what it is made of."""
    yield from check_measure(duty.who, (*loc, "谁"), indicators)
    yield from check_measure(duty.counted, (*loc, "计数"), indicators)
    yield from check_measure(duty.out_of, (*loc, "分母"), indicators)
    yield from _whole(duty, loc)
    yield from _grades(duty, loc)
    yield from _windows(duty, loc)
    yield from _milestones(duty, loc, campaign)


def _whole(duty: Duty, loc: Loc) -> Iterator[Fault]:
    name = f"职责「{duty.name}」"
    here: Loc = (*loc, "名称")
    if duty.counted is None and not duty.parts:
        yield Fault("P043", here, f"{name}没有写「计数」：数什么才算做了")
    if duty.counted is not None and duty.parts:
        yield Fault("P043", (*loc, "包括"), f"{name}写了「计数」，又写了「包括」，只能写一样")
    asked = (duty.least is not None, duty.most is not None, bool(duty.grades), bool(duty.milestones))
    if duty.counted is not None and not any(asked):
        yield Fault("P043", here, f"{name}没有写要求：「至少」「至多」「分级」「里程碑」总要写一样")
    if duty.out_of is not None and duty.counted is None:
        yield Fault("P043", (*loc, "分母"), f"{name}有分母，没有写「计数」")
    if duty.who is not None:
        for n, part in enumerate(duty.counted or ()):
            if part.subject is None:
                yield Fault("P043", (*loc, "计数", n), f"{name}写了「谁」，「计数」也要写「归属」：做的算在谁头上")


def _grades(duty: Duty, loc: Loc) -> Iterator[Fault]:
    if duty.grades and duty.who is None:
        yield Fault("P043", (*loc, "分级"), f"职责「{duty.name}」没有写「谁」，不能分级")
    first = duty.who[0] if duty.who else None
    kind = kind_named(first.kind) if first and first.kind else None
    for n, grade in enumerate(duty.grades):
        if kind is not None:
            yield from check_filters(kind, grade.filters, (*loc, "分级", n, "筛选"))


def _windows(duty: Duty, loc: Loc) -> Iterator[Fault]:
    if duty.every is Every.WINDOW and not duty.windows:
        yield Fault("P043", (*loc, "每"), f"职责「{duty.name}」按时段，没有写「时段」的起止")
    if duty.windows and duty.every is not Every.WINDOW:
        yield Fault(
            "P043", (*loc, "时段"), f"职责「{duty.name}」写了「时段」，「每」也要写「时段」，不是「{duty.every}」"
        )
    taken: list[tuple[date, date]] = []
    for n, window in enumerate(duty.windows):
        here: Loc = (*loc, "时段", n)
        if window.festival:
            continue
        if window.since is None or window.until is None:
            yield Fault("P043", here, f"职责「{duty.name}」的时段要写「自」和「至」，年年有的写「节日」")
            continue
        if window.until < window.since:
            yield Fault("P044", (*here, "至"), f"时段的末日 {window.until} 早于首日 {window.since}")
            continue
        for since, until in taken:
            if window.since <= until and since <= window.until:
                yield Fault("P044", here, f"{window.since} 至 {window.until} 与 {since} 至 {until} 重叠")
        taken.append((window.since, window.until))


def _milestones(duty: Duty, loc: Loc, campaign: Campaign | None) -> Iterator[Fault]:
    spans = [(one.since, one.until) for one in duty.windows if one.since and one.until]
    if not spans and campaign and campaign.since and campaign.until:
        spans = [(campaign.since, campaign.until)]
    for n, milestone in enumerate(duty.milestones):
        here: Loc = (*loc, "里程碑", n)
        if spans and not any(since <= milestone.by <= until for since, until in spans):
            told = "、".join(f"{since} 至 {until}" for since, until in spans)
            yield Fault("P041", (*here, "到"), f"{milestone.by} 不在期内，职责的期限是 {told}")
        earlier = [one for one in duty.milestones[:n] if one.by >= milestone.by]
        if earlier:
            yield Fault("P041", (*here, "到"), f"里程碑要从早到晚，{milestone.by} 排在 {earlier[0].by} 后面")


def check_pieces(duties: Mapping[str, tuple[Duty, Loc]]) -> Iterator[tuple[str, Fault]]:
    """Faults of what duties are made of, with the name of the duty: unknown names, circles."""
    for name, (duty, loc) in duties.items():
        for n, piece in enumerate(duty.parts):
            if piece not in duties:
                told = near(piece, [one for one in duties if one != name])
                yield name, Fault("P038", (*loc, "包括", n), f"没有「{piece}」这项职责{told}")
        circle = _circle(name, duties)
        if circle:
            yield name, Fault("P039", (*loc, "包括"), f"职责互相包括，绕成了圈：{' → '.join(circle)}")


def _circle(name: str, duties: Mapping[str, tuple[Duty, Loc]]) -> list[str]:
    """The way from a duty back to itself, if there is one."""
    ways = [[name]]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for piece in duties[way[-1]][0].parts if way[-1] in duties else ():
            if piece == name:
                return [*way, name]
            if piece not in seen:
                seen.add(piece)
                ways.append([*way, piece])
    return []
