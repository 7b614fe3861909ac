"""Every value of a record by itself, with what it is called, how private it is and where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lianxin.core.book import Book
from lianxin.core.declare.field import FieldSpec, Privacy
from lianxin.core.declare.kind import Derived
from lianxin.core.declare.lifecycle import COMMON
from lianxin.core.declare.record import fields_of
from lianxin.core.document import Pair
from lianxin.core.value import FieldType
from lianxin.kinds.inner import NAMED, inner_of, strictest
from lianxin.reports.plain import NAME
from lianxin.reports.value import Title, is_term

Spec = FieldSpec | Derived

#: What every event tells on any page.
EVERY_EVENTS = COMMON - {"note"}


class Leaves:
    """Values and where they stand, of one record.

    Args:
        book: The records.
        id_: Of the record.
        told: How private what stands in an event is, beyond what every event has.
        title: What everything was called then; otherwise what it is called now.
    """

    def __init__(self, book: Book, id_: str, told: Privacy = Privacy.OPEN, title: Title | None = None) -> None:
        self._title = title or book.title
        self._id = id_
        self._told = told

    def of(
        self, path: str, specs: Sequence[Spec], raw: Mapping[str, Any], above: Privacy = Privacy.OPEN
    ) -> Iterator[Pair]:
        """Every value of these fields, by their labels; what a field lacks is told too.

        Args:
            path: Where they stand.
            specs: The fields.
            raw: As the file holds them.
            above: How private the group is that they stand in.
        """
        for spec in specs:
            value, here = raw.get(spec.label), f"{path}.{spec.name}"
            if spec.type is FieldType.GROUP and spec.group:
                yield from self._group(spec, value, here, above)
            elif spec.refs and spec.name != "id":
                yield from self._reference(spec, value, here, above)
            else:
                yield self._leaf(spec, here, _value(spec, value), above)

    def _group(self, spec: Spec, value: Any, path: str, above: Privacy) -> Iterator[Pair]:
        if not value:
            yield Pair(spec.label, () if spec.many else None, spec.name, path=path)
            return
        above = strictest({above, spec.privacy})
        inner = set(inner_of(spec))
        within = fields_of(spec.group) if spec.group else ()
        for n, part in enumerate(value) if spec.many else [(None, value)]:
            hidden = Privacy.INTERNAL if _holds(part, inner) else above
            yield from self.of(path if n is None else f"{path}.{n}", within, part, hidden)

    def _reference(self, spec: Spec, value: Any, path: str, above: Privacy) -> Iterator[Pair]:
        ids, privacy = _value(spec, value), self._private(spec, above)
        called = tuple(map(self._title, ids)) if isinstance(ids, tuple) else self._title(ids) if ids else None
        yield Pair(spec.label, ids, spec.name, FieldType.REF, _bare(privacy), self._id, path=path)
        named = bool(NAMED & set(spec.refs)) and privacy in (Privacy.OPEN, Privacy.STORY)
        private = Privacy.NAME if named else privacy
        path = NAME.format(path)
        yield Pair(spec.label, called, spec.name, FieldType.TEXT, private, self._id, term=is_term(spec), path=path)

    def _leaf(self, spec: Spec, path: str, value: Any, above: Privacy) -> Pair:
        privacy, inner = self._private(spec, above), inner_of(spec)
        return Pair(
            spec.label, value, spec.name, spec.type, privacy, self._id, term=is_term(spec), inner=inner, path=path
        )

    def _private(self, spec: Spec, above: Privacy) -> Privacy:
        privacy = strictest({spec.privacy, above})
        return self._told if privacy is Privacy.OPEN and spec.name not in EVERY_EVENTS else privacy


def _bare(privacy: Privacy) -> Privacy:
    """How private an id is: it names nobody, but may be left out."""
    return privacy if privacy in (Privacy.INTERNAL, Privacy.STORY) else Privacy.OPEN


def _value(spec: Spec, value: Any) -> Any:
    if spec.many:
        return tuple(map(str, value or ()))
    return value


def _holds(part: Mapping[str, Any], words: set[str]) -> bool:
    """Whether a group has one of these words in it."""
    said = (value if isinstance(value, list) else [value] for value in part.values())
    return any(word in words for values in said for word in values if isinstance(word, str))
