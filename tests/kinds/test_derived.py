"""Computed columns of a closed set say what may stand in them."""

from __future__ import annotations

import pytest

from lianxin.core.declare.kind import Derived, Kind
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType
from lianxin.kinds import KIND, KINDS
from lianxin.kinds.issue.state import State
from lianxin.kinds.life.event import Light
from lianxin.reports.column import find


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_closed_set_is_declared_where_the_column_is(kind: Kind) -> None:
    enumerated = [column.label for column in kind.derived if column.type is FieldType.CHOICE]
    assert enumerated == [column.label for column in kind.derived if column.choices]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_state_is_one_of_the_life(kind: Kind) -> None:
    state = kind.column("state")
    if kind.lifecycle:
        assert state is not None
        assert state.choices == tuple(kind.lifecycle.states)


def test_columns_of_ledgers_offer_them() -> None:
    issue = KIND["issue"]
    found = {label: find(issue, label) for label in ("状态", "预警灯", "主案.状态", "办理结果")}
    offered = {label: one.choices for label, one in found.items() if one}
    assert offered == {"状态": tuple(State), "预警灯": tuple(Light), "主案.状态": tuple(State), "办理结果": ()}


def test_a_column_that_nothing_fills_is_refused_where_it_is_declared() -> None:
    with pytest.raises(TypeError, match="nothing says what stands in 类别"):
        Derived("category", "类别")


def test_a_word_is_meant_where_its_set_says_so() -> None:
    issue = KIND["issue"]
    meant = {label: found.tones for label in ("是否解决", "按期办结", "存档状态") if (found := find(issue, label))}
    assert meant == {
        "是否解决": (("解决", Tone.GOOD), ("部分解决", Tone.WARNING), ("未解决", Tone.ALARM)),
        "按期办结": (("否", Tone.ALARM),),
        "存档状态": (),
    }
