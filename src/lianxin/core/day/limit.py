"""Limits in force: how long each step may take unless something else is agreed.

``policy/limits.yaml`` (every key may be left out; the defaults stand for it):

    签收: 2小时              # 交办后多久要签收
    办理:                    # 自上而下，第一条对得上的算数
      - 紧急程度: 特急
        时限: 1个工作日
      - 类别: [政策咨询]
        时限: 2个工作日
      - 时限: 5个工作日      # 什么条件都不写，其余都按它
    预警: 2个工作日          # 到期前几个工作日亮黄灯
    催办: 1个工作日          # 逾期后几个工作日催办
    通报: 5个工作日          # 逾期后几个工作日通报
    回访: 1个工作日          # 办结后几个工作日回访
    联系不上：
      次数: 2
      天数: 2                # 要在几个不同的日子联系
    暂缓最长: 365            # 天，累计
    延期最多: 2              # 次
    吹哨:                    # 自上而下，第一条对得上的算数；从批准（加哨）起算
      - 紧急程度: 特急
        响应: 1小时
        报到: 2小时
        办结: 5个工作日
      - 响应: 4小时
        报到: 1个工作日
        办结: 15个工作日
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from lianxin.core.day.time_limit import OPEN, TimeLimit, Unit, parse_limit
from lianxin.core.error import LianxinError, UsageError


class Handling(Struct, frozen=True):
    """One line of the table of limits: for which issues, and how long. Empty means any."""

    rule: TimeLimit
    categories: frozenset[str] = frozenset()
    urgencies: frozenset[str] = frozenset()

    def fits(self, category: str | None, urgency: str | None) -> bool:
        """Whether the line is for such an issue."""
        return (not self.categories or category in self.categories) and (
            not self.urgencies or urgency in self.urgencies
        )

    def named(self, category: str | None, urgency: str | None) -> str:
        """By what it fits such an issue, in words: 紧急程度「特急」的规定; 一般规定 where it is for any."""
        parts = (
            f"紧急程度「{urgency}」" if self.urgencies else "",
            f"类别「{category}」" if self.categories else "",
        )
        told = "、".join(filter(None, parts))
        return f"{told}的规定" if told else "一般规定"


_HANDLING = (
    Handling(TimeLimit(Unit.WORKDAYS, 2), categories=frozenset({"咨询", "政策咨询"})),
    Handling(TimeLimit(Unit.WORKDAYS, 15), categories=frozenset({"投诉", "作风投诉"})),
    Handling(TimeLimit(Unit.WORKDAYS, 5)),
)


class Call(Struct, frozen=True):
    """One line of the table of limits for whistles: how soon a department responds, arrives and finishes."""

    respond: TimeLimit
    arrive: TimeLimit
    finish: TimeLimit
    urgencies: frozenset[str] = frozenset()


_CALLS = (
    Call(TimeLimit(Unit.HOURS, 1), TimeLimit(Unit.HOURS, 2), TimeLimit(Unit.WORKDAYS, 5), frozenset({"特急"})),
    Call(TimeLimit(Unit.HOURS, 2), TimeLimit(Unit.HOURS, 4), TimeLimit(Unit.WORKDAYS, 10), frozenset({"紧急"})),
    Call(TimeLimit(Unit.HOURS, 4), TimeLimit(Unit.WORKDAYS, 1), TimeLimit(Unit.WORKDAYS, 15)),
)


class Limits(Struct, frozen=True):
    """The limits in force.

    Attributes:
        sign: For signing, after an assignment.
        handling: First line that fits counts.
        warn: Working days before the deadline at which the light turns.
        remind, circular: Working days after expiry.
        callback: Working days after the result.
        tries, try_days: Failed tries, on so many different days, before an unreachable person may be struck off.
        suspension: Calendar days in all.
        extensions: At most so many to one assignment.
        calls: For departments that are whistled for; first line that fits counts.
    """

    sign: TimeLimit = TimeLimit(Unit.HOURS, 2)
    handling: tuple[Handling, ...] = _HANDLING
    warn: int = 2
    remind: int = 1
    circular: int = 5
    callback: int = 1
    tries: int = 2
    try_days: int = 2
    suspension: int = 365
    extensions: int = 2
    calls: tuple[Call, ...] = _CALLS

    def line(self, category: str | None, urgency: str | None) -> Handling:
        """The line of the table for an issue of this category and urgency; 待定 when none fits."""
        for line in self.handling:
            if line.fits(category, urgency):
                return line
        return Handling(OPEN)

    def rule(self, category: str | None, urgency: str | None) -> TimeLimit:
        """The limit for handling such an issue."""
        return self.line(category, urgency).rule

    def call(self, urgency: str | None) -> Call:
        """The limits for departments whistled for with this urgency; 待定 when no line fits."""
        for line in self.calls:
            if not line.urgencies or urgency in line.urgencies:
                return line
        return Call(OPEN, OPEN, OPEN)

    @classmethod
    def of(cls, policy: Mapping[str, Any] | None) -> Limits:
        """``policy/limits.yaml`` as parsed, in the shape the module's docstring shows.

        Raises:
            LianxinError: It is not of that shape.
        """
        policy = policy or {}
        unknown = set(policy) - {*_KEYS, "签收", "办理", "联系不上", "暂缓最长", "延期最多", "吹哨"}
        if unknown:
            raise _refuse(f"有不认识的键「{min(unknown)}」")
        made: dict[str, Any] = {}
        for key, name in _KEYS.items():
            if key in policy:
                made[name] = _workdays(policy[key], key)
        if "签收" in policy:
            made["sign"] = _rule(policy["签收"])
        if "办理" in policy:
            made["handling"] = _lines(policy["办理"])
        if "吹哨" in policy:
            made["calls"] = _calls(policy["吹哨"])
        unreached = policy.get("联系不上") or {}
        if not isinstance(unreached, Mapping):
            raise _refuse("「联系不上」下面要写次数和天数")
        for table, key, name in (
            (unreached, "次数", "tries"),
            (unreached, "天数", "try_days"),
            (policy, "暂缓最长", "suspension"),
            (policy, "延期最多", "extensions"),
        ):
            if key in table:
                made[name] = _count(table[key], key)
        return cls(**made)


_KEYS = {"预警": "warn", "催办": "remind", "通报": "circular", "回访": "callback"}


def _refuse(what: str) -> LianxinError:
    return LianxinError(f"policy/limits.yaml 里{what}，请改正后再用")


def _rule(text: Any) -> TimeLimit:
    try:
        return parse_limit(str(text))
    except UsageError as error:
        raise _refuse(str(error)) from None


def _workdays(text: Any, key: str) -> int:
    rule = _rule(text)
    if rule.unit is not Unit.WORKDAYS:
        raise _refuse(f"「{key}」应以工作日计，如 2个工作日")
    return rule.count


def _count(value: Any, key: str) -> int:
    if not str(value).isdigit():
        raise _refuse(f"「{key}」应是整数，不是「{value}」")
    return int(value)


def _names(value: Any) -> frozenset[str]:
    return frozenset(map(str, value)) if isinstance(value, (list, tuple)) else frozenset({str(value)})


def _lines(table: Any) -> tuple[Handling, ...]:
    if not isinstance(table, (list, tuple)):
        raise _refuse("「办理」应是一条一条的时限")
    lines = []
    for entry in table:
        if not isinstance(entry, Mapping) or "时限" not in entry or set(entry) - {"时限", "类别", "紧急程度"}:
            raise _refuse("「办理」的每一条要写时限，可写类别、紧急程度")
        lines.append(
            Handling(
                _rule(entry["时限"]),
                _names(entry["类别"]) if entry.get("类别") else frozenset(),
                _names(entry["紧急程度"]) if entry.get("紧急程度") else frozenset(),
            )
        )
    return tuple(lines)


def _calls(table: Any) -> tuple[Call, ...]:
    if not isinstance(table, (list, tuple)):
        raise _refuse("「吹哨」应是一条一条的时限")
    wanted = ("响应", "报到", "办结")
    lines = []
    for entry in table:
        if not isinstance(entry, Mapping) or set(entry) - {*wanted, "紧急程度"} or not set(entry).issuperset(wanted):
            raise _refuse("「吹哨」的每一条要写响应、报到、办结的时限，可写紧急程度")
        urgencies = _names(entry["紧急程度"]) if entry.get("紧急程度") else frozenset()
        lines.append(Call(_rule(entry["响应"]), _rule(entry["报到"]), _rule(entry["办结"]), urgencies))
    return tuple(lines)
