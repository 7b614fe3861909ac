"""How pictures and papers are taken in (``policy/attachments.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lianxin.core.declare.field import field
from lianxin.core.declare.record import Record
from lianxin.core.value import Integer


class Taking(Record):
    """``attachments.yaml``."""

    most: Integer = field("上限", default=20, help="一份文件最多多少兆（MB）；照片缩小以前不算")
    side: Integer = field("长边", default=1600, help="照片缩到长边不超过多少点")
    quality: Integer = field("画质", default=85, help="照片存多细，40 到 95")


def taking_of(policy: Mapping[str, Any] | None) -> Taking:
    """What the file says; the shipped values where there is none or it is faulty (``check`` says so)."""
    try:
        return Taking.model_validate(policy or {}, by_alias=True, by_name=False)
    except ValueError:  # what pydantic-core raises is one
        return Taking()
