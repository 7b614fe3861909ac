"""注销 of personal data: what identifies somebody leaves the record, which keeps its number and goes on being counted.

What becomes of each field follows from its class of privacy (``core.declare.field``).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from lianxin.core.declare.field import Privacy, field
from lianxin.core.declare.record import Record
from lianxin.core.value import Day, Ref, Text


class Ground(StrEnum):
    """Why it is done."""

    TERM = "保存期满"
    REQUEST = "依法申请"


class Erasure(Record):
    """When the personal data of a record were taken out, and why."""

    on: Day = field("日期")
    ground: Ground = field("依据")
    paper: Text | None = field("文号", default=None)
    why: Text | None = field("理由", default=None, privacy=Privacy.STORY)
    by: Ref = field("经办人", ref="person")


#: The field itself, the same in every one of those kinds.
ERASED_ON: Erasure | None = field(
    "注销", default=None, auto=True, help="个人信息已经注销：姓名、电话等不在了，编号和数照旧"
)

#: Kinds whose records are about somebody: of each the fields that say who, where it is not the record itself.
ERASABLE = ("person", "household", "visit", "issue", "evidence")

#: By kind, the field that leads to whom a record is about: what it tells in confidence goes when he is the only one.
ABOUT: Mapping[str, str] = {
    "visit": "households",
    "issue": "household",
    "promise": "household",
    "appraisal": "whom",
    "evidence": "about",
}
