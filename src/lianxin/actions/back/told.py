"""What a cell that came back says, and what is found of a whole workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from lianxin.actions.back.sent import Sent
from lianxin.actions.bring.draft import Trouble
from lianxin.core.declare.field import Privacy
from lianxin.reports.ledger.ask import Ask


class Standing(StrEnum):
    """How a value that came back stands to the ledger."""

    CLEAN = "可收"
    STALE = "台账后来动过"
    CONFLICT = "台账也改了这一栏"
    EMPTIED = "清空了"


class Told(Struct, frozen=True):
    """One cell that somebody has filled in.

    Attributes:
        sheet, row, column: Where it stands; the row from 1, the column from 0.
        ask: What it becomes.
        sent, now, back: What was sent, what stands in the ledger, what came back: as people read it.
        text: That as it would be typed; empty: it is to be taken out.
        becomes: The step, or that it corrects or changes what stands there.
        private: It names somebody, or says where he is found.
    """

    sheet: str
    row: int
    column: int
    label: str
    id: str
    ask: Ask
    sent: str
    now: str
    back: str
    text: str
    becomes: str
    standing: Standing
    private: bool

    @property
    def hidden(self) -> bool:
        """Whether others are not told what it says: it names somebody, or it is somebody's words."""
        return self.private or self.ask.spec.privacy is not Privacy.OPEN

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What she was shown when she said yes to it."""
        return self.id, self.label, self.now, self.text


class Difference(Struct, frozen=True):
    """All of a workbook.

    Attributes:
        told: In the order of the workbook.
        troubles: What is not taken, and why.
        rows: How many rows were sent.
        same: How many cells say what the ledger says by now.
        titles: Of the records that something is told of.
    """

    sent: Sent
    told: Sequence[Told]
    troubles: Sequence[Trouble]
    rows: int
    same: int
    titles: Mapping[str, str]
