"""Two desks have settled one question about steps, each in its own way: it is asked again, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from lianxin.storage.merge.choice import ID, Step, of_steps, put_back, steps_of
from lianxin.storage.merge.unsettled import Question
from lianxin.storage.read.complaint import EVENTS


def parted(
    asked: Iterable[Question],
    open_: Iterable[Question],
    ours: Mapping[str, Any],
    theirs: Mapping[str, Any],
) -> Iterator[Question]:
    """The questions that were settled otherwise at one desk than at the other.

    Args:
        asked: What both had been asked.
        open_: What one of them at least has not settled.
        ours: The record of one side.
        theirs: That of the other.
    """
    waiting = [*open_]
    for one in asked:
        if of_steps(one.place) and one not in waiting and _left(one, ours) != _left(one, theirs):
            yield one


def restored(
    base: Mapping[str, Any], made: Mapping[str, Any], questions: Sequence[Question], sides: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """A record with all the steps that such questions are about, in the order in which they stood.

    Args:
        base: What both come from.
        made: What has become of it.
        questions: Those that are asked again.
        sides: What either has made of it.
    """
    about = {id_ for one in questions for side in one.sides for id_ in steps_of(side.value).ids}
    held: dict[str, Step] = {str(step[ID]): step for side in (base, *sides) for step in side.get(EVENTS) or ()}
    steps = [*(made.get(EVENTS) or ()), *(held[id_] for id_ in held if id_ in about)]
    known = {str(step[ID]) for step in steps}
    every = {str(step[ID]): step for step in (*(base.get(EVENTS) or ()), *steps) if str(step[ID]) in known}
    return put_back({**made, EVENTS: []}, every.values())


def _left(question: Question, values: Mapping[str, Any]) -> frozenset[str]:
    """Which of the steps that it is about stand in a record."""
    about = {id_ for side in question.sides for id_ in steps_of(side.value).ids}
    return frozenset(str(step.get(ID)) for step in values.get(EVENTS) or ()) & about
