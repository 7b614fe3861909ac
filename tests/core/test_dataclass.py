"""Our ``dataclass`` means what the standard one means, and is the only one in the product."""

from __future__ import annotations

import dataclasses
import pickle
import re
from dataclasses import FrozenInstanceError, asdict, field, fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lianxin
from lianxin.core.dataclass import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """All at once."""

    line: int
    code: str = "Y001"
    parts: tuple[int, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Standard:
    """The same, by the standard library."""

    line: int
    code: str = "Y001"
    parts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Loose:
    """Without slots, and with what is not looked at."""

    name: str
    seen: list[str] = field(default_factory=list)
    quiet: int = field(default=0, repr=False, compare=False)


@dataclass(slots=True)
class Tally:
    """What changes."""

    count: int = 0
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Longer(Tally):
    """What changes, and more."""

    more: str = ""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No fields."""


VALUES = st.tuples(st.integers(0, 2), st.sampled_from("ab"), st.lists(st.integers(0, 1), max_size=2).map(tuple))


@given(VALUES, VALUES)
def test_compared_and_printed_like_the_standard_ones(one: tuple[Any, ...], other: tuple[Any, ...]) -> None:
    ours, theirs = (Spot(*one), Spot(*other)), (Standard(*one), Standard(*other))
    assert repr(ours[0]) == repr(theirs[0]).replace("Standard", "Spot")
    assert (ours[0] == ours[1]) == (theirs[0] == theirs[1])
    assert (hash(ours[0]) == hash(ours[1])) or ours[0] != ours[1]
    assert (ours[0] < ours[1], ours[0] <= ours[1]) == (theirs[0] < theirs[1], theirs[0] <= theirs[1])
    assert (ours[0] > ours[1], ours[0] >= ours[1]) == (theirs[0] > theirs[1], theirs[0] >= theirs[1])
    assert asdict(ours[0]) == asdict(theirs[0])
    assert pickle.loads(pickle.dumps(ours[0])) == ours[0]  # noqa: S301 - our own
    assert replace(ours[0], code="c") == Spot(one[0], "c", one[2])


def test_made_with_defaults_and_by_name() -> None:
    assert Spot(1) == Spot(line=1, code="Y001", parts=())
    assert Tally(3).notes is not Tally(3).notes
    assert Longer(1, ["甲"], more="乙") == Longer(notes=["甲"], count=1, more="乙")
    assert [one.name for one in fields(Longer)] == ["count", "notes", "more"]
    assert Nothing() == Nothing()
    assert repr(Nothing()) == "Nothing()"


@pytest.mark.parametrize(("args", "kwargs"), [((), {}), ((1, "a", (), 4), {}), ((1,), {"line": 2}), ((1,), {"x": 2})])
def test_wrong_arguments_are_refused(args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        Spot(*args, **kwargs)


def test_what_is_frozen_stays_as_it_was() -> None:
    for name in ("line", "unknown"):
        with pytest.raises(FrozenInstanceError):
            setattr(Spot(1), name, 2)
    with pytest.raises(FrozenInstanceError):
        del Loose("甲").name
    tally = Tally()
    tally.count += 1
    assert tally == Tally(1)
    with pytest.raises(AttributeError):
        tally.other = 1  # type: ignore[attr-defined]


def test_fields_may_be_left_out_of_comparing_and_printing() -> None:
    assert Loose("甲", quiet=1) == Loose("甲", quiet=2)
    assert repr(Loose("甲", quiet=1)) == "Loose(name='甲', seen=[])"
    assert pickle.loads(pickle.dumps(Loose("甲", quiet=1))).quiet == 1  # noqa: S301 - our own


def test_equal_only_to_its_own_kind() -> None:
    assert Spot(1) != Standard(1)  # type: ignore[comparison-overlap]
    assert Tally() != Longer()
    with pytest.raises(TypeError):
        Spot(1) < Standard(1)  # type: ignore[operator]  # noqa: B015
    with pytest.raises(TypeError):
        hash(Tally())


def test_matched_by_place() -> None:
    match Spot(3, "L001"):
        case Spot(line, code):
            assert (line, code) == (3, "L001")


def test_nobody_uses_the_standard_one() -> None:
    root = Path(lianxin.__file__).parent
    standard = re.compile(r"^ *from dataclasses import .*\bdataclass\b", re.MULTILINE)
    using = {
        path.relative_to(root).as_posix() for path in root.rglob("*.py") if standard.search(path.read_text("utf-8"))
    }
    assert using == {"core/dataclass.py"}
