"""A whole history tried at one stroke is what its steps come to, tried one by one."""

from __future__ import annotations

from typing import Any

import pytest
from tests.kinds.story import CONTEXT

from lianxin.core.asset import sample
from lianxin.core.declare.lifecycle import Event
from lianxin.core.error import UsageError
from lianxin.core.problem import Fault
from lianxin.kinds.issue.conduct import CONDUCT
from lianxin.kinds.life.event import Amend
from lianxin.storage.read.loading import load

#: What playing a step counts: it is counted anew.
COUNTED = ("due", "provisional", "sign_due", "sign_provisional")


def issues() -> list[Any]:
    """Those of the sample that were never corrected, in which no step was made up for after a later one."""
    files = sorted((sample() / "issues").rglob("*.yaml"))
    found: list[Any] = [load(file.relative_to(sample()).as_posix(), file.read_bytes()).record for file in files]
    return [
        one
        for one in found
        if one.events == tuple(sorted(one.events, key=lambda event: event.at))
        and not any(isinstance(event, Amend) for event in one.events)
    ]


def told(event: Event) -> Event:
    """A step as it was told, without what was counted."""
    return event.model_copy(update={name: None for name in COUNTED if hasattr(event, name)})


def one_by_one(issue: Any) -> list[Any]:
    made: list[Any] = []
    for event in issue.events:
        held = issue.model_copy(update={"events": tuple(one for one in made if isinstance(one, Event))})
        values = {key: value for key, value in vars(told(event)).items() if value is not None and key != "step"}
        try:
            tried = CONDUCT.attempt(event.COMMAND, held, values, CONTEXT)
        except UsageError as error:
            pytest.fail(str(error))
        made.append(tried.refusal or tried.event)
    return made


def test_it_is_what_the_steps_come_to_one_by_one() -> None:
    found = issues()
    assert len(found) > 50
    assert {event.COMMAND for one in found for event in one.events} >= {
        *("accept", "assign", "sign", "resolve", "feedback", "reflect", "close", "explain", "suspend", "extend"),
    }
    for issue in found:
        bare = issue.model_copy(update={"events": ()})
        assert CONDUCT.history(bare, [*map(told, issue.events)], CONTEXT) == one_by_one(issue)


def test_a_step_that_cannot_be_taken_is_told_of_and_the_others_are_tried_without_it() -> None:
    (issue,) = (one for one in issues() if one.id == "WT-2026-A0002")
    without = [told(event) for event in issue.events if event.COMMAND != "assign"]
    found = CONDUCT.history(issue.model_copy(update={"events": ()}), without, CONTEXT)
    taken = [one.COMMAND for one in found if isinstance(one, Event)]
    faults = [one.code for one in found if isinstance(one, Fault)]
    assert taken == ["accept", "reflect"]
    assert faults == ["L001"] * 4
