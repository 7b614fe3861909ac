"""The names records go by, as many at a time as are likely to be asked for."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from lianxin.kinds.ending import RENAMED

#: Titles of one kind asked for singly before all of them are fetched.
_MANY = 64

Rows = Callable[[str, Sequence[Any]], list[tuple[Any, ...]]]


class Titles:
    """What has been asked for is remembered."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._known: dict[str, str] = {}
        self._former: dict[str, Any] | None = None
        self._asked: Counter[str] = Counter()

    def then(self, id_: str, on: date) -> str:
        """The name a record went by on a day."""
        if self._former is None:
            self._former = {}
            for kind in RENAMED:
                rows = self._rows(f"SELECT id, former FROM {kind} WHERE former IS NOT NULL", ())  # noqa: S608 - kinds
                self._former.update({str(one): json.loads(former) for one, former in rows})
        day = on.isoformat()
        names = [(str(one["至"]), str(one["名称"])) for one in self._former.get(id_, ()) if str(one["至"]) >= day]
        return min(names)[1] if names else self.of(id_)

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
