"""Characters as people read them: what is written differently and reads the same is compared as the same.

Folded text has no blanks of any sort (Unicode's, zero widths, soft hyphens, variation selectors), no middle dots, no
widths and no compatibility forms: ``张　三`` is ``张三``, and ``⾧`` from a PDF is ``长``. Only the stops between words
(``，：；！？``) stay as they are. Names, typed words, filters and secrets are compared folded; what is stored and shown
stays as it was written.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache

from msgspec import Struct

from lianxin.core.text.pattern import late

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
#: Keeps texts apart that are searched as one; nothing folds over it.
APART = "\0"
#: Whatever folding changes: all but printable ASCII without the full stop, ideographs and their punctuation.
_ODD = late(
    f"[^{APART}!-\\-/-~\u2013-\u2016\u2018-\u201f\u3001-\u3029\u302e-\u303f\u3400-\u9fff\uff01\uff0c\uff1a\uff1b\uff1f"
    "\U00020000-\U0002f7ff]+"
)


class Folded(Struct, frozen=True):
    """A folded text that knows where each of its characters stood.

    Attributes:
        starts: Where stretches of it begin that moved together, the first at nought.
        origins: Where each stretch stood; a stretch of one character is all that may come of one that was unfolded.
    """

    text: str
    starts: Sequence[int] = (0,)
    origins: Sequence[int] = (0,)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the folded text stands in the text as it was written."""
        return self._origin(start), self._origin(end - 1) + 1

    def _origin(self, place: int) -> int:
        stretch = bisect_right(self.starts, place) - 1
        return self.origins[stretch] + place - self.starts[stretch]


def fold(text: str) -> str:
    """The text as names are compared."""
    return text if _ODD.search(text) is None else folded(text).text


def folded(text: str) -> Folded:
    """The text as names are compared, with the way back to the text as it was written."""
    return rewritten(text, _ODD, _folded)


def rewritten(text: str, odd: re.Pattern[str], rewrite: Callable[[str], str]) -> Folded:
    """A text with each of its odd characters rewritten, be it to several or to none, and the way back.

    Args:
        odd: Finds runs of them.
        rewrite: Of one character.
    """
    made: list[str] = []
    starts, origins = [0], [0]
    length = done = 0
    for run in odd.finditer(text):
        first, last = run.span()
        if first > done:
            made.append(text[done:first])
            length += first - done
        for place in range(first, last):
            for one in rewrite(text[place]):
                starts.append(length)
                origins.append(place)
                made.append(one)
                length += 1
        starts.append(length)
        origins.append(last)
        done = last
    if not made and done == 0:
        return Folded(text)
    made.append(text[done:])
    return Folded("".join(made), starts, origins)


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
