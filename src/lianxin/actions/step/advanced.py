"""What taking a step asks for, and what it comes to."""

from __future__ import annotations

import os

from msgspec import Struct
from msgspec.structs import replace

from lianxin.core.declare.field import FieldSpec
from lianxin.core.declare.lifecycle import Event, Step
from lianxin.core.declare.record import fields_of


class Advanced(Struct, frozen=True):
    """What a step came to.

    Attributes:
        subject: What happened, in one line of a diary.
        reasons: How a deadline was counted, line by line.
        before, after: States, at the moment of the step.
        now: The state it is in, with the step; another than ``after`` where others were written since.
        shown: What the step says, label by label, as people read it.
        commit: Empty on a dry run.
        taken_in: Hand edits of this file were committed first.
    """

    id: str
    title: str
    step: Step
    subject: str
    event: Event
    before: str
    after: str
    now: str
    reasons: tuple[str, ...]
    shown: tuple[tuple[str, str], ...]
    commit: str
    taken_in: bool = False


def asked(step: Step) -> tuple[FieldSpec, ...]:
    """What a step's flags are: its own fields, then when it happened and a note."""
    common = {spec.name: spec for spec in fields_of(step.model)}
    at = replace(common["at"], default=None, help="实际发生的时间，补录时写；不写就是现在")
    return (*step.asks, at, common["note"])


#: So many letters among its characters keep a random id from being taken for a number somebody wrote.
_LETTERS = 3


def new_event_id() -> str:
    """A random id, made before the first attempt and kept on retry; no telephone number to look at."""
    made = os.urandom(5).hex()
    return made if sum(map(str.isalpha, made)) >= _LETTERS else new_event_id()
