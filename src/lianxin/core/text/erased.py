"""已注销: what stands where somebody could be known; a number behind it tells two such apart, so that counts stay."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.core.text.pattern import late

#: The step of a commit that took somebody's personal data out, and of that after which they are not in history either.
ERASING, PURGING = "erase", "purge"
#: The word itself: of text that told of somebody and is gone as a whole.
ERASED = "已注销"
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
