"""What a form can ask of a record's events beyond its columns: each of the five haves, and its steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct

from lianxin.core.book import Book
from lianxin.core.declare.field import Privacy
from lianxin.core.declare.kind import Kind
from lianxin.core.document import Column, Value
from lianxin.core.value import FieldType
from lianxin.kinds.issue.haves import HaveName
from lianxin.reports.life.history import timeline

#: The rows a tag gives for one record, from what its events add up to; one row of one cell for a plain tag.
Told = Callable[[Book, Any], Sequence[tuple[Value, ...]]]


class CourseTag(Struct, frozen=True):
    """One such tag.

    Attributes:
        parts: The columns of each of its parts, where it is a list; the tag's own column where it is not.
    """

    label: str
    help: str
    many: bool
    parts: tuple[Column, ...]
    told: Told

    def part(self, label: str) -> Column | None:
        """One of its columns."""
        return next((one for one in self.parts if one.label == label), None)


def _have(name: HaveName) -> CourseTag:
    def told(_book: Book, life: Any) -> Sequence[tuple[Value, ...]]:
        have = next(one for one in life.haves if one.name is name)
        return [(have.mark if have.present else f"缺：{have.missing}",)]

    return CourseTag(name.value, "有，或者缺什么", False, (Column(name.value, name.name.lower()),), told)


def _steps(book: Book, life: Any) -> Sequence[tuple[Value, ...]]:
    return [(one.at, one.label, one.actor, one.text) for one in timeline(book, life.record).entries]


_STEPS = CourseTag(
    "办理经过",
    "每一步一条",
    True,
    (
        Column("时间", "at", FieldType.MOMENT),
        Column("步骤", "step", FieldType.CHOICE),
        Column("经办人", "actor", term=True),
        Column("说明", "text", FieldType.STORY, Privacy.STORY),
    ),
    _steps,
)


def course_tags(kind: Kind) -> tuple[CourseTag, ...]:
    """What the events of a kind can be asked; nothing where it carries none."""
    if not kind.lifecycle:
        return ()
    return (*(map(_have, HaveName) if kind.name == "issue" else ()), _STEPS)
