"""A telephone in writing: one definition for what a field takes, what running text is searched for, and the mask.

A telephone is a mobile, a landline with or without its area, or a 400 or 800 number: its digits in any width, grouped
by blanks, dashes, dots and brackets or spelled out in numerals, with ``+86`` before it and ``转801`` after.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from lianxin.core.text.digit import reading, spelled
from lianxin.core.text.pattern import late

_GAP = r"[ .\-]{0,3}"
_COUNTRY = rf"(?:\(?(?:\+ ?|00)?86\)?{_GAP})?"


def _groups(digits: int) -> Iterator[tuple[int, ...]]:
    """How so many digits may be grouped, no group of a single one."""
    yield (digits,)
    for first in range(digits - 2, 1, -1):
        yield from ((first, *rest) for rest in _groups(digits - first))


def _grouped(digits: int) -> str:
    """A local number of so many digits, the first of them 2 to 8; digits one by one are all apart."""
    shapes = [r" ?[ .\-] ?".join(rf"\d{{{n}}}" for n in shape) for shape in sorted(_groups(digits), key=len)]
    return rf"(?=[2-8])(?:{'|'.join(shapes)}|(?<!\d )\d(?: \d){{{digits - 1}}})(?!\d)"


_LOCAL = f"(?:{_grouped(8)}|{_grouped(7)})"
_MOBILE = rf"{_COUNTRY}\(?0?1{_GAP}[3-9]{_GAP}\d\)?(?:{_GAP}\d){{8}}(?!\d)"
#: With signs that part sums and words elsewhere: only three, four and four.
_SIGN = r" ?(?:[/,|;:\"\u3001\u3002\u201c\u201d]|\*{1,2}) ?"
_SIGNED = rf"1[3-9]\d{_SIGN}\d{{4}}{_SIGN}\d{{4}}(?!\d)"
_SERVICE = rf"[48]00(?:{_GAP}\d){{7}}(?!\d)"
_AREA = r"\(?0?(?P<area>10|2\d|[3-9]\d\d|\d{2,3})\)?"
_LINE = rf"(?=\(|0|\+|86){_COUNTRY}{_AREA}{_GAP}/?{_GAP}{_LOCAL}"
_EXTENSION = r"(?:[ ,.]?(?:转|分机|\#|\*|[Ee]xt|-)[ :.]?(?P<extension>\d{1,6})(?!\d))?"

#: Any telephone in what ``core.digit.reading`` makes of a text; the groups say of which sort.
PHONE = (
    rf"(?:(?P<mobile>{_MOBILE}|{_SIGNED})|(?P<service>{_SERVICE})|(?P<line>{_LINE})|(?P<local>{_LOCAL}))"
    rf"{_EXTENSION}"
)

_MOBILE_DIGITS = 11
_PHONE = late(PHONE)
_MASKED = late(r"\d{3}\*{4}\d{4}|(?:0\d{2,3}-)?\*{5}\d{2}|\*{4}")
_SEVERAL = late(r"[、,;\uff0c\uff1b\n]+|(?<=\d)[/\uff0f](?=\s*1[3-9])")


@lru_cache(4_096)
def read_phone(text: str) -> str:
    """One telephone in the form that is kept; empty where the text is none.

    ``139-0000-1117`` → ``13900001117``, ``(0690)8650123转801`` → ``0690-8650123-801``.
    """
    if len(text) == _MOBILE_DIGITS and text.isascii() and text.isdecimal() and text[0] == "1" and text[1] > "2":
        return text  # nearly all
    read = reading(text).text.strip()
    for digits, places in reversed(spelled(read)):
        read = f"{read[: places[0]]}{digits}{read[places[-1] + 1 :]}"
    found = _PHONE.fullmatch(read)
    if found is None:
        return ""
    extension = f"-{found['extension']}" if found["extension"] else ""
    if found["mobile"]:
        return _digits(found["mobile"])[-11:] + extension
    if found["line"]:
        return f"0{found['area']}-{_digits(read[found.end('area') : found.end('line')])}{extension}"
    return _digits(found["service"] or found["local"]) + extension


def mask_phone(text: str) -> str:
    """``13900001234`` → ``139****1234``, ``0571-8650123`` → ``0571-*****23``; anything else in the cell goes."""
    if read_phone(text):
        return _masked(text)
    return "、".join(_masked(part) for part in _SEVERAL.split(text) if part.strip()) or "****"


def _masked(text: str) -> str:
    if _MASKED.fullmatch(text):
        return text
    area, dash, local = (number := read_phone(text)).partition("-")
    if not area.startswith("0"):
        area, dash, local = "", "", area
    local = local.partition("-")[0]
    if len(local) == _MOBILE_DIGITS:
        return f"{local[:3]}****{local[-4:]}"
    return f"{area}{dash}*****{local[-2:]}" if number else "****"


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
