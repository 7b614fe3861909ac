"""Values that stretch over several lines, and what they swallow that was meant as a line of its own.

Kept whole, and therefore not told of: blocks (``|``, ``>``), whose every line, further indentation, trailing blanks and
declared indentation (``|2``) are text as they stand; and quoted text whose further lines are indented.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from lianxin.storage.read.scanning import Spot, floor_of

_ITEM = r"[ ]*(?P<mark>-)(?: |\r?$)"
_GLUED_ITEM = r"[ ]*(?P<mark>-)[^\s\d.-]"
_GLUED_KEY = r"[ \-]*(?P<key>[\u4e00-\u9fffA-Za-z]{1,12})(?P<mark>:)[^\s/]"

_JOINED = "「- 」开头的这一行接到上一行的文字里去了：要与同级的「- 」左对齐"
_NO_BLANK = "「-」后面要有一个空格，才是清单的一项"
_GOES_ON = "这一行接在上一行后面，两行之间只读成一个空格"


def spread(scalars: Iterable[Any]) -> list[Any]:
    """Of some scalars those on several lines that are no blocks."""
    return [one for one in scalars if one.start_mark.line != one.end_mark.line and one.style not in ("|", ">")]


def swallowed(lines: list[str], scalars: Iterable[Any], suspects: Sequence[Spot]) -> list[Spot]:
    """Lines that were silently joined to the text of the line before though they look like keys or items.

    Args:
        lines: The file's.
        scalars: As ``spread`` has them.
        suspects: Lines that the scan takes for keys or items; swallowed, they are at fault.
    """
    found: list[Spot] = []
    for scalar in scalars:
        first, last = scalar.start_mark.line, scalar.end_mark.line
        if scalar.style:
            if _runs_out(lines, scalar):
                found.append(Spot(first + 1, scalar.start_mark.column + 1, "Y011", "这里的引号没有配对"))
            continue
        at_fault = [spot for spot in suspects if first < spot.line - 1 <= last]
        known = {spot.line for spot in at_fault}
        at_fault += [spot for n in range(first + 1, last + 1) if n + 1 not in known and (spot := meant(lines[n], n))]
        opening = glued(lines[first], first) if at_fault else None
        if opening:  # what follows it is an item or key as it should be, and only joined to this one
            found += [opening, *(spot for spot in at_fault if spot.code != "Y029")]
        else:
            found += at_fault
    return found


def keys_indented_wide(lines: list[str], scalars: Sequence[Any], suspects: Sequence[Spot]) -> list[Spot]:
    """Keys that begin with a full-width blank, which was meant as indentation and is taken for a part of the key."""
    covered = {n + 1 for one in scalars for n in range(one.start_mark.line + 1, one.end_mark.line + 1)}
    mine = (spot for spot in suspects if spot.code == "Y035" and spot.line not in covered)
    return [spot for spot in mine if re.search(r":(?:\s|$)", lines[spot.line - 1])]


def meant(line: str, n: int) -> Spot | None:
    """What a line, from 0, was probably meant as, and what it lacks for that."""
    found = re.match(_ITEM, line)
    return Spot(n + 1, found.start("mark") + 1, "Y029", _JOINED) if found else glued(line, n)


def glued(line: str, n: int) -> Spot | None:
    """A line, from 0, that lacks the blank after its dash or its key's colon."""
    found = re.match(_GLUED_ITEM, line)
    if found:
        return Spot(n + 1, found.start("mark") + 1, "Y030", _NO_BLANK)
    found = re.match(_GLUED_KEY, line)
    if found:
        message = f"「{found['key']}」的冒号后面少一个空格"
        return Spot(n + 1, found.start("mark") + 1, "Y012", message)
    return None


def going_on(lines: list[str], scalars: Iterable[Any]) -> list[Spot]:
    """Plain text that goes on in the next line: no word is lost, but where the line ended is."""
    found = []
    for scalar in scalars:
        if not scalar.style:
            n = next(n for n in range(scalar.start_mark.line + 1, len(lines)) if lines[n].strip())
            found.append(Spot(n + 1, len(lines[n]) - len(lines[n].lstrip()) + 1, "Y031", _GOES_ON))
    return found


def _runs_out(lines: list[str], scalar: Any) -> bool:
    """Whether quoted text takes in lines that stand no deeper than its own key: the quote before them is missing."""
    floor = floor_of(lines[scalar.start_mark.line], scalar.start_mark.column, own=-1)
    inside = (lines[n] for n in range(scalar.start_mark.line + 1, scalar.end_mark.line + 1))
    return any(line.strip() and len(line) - len(line.lstrip(" ")) <= floor for line in inside)
