"""What is being written, kept until commit and files agree: should a command die, the next one finishes its work."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from lianxin.core.error import LianxinError
from lianxin.storage.git.disk import ordinary
from lianxin.storage.git.repo import Repo
from lianxin.storage.index.store import location
from lianxin.storage.write.placing import put


class Change(Struct, frozen=True):
    """The new text of one file.

    Attributes:
        path: Relative to the data folder.
        text: None: the file is taken away. Of what is no text, its bytes as ``surrogateescape`` spells them.
        base: What the file held when the change was worked out; None for a new file.
    """

    path: str
    text: str | None
    base: bytes | None

    @property
    def data(self) -> bytes | None:
        """What the file holds afterwards."""
        return _bytes(self.text)

    @classmethod
    def new(cls, path: str, data: bytes) -> Change:
        """A new file, be it text or not."""
        return cls(path, _text(data), None)

    @classmethod
    def gone(cls, path: str, data: bytes) -> Change:
        """A file that is taken away, be it text or not."""
        return cls(path, None, data)


def _text(base: bytes | None) -> str | None:
    return None if base is None else base.decode("utf-8", "surrogateescape")


def _bytes(text: str | None) -> bytes | None:
    return None if text is None else text.encode("utf-8", "surrogateescape")


class Intent:
    """The note of one data folder in one work tree."""

    def __init__(self, repo: Repo) -> None:
        self.path = location(repo).with_suffix(".intent")

    def note(self, changes: Sequence[Change]) -> None:
        """Keep what is about to be committed.

        Raises:
            OSError: It cannot be kept.
        """
        self.path.parent.mkdir(mode=0o700, exist_ok=True)
        told = [(one.path, one.text, _text(one.base)) for one in changes]
        put(self.path, json.dumps(told).encode())

    def since(self) -> float | None:
        """When it was noted; None when nothing is."""
        try:
            return self.path.stat().st_mtime
        except OSError:
            return None

    def left(self) -> list[Change]:
        """What a command that died was writing. A note that cannot be read is set aside, see ``damaged``."""
        try:
            told = json.loads(ordinary(self.path))
            return [Change(path, text, _bytes(base)) for path, text, base in told]
        except FileNotFoundError:
            return []
        except (LianxinError, ValueError, TypeError, AttributeError):
            self.path.rename(self.path.with_suffix(f".damaged-{time.time_ns()}"))
            return []

    def damaged(self) -> list[Path]:
        """Notes that could not be read, kept for whoever looks after the machine."""
        return sorted(self.path.parent.glob(f"{self.path.stem}.damaged-*"))

    def drop(self) -> None:
        """Commit and files agree."""
        self.path.unlink(missing_ok=True)
