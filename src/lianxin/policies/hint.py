"""What a careful clerk's notices go by (``policy/hints.yaml``) and which were answered (``policy/silenced.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lianxin.core.declare.field import field
from lianxin.core.declare.record import Record
from lianxin.core.measure import Names
from lianxin.core.value import Day, Integer, Ref, Text


class Notice(Record):
    """From where on something is worth a second look."""

    last_minutes: Integer = field("踩点分钟", default=60, help="到期前不到这么多分钟才办结的，提示")
    alike: Integer = field("雷同字数", default=12, help="不少于这么多字、一字不差的，提示")
    empty_words: Names = field("空话", default=("近期", "尽快", "正在协调"), help="办理结果里不该有的词")
    cluster: Integer = field("聚集件数", default=5, help="同村同类一个季度到这么多件，提示举一反三")
    often: Integer = field("常反映件数", default=4, help="同一个人一年里反映到这么多件，提示")


class Silence(Record):
    """One hint that was looked into and stands as it is."""

    record: Ref = field("记录")
    code: Text = field("提示", help="代码，如 H004")
    why: Text = field("理由")
    by: Ref | None = field("经办人", default=None, ref="person")
    on: Day | None = field("日期", default=None)


class Silences(Record):
    """``policy/silenced.yaml``."""

    silences: tuple[Silence, ...] = field("免提")


def notice_of(policy: Mapping[str, Any] | None) -> Notice:
    """What ``policy/hints.yaml`` says; the shipped values where there is none or it is faulty (``check`` says so)."""
    try:
        return Notice.model_validate(policy or {}, by_alias=True, by_name=False)
    except ValueError:  # what pydantic-core raises is one
        return Notice()
