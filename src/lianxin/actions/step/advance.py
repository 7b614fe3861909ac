"""Taking a step of one record, under the lock, as git and the index say it stands."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from lianxin.actions.retry import retried
from lianxin.core.declare.field import FieldSpec
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import Event, Step
from lianxin.core.declare.record import fields_of, validator

if TYPE_CHECKING:
    from lianxin.actions.workspace import Workspace


class Advanced(Struct, frozen=True):
    """What a step came to.

    Attributes:
        reasons: How a deadline was counted, line by line.
        before, after: States.
        shown: What the step says, label by label, as people read it.
        commit: Empty on a dry run.
        taken_in: Hand edits of this file were committed first.
    """

    id: str
    title: str
    step: Step
    event: Event
    before: str
    after: str
    reasons: tuple[str, ...]
    shown: tuple[tuple[str, str], ...]
    commit: str
    taken_in: bool = False


def asked(step: Step) -> tuple[FieldSpec, ...]:
    """What a step's flags are: its own fields, then when it happened and a note."""
    common = {spec.name: spec for spec in fields_of(step.model)}
    at = replace(common["at"], default=None, help="实际发生的时间，补录时写；不写就是现在")
    return (*step.asks, at, common["note"])


def new_event_id() -> str:
    """A random id, made before the first attempt and kept on retry."""
    return os.urandom(5).hex()


def advance(
    workspace: Workspace,
    kind: Kind,
    word: str,
    step: Step,
    typed: Mapping[str, str | Sequence[str]],
    *,
    dry_run: bool = False,
    event_id: str = "",
) -> Advanced:
    """Take a step of one record and commit it alone.

    Where others commit records meanwhile it is worked out anew from what they left, up to five times.

    Args:
        word: An id or its unambiguous tail.
        typed: English field names and text, as from flags or prompts.
        event_id: Kept from an earlier attempt; the step is not taken twice.

    Raises:
        UsageError: The id or a value is wrong.
        LianxinError: The step is not lawful now, or cannot be written; nothing was.
    """
    return _advance(workspace, kind, word, step, typed, dry_run, event_id or new_event_id())


@retried
def _advance(
    workspace: Workspace,
    kind: Kind,
    word: str,
    step: Step,
    typed: Mapping[str, str | Sequence[str]],
    dry_run: bool,
    event_id: str,
) -> Advanced:
    """From the records as they are now."""
    journal = workspace.journal()
    with journal.locked(), workspace.book(meanwhile=partial(_make_ready, kind)) as book:
        from lianxin.actions.step.write import write_step

        return write_step(workspace, journal, book, book.resolve(word, kind.name), step, typed, dry_run, event_id)


def _make_ready(kind: Kind) -> None:
    """What a step needs and takes a while to load."""
    import_module("lianxin.actions.step.write")
    validator(kind.model)
