from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from lianxin.reports.pairing.matching import Choice, Place, Unit, choose

TROUBLES = ("组织涣散", "矛盾复杂", "经济薄弱", "一般")
OWNED = frozenset(TROUBLES[:3])


@st.composite
def districts(draw: st.DrawFn, most: int = 3) -> tuple[list[Place], list[Unit]]:
    """A few villages without a unit, and units with some villages already."""
    troubles = draw(st.lists(st.sampled_from(TROUBLES), max_size=5))
    places = [Place(f"CUN-A{n:04}", f"{n}村", trouble) for n, trouble in enumerate(troubles, 1)]
    suits = st.frozensets(st.sampled_from(TROUBLES[:3]), max_size=2)
    drawn = draw(st.lists(st.tuples(suits, st.integers(0, most + 1)), max_size=4))
    units = [Unit(f"DW-A{n:04}", f"{n}局", "党群", good, load) for n, (good, load) in enumerate(drawn, 1)]
    return places, units


def good(choices: Sequence[Choice]) -> int:
    return sum(1 for one in choices if one.unit and one.place.trouble in one.unit.suits)


@given(districts(), st.integers(1, 3))
def test_every_village_has_a_unit_as_long_as_there_is_room(district: tuple[list[Place], list[Unit]], most: int) -> None:
    places, units = district
    choices = choose(places, units, most, OWNED)
    assert [one.place for one in choices] == places
    given = [one.unit for one in choices if one.unit]
    assert len(given) == min(len(places), sum(max(0, most - unit.load) for unit in units))
    for unit in units:
        mine = [one for one in choices if one.unit == unit]
        assert [one.load for one in mine] == list(range(unit.load + 1, unit.load + 1 + len(mine)))
        assert not mine or mine[-1].load <= most
    assert all(one.why for one in choices)
    assert choose(places, units, most, OWNED) == choices


@given(districts(), st.integers(1, 3))
def test_no_other_way_finds_more_good_matches(district: tuple[list[Place], list[Unit]], most: int) -> None:
    places, units = district
    best = 0
    for way in product([None, *units], repeat=len(places)):
        loads = {unit.id: unit.load + way.count(unit) for unit in units}
        fitting = all(unit is None or place.trouble in unit.suits for place, unit in zip(places, way, strict=True))
        if fitting and all(loads[unit.id] <= most for unit in way if unit):
            best = max(best, len(places) - way.count(None))
    assert good(choose(places, units, most, OWNED)) == best


@given(st.integers(1, 12), st.lists(st.integers(0, 2), min_size=1, max_size=4))
def test_villages_of_one_trouble_are_spread_evenly(count: int, loads: list[int]) -> None:
    places = [Place(f"CUN-A{n:04}", "村", "组织涣散") for n in range(count)]
    units = [Unit(f"DW-A{n:04}", "局", "党群", frozenset({"组织涣散"}), load) for n, load in enumerate(loads)]
    choices = choose(places, units, 3, OWNED)
    after = {unit.id: unit.load for unit in units} | {one.unit.id: one.load for one in choices if one.unit}
    taken = [after[unit.id] for unit in units if after[unit.id] > unit.load]
    assert not taken or max(taken) - min(after.values()) <= 1


def test_a_village_moves_on_when_another_can_only_go_where_it_was() -> None:
    both = Unit("DW-A0001", "县委办", "党群", frozenset({"组织涣散", "矛盾复杂"}), 0)
    one = Unit("DW-A0002", "组织部", "党群", frozenset({"组织涣散"}), 0)
    places = [Place("CUN-A0001", "东村", "组织涣散"), Place("CUN-A0002", "西村", "矛盾复杂")]
    choices = choose(places, [both, one], 1, OWNED)
    assert [(one.unit.name if one.unit else "") for one in choices] == ["组织部", "县委办"]


def test_each_choice_says_why() -> None:
    party = Unit("DW-A0001", "组织部", "党群", frozenset({"组织涣散"}), 1)
    other = Unit("DW-A0002", "发改局", "经济", frozenset({"经济薄弱"}), 0)
    troubles = ("组织涣散", "组织涣散", "一般", "矛盾复杂", "一般")
    places = [Place(f"CUN-A{n:04}", f"{n}村", trouble) for n, trouble in enumerate(troubles, 1)]
    assert [one.why for one in choose(places, [party, other], 2, OWNED)] == [
        "组织涣散的村由党群单位对口，它原有 1 个村",
        "对口组织涣散的单位都结满了 2 个村，取负担最轻的，它还没有结对的村",
        "一般没有指定对口单位，取负担最轻的，它还没有结对的村，前面已建议给它 1 个",
        "各单位都结满了 2 个村，请增加单位或放宽「至多」",
        "各单位都结满了 2 个村，请增加单位或放宽「至多」",
    ]


def test_a_trouble_whose_units_are_not_there_is_not_said_to_be_taken_by_full_ones() -> None:
    other = Unit("DW-A0002", "发改局", "经济", frozenset({"经济薄弱"}), 0)
    place = Place("CUN-A0001", "东村", "矛盾复杂")
    assert "矛盾复杂" in OWNED
    assert [one.why for one in choose([place], [other], 2, OWNED)] == [
        "可结对的单位里没有对口矛盾复杂的，取负担最轻的，它还没有结对的村",
    ]
    assert [one.why for one in choose([place], [], 2, OWNED)] == ["没有可以去结对的单位，请先登记"]
