"""What a case of tampering is, and ways to make one."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.tampering.hand import Forger, event, said

ONE, TWO, THREE = "WT-2026-A0001", "WT-2026-A0002", "WT-2026-A0003"
#: One struck off, one that is being handled, the minutes of February, a household that was voided.
CLOSED, OPEN, NEW = (f"issues/2026/{id_}.yaml" for id_ in (ONE, TWO, THREE))
FROZEN, VOIDED, HOUSE = "frozen/BB-A0001.yaml", "households/HU-A0003.yaml", "households/HU-A0001.yaml"
VISIT, PERSON, VILLAGE = "visits/2026/ZF-2026-A0001.yaml", "people/RY-A0002.yaml", "villages/CUN-A0001.yaml"

#: What is done, and the code and record by which it is found; an empty record: it is about the whole.
Case = tuple[str, Callable[[Forger], object], str, str]

STEP = said(ONE, "progress", "forged01", subject=f"{ONE} 进展")
MORE = event("进展", "进展情况: 又去看了")
GOOD = said(TWO, "progress", "forged01", subject=f"{TWO} 进展")


def events_of(text: str) -> list[str]:
    """The steps of a record, as they stand in its text; what comes before them is the first."""
    return re.split(r"(?m)^(?=  - 编号)", text)


def swapped(path: str, old: str, new: str, message: str = GOOD) -> Callable[[Forger], object]:
    """Words of a file are others in a commit that looks like one of the tool's."""
    return lambda hand: hand.swap(path, old, new, message)


def written(change: Callable[[str], str], path: str = CLOSED, message: str = STEP) -> Callable[[Forger], object]:
    return lambda hand: hand.forge({path: change(hand.read(path))}, message)


def added(text: str, message: str, path: str = OPEN, **how: Any) -> Callable[[Forger], object]:
    """A step is added at the end."""
    return lambda hand: hand.forge({path: hand.read(path) + text}, message, **how)


def forged(path: str, data: bytes | None, message: str = STEP) -> Callable[[Forger], object]:
    return lambda hand: hand.forge({path: data}, message)


def moved(there: str) -> Callable[[Forger], object]:
    return lambda hand: hand.forge({CLOSED: None, there: hand.read(CLOSED)}, STEP)


def without(places: slice) -> Callable[[str], str]:
    def change(text: str) -> str:
        parts = events_of(text)
        del parts[places]
        return "".join(parts)

    return change
