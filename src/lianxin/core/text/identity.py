"""Identity-card and bank-card numbers, judged by length, day of birth and check digit (GB 11643, ISO 7812)."""

from __future__ import annotations

import re
from datetime import date

from lianxin.core.text.digit import reading

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
#: First two digits: the provinces, and 91 of foreigners' cards.
_PROVINCES = frozenset(re.findall("..", "111213141521222331323334353637414243444546505152535461626364657181828391"))
_LONG, _SHORT = 18, 15
_OLDEST = 1900
_CARD = range(16, 20)


def read_identity(text: str) -> str:
    """The bare number as it is kept: digits and a capital X, however it was grouped."""
    return re.sub(r"[ .\-]", "", reading(text).text).upper()


def identity_fault(text: str) -> str:
    """What is wrong with an identity number, in a few words for the clerk; empty where nothing is."""
    number = read_identity(text)
    if len(number) not in (_LONG, _SHORT):
        return f"应为 18 位，这里是 {len(number)} 位"
    if re.fullmatch(r"\d{17}[\dX]|\d{15}", number) is None:
        return "只能有数字，18 位的末位可以是 X"
    if number[:2] not in _PROVINCES:
        return f"开头的「{number[:2]}」不是省份代码"
    if not born(number):
        return "出生年月日不对"
    if len(number) == _LONG and (due := check_digit(number)) != number[-1]:
        return f"校验不对：按前 17 位算，末位应为 {due}"
    return ""


def born(number: str) -> bool:
    """Whether the day of birth in an identity number is one."""
    day = number[6:14] if len(number) == _LONG else f"19{number[6:12]}"
    try:
        return date(int(day[:4]), int(day[4:6]), int(day[6:])).year >= _OLDEST
    except ValueError:
        return False


def check_digit(number: str) -> str:
    """What the last place of an 18-digit identity number must be."""
    return _CHECK[sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False)) % 11]


def is_card(number: str) -> bool:
    """Whether a bare run of digits can be a bank card's: 16 to 19 of them, and the last is as Luhn's sum asks."""
    if len(number) not in _CARD or not number.isdecimal():
        return False
    doubled = [int(digit) * (2 if n % 2 else 1) for n, digit in enumerate(reversed(number))]
    return sum(sum(divmod(digit, 10)) for digit in doubled) % 10 == 0
