"""What a correction (更正) may change: the fields of the record, or of one of its steps, as they stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lianxin.actions.entry.amend import event_of
from lianxin.core.declare.condition import need_of
from lianxin.core.declare.field import FieldSpec
from lianxin.core.declare.record import Record, fields_of
from lianxin.core.document import show
from lianxin.core.error import UsageError
from lianxin.kinds.life.correction import may_change
from lianxin.kinds.life.event import Amend
from lianxin.reports.value import cell
from lianxin.storage.book import LedgerBook

#: Labels of what says which step, and which field of it.
_EVENT, _FIELD = (next(spec.label for spec in fields_of(Amend) if spec.name == name) for name in ("event", "field"))

NOTHING = "没有写"
#: So much of a value tells what it is.
_SHORT = 16


class Correcting:
    """The fields that a correction may change.

    Args:
        record: As it stands.
        book: Says what records are called.
    """

    def __init__(self, record: Any, book: LedgerBook) -> None:
        self._record = record
        self._book = book

    def fields(self, made: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
        """Label and present value of each, what is wanted and says nothing first.

        Args:
            made: What is known of the correction, by label: which step it is about.
        """
        held = self._held(made)
        specs = [spec for spec in _fields(held) if may_change(type(held), spec)]
        specs.sort(key=lambda spec: not self._wanting(held, spec))
        return tuple((spec.label, _short(self._present(held, spec))) for spec in specs)

    def chosen(self, made: Mapping[str, Any]) -> FieldSpec | None:
        """The field that is to be changed, once it is said."""
        return next((spec for spec in _fields(self._held(made)) if spec.label == made.get(_FIELD)), None)

    def stands(self, made: Mapping[str, Any]) -> str:
        """What the field says now, once it is said which; empty before."""
        spec, held = self.chosen(made), self._held(made)
        return f"现在是：{self._present(held, spec)}" if spec else ""

    def _held(self, made: Mapping[str, Any]) -> Any:
        word = made.get(_EVENT)
        try:
            id_ = event_of(self._record, str(word)) if word else self._record.id
        except UsageError:  # it is told beside the field
            return None
        return next((one for one in (self._record, *self._record.events) if one.id == id_), None)

    def _present(self, held: Any, spec: FieldSpec) -> str:
        return show(cell(spec, getattr(held, spec.name), self._book.title), spec.type) or NOTHING

    def _wanting(self, held: Any, spec: FieldSpec) -> bool:
        values = {one.name: getattr(held, one.name) for one in _fields(held)}
        return not values[spec.name] and need_of(spec, values) is not None


def _fields(held: Any) -> tuple[FieldSpec, ...]:
    model: type[Record] | None = type(held) if held is not None else None
    return fields_of(model) if model else ()


def _short(text: str) -> str:
    line = text.partition("\n")[0]
    return line if len(line) <= _SHORT else f"{line[:_SHORT]}……"
