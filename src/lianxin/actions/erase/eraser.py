"""What becomes of a text of the ledger: each name, telephone and the like is a mark from now on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from lianxin.actions.erase.subject import Subject
from lianxin.core.declare.field import FieldSpec, Going, Privacy
from lianxin.core.declare.kind import Kind
from lianxin.core.text.erased import ERASED, erased, mark
from lianxin.core.text.fold import fold
from lianxin.core.text.name import Known, given_names, writings
from lianxin.core.text.telephone import read_phone
from lianxin.core.value import FieldType
from lianxin.formats.face.given import Called, hide_given
from lianxin.formats.face.text import Veil
from lianxin.storage.write.text.altering import altered

#: Fields of other records in which somebody may be named.
_TOLD = (FieldType.TEXT, FieldType.STORY, FieldType.PHONE)


class Marks:
    """The mark for each value, the same wherever it stands."""

    def __init__(self, known: Mapping[str, str], after: int) -> None:
        self._known, self._last = dict(known), after

    def of(self, text: str) -> str:
        """What stands for a value."""
        key = read_phone(text) or fold(text)
        if key not in self._known:
            self._last += 1
            self._known[key] = mark(self._last)
        return self._known[key]


class Eraser:
    """Takes one subject out of texts.

    Args:
        subject: Who.
        known: Public words of the book, in which a name is nobody's.
        marks: What stands for what.
    """

    def __init__(self, subject: Subject, known: Known, marks: Marks) -> None:
        self.subject, self.marks = subject, marks
        for name in (*subject.names, *subject.numbers, *subject.secrets):
            marks.of(name)
        written = {writing: name for name in reversed(subject.names) for writing in writings(name)}
        self._near = self._veil(known, {one: marks.of(name) for one, name in written.items()})
        alone = {one: marks.of(name) for one, name in written.items() if one not in subject.shared}
        self._wide = self._veil(known, alone)
        given = {given: marks.of(name) for one, name in written.items() for given in given_names(one)}
        self._given = Called(frozenset(given) - known.words)

    def _veil(self, known: Known, names: Mapping[str, str]) -> Veil:
        given = {given: names[one] for one in names for given in given_names(one)}
        of_these = replace(
            known,
            people=frozenset(names),
            homes=frozenset(),
            given={"": frozenset(given)},
            living={},
            inside=frozenset(one for one in (*names, *given) if any(one in word for word in known.words)),
        )
        secrets = {text: self.marks.of(text) for text in self.subject.secrets}
        numbers = {read_phone(text) or text: self.marks.of(text) for text in self.subject.numbers}
        return Veil(of_these, secrets, marks={**given, **names}, numbers=numbers)

    def words(self, text: str, record: str = "") -> str:
        """A free text of a record, or of none, without them."""
        if record not in self.subject.linked:
            return self._wide.hide(text)
        return hide_given(self._near.hide(text), self._given, self._near)

    def tells(self, text: str, record: str = "") -> bool:
        """Whether a text holds one of them."""
        return self.words(text, record) != text

    def record(self, text: str, kind: Kind, id_: str) -> tuple[str, tuple[str, ...]]:
        """A record's file without them, and the labels of what changed.

        Raises:
            LianxinError: The file cannot be read.
        """
        own = id_ in self.subject.own

        def change(spec: FieldSpec | None, value: str) -> str | None:
            if spec is None or erased(value):
                return value if spec else self.words(value, id_)
            if own:
                return self._own(spec, value, kind, id_)
            return self.words(value, id_) if spec.type in _TOLD and not spec.term else value

        return altered(text, kind, change)

    def _own(self, spec: FieldSpec, value: str, kind: Kind, id_: str) -> str | None:
        """A value of a record that is about nobody else."""
        match spec.going:
            case Going.MARKED:
                return self.marks.of(value)
            case Going.TAKEN:
                return None if spec.type is FieldType.DAY else ERASED
            case Going.SEARCHED if kind.name == "evidence" and spec.privacy is Privacy.STORY:
                return ERASED  # what a picture shows that is gone
            case Going.SEARCHED:
                return value if spec.term else self.words(value, id_)
        return value


def eraser(subject: Subject, known: Known, after: int, marks: Mapping[str, str] | None = None) -> Eraser:
    """One that gives marks after the highest so far, but those that were given before."""
    return Eraser(subject, known, Marks(marks or {}, after))


def all_words(value: Any, erase: Eraser, record: str = "") -> Any:
    """Texts in a nest of lists and mappings, each without them."""
    if isinstance(value, str):
        return erase.words(value, record)
    if isinstance(value, Mapping):
        return {key: all_words(part, erase, record) for key, part in value.items()}
    if isinstance(value, Iterable):
        return [all_words(part, erase, record) for part in value]
    return value
