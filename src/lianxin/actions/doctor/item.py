"""What looking something over has found, and how it is mended."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

from lianxin.core.document import Column, Document, Table
from lianxin.core.error import LianxinError
from lianxin.core.tone import Tone


class Health(StrEnum):
    """How an item stands."""

    GOOD = "正常"
    NOTE = "留意"
    BAD = "要治"


class Examined(Struct, frozen=True):
    """One item looked at."""

    item: str
    verdict: Health
    found: str
    remedy: str = ""


def refused(item: str, error: LianxinError) -> Examined:
    """A refusal as something found; its sentence names the remedy after the semicolon."""
    found, _, remedy = str(error).partition("；")
    return Examined(item, Health.BAD, found, remedy)


_TONES = ((Health.GOOD.value, Tone.GOOD), (Health.NOTE.value, Tone.WARNING), (Health.BAD.value, Tone.ALARM))
_COLUMNS = (
    Column("项目", "item"),
    Column("结果", "verdict", tones=_TONES),
    Column("情况", "found"),
    Column("怎么办", "remedy"),
)


def page(found: Sequence[Examined], *, remedies: bool, plain: bool = False) -> Document:
    """All that was looked at, with what mends it or without."""
    shown = _COLUMNS if remedies else _COLUMNS[:-1]
    rows = [(one.item, one.verdict.value, one.found, one.remedy)[: len(shown)] for one in found]
    return Document("体检", (Table(shown, rows),), name="doctor", plain=plain)
