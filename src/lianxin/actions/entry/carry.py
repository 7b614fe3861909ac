"""What a new record takes over from the records that it names, so that no fact is typed twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lianxin.core.declare.example import alone
from lianxin.core.declare.field import OFFICE, FieldSpec
from lianxin.storage.book import LedgerBook


def candidates(
    spec: FieldSpec, labels: Mapping[str, str], values: Mapping[str, Any], book: LedgerBook
) -> tuple[str, ...]:
    """What the records already named say of a field that is taken over: one thing, or several to choose from.

    The first of its paths that names a record is the nearest one: what that record leaves open no other fills in.
    """
    if spec.copy_unless and values.get(labels[spec.copy_unless]) == "是":
        return ()
    found = next((said for path in spec.copy if (said := _said(path, labels, values, book)) is not None), ())
    return tuple(one for one in found if one in spec.choices) if spec.choices else found


def take_over(specs: Sequence[FieldSpec], values: dict[str, Any], book: LedgerBook) -> None:
    """Fill what the declaration says to take from the records already named, so that no fact is typed twice.

    What is filled may itself name a record (a visit its household), so it is gone over until nothing is added.
    """
    labels = {spec.name: spec.label for spec in specs}
    wanted = [spec for spec in specs if spec.copy]
    while True:
        open_ = [spec for spec in wanted if spec.label not in values]
        for spec in open_:
            said = candidates(spec, labels, values, book)
            if len(said) == 1:
                values[spec.label] = said[0]
        if all(spec.label not in values for spec in open_):
            return


def put_in(specs: Sequence[FieldSpec], values: dict[str, Any], book: LedgerBook) -> tuple[str, ...]:
    """Put the record that a list includes by declaration among its items where nobody has; what is told of that."""
    labels, told = {spec.name: spec.label for spec in specs}, list[str]()
    for spec in specs:
        named, items = values.get(labels.get(spec.includes, "")), values.get(spec.label, [])
        part = alone(spec)
        if part is None or not isinstance(named, str) or not isinstance(items, list):
            continue
        if all(isinstance(one, dict) and one.get(part.label) != named for one in items):
            values[spec.label] = [{part.label: named}, *items]
            told.append(f"{spec.label}里列上了{labels[spec.includes]} {book.title(named)}")
    return tuple(told)


def _said(path: str, labels: Mapping[str, str], values: Mapping[str, Any], book: LedgerBook) -> tuple[str, ...] | None:
    """``households.village``: what the records named by ``households`` say, each thing once; None: none is named.

    What one of them does not say is not said by all, and so by none. ``office.level`` is what its settings say.
    """
    field, _, wanted = path.partition(".")
    if field == OFFICE:
        return tuple(map(str, filter(None, (getattr(book.office, wanted, None),))))
    targets = [target for target in _listed(values.get(labels[field])) if isinstance(target, str)]
    said = [_listed(getattr(book.record(target), wanted)) for target in targets]
    if not all(said):
        return ()
    return tuple(dict.fromkeys(str(one) for some in said for one in some)) or None


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, (list, tuple)) else () if value is None else (value,)
