"""What a form is for: it is tried while it is typed, and written at the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from msgspec import Struct
from msgspec import field as member

if TYPE_CHECKING:  # at the desk none of it is wanted before something is filled in
    from lianxin.actions.entry.add import Added
    from lianxin.actions.form.form import Answers, Form
    from lianxin.actions.form.table import Table


T = TypeVar("T")


class Tried(Struct, frozen=True):
    """What would come of what stands in a form.

    Attributes:
        lines: Said below it: deadlines with their reasoning, what it is likely one with, what changes.
        shown: Label by label, where no form shows it.
        question: Asked before it is written; empty: nothing is.
        doubtful: No is more likely the answer.
    """

    lines: tuple[str, ...] = ()
    shown: tuple[tuple[str, str], ...] = ()
    question: str = ""
    doubtful: bool = False


class Task(Struct, Generic[T], frozen=True):
    """A form and what is done with it; both functions open the ledger themselves, in whatever thread they are called.

    Attributes:
        typed: What stands there from the start, as a person typed it.
        handed: That was taken from elsewhere: nobody has typed it for this.
        tries: What would come of it. Raises ``LianxinError`` for what the ledger does not take.
        writes: Writes it. Raises ``LianxinError``: nothing is written.
    """

    form: Form
    tries: Callable[[Answers], Tried]
    writes: Callable[[Answers], T]
    typed: Mapping[str, str | list[str]] = member(default_factory=dict)
    handed: bool = False


class TableTask(Struct, frozen=True):
    """A table of new records, and what is done with it, as in ``Task``."""

    table: Table
    tries: Callable[[Sequence[Answers]], Tried]
    writes: Callable[[Sequence[Answers]], tuple[Added, ...]]

    @property
    def form(self) -> Form:
        """Of one of the records."""
        return self.table.form
