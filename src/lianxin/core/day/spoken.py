"""Days, hours, numbers and limits as people type them, in the one form that files hold.

What cannot be read comes back as it was typed: whoever takes it says what is wrong with that.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from lianxin.core.day.named import DAYS

#: How days, hours, and days to come may be typed: told beside a field, and where something else was typed.
WAYS_OF_DAY = "3月2日、20号、昨天、上周五、2026-03-02"
WAYS_OF_HOUR = "昨天下午3点、20号上午、3月2日 9:40、2026-03-02 09:40"
WAYS_TO_COME = "下周五、20号、12月31日、10个工作日"

_ALIKE = {"今日": "今天", "昨日": "昨天", "明日": "明天"}

_DIGITS = {word: n for n, word in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_NUMERAL = f"[{''.join(_DIGITS)}{''.join(_PLACES)}]"

_ISO = r"\d{4}-\d{2}-\d{2}\Z"
_WHOLE = r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?|(\d{2})(\d{2}))\Z"
_SHORT = r"(\d{1,2})(?:[-/.](\d{1,2})|月(\d{1,2})[日号]?)\Z"
_ALONE = r"(\d{1,2})[日号]\Z"
_AGO = r"(\d{1,3})天(前|后)\Z"
_WEEKDAY = r"(上上|上|本|这|下)?个?(?:周|星期|礼拜)([一二三四五六日天1-7])\Z"
_LAST = r"(?:(\d{1,2})月|(上|本|这|下)?个?月)(?:底|末)\Z"
_WEEKS = {"上上": -2, "上": -1, "本": 0, "这": 0, "下": 1}
_CLOCK = (
    r"(?P<half>上午|早上|早晨|凌晨|中午|下午|傍晚|晚上|晚|夜里)?(?P<hour>\d{1,2})"
    r"(?::(?P<minute>\d{1,2})|[点时](?:(?P<past>\d{1,2})分?|(?P<part>半|一刻|三刻)|整)?)(?:左右|前后)?\Z"
)
_HALF_DAY = r"(上午|早上|早晨|凌晨|中午|下午|傍晚|晚上|晚|夜里)\Z"
#: 昨晚 is 昨天晚上.
_EVE = r"\A([今昨前明])([早晚])上?"
_COUNTED = r"(\d{1,3})(个?工作日|个?小时|天|个?自然日)(内|以内|之内)?\Z"
_WITHIN = r"(\d{1,3})日(?:内|以内|之内)\Z"
_SPAN = r"(?:(半)个?|(\d{1,2})个?(半)?)(周|星期|礼拜|月)(?:内|以内|之内|时间)?\Z"
_NUMBER = r"(-?)(\d+(?:\.\d+)?)([百千万亿]?)(\d*)(?:元|块|户|人|个|件|次|份|名|人次|公里|米|亩)?(?:整)?\Z"
_PARTS = {"半": 30, "一刻": 15, "三刻": 45}
_NOW = ("刚才", "刚刚", "现在", "此刻", "今天", "今日")
_LATE = ("中午", "下午", "傍晚", "晚上", "晚", "夜里")
_NOON = 12
_MONTHS = 12
#: Of a day without its year, the years that may be meant, from this one.
_YEARS_ROUND = (-1, 0, 1, 2)


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).replace("–", "-").replace("—", "-")


def arabic(text: str) -> str:
    """A text with whole numbers in Chinese numerals (``十五``, ``一百二十``) in digits."""
    return re.sub(f"{_NUMERAL}+", lambda found: _count(found[0]), text)


def _count(numeral: str) -> str:
    if not any(place in numeral for place in _PLACES):
        return "".join(str(_DIGITS[one]) for one in numeral)
    total, digit, place = 0, 0, 0
    for one in numeral:
        if one in _PLACES:
            place = _PLACES[one]
            total += (digit or 1) * place
            digit = 0
        else:
            place = place if _DIGITS[one] else 0  # 一千零二
            digit = _DIGITS[one]
    if place > 10 and numeral[-1] in _DIGITS:  # 一千二 is 1200
        digit *= place // 10
    return str(total + digit)


def day(text: str, today: date, *, since: date | None = None) -> str:
    """A day as ISO text: ``11月16日``, ``11-16``, ``20261116``, ``上周五``, ``前天`` …

    Args:
        text: As typed.
        today: Where it is looked at from; a day without its year is the nearest one.
        since: It is planned, and cannot come before this day: a weekday is the coming one, and a day without its
            year the nearest that does not lie before ``since``.
    """
    plain = _plain(text)
    found = _worded(plain, today, ahead=since is not None) or _numbered(arabic(plain), today, since)
    return found.isoformat() if found else text.strip()


def _worded(plain: str, today: date, *, ahead: bool) -> date | None:
    word = _ALIKE.get(plain, plain)
    if word in DAYS:
        return today + timedelta(days=DAYS[word])
    if found := re.match(_AGO, arabic(plain)):
        return today + timedelta(days=int(found[1]) * (1 if found[2] == "后" else -1))
    found = re.match(_WEEKDAY, plain)
    if not found:
        return None
    weekday = int(found[2]) - 1 if found[2].isdecimal() else "一二三四五六日天".index(found[2])
    monday = today - timedelta(days=today.weekday())
    that = monday + timedelta(weeks=_WEEKS.get(found[1] or "", 0), days=min(weekday, 6))
    if found[1]:
        return that
    if ahead and that < today:
        return that + timedelta(weeks=1)
    return that - timedelta(weeks=1) if that > today and not ahead else that


def _numbered(plain: str, today: date, since: date | None) -> date | None:
    if whole := re.match(_WHOLE, plain):
        year, month, number = whole[1], whole[2] or whole[4], whole[3] or whole[5]
        return _date(int(year), int(month), int(number))
    if last := re.match(_LAST, plain):
        return _month_end(int(last[1] or 0), _WEEKS.get(last[2] or "", 0), today, since)
    if alone := re.match(_ALONE, plain):
        this = _date(today.year, today.month, int(alone[1]))
        if since is None or (this and this >= today):
            return this
        return _date(today.year + today.month // 12, today.month % 12 + 1, int(alone[1]))
    short = re.match(_SHORT, plain)
    if not short:
        return None
    month, number = int(short[1]), int(short[2] or short[3])
    return _nearest([_date(today.year + shift, month, number) for shift in _YEARS_ROUND], today, since)


def _nearest(found: Sequence[date | None], today: date, since: date | None) -> date | None:
    lawful = [one for one in found if one and (since is None or one >= since)]
    return min(lawful, key=lambda one: abs((one - today).days), default=None)


def _month_end(month: int, shift: int, today: date, since: date | None) -> date | None:
    """The last day of a month, or of one so many months from this."""
    if month > _MONTHS:
        return None
    if month:
        return _nearest([_last_of(today.year + years, month) for years in _YEARS_ROUND], today, since)
    return _last_of(today.year, today.month + shift)


def _last_of(year: int, month: int) -> date:
    """The last day of a month, counted on from the first of that year."""
    return date(year + month // _MONTHS, month % _MONTHS + 1, 1) - timedelta(days=1)


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def clock(text: str) -> str:
    """A time of day as ``HH:MM``: ``15：20``, ``下午3点``, ``9点半``; empty when it is none."""
    found = re.match(_CLOCK, arabic(_plain(text)).replace("点1刻", "点一刻").replace("点3刻", "点三刻"))
    if not found:
        return ""
    hour = int(found["hour"])
    minute = _PARTS[found["part"]] if found["part"] else int(found["minute"] or found["past"] or 0)
    if found["half"] in _LATE and hour < _NOON and not (found["half"] == "中午" and hour >= _NOON - 1):
        hour += _NOON
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else ""


def day_alone(text: str, today: date, *, since: date | None = None) -> tuple[str, bool]:
    """A day, and whether it was told with an hour or half a day that is left out: ``昨天下午3点``, ``周五上午``.

    Args:
        text: As typed.
        today: Where it is looked at from.
        since: As for ``day``.
    """
    whole = _whole(text)
    for bare in dict.fromkeys((whole, re.sub(_HALF_DAY, "", whole))):
        if re.match(_ISO, found := day(bare, today, since=since)):
            return found, bare != whole
    found, at = _parted(whole, today, since)
    return (found, True) if at and re.search("[点时:]", whole) else (text.strip(), False)


def moment(text: str, today: date, *, since: date | None = None, now: datetime | None = None) -> str:
    """A day with a time, or one of the two: ``11-16 15：20``, ``昨天下午3点``, ``9:40``; ``刚才`` and ``今天`` are now.

    Args:
        text: As typed.
        today: Where it is looked at from.
        since: As for ``day``.
        now: This minute, where it is the one that is meant by 现在.
    """
    if now is not None and _plain(text) in _NOW:
        return f"{now:%Y-%m-%d %H:%M}"
    if alone := clock(text):
        return f"{today} {alone}"
    found, at = _parted(_whole(text), today, since)
    return f"{found} {at}".strip() or text.strip()


def _whole(text: str) -> str:
    """A text in plain characters, 昨晚 as 昨天晚上."""
    return re.sub(_EVE, r"\1天\2上", unicodedata.normalize("NFKC", text).strip())


def _parted(whole: str, today: date, since: date | None) -> tuple[str, str]:
    """The day at the front and the time of day behind it, which may be empty; both are where there is no day."""
    for split in range(len(whole), 0, -1):
        if whole[split - 1].isdigit() and whole[split : split + 1].isdigit():
            continue  # within a number
        head, tail = whole[:split].rstrip(" T,，"), whole[split:]
        found, at = day(head, today, since=since), clock(tail)
        if (at or not tail.strip()) and re.match(_ISO, found):
            return found, at
    return "", ""


def number(text: str) -> str:
    """A number in digits: ``1.5万``, ``三千``, ``一千二``, ``３８``, ``1,200``, ``500元``, ``38户``."""
    plain = re.sub(r"[,\u3001'¥￥$]|人民币", "", _plain(text))
    found = re.match(_NUMBER, plain if re.search(r"\d", plain) else arabic(plain))
    if not found:
        return text.strip()
    sign, head, scale, rest = found.groups()
    if not scale:
        return f"{sign}{head}" if not rest else text.strip()
    try:
        value = Decimal(head) * _SCALES[scale]
        if rest:  # 1万5
            value += int(rest) * _SCALES[scale] // 10 if len(rest) == 1 else int(rest)
    except InvalidOperation:
        return text.strip()
    shown = format(value.normalize(), "f")
    return f"{sign}{shown}"


def limit(text: str, today: date, since: date | None = None) -> str:
    """A limit as it is kept: ``五个工作日``, ``半个月``, ``12月5日``, ``下周五 17点``; anything else as it was typed.

    Weeks and months are kept in days, seven and thirty of them.

    Args:
        text: As typed.
        today: Where it is looked at from.
        since: The day it runs from; today.
    """
    plain = arabic(_plain(text))
    if re.match(_COUNTED, plain):
        return plain
    if within := re.match(_WITHIN, plain):
        return f"{within[1]}天"
    if (span := re.match(_SPAN, plain)) and (span[4] != "月" or span[1] or "个" in plain):  # 1月 is January
        length = 30 if span[4] == "月" else 7
        halves = 2 * int(span[2] or 0) + bool(span[1] or span[3])
        return f"{halves * length // 2}天" if length % 2 == 0 or halves % 2 == 0 else text.strip()
    named = re.sub(r"(之?前|以前|截止|为止|内)\Z", "", text.strip())
    found = moment(named, today, since=since or today)
    return found if re.match(r"\d{4}-\d{2}-\d{2}", found) else text.strip()


_YEARS = {"今年": 0, "本年度": 0, "去年": -1, "上年度": -1, "前年": -2}
_BESIDE = r"(上|本|这|当)一?个?(周|星期|礼拜|月|季度|年)\Z"
_UNITS = {"星期": "周", "礼拜": "周"}
_MONTH = r"(?:(?P<year>\d{4})[-/.年])?(?P<month>\d{1,2})(?:月份?)?\Z"
_QUARTER = r"(?:(?P<year>\d{4})年?)?第?(?P<quarter>[1-4])季度?\Z"
_HALF = r"(?P<year>\d{4})年?(?P<half>[上下])半年\Z"
_RANGE = r"\s*(?:\.\.|至|到|~|\u301c)\s*"


def period(text: str, today: date) -> str:
    """A period in the words that ``core.day.period`` knows: ``今年``, ``11月``, ``上个月``, ``11月1日至11月15日``."""
    plain = _plain(text)
    if plain in _YEARS:
        return str(today.year + _YEARS[plain])
    if found := re.match(_BESIDE, plain):
        return ("上" if found[1] == "上" else "本") + _UNITS.get(found[2], found[2])
    ends = [day(part, today) for part in re.split(_RANGE, unicodedata.normalize("NFKC", text).strip())]
    if all(re.fullmatch(r"\d{4}-\d{2}-\d{2}", end) for end in ends) and len(ends) < 3:
        return "..".join(ends)
    return _named(arabic(plain), today) or text


def _named(plain: str, today: date) -> str:
    """A month, quarter or half; without its year the latest that has begun."""
    if (found := re.match(_MONTH, plain)) and (found["year"] or "月" in plain) and 1 <= int(found["month"]) <= 12:
        month = int(found["month"])
        return f"{found['year'] or today.year - (month > today.month)}-{month:02}"
    if found := re.match(_QUARTER, plain):
        quarter = int(found["quarter"])
        return f"{found['year'] or today.year - (quarter > (today.month + 2) // 3)}Q{quarter}"
    if found := re.match(_HALF, plain):
        return f"{found['year']}H{1 if found['half'] == '上' else 2}"
    return ""
