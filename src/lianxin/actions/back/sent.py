"""What a ledger that is sent out says of itself on a sheet that nobody sees, so that it can be taken back."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from lianxin.core.declare.kind import Kind
from lianxin.core.error import UsageError
from lianxin.core.sheet import CellValue, Sheet
from lianxin.kinds import KIND
from lianxin.reports.ledger.ask import PROGRESS, Ask, asked, progress
from lianxin.reports.ledger.form import Form, FormColumn

#: What the sheet is called, and what stands in its first cell.
SHEET, MARK = "系统用（请勿改动）", "lianxin 回填 1"
#: What stands in the hidden column beside rows that are no records.
OURS = "·"
#: The keys of columns, in a hidden row over the headings; that of the hidden column itself is bare.
KEY = "§"
#: Rows of the sheet: mark, words, their digest, then a row for each that was sent.
_WORDS, _DIGEST, FIRST = 1, 2, 3
#: A cell holds no more than 32,767.
_PIECE = 30_000

_TOKEN = re.compile(r"([A-Z]{2,5}-(?:\d{4}-)?[A-Z]\d{4,})·([0-9a-f]{10})\Z")


class Sent(Struct, frozen=True):
    """One sending.

    Attributes:
        ledger: The form's name.
        kind: English name.
        office: Whose ledger it is.
        commit: The records as they were.
        to: Whom it was sent to, by id and by name.
        at: When.
        face: How much of it he sees.
        columns: The form's, and whether the last is the one for 进展.
    """

    ledger: str
    kind: str
    office: str
    commit: str
    to: str
    called: str
    at: str
    face: str
    columns: tuple[tuple[tuple[str, ...], str, str], ...]
    extra: bool

    @property
    def form(self) -> Form:
        """What was sent, of whatever records."""
        columns = tuple(FormColumn(fields=paths, heading=label, joint=joint) for paths, label, joint in self.columns)
        return Form(name=self.ledger, kind=KIND[self.kind].label, columns=columns)

    @property
    def asks(self) -> list[Ask | None]:
        """What each column asks for, that for 进展 among them."""
        kind: Kind = KIND[self.kind]
        return [*asked(kind, self.form), *([progress(kind)] if self.extra else [])]

    @property
    def labels(self) -> list[str]:
        """The headings as they were sent."""
        return [*(label for _, label, _ in self.columns), *([PROGRESS] if self.extra else [])]

    def words(self) -> list[str]:
        """As it stands in the sheet: pieces of one text, and its digest."""
        text = msgspec.json.encode(self).decode()
        return [text[at : at + _PIECE] for at in range(0, len(text), _PIECE)]

    @property
    def digest(self) -> str:
        """What stands for this sending."""
        return hashlib.sha256("".join(self.words()).encode()).hexdigest()


def token(sent: Sent, id_: str, cells: Sequence[object]) -> str:
    """What a row is known by: its record, and what stands for the row as it was made of this sending's records."""
    said = "\x1f".join((sent.digest, id_, *map(str, cells)))
    return f"{id_}{OURS}{hashlib.sha256(said.encode()).hexdigest()[:10]}"


def record_of(text: object) -> str:
    """The record of a row's token; empty for anything else."""
    found = _TOKEN.match(text.strip()) if isinstance(text, str) else None
    return found[1] if found else ""


class Row(Struct, frozen=True):
    """A row as it was sent.

    Attributes:
        cells: As a program that saved it has left them.
        open: Where something could be written.
    """

    id: str
    cells: Sequence[CellValue]
    open: Sequence[bool]


def system_sheet(sheets: Sequence[Sheet]) -> Sheet | None:
    """The sheet that nobody sees; None: the workbook was not sent out by anybody."""
    return next((one for one in sheets if one.rows and one.rows[0] and str(one.rows[0][0]).strip() == MARK), None)


def read_sent(sheet: Sheet) -> tuple[Sent, Mapping[str, Row]]:
    """What was sent, and its rows by what they are known by.

    Raises:
        UsageError: The sheet was changed.
    """
    damaged = UsageError(
        "表里系统用的那一页被改动过，认不出发出时是什么样子；请让对方在您发出的那一份上重新填，"
        "或者照着内容在台账里自己记"
    )
    rows = sheet.rows
    if len(rows) < FIRST:
        raise damaged
    text = "".join(str(cell) for cell in rows[_WORDS])
    if hashlib.sha256(text.encode()).hexdigest() != str(rows[_DIGEST][0]).strip():
        raise damaged
    try:
        sent = msgspec.json.decode(text, type=Sent)
    except msgspec.MsgspecError:
        raise damaged from None
    wide = len(sent.labels)
    found: dict[str, Row] = {}
    for cells in rows[FIRST:]:
        if id_ := record_of(_at(cells, 0)):
            marks = str(_at(cells, 1))
            kept = [_at(cells, n) for n in range(2, wide + 2)]
            found[str(cells[0]).strip()] = Row(id_, kept, [one == "o" for one in marks.ljust(wide, "-")])
    return sent, found


def _at(cells: Sequence[Any], place: int) -> CellValue:
    value: CellValue = cells[place] if place < len(cells) else ""
    return value
