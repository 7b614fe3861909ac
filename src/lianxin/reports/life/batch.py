"""The same step of several records, on one page: what becomes of each, and why others are left out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from lianxin.core.book import Book
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import Step
from lianxin.core.document import Column, Document, Table
from lianxin.core.value import FieldType
from lianxin.reports.document import document_of

#: So many that are left out are listed.
_MOST = 12

_ID = Column("编号", "id", FieldType.REF, width=15)
_TITLE = Column("内容", "summary", width=28)
_MOVED = (
    _ID,
    _TITLE,
    Column("状态", "state", width=18, term=True),
    Column("期限", "due", FieldType.DEADLINE, width=16),
)
_LEFT = (_ID, _TITLE, Column("为什么", "why", width=34))


class Moved(Struct, frozen=True):
    """What a step makes of one record; states as ``actions.step.advanced`` tells them."""

    id: str
    title: str
    before: str
    after: str
    now: str
    due: datetime | None

    @property
    def states(self) -> str:
        """From where to where."""
        way = f"{self.before} → {self.after}" if self.before != self.after else self.after
        return f"{way}，现在{self.now}" if self.now != self.after else way


class Left(Struct, frozen=True):
    """A record that may not take the step."""

    id: str
    title: str
    why: str


def several(book: Book, kind: Kind, step: Step, moved: Sequence[Moved], left: Sequence[Left]) -> Document:
    """Those that take the step, then those that do not."""
    rows = [(one.id, one.title, one.states, one.due) for one in moved]
    caption = f"{step.label}（{len(moved)} 条）"
    tables = [Table(_MOVED, rows, [one.id for one in moved], caption=caption, below=("due",))]
    if left:
        shown = [(one.id, one.title, one.why) for one in left[:_MOST]]
        more = (f"另有 {len(left) - _MOST} 条没有列出。",) if len(left) > _MOST else ()
        caption = f"不能{step.label}，不在内（{len(left)} 条）"
        tables.append(Table(_LEFT, shown, [row[0] for row in shown], caption=caption, notes=more, below=("why",)))
    return document_of(book, f"{kind.label}批量{step.label}", tables, "batch")
