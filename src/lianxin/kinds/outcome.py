"""What came of a piece of work, as an indicator and its quantity: on visits, activities and projects alike."""

from __future__ import annotations

from lianxin.core.declare.field import field
from lianxin.core.declare.record import Record
from lianxin.core.value import Amount, Text


class Outcome(Record):
    """One indicator and its quantity; its unit stands in ``policy/indicators.yaml``."""

    indicator: Text = field("指标", term=True, help="policy/indicators.yaml 里的指标名，如 慰问金")
    quantity: Amount = field("数量")
    thing: Text | None = field("说明", default=None)


def outcome_text(column: str) -> str:
    """SQL for the outcomes of a column in one line: ``慰问金 600（春节）、助学 1``."""
    return f"""(SELECT group_concat(json_extract(j.value, '$.指标') || ' ' || json_extract(j.value, '$.数量')
    || coalesce('（' || json_extract(j.value, '$.说明') || '）', ''), '、') FROM json_each({column}) AS j)"""  # noqa: S608 - columns of our own
