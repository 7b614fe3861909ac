"""The words issues are sorted by (``categories.yaml``)."""

from __future__ import annotations

from typing import Annotated, Any

from lianxin.core.declare.field import field
from lianxin.core.declare.record import Record, Shorthand
from lianxin.core.value import Text


def _named(value: Any) -> Any:
    return {"名称": value} if isinstance(value, str) else value


class Category(Record):
    """One category; a bare word will do."""

    name: Text = field("名称")
    help: Text | None = field("说明", default=None, help="拿不准时归哪一类")


class Categories(Record):
    """``categories.yaml``."""

    categories: tuple[Annotated[Category, Shorthand(_named)], ...] = field("类别")
