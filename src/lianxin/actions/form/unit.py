"""The unit whose people a field names: who is of another one is told, never taken in silence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lianxin.actions.form.form import Form
from lianxin.core.declare.field import FieldSpec
from lianxin.storage.book import LedgerBook


def unit_of(form: Form, spec: FieldSpec, made: Mapping[str, Any]) -> str:
    """The id of the unit of the person that a field names; empty where it may be anybody's.

    Args:
        form: What is asked.
        spec: The field.
        made: What is known of the others, by label, as files hold it.
    """
    if not spec.within:
        return ""
    return str(made.get(form.labels.get(spec.within, "")) or form.units.get(spec.within, ""))


def stranger(spec: FieldSpec, id_: Any, unit: str, book: LedgerBook) -> str:
    """What is said of somebody who is not of the unit; empty where he is, or leads it."""
    if not unit or not isinstance(id_, str) or spec.refs != ("person",):
        return ""
    person: Any = book.record(id_)
    if unit == person.org or id_ == getattr(book.record(unit), "secretary", None):
        return ""
    return f"{book.title(id_)}是{book.title(person.org)}的，不是{book.title(unit)}的人"
