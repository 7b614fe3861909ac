"""Whether two short sentences tell of the same thing: 路口灯不亮 and 村口路灯坏了不亮.

Chinese says a thing in few characters and in any order, so they are compared as sets, without those any sentence may
have. Sequences, and pairs of characters, told ten pairs that are alike from ten that are not worse than that.
"""

from __future__ import annotations

from lianxin.core.text.choice import as_read
from lianxin.core.text.pattern import late

#: Of a hundred, from which two are alike.
ALIKE = 70
#: What says nothing of what a sentence is about: whose group it is, numerals, particles, who says so.
_ASIDE = late(
    r"第?[一二三四五六七八九十\d]+[组队]|"
    "[一二三四五六七八九十几两半的了着过是在有和也都很又再就还这那个要请来去上下里没不人们村民反映家"
    "，。、；：！？“”（）…,;:!?()\"']"
)
#: So few characters may well be in another sentence by chance.
_FEWEST = 2


def likeness(one: str, other: str) -> float:
    """How much of the shorter sentence is in the other, of a hundred."""
    mine, yours = (" ".join(dict.fromkeys(_ASIDE.sub("", as_read(text)))) for text in (one, other))
    if min(len(mine), len(yours)) < 2 * _FEWEST - 1:  # with a blank between each
        return 0.0
    from rapidfuzz import fuzz  # fifty milliseconds, for those who write an issue

    return fuzz.token_set_ratio(mine, yours)
