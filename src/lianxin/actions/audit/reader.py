"""Versions of files, each read and played once while history is gone through."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lianxin.actions.audit.change import Change, changed
from lianxin.actions.audit.version import Version, version
from lianxin.core.declare.lifecycle import Context
from lianxin.storage.git.history import Delta, contents
from lianxin.storage.git.repo import Repo
from lianxin.storage.git.snapshot import is_record
from lianxin.storage.read.loading import kind_at

#: So many versions are kept in hand: most commits follow closely on the one before of the same file.
_HELD = 20_000


class Reader:
    """What files held.

    Attributes:
        missing, spoilt: Paths and contents that are not there any more, or are not what their ids were made of.
    """

    def __init__(self, repo: Repo, context: Context) -> None:
        self.repo = repo
        self.missing: dict[str, str] = {}
        self.spoilt: dict[str, str] = {}
        self._context = context
        self._data: dict[str, bytes] = {}
        self._versions: dict[tuple[str, str], Version | None] = {}

    def fetch(self, deltas: Iterable[Delta]) -> None:
        """Have git give out the contents of some changes, all at once."""
        wanted: dict[str, str] = {}
        for delta in deltas:
            for oid in (delta.old, delta.new) if delta.ordinary else ():
                if oid and (delta.path, oid) not in self._versions:
                    wanted.setdefault(oid, delta.path)
        self._data = {}
        for oid, found in contents(self.repo, wanted):
            self._data[oid] = found.data
            if found.missing:
                self.missing[oid] = wanted[oid]
            elif not found.whole:
                self.spoilt[oid] = wanted[oid]

    def change(self, delta: Delta) -> Change:
        """What became of one file."""
        old, new = ((self.at(delta.path, oid) if delta.ordinary else None) for oid in (delta.old, delta.new))
        return changed(delta, old, new)

    def at(self, path: str, oid: str) -> Version | None:
        """A record's file as it was; None where there was none, or it is no record's."""
        if not oid or not is_record(path):
            return None
        if (path, oid) not in self._versions:
            if oid not in self._data:
                self._data |= {id_: found.data for id_, found in contents(self.repo, [oid])}
            self.keep(path, oid, self._data.get(oid, b""))
        return self._versions[path, oid]

    def keep(self, path: str, oid: str, data: bytes) -> Version | None:
        """Read what a file holds."""
        kind: Any = kind_at(path)
        made = version(path, kind, data, self._context) if kind else None
        while len(self._versions) >= _HELD:
            del self._versions[next(iter(self._versions))]
        self._versions[path, oid] = made
        return made
