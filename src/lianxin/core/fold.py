"""Characters as people read them: what is written differently and reads the same is compared as the same.

Folded text has no blanks of any sort (Unicode's, zero widths, soft hyphens, variation selectors), no middle dots, no
widths and no compatibility forms: ``张　三`` is ``张三``, and ``⾧`` from a PDF is ``长``. Names, typed words,
filters and secrets are compared folded; what is stored and shown stays as it was written.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from lianxin.core.dataclass import dataclass

#: Middle dots of every sort, the full stop among them: names are written with any, or with none.
DOTS = ".\u00b7\u0387\u1427\u16eb\u2022\u2024\u2027\u2219\u22c5\u2e31\u2e33\u30fb\u318d\ua78f\ufe52\uff0e\uff65"
#: Blank to the eye though Unicode does not call it a blank, a control or a mark.
_BLANK_LETTERS = "\u115f\u1160\u2800\u3164\uffa0"
_DROPPED_CATEGORIES = frozenset({"Zs", "Zl", "Zp", "Cf", "Mn", "Me"})
_CONTROL_BLANKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85"

#: CJK radicals that PDFs give in place of whole characters, and that Unicode does not call the same.
_RADICALS = str.maketrans(
    "⺅⺎⺏⺐⺒⺓⺔⺕⺝⺟⺠⺤⺦⺧⺩⺫⺬⺭⺮⺶⺹⺺⺼⻁⻄⻅⻆⻉⻋⻑⻒⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻱⻲⻳",
    "亻兀尣尢巳幺彑彐月母民爫丬牛王目示礻竹羊老肀月虎西见角贝车长镸长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟龟龟",
)
#: Anything but what folds one to one by NFKC, or not at all: printable ASCII without the full stop, ideographs, their
#: punctuation and its full widths.
_ODD = re.compile(
    "[^!-\\-/-~\u2013-\u2016\u2018-\u201f\u3001-\u3029\u302e-\u303f\u3400-\u9fff\uff01-\uff0d\uff0f-\uff5e\U00020000-\U0002f7ff]"
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text that knows where each of its characters stood.

    Attributes:
        places: For each character the place of the one it came from; None where nothing moved.
    """

    text: str
    places: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the folded text stands in the text as it was written."""
        if self.places is None:
            return start, end
        return self.places[start], self.places[end - 1] + 1


def fold(text: str) -> str:
    """The text as names are compared."""
    return unicodedata.normalize("NFKC", text) if _ODD.search(text) is None else folded(text).text


def folded(text: str) -> Folded:
    """The text as names are compared, with the way back to the text as it was written."""
    if _ODD.search(text) is None:
        return Folded(unicodedata.normalize("NFKC", text))
    made: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        one = _folded(character)
        made.append(one)
        places += [place] * len(one)
    return Folded("".join(made), tuple(places))


@lru_cache(8_192)
def _folded(character: str) -> str:
    if _dropped(character):
        return ""
    whole = character.translate(_RADICALS)
    # below, accents fall; above, Hangul stays whole
    plain = unicodedata.normalize("NFKD", whole) if character < "\u2000" else unicodedata.normalize("NFKC", whole)
    return "".join(one for one in plain if not _dropped(one))


def _dropped(character: str) -> bool:
    return (
        unicodedata.category(character) in _DROPPED_CATEGORIES
        or character in DOTS
        or character in _BLANK_LETTERS
        or character in _CONTROL_BLANKS
    )
