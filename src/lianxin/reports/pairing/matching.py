"""Finding each village a unit: as many good matches as can be, the load shared evenly, every choice with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct


class Unit(Struct, frozen=True):
    """One unit that may be paired.

    Attributes:
        suits: Natures of villages its sector is good for.
        load: Villages it has already.
    """

    id: str
    name: str
    sector: str
    suits: frozenset[str]
    load: int


class Place(Struct, frozen=True):
    """One village that wants a unit."""

    id: str
    name: str
    trouble: str


class Choice(Struct, frozen=True):
    """A unit for a village, and why; no unit when all are full.

    Attributes:
        load: Villages the unit will have, this one counted.
    """

    place: Place
    unit: Unit | None
    load: int
    why: str


class _Matches:
    """Which unit each village is to have, and how many villages each unit then has."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.given: dict[str, Unit] = {}
        self.loads = {unit.id: unit.load for unit in units}
        self._held: dict[str, list[str]] = {unit.id: [] for unit in units}

    def give(self, place: str, unit: Unit) -> None:
        """The village goes to this unit, from wherever it was."""
        before = self.given.get(place)
        if before is not None:
            self.loads[before.id] -= 1
            self._held[before.id].remove(place)
        self.given[place] = unit
        self.loads[unit.id] += 1
        self._held[unit.id].append(place)

    def lightest(self, units: Sequence[Unit]) -> list[Unit]:
        """Those with the fewest villages first."""
        return sorted(units, key=lambda unit: (self.loads[unit.id], unit.id))

    def match(self, place: str, fits: Mapping[str, Sequence[Unit]], cap: int, tried: set[str]) -> bool:
        """Find a suitable unit below ``cap``; if need be, move a village matched before to another unit."""
        for unit in self.lightest(fits[place]):
            if unit.id in tried:
                continue
            tried.add(unit.id)
            if self.loads[unit.id] < cap or any(
                self.match(other, fits, cap, tried) for other in tuple(self._held[unit.id])
            ):
                self.give(place, unit)
                return True
        return False


def choose(places: Sequence[Place], units: Sequence[Unit], most: int, owned: frozenset[str]) -> list[Choice]:
    """A unit for every village, in the order of the villages; the same input always gives the same answer.

    Villages whose trouble is some sector's business are matched first, so that no unit is filled up before its turn;
    then come those that any unit may take.

    Args:
        places: Villages without a unit.
        units: Those that may be paired.
        most: Villages one unit may have.
        owned: Troubles that are some sector's business.
    """
    matches = _Matches(units)
    fits = {place.id: [unit for unit in units if place.trouble in unit.suits] for place in places}
    for cap in range(1, most + 1):  # everyone has one before anyone has two
        for place in places:
            if place.id not in matches.given and fits[place.id]:
                matches.match(place.id, fits, cap, set())
    for place in places:
        if place.id not in matches.given:
            lightest = min(units, key=lambda unit: (matches.loads[unit.id], unit.id), default=None)
            if lightest and matches.loads[lightest.id] < most:
                matches.give(place.id, lightest)
    return _told(places, units, matches.given, owned, most)


def _told(
    places: Sequence[Place], units: Sequence[Unit], given: Mapping[str, Unit], owned: frozenset[str], most: int
) -> list[Choice]:
    loads = {unit.id: unit.load for unit in units}
    none = f"各单位都结满了 {most} 个村，请增加单位或放宽「至多」" if units else "没有可以去结对的单位，请先登记"
    told = []
    for place in places:
        unit = given.get(place.id)
        if unit is None:
            told.append(Choice(place, None, 0, none))
            continue
        loads[unit.id] += 1
        held = f"原有 {unit.load} 个村" if unit.load else "还没有结对的村"
        given_before = loads[unit.id] - 1 - unit.load
        held += f"，前面已建议给它 {given_before} 个" if given_before else ""
        suited = any(place.trouble in one.suits for one in units)
        why = f"{_why(place, unit, owned, most, suited=suited)}，它{held}"
        told.append(Choice(place, unit, loads[unit.id], why))
    return told


def _why(place: Place, unit: Unit, owned: frozenset[str], most: int, *, suited: bool) -> str:
    """Why a village goes to this unit.

    Args:
        suited: There is a unit whose business its trouble is, though perhaps a full one.
    """
    if place.trouble in unit.suits:
        return f"{place.trouble}的村由{unit.sector}单位对口"
    if place.trouble in owned:
        lack = (
            f"对口{place.trouble}的单位都结满了 {most} 个村" if suited else f"可结对的单位里没有对口{place.trouble}的"
        )
        return f"{lack}，取负担最轻的"
    return f"{place.trouble}没有指定对口单位，取负担最轻的"
