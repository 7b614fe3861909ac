"""Numbers as they are written: widths, dashes, blanks, dots and brackets of every sort read as the plain ones.

Unlike ``core.text.fold`` this keeps what groups digits, so that one number is told from its neighbour.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from lianxin.core.text.fold import DOTS, Folded, rewritten
from lianxin.core.text.pattern import late

_ODD = late("[^\n!-^`-} \u3001\u3002\u3400-\u9fff]+")
_BRACKETS = str.maketrans("【［｛[{】］｝]}", "(((((" + ")))))")
_DASHES = "~\u30fc\uff5e\u301c\u2212\u2043_\uff3f"

#: Chinese numerals by which people spell digits out, those of the telephone and of cheques among them.
_NUMERALS = str.maketrans("〇零○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "000" + "123456789" + "1" + "123456789")
_ONE = "[〇零○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]"
#: By which houses are counted, those of cheques among them; for a pattern's class.
COUNTING = "一二三四五六七八九十百零〇两壹贰叁肆伍陆柒捌玖拾佰"
#: Digits in rings, in brackets, with a stop, one after another; a single one counts what follows it.
_RINGED = str.maketrans("⓪①②③④⑤⑥⑦⑧⑨⓿❶❷❸❹❺❻❼❽❾⑴⑵⑶⑷⑸⑹⑺⑻⑼⒈⒉⒊⒋⒌⒍⒎⒏⒐", "01234567890" + "123456789" * 3)
_RING = f"[{''.join(map(chr, _RINGED))}]"
_RINGS = late(rf"{_RING}(?:[ \-.]?(?:{_RING}|0)){{6,}}")
#: A mobile or an identity number in digits and numerals by turns.
_MIXED = late(
    rf"(?<!\d)(?:[1一幺壹][ \-.]?[3-9三四五六七八九叁肆伍陆柒捌玖](?:[ \-.]?(?:\d|{_ONE})){{9}}(?!\d)"
    rf"|[1-8一二三四五六七八](?:[ \-]?(?:\d|{_ONE})){{16}}[ \-]?(?:[\dXx]|{_ONE})(?!\d|{_ONE}|[组队村社户]))"
)
#: A mobile whose groups numerals part: 139零8765零4321.
_NUMERAL_APART = late(rf"(?<!\d)1[3-9]\d(?:{_ONE}?\d){{8}}(?!\d)")
#: Letters that stand for digits in a mobile or an identity number; no ``\b``, ideographs are letters to it.
_LIKE_DIGITS = str.maketrans("OoＯｏlI×", "0000" + "11" + "X")
_LIKELY = "\\dOoＯｏlI"
_LETTERED = late(
    rf"(?<![0-9A-Za-z])(?:[1１lI][3-9３-９](?:[ \-]?[{_LIKELY}]){{9}}"
    rf"|[1-8１-８](?:[ \-]?[{_LIKELY}]){{16}}[ \-]?[{_LIKELY}Xx×])(?![0-9A-Za-z])"
)
SPELLED = late(rf"{_ONE}(?:[ \-.、,\uff0c]?{_ONE}){{6,}}")


def evened(text: str) -> str:
    """The text, as long as before, with digits in rings and numbers in two scripts in plain digits."""
    text = _RINGS.sub(lambda found: found[0].translate(_RINGED), text)
    return _MIXED.sub(lambda found: found[0].translate(_NUMERALS) if re.search(r"\d", found[0]) else found[0], text)


def heard(text: str) -> str:
    """As ``evened``, with what no field takes and everybody reads as a number: 139零8765零4321, an O for nought."""
    text = _LETTERED.sub(_plain_digits, text)
    return evened(_NUMERAL_APART.sub(lambda found: re.sub(_ONE, "-", found[0]), text))


def _plain_digits(found: re.Match[str]) -> str:
    mostly = 2 * sum(map(str.isdecimal, found[0])) >= len(found[0])
    return found[0].translate(_LIKE_DIGITS) if mostly else found[0]


def reading(text: str) -> Folded:
    """The text with every digit, dash, blank, dot and bracket in its plain form, and what cannot be seen left out."""
    return rewritten(evened(text), _ODD, _read)


def spelled(read: str) -> list[tuple[str, list[int]]]:
    """Digits spelled out in Chinese numerals, seven or more in a row, and where each of them stands."""
    if SPELLED.search(read) is None:
        return []
    runs = []
    for found in SPELLED.finditer(read):
        digits = found[0].translate(_NUMERALS)
        places = [place for place, one in enumerate(digits, found.start()) if one.isdecimal()]
        runs.append((re.sub(r"\D", "", digits), places))
    return runs


@lru_cache(8_192)
def _read(character: str) -> str:
    if character == "\n":
        return character
    if character in DOTS:
        return "."
    if character in _DASHES or unicodedata.category(character) == "Pd":
        return "-"
    if character.isspace():
        return " "
    if unicodedata.category(character) in ("Cf", "Mn", "Me"):
        return ""
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return unicodedata.normalize("NFKC", character).translate(_BRACKETS)
