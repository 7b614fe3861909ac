"""Words of closed sets as SQL writes them: whoever asks for a state takes it from where it is declared."""

from __future__ import annotations

from collections.abc import Iterable


def words(of: Iterable[str]) -> str:
    """What follows ``IN``: the words in brackets, always in one order."""
    return "({})".format(", ".join(f"'{word}'" for word in sorted(of)))
