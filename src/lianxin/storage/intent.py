"""What is being written, kept until commit and files agree: should a command die, the next one finishes its work."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from lianxin.core.dataclass import dataclass
from lianxin.storage.placing import put


@dataclass(frozen=True, slots=True)
class Change:
    """The new text of one record.

    Attributes:
        path: Relative to the data folder.
        base: What the file held when the change was worked out; None for a new file.
    """

    path: str
    text: str
    base: bytes | None


class Intent:
    """The note of one work tree."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "intent.json"

    def note(self, changes: Sequence[Change]) -> None:
        """Keep what is about to be committed.

        Raises:
            OSError: It cannot be kept.
        """
        self._path.parent.mkdir(mode=0o700, exist_ok=True)
        told = [(one.path, one.text, one.base and one.base.decode("utf-8", "surrogateescape")) for one in changes]
        put(self._path, json.dumps(told).encode())

    def left(self) -> list[Change]:
        """What a command that died was writing."""
        try:
            told = json.loads(self._path.read_bytes())
        except FileNotFoundError:
            return []
        return [
            Change(path, text, None if base is None else base.encode("utf-8", "surrogateescape"))
            for path, text, base in told
        ]

    def drop(self) -> None:
        """Commit and files agree."""
        self._path.unlink(missing_ok=True)
