"""What this run has committed and not yet told of: should its answer come to grief, that much must still be said."""

from __future__ import annotations

from contextvars import ContextVar

_COMMITS: ContextVar[tuple[str, ...]] = ContextVar("commits", default=())


def note(commit: str) -> None:
    """A commit has been made."""
    _COMMITS.set((*_COMMITS.get(), commit))


def untold() -> tuple[str, ...]:
    """The commits nobody has been told of."""
    return _COMMITS.get()


def told() -> None:
    """The answer that names them is out, or a new run begins."""
    _COMMITS.set(())
