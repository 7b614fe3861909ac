"""Filters, the same in ``--where``, ``list``, forms, duties and figures: ``字段=值``.

``= != >= <= ~`` (contains); commas mean or, repetition means and. A path may step through a reference:
``责任部门.类别=经济``. Parsed here, compiled to parameterised SQL by the storage layer, never evaluated in Python.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from lianxin.core.error import UsageError
from lianxin.core.text.pattern import late


class Op(StrEnum):
    """Comparisons a filter knows."""

    EQ = "="
    NE = "!="
    GE = ">="
    LE = "<="
    HAS = "~"


class Filter(Struct, frozen=True):
    """One condition. An empty single value (``责任人=``) means: nothing is written there."""

    path: tuple[str, ...]
    op: Op
    values: tuple[str, ...]

    def __str__(self) -> str:
        return f"{'.'.join(self.path)}{self.op.value}{','.join(self.values)}"

    def veiled(self) -> str:
        """The condition without what it looks for; ids stay."""
        values = (value if not value or _ID.fullmatch(value) else _VEILED for value in self.values)
        return f"{'.'.join(self.path)}{self.op.value}{','.join(values)}"


def in_words(conditions: str) -> str:
    """Conditions joined by ；, as papers say them: 状态不含作废, 逾期天数不小于 3."""
    return "；".join(one_in_words(one) for one in conditions.split("；"))


def one_in_words(text: str) -> str:
    """``上门=是`` as it is spoken: 上门为是."""
    found = re.match(_FILTER, text)
    if found is None:
        return text
    field, values = found["path"].replace(".", "的"), found["values"].replace(",", "或")
    op = Op(_OPS.get(found["op"], found["op"]))
    return f"{field}{_WORDS[op]}{values}" if values else f"{field}{_BLANK.get(op, '')}"


#: How a comparison is said, and how one with nothing is.
_WORDS = {Op.EQ: "为", Op.NE: "不含", Op.GE: "不小于", Op.LE: "不大于", Op.HAS: "含"}
_BLANK = {Op.EQ: "没有填", Op.NE: "填了"}

#: An id says nothing of anybody, and makes the same question possible again.
_ID = late(r"[A-Z]{2,5}-(?:\d{4}-)?[A-Z]\d{4,}")
#: Stands in place of what was looked for.
_VEILED = "****"

_FILTER = r"(?s)\s*(?P<path>[^=!<>~＝≥≤]+?)\s*(?P<op>!=|>=|<=|≥|≤|=|＝|~)\s*(?P<values>.*?)\s*\Z"
_OPS = {"≥": ">=", "≤": "<=", "＝": "="}


def is_filter(text: str) -> bool:
    """Whether a word is a condition rather than an id or a name."""
    return re.match(_FILTER, text) is not None


def parse_filter(text: str) -> Filter:
    """``类别=道路,水利`` → Filter.

    Raises:
        UsageError: It is not of that shape.
    """
    found = re.match(_FILTER, text)
    if not found:
        raise UsageError(f"看不懂筛选条件「{text}」，应写成 字段=值，比较可用 = != >= <= ~，几个值用逗号隔开")
    op = Op(_OPS.get(found["op"], found["op"]))
    values = tuple(part.strip() for part in re.split("[,，]", found["values"]))
    return Filter(tuple(part.strip() for part in found["path"].split(".")), op, values)


def parse_filters(texts: Iterable[str]) -> tuple[Filter, ...]:
    """Every text as a filter; together they mean *and*."""
    return tuple(parse_filter(text) for text in texts)
