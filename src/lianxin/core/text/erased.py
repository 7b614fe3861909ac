"""已注销: what stands where somebody could be known; a number behind it tells two such apart, so that counts stay."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lianxin.core.text.pattern import late

#: The step of a commit that took somebody's personal data out, and of that after which they are not in history either.
ERASING, PURGING = "erase", "purge"
#: The word itself: of text that told of somebody and is gone as a whole.
ERASED = "已注销"
#: Under what a record says that its personal data were taken out.
NOTE = "注销"
_MARK = late(rf"{ERASED}(\d*)")


def mark(number: int) -> str:
    """What stands for one name, telephone or the like."""
    return f"{ERASED}{number}"


def erased(text: str) -> bool:
    """Whether a text is such a word and nothing else."""
    return text.startswith(ERASED) and _MARK.fullmatch(text) is not None


def numbers(text: str) -> Iterator[int]:
    """The numbers of all that stand in a text."""
    return (int(found[1]) for found in _MARK.finditer(text) if found[1])


def fresh(text: str, before: str) -> bool:
    """Whether somebody was taken out of a text: it has marks that it had not."""
    return not {*_MARK.findall(text)} <= {*_MARK.findall(before)}


def both_erased(before: str, one: str, other: str) -> str:
    """A text out of which two desks have each taken somebody else; the word alone where more than that was changed."""
    gone: dict[str, str] = {}
    for side in (one, other):
        pieces = _MARK.split(side)
        marks = [found[0] for found in _MARK.finditer(side)]
        words = re.fullmatch("(?s:(.+?))".join(map(re.escape, pieces[::2])), before)
        if words is None:
            return ERASED
        gone |= dict(zip(words.groups(), marks, strict=True))
    found = re.compile("|".join(map(re.escape, sorted(gone, key=lambda word: -len(word)))))
    return found.sub(lambda word: gone[word[0]], before)
