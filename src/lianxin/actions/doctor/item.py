"""What looking something over has found, and how it is mended."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from lianxin.core.error import LianxinError


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
