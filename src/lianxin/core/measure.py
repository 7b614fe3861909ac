"""A measure says what is counted: duties, figures, scores and report tables are all declared in this one form.

The storage layer compiles a measure to one SELECT of (subject, record, amount), so that a printed figure is the sum of
the records it opens to.
"""

from __future__ import annotations

import hashlib
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from msgspec import Struct

from lianxin.core.declare.field import field
from lianxin.core.declare.record import Record, Shorthand
from lianxin.core.value import Amount, Text

#: Written under 期间字段: the period does not matter (villages, households).
ALWAYS = "不限"


_LETTERS = str.maketrans("0123456789", "ghijkmnpqr")


class Aggregate(StrEnum):
    """What each record adds to the count."""

    RECORDS = "条"  # one
    PARTS = "项"  # one for each part of the list in 字段: 人次
    DISTINCT = "不同"  # one for each value of 字段 not counted before: 户, 人, 村
    DAYS = "天"  # one for each day not counted before, from 字段 to 止于字段
    SUM = "合计"  # the number in 字段


class Instant(StrEnum):
    """Which records with a beginning and an end belong to a period."""

    AT_END = "期末"  # in force on its last day
    WITHIN = "期内"  # in force on any of its days


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, (str, dict)) else value


Names = Annotated[tuple[Text, ...], Shorthand(_listed)]


class Part(Record):
    """What is counted of one kind of record.

    Paths are Chinese column names joined by ``.`` (``走访人.单位``); those that begin with the name under 展开 speak of
    the same part of that list.
    """

    kind: Text | None = field("种类", default=None, help="记录种类，如 走访、问题；只写「指标」时可不写")
    indicator: Text | None = field("指标", default=None, help="按指标合计：凡记有指标和数量的记录都算")
    filters: Names = field("筛选", default=(), help="字段=值，几条之间是「并且」")
    unroll: Text | None = field("展开", default=None, help="把一个清单栏的每一项当作一行来数")
    tally: Aggregate = field("计", default=Aggregate.RECORDS)
    value: Text | None = field("字段", default=None, help="「项」「不同」「天」「合计」数的是哪一栏")
    subject: Text | None = field("归属", default=None, help="算在谁头上：指向单位、人、村、户、结对等的栏，或「编号」")
    period_field: Text | None = field("期间字段", default=None, help="哪个日期或年份算期间；不写按种类，或「不限」")
    until_field: Text | None = field("止于字段", default=None, help="有起有止的，止于哪一栏；配合「时点」")
    instant: Instant = field("时点", default=Instant.AT_END, help="有起有止的：期末还在的，还是期内在过的")
    weight: Amount = field("权", default=Decimal(1), help="每一个按几个算，如 0.9")


Measure = Annotated[tuple[Part, ...], Shorthand(_listed)]
"""One part, or several whose counts add up; what is counted once is counted once over all of them."""


class Counted(Struct, frozen=True):
    """One record's share of a measure.

    Attributes:
        subject: Id, or words, of whom it counts for; empty where the measure names no 归属.
        record: Id.
        amount: What it adds; 0 where the same thing was counted with an earlier record.
        key: What is counted once: an id, a day, words; empty for other tallies.
        since, until: The days of 期间字段 and 止于字段 as the tables hold them, or empty.
    """

    subject: str
    record: str
    amount: Decimal
    key: str = ""
    since: str = ""
    until: str = ""


def digest_of(record: Record) -> str:
    """Twelve letters that change whenever a definition does."""
    return lettered(record.model_dump_json(by_alias=True))


def lettered(text: str) -> str:
    """A digest of twelve letters; no digits, which might be taken for a telephone number."""
    return hashlib.sha256(text.encode()).hexdigest()[:12].translate(_LETTERS)
