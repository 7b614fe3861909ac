"""What stands in a field where it is not looked for: a telephone in an address, a house in a group.

The mask goes by fields: a group is public, an address is cut behind its group, a name keeps its first character.
"""

from __future__ import annotations

from lianxin.core.text.digit import COUNTING
from lianxin.core.text.pattern import late

_HOUSE = late(rf"[\d\uff10-\uff19{COUNTING}]+\s*[户戶号號室]")


def numbered(text: str) -> str:
    """What is said of a telephone, an identity or card number in a text; empty for any other."""
    if sum(one.isdecimal() or one in "零〇一二三四五六七八九" for one in text) < _FEWEST:
        return ""
    from lianxin.core.text.personal import Sort, find  # few texts hold so many digits

    found = {one.sort for one in find(text)} & {Sort.PHONE, Sort.NUMBER}
    return f"里面有{min(found)}，请写到它自己的那一栏" if found else ""


#: The shortest telephone.
_FEWEST = 7


def no_group(text: str) -> str:
    """What is said of a household, a house or a number where a group of a village is due; empty for any other text."""
    if _HOUSE.fullmatch(text.strip()):
        return "写的是门牌或户，不是组；请写 一组 这样的组名，门牌写到住址"
    return numbered(text)
