"""Faults in the data are values: collected, sorted and printed, never raised."""

from __future__ import annotations

import re
from enum import StrEnum

from msgspec import Struct

#: Where in a record something stands: keys and list positions from the top, e.g. ``("事件", 2, "时间")``.
Loc = tuple[str | int, ...]


#: The path of a problem that concerns the repository and no file of the ledger.
REPOSITORY = ".git"


class Level(StrEnum):
    """How much a problem matters."""

    ERROR = "错误"
    WARNING = "警告"
    HINT = "提示"


class Fault(Struct, frozen=True):
    """A fault found in one record's values, before it is known at which line they stand.

    Attributes:
        code: Key of ``core.code.CODES``.
        loc: Path of the faulty value in the record; ``()`` for the record as a whole.
        message: One Chinese sentence, with the value that is wrong.
        on_key: The fault is in the key itself (an unknown one), not in its value.
        veiled: The sentence without the villager's words it quotes; empty when it quotes none.
    """

    code: str
    loc: Loc
    message: str
    on_key: bool = False
    veiled: str = ""


class Finding(Struct, frozen=True):
    """A fault found by a rule across records: which record, and where in it.

    Attributes:
        record: Id of the record to be mended.
        loc: As in ``Fault``; the storage layer turns it into a line and column.
        veiled: As in ``Fault``.
        twin: Id of the record it is likely one with; empty where it is about no such.
    """

    code: str
    record: str
    loc: Loc
    message: str
    veiled: str = ""
    twin: str = ""

    def remedy(self, declared: str) -> str:
        """What is to be done, as its code declares it, with the ids in the command."""
        return declared.replace("留下的编号 多余的编号", f"{self.twin} {self.record}") if self.twin else declared

    def before(self, declared: str) -> str:
        """The same while the record is not written yet: what is there already is added to, nothing is joined."""
        instead = rf"就不用再记，要补的写进 {self.twin}：lianxin edit {self.twin}"
        return (
            re.sub(r"用 lianxin \w+ join 留下的编号 多余的编号 合成一份", instead, declared) if self.twin else declared
        )

    @property
    def public(self) -> str:
        """The message as whoever may read along is told it."""
        return self.veiled or self.message


def spelt(path: str) -> str:
    """A path as text on one line: what breaks lines or steers a terminal is spelt out, bytes that are no text too."""
    if path.isprintable():
        return path
    text = path.encode("utf-8", "backslashreplace").decode()
    return re.sub("[\x00-\x1f\x7f-\x9f\u2028\u2029]", lambda found: f"<U+{ord(found[0]):04X}>", text)


class Problem(Struct, frozen=True, order=True):
    """A fault at its place in a file.

    Attributes:
        path: Relative to the data folder, with ``/``.
        line: From 1.
        col: From 1, in characters.
        excerpt: The line itself, or empty.
        veiled: As in ``Fault``.
    """

    path: str
    line: int
    col: int
    code: str
    message: str
    remedy: str = ""
    excerpt: str = ""
    level: Level = Level.ERROR
    veiled: str = ""

    @property
    def public(self) -> str:
        """The message as whoever may read along is told it."""
        return self.veiled or self.message

    @property
    def place(self) -> str:
        """``path:line:col``, as editors open it."""
        return f"{spelt(self.path)}:{self.line}:{self.col}"
