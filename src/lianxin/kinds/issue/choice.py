"""The closed sets of words that an issue and its steps choose from."""

from __future__ import annotations

from enum import StrEnum

from lianxin.core.tone import Tone, Toned


class Level(StrEnum):
    """The three levels an issue climbs (S1b 7)."""

    VILLAGE = "村"
    TOWN = "镇"
    ZONE = "示范区"


_LEVELS = tuple(Level)


def next_level(level: Level) -> Level | None:
    """The level above; none above the highest."""
    place = _LEVELS.index(level) + 1
    return _LEVELS[place] if place < len(_LEVELS) else None


def levels_below(level: Level) -> tuple[Level, ...]:
    """The levels under one, the nearest first."""
    return _LEVELS[: _LEVELS.index(level)][::-1]


class Scope(StrEnum):
    """One household's trouble, or one that many share (S1b 2)."""

    SINGLE = "个性"
    SHARED = "共性"


class Sphere(StrEnum):
    """Public matter or private one; counted apart (S1b 16)."""

    PUBLIC = "公共"
    PRIVATE = "个人"


class Merit(StrEnum):
    """Whether the claim holds (S1b 6)."""

    REASONABLE = "合理"
    UNREASONABLE = "不合理"
    RULED = "已有定论"


class Told(StrEnum):
    """How the person was told."""

    AT_HOME = "入户"
    PHONE = "电话"
    WECHAT = "微信"
    MEETING = "座谈"
    LETTER = "书面"
    PUBLISHED = "公示"


#: The ways in which he was told himself.
TO_HIM = tuple(way for way in Told if way is not Told.PUBLISHED)
#: Those that may not get through to him.
CALLS = (Told.PHONE, Told.WECHAT)


class Reached(StrEnum):
    """Whether the person was reached; one who declines to rate was reached."""

    REACHED = "已接通"
    UNREACHED = "未接通"
    DECLINED = "拒评"


class Solved(Toned):
    """What the person says of the result."""

    SOLVED = "解决", Tone.GOOD
    PARTLY = "部分解决", Tone.WARNING
    UNSOLVED = "未解决", Tone.ALARM


class Satisfied(Toned):
    """How satisfied the person is."""

    SATISFIED = "满意", Tone.GOOD
    MOSTLY = "基本满意"
    DISSATISFIED = "不满意", Tone.ALARM
