"""The names records go by, as many at a time as are likely to be asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

#: Titles of one kind asked for singly before all of them are fetched.
_MANY = 64

Rows = Callable[[str, Sequence[Any]], list[tuple[Any, ...]]]


class Titles:
    """What has been asked for is remembered."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._known: dict[str, str] = {}
        self._asked: Counter[str] = Counter()

    def of(self, id_: str) -> str:
        """The name a record goes by; the id itself when there is no such record."""
        if id_ not in self._known:
            stem = id_.partition("-")[0]
            self._asked[stem] += 1
            if self._asked[stem] == _MANY:  # one question for all of a kind costs less than a hundred for one each
                rows = self._rows("SELECT id, title FROM record WHERE id GLOB ?", (f"{stem}-*",))
            else:
                rows = self._rows("SELECT id, title FROM record WHERE id = ?", (id_,))
            self._known.update((str(one), str(title)) for one, title in rows)
        return self._known.setdefault(id_, id_)
