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
    return str(form.says(spec.within, made) or "")


def stranger(spec: FieldSpec, said: Any, unit: str, book: LedgerBook) -> str:
    """What is said of whoever is not of the unit; empty where all are, or lead it.

    Args:
        spec: The field.
        said: An id, or several.
        unit: As ``unit_of`` tells it.
        book: The records.
    """
    if not unit or not said or spec.refs != ("person",):
        return ""
    people = [(one, str(book.record(one).org)) for one in ([said] if isinstance(said, str) else said)]  # type: ignore[attr-defined]
    head = getattr(book.record(unit), "secretary", None)
    others = [f"{book.title(one)}是{book.title(org)}的" for one, org in people if org != unit and one != head]
    return f"{'，'.join(others)}，不是{book.title(unit)}的人" if others else ""
