"""What the keys at the foot of the desk mean: the order that is read is the order that is picked from."""

from __future__ import annotations

import pytest

from lianxin.cli.desk.keys import MORE
from lianxin.cli.desk.view.acts import ActBar, acts, listed, meant
from lianxin.core.document import Document
from lianxin.kinds import KIND
from lianxin.kinds.issue.state import State
from lianxin.reports.desk.page import Chosen


@pytest.mark.parametrize("state", [State.HANDLING, State.ANSWERED, State.MERGED, State.ASSIGNED])
@pytest.mark.parametrize("first", ["reflect", ""])
def test_a_step_without_a_letter_has_one_number_at_the_foot_and_in_the_list(state: State, first: str) -> None:
    life = KIND["issue"].lifecycle
    assert life
    steps = tuple(sorted(life.lawful(state), key=lambda step: step.name != first))
    found = acts(Chosen("WT-2026-A0001", "issue", "", Document("", ()), str(state), steps, likely=steps[0]))
    bar = ActBar()
    bar.put(found)
    told = "  ".join(piece.plain for piece in bar._pieces)
    numbered = {act.label: act.number for act in listed(found)}
    assert len({*numbered.values()}) == len(numbered)
    assert meant(found, MORE) == listed(found)
    assert [act.label for act in meant(found, "")] == [steps[0].label]
    assert "心得体会" in numbered or first
    for label, number in numbered.items():
        assert f"{number} {label}" in told
    if first:
        assert told.startswith("回车 心得体会  ")
        assert "心得体会" not in numbered


def test_one_alone_has_the_number_it_has_everywhere() -> None:
    step = next(step for step in KIND["issue"].lifecycle.steps if step.label == "撤回")  # type: ignore[union-attr]
    likely = next(step for step in KIND["issue"].lifecycle.steps if step.label == "交办")  # type: ignore[union-attr]
    found = acts(Chosen("WT-2026-A0001", "issue", "", Document("", ()), "已受理", (likely, step), likely=likely))
    bar = ActBar()
    bar.put(found)
    assert [piece.plain for piece in bar._pieces] == ["回车/j 交办", "别的按 . 再按 4 撤回"]
