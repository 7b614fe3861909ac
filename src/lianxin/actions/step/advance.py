"""Taking a step of one record, under the lock, as git and the index say it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from lianxin.actions.retry import retried
from lianxin.actions.step.advanced import Advanced, new_event_id
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import Step
from lianxin.core.declare.record import validator

if TYPE_CHECKING:
    from lianxin.actions.workspace import Workspace


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
    with journal.locked(), workspace.book(meanwhile=partial(_make_ready, kind), repo=journal.repo) as book:
        from lianxin.actions.step.write import write_step

        return write_step(workspace, journal, book, book.resolve(word, kind.name), step, typed, dry_run, event_id)


def _make_ready(kind: Kind) -> None:
    """What a step needs and takes a while to load."""
    import_module("lianxin.actions.step.write")
    validator(kind.model)
