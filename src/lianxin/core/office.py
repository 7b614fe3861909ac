"""What ``lianxin.yaml`` holds: whose ledger this is."""

from __future__ import annotations

from lianxin.core.declare.field import field
from lianxin.core.declare.record import Record
from lianxin.core.text.pattern import late
from lianxin.core.value import Day, Integer, Ref, Text

_TOWN = late(r".+?(?:镇|乡|街道)")


class Office(Record):
    """The office that keeps this data folder."""

    name: Text = field("名称")
    level: Text | None = field("层级", default=None, help="村、镇、示范区、县")
    org: Ref | None = field("单位", default=None, ref="org")
    clerk: Ref | None = field("办事员", default=None, ref="person", help="不写 --as 时就是这个人在办")
    started: Day | None = field("启用日期", default=None, help="台账从哪天记起；这天以前的职责和增减不问")
    campaigns: tuple[Text, ...] = field("活动", default=())
    backup: Integer = field("备份提醒", default=7, help="备份过的，几天没有再备份就提醒；0 是不提醒")
    notes: Text | None = field("备注", default=None)

    @property
    def town(self) -> str:
        """The town that it is of, by its name; empty where that does not say."""
        found = _TOWN.match(self.name)
        return found[0] if found else ""
