"""The hour of the day at which a message says that something was: 昨晚八点, 3月4日15:30, 凌晨两点左右."""

from __future__ import annotations

import re
from datetime import date

from lianxin.core.day.spoken import day_alone, moment
from lianxin.core.text.pattern import late

_DAY = r"(?:大前天|前天|昨天|昨日|今天|今日|(?:\d{4}年)?\d{1,2}月\d{1,2}[日号]|\d{4}-\d{1,2}-\d{1,2})"
_PART = "(?:凌晨|清早|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|半夜)"
_EVE = "(?<![以之提目])[今昨前][早晚](?:上)?"
_HOUR = "(?:[01]?[0-9]|2[0-4]|二十[一二三四]?|十[一二]?|[一两二三四五六七八九])"
_MINUTE = "(?:[0-5]?[0-9]|[二三四五]?十[一二三四五六七八九]?|零[一二三四五六七八九])"
_STRUCK = f"{_HOUR}点(?:半|[一三]刻|{_MINUTE}分?)?"
_DIGITS = r"(?:[01]?\d|2[0-4])[:：][0-5]\d(?![\d:：])"
#: A bare 三点 may be the third of some points: it wants a day or a part of one before it, or 钟, 半 behind it.
_SAID = late(
    rf"(?<![\d:：.])(?P<told>(?:{_EVE}|{_DAY}[，, ]?{_PART}?|{_PART})[，, ]?(?:{_DIGITS}|{_STRUCK})|{_DIGITS}"
    rf"|{_HOUR}点半|{_HOUR}点(?=钟))钟?(?P<about>多|左右|前后)?|(?P<eve>{_EVE}|{_DAY}{_PART})"
)
_ISO = late(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}\Z")


def hour_in(text: str, day: date) -> tuple[str, str]:
    """The first hour that is told, with its day, and the words that tell it; both empty where none is.

    Args:
        text: What was said.
        day: On which.
    """
    found = _SAID.search(text)
    if found is None:
        return "", ""
    about = "左右" if found["about"] else ""
    if found["told"]:
        said = moment(re.sub("[，, ]", "", found["told"]), day)
        return (said if _ISO.match(said) else found["told"]) + about, found[0]
    that, whole = day_alone(found["eve"], day)
    part = re.search(_PART, found["eve"])
    late_or_early = "晚上" if "晚" in found["eve"] else "早上"
    return f"{that} {part[0] if part else late_or_early}" if whole else found[0], found[0]
