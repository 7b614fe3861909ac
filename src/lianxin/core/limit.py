"""Limits: how long each step may take, how it is written down, and when it runs out.

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
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

from lianxin.core.calendar import Calendar
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.value import END_OF_DAY, show_deadline, show_moment


class Unit(StrEnum):
    """What a rule counts in."""

    WORKDAYS = "个工作日"
    HOURS = "小时"
    DAYS = "天"
    UNTIL = "截止"  # a day or moment is named
    OPEN = "待定"  # owed by the department on signing


@dataclass(frozen=True, slots=True)
class Rule:
    """A limit as it is written.

    Attributes:
        count: How many of ``unit``; 0 for UNTIL and OPEN.
        until: The named end, for UNTIL.
    """

    unit: Unit
    count: int = 0
    until: datetime | None = None

    def __str__(self) -> str:
        if self.unit is Unit.UNTIL and self.until:
            return show_deadline(self.until)
        return self.unit.value if self.unit is Unit.OPEN else f"{self.count}{self.unit.value}"

    @property
    def open(self) -> bool:
        """The department is to name it."""
        return self.unit is Unit.OPEN


OPEN = Rule(Unit.OPEN)

_COUNTED = re.compile(r"(\d{1,3})(个?工作日|个?小时|天|个?自然日)(内|以内|之内)?\Z")
_UNITS = {"工作日": Unit.WORKDAYS, "小时": Unit.HOURS, "天": Unit.DAYS, "自然日": Unit.DAYS}
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T]+(\d{2}:\d{2}))?\Z")


@lru_cache(maxsize=1024)
def parse_rule(text: str) -> Rule:
    """``5个工作日`` ``2小时`` ``10天`` ``2026-03-10`` ``2026-03-10 17:00`` ``待定`` → Rule.

    Raises:
        UsageError: It is none of these.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain == Unit.OPEN:
        return OPEN
    counted = _COUNTED.match(re.sub(r"\s", "", plain))
    if counted:
        if int(counted[1]) == 0:
            raise UsageError(f"时限「{text}」是零，至少写 1")
        return Rule(_UNITS[counted[2].removeprefix("个")], int(counted[1]))
    dated = _DATED.match(plain)
    if dated:
        try:
            day = date.fromisoformat(dated[1])
            until = datetime.fromisoformat(f"{dated[1]} {dated[2]}") if dated[2] else datetime.combine(day, END_OF_DAY)
        except ValueError:
            raise UsageError(f"时限「{text}」里的日期或钟点不对，日历上没有") from None
        return Rule(Unit.UNTIL, until=until)
    raise UsageError(f"看不懂时限「{text}」，可写 5个工作日、2小时、10天、2026-03-10、2026-03-10 17:00 或 待定")


@dataclass(frozen=True, slots=True)
class Due:
    """When a limit runs out.

    Attributes:
        moment: 23:59 means the whole day.
        provisional: It touches a year whose holidays are not published (暂定).
        reason: How it was counted, for the screen.
    """

    moment: datetime
    provisional: bool
    reason: str


def _latest(start: datetime, days: int) -> date:
    return (start + timedelta(days=days)).date() if days < (datetime.max - start).days else date.max


def due(rule: Rule, start: datetime, calendar: Calendar) -> Due | None:
    """When a rule runs out that was set at ``start``; ``None`` for 待定.

    Working days are counted from the working day after ``start``; hours are office hours and run from ``start`` itself.
    """
    if rule.unit is Unit.OPEN:
        return None
    if rule.until is not None:
        return Due(rule.until, provisional=False, reason=f"限定 {show_deadline(rule.until)}")
    if rule.unit is Unit.DAYS:
        end = _latest(start, rule.count)
        return Due(datetime.combine(end, END_OF_DAY), provisional=False, reason=f"{rule.count} 天，节假日照算")
    if rule.unit is Unit.HOURS:
        moment = calendar.add_hours(start, rule.count)
        since = calendar.add_minutes(start, 0)
        reason = f"{rule.count} 个办公小时"
        reason += f"，{show_moment(since)} 上班起算" if since != start else ""
        return Due(moment, calendar.provisional(start.date(), moment.date()), reason)
    day = start.date()
    end = calendar.add_workdays(day, rule.count)
    provisional = calendar.provisional(min(day + timedelta(days=1), end), end) if day < date.max else True
    return Due(datetime.combine(end, END_OF_DAY), provisional, calendar.explain(day, rule.count))


@dataclass(frozen=True, slots=True)
class Handling:
    """One line of the table of limits: for which issues, and how long. Empty means any."""

    rule: Rule
    categories: frozenset[str] = frozenset()
    urgencies: frozenset[str] = frozenset()

    def fits(self, category: str | None, urgency: str | None) -> bool:
        """Whether the line is for such an issue."""
        return (not self.categories or category in self.categories) and (
            not self.urgencies or urgency in self.urgencies
        )


_HANDLING = (
    Handling(Rule(Unit.WORKDAYS, 2), categories=frozenset({"咨询", "政策咨询"})),
    Handling(Rule(Unit.WORKDAYS, 15), categories=frozenset({"投诉", "作风投诉"})),
    Handling(Rule(Unit.WORKDAYS, 5)),
)


@dataclass(frozen=True, slots=True)
class Limits:
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
    """

    sign: Rule = Rule(Unit.HOURS, 2)
    handling: tuple[Handling, ...] = _HANDLING
    warn: int = 2
    remind: int = 1
    circular: int = 5
    callback: int = 1
    tries: int = 2
    try_days: int = 2
    suspension: int = 365
    extensions: int = 2

    def rule(self, category: str | None, urgency: str | None) -> Rule:
        """The limit for handling an issue of this category and urgency; 待定 when no line fits."""
        for line in self.handling:
            if line.fits(category, urgency):
                return line.rule
        return OPEN

    @classmethod
    def of(cls, policy: Mapping[str, Any] | None) -> Limits:
        """``policy/limits.yaml`` as parsed, in the shape the module's docstring shows.

        Raises:
            LianxinError: It is not of that shape.
        """
        policy = policy or {}
        unknown = set(policy) - {*_KEYS, "签收", "办理", "联系不上", "暂缓最长", "延期最多"}
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


def _rule(text: Any) -> Rule:
    try:
        return parse_rule(str(text))
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
