"""作废 of a record that keeps no events: it stays with its number, and is counted and offered no more.

Kinds with a life of their own have a step for it.
"""

from __future__ import annotations

from lianxin.core.declare.field import Privacy, field
from lianxin.core.declare.lifecycle import VOID
from lianxin.core.declare.record import Record
from lianxin.core.value import Day, Ref, Text

#: Kinds whose records are voided in this way; a test compares them with the declarations.
VOIDABLE = (
    *("village", "org", "person", "household", "pairing", "visit"),
    *("activity", "promise", "project", "survey", "appraisal", "evidence", "frozen"),
)


class Voiding(Record):
    """Why a record no longer counts, and which one took its place."""

    on: Day = field("作废日期")
    by: Ref = field("作废人", ref="person")
    why: Text = field("理由", privacy=Privacy.STORY)
    into: Ref | None = field("并入", default=None, ref=VOIDABLE, help="同一种记录里留下来的那一份")


#: The field itself, the same in every one of those kinds.
VOIDED: Voiding | None = field(VOID, default=None, auto=True, help="登记错了或重复的；编号保留，不再列出、不再计数")
