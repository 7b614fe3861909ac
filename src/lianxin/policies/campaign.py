"""A campaign pack: a folder of the same files an office keeps under ``policy/``, ``forms/`` and ``reports/``."""

from __future__ import annotations

from lianxin.core.declare.field import field
from lianxin.core.declare.record import Record
from lianxin.core.measure import Names
from lianxin.core.value import Day, Text


class Campaign(Record):
    """``campaign.yaml``: what it is and when it runs."""

    name: Text = field("名称")
    help: Text = field("说明")
    since: Day | None = field("自", default=None, ahead=True, help="不写就不限")
    until: Day | None = field("至", default=None, ahead=True)
    themes: Names = field("主题", default=())
    needs: Names = field("要用到", default=(), help="要记哪些种类的记录")
