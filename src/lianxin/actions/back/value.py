"""What a cell that came back comes to: as it would be typed, and whether the ledger says it already."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from lianxin.actions.back.sent import Sent
from lianxin.actions.bring.cell import Spoilt, Year, as_typed
from lianxin.actions.bring.lexicon import KINDS, lexicon
from lianxin.actions.bring.value import when
from lianxin.actions.entry.entry import one, pieces
from lianxin.core.error import LianxinError
from lianxin.core.sheet import CellValue
from lianxin.core.text.fold import fold
from lianxin.core.value import FieldType, read_text
from lianxin.policies.importing import Importing
from lianxin.reports.ledger.ask import Ask
from lianxin.reports.value import plain
from lianxin.storage.book import LedgerBook

_MIDNIGHT, _LAST_MINUTE = " 00:00", " 23:59"
_DAY_LONG = len("2026-03-02")


class Values:
    """Reads the cells of one sending by one book."""

    def __init__(self, book: LedgerBook, sent: Sent) -> None:
        self._book, self._year = book, int(sent.at[:4])
        self._meanings = lexicon(sent.kind, Importing()).meanings if sent.kind in KINDS else {}

    def typed(self, cell: CellValue, ask: Ask, from_1904: bool | None) -> str:
        """A cell as it would be typed; empty: nothing stands in it.

        Raises:
            Spoilt: It cannot be said what was meant.
        """
        if cell == "" or (isinstance(cell, str) and not cell.strip()):
            return ""
        path = f"{ask.step.label}.{ask.spec.label}" if ask.step else ask.spec.label
        year = Year(self._year, from_1904)
        text = as_typed(cell, ask.spec, year, 1, self._meanings.get(path))
        if ask.step and ask.spec.name == "at":
            self._happened(text)
        return text

    def _happened(self, text: str) -> None:
        """Look whether it is a day that has come.

        Raises:
            Spoilt: It is none.
        """
        at = when(text)
        if at is None:
            raise Spoilt("这一格不是日期；请写成 2026-03-02 这样")
        if at > self._book.clock:
            raise Spoilt("这一天还没到，只能记已经发生的事")

    def said_already(self, id_: str, ask: Ask, text: str, now: str) -> bool:
        """Whether the ledger says it by now, in whatever words it was typed."""
        if ask.again and ask.step:
            events: Sequence[Any] = getattr(self._book.record(id_), "events", ())
            name, step = ask.spec.name, ask.step.name
            return any(fold(getattr(one, name)) == fold(text) for one in events if step == one.COMMAND)
        said = {text, *self._read(ask, text)}
        day = ask.spec.type is FieldType.MOMENT and len(text) == _DAY_LONG
        return now in said or (day and now[:_DAY_LONG] == text)

    def _read(self, ask: Ask, text: str) -> Iterator[str]:
        """How a ledger prints what a text comes to."""
        spec = ask.spec
        try:
            if spec.refs and text:
                named = [self._book.title(self._book.resolve(word, *spec.refs)) for word in pieces(text)]
                yield normal("、".join(named))
            elif spec.many:
                yield normal("、".join(pieces(text)))
            elif text:
                yield normal(plain(read_text(spec.type, str(one(spec, text, self._book)))))
        except (LianxinError, ValueError):  # it is told when it is to be taken
            return


def normal(value: object) -> str:
    """What stands in a cell as text, the same however a program has kept it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        rounded = (value + timedelta(seconds=30)).replace(second=0, microsecond=0)
        return normal(f"{rounded:%Y-%m-%d %H:%M}")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (time, timedelta)) or value is None:
        return "" if value is None else str(value)
    if isinstance(value, (int, float, Decimal)):
        return format(Decimal(str(value)).normalize(), "f")
    text = unicodedata.normalize("NFC", str(value)).replace("_x000D_", "").replace("\r", "")
    text = "\n".join(" ".join(line.split()) for line in text.strip().split("\n"))
    return text.removesuffix(_MIDNIGHT).removesuffix(_LAST_MINUTE)
