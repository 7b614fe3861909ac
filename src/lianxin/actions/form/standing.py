"""What stands in a field to begin with, as its declaration says: to be seen, and changed, before it counts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from lianxin.actions.form.form import Form
from lianxin.actions.policy.definition import definitions
from lianxin.core.day.hour import hour_in
from lianxin.core.declare.field import OFFICE, FieldSpec
from lianxin.core.text.pattern import late
from lianxin.kinds import kind_of
from lianxin.reports.outline.number import next_number
from lianxin.storage.book import LedgerBook

#: The last record of a kind that is in force: what somebody has written down last, whenever that was.
_LAST_RECORD = "SELECT id FROM record WHERE kind = ? AND NOT voided ORDER BY id DESC LIMIT 1"

#: The last times a step was taken on issues of the same category, those in the same village first.
_LAST_ALIKE = """SELECT e.data, i.village IS here.village FROM issue AS here
JOIN issue AS i ON i.category = here.category AND i.id != here.id JOIN event AS e ON e.record = i.id
WHERE here.id = ?2 AND e.step = ?1 ORDER BY i.village IS here.village DESC, i.id DESC, e.n DESC LIMIT 20"""

#: What the step said on this one, before it had to be taken anew.
_BEFORE_HERE = "SELECT data FROM event WHERE step = ?1 AND record = ?2"

#: Units of other villages than an issue's.
_ELSEWHERE = "SELECT id FROM org WHERE village != (SELECT village FROM issue WHERE id = ?)"

#: ``last(village)``, ``hour(words)``, ``number(form)``, ``left(visit.matters)``: what is offered hangs on a field.
_BY = late(r"(?P<what>last|hour|number|left)\((?P<name>[\w.]+)\)")
#: The next number of the papers that go out with a step.
_NUMBER = "number"


#: Whose word it is that stands there: the last record's, the last time's of such a matter, in that village or any.
SAME, SAME_HERE, SAME_CASE, NEXT = "照上一条", "照本村上一件同类的", "照上一件同类的", "下一号"
#: Those that are another record's word.
ANOTHERS = (SAME, SAME_HERE, SAME_CASE)


class Standing:
    """What a form offers of its fields, as far as what is known besides says it."""

    def __init__(self, form: Form, book: LedgerBook) -> None:
        self._form = form
        self._book = book
        self._same = SAME_CASE if form.step else SAME
        self._last = self._before()
        columns = ((name, kind_of(form.id).column(name)) for name in form.stood)
        self._labels = {name: column.label for name, column in columns if column} | form.labels

    def of(self, spec: FieldSpec, made: Mapping[str, Any]) -> str:
        """What is offered of a field, as it would be typed; empty for nothing.

        Args:
            spec: Of the field.
            made: What is known of the others, by label, as files hold it.
        """
        return self._found(spec, made)[1] or (spec.likely if spec.required else "")

    def whence(self, spec: FieldSpec, made: Mapping[str, Any]) -> str:
        """Whose word what is offered of a field is: another record's, that of a field of this form, nobody's.

        Args:
            spec: Of the field.
            made: As ``of`` takes it.
        """
        source, _said = self._found(spec, made)
        if source.startswith("last"):
            return self._same
        if source in ("today", "now"):
            return "今天" if source == "today" else "现在"
        if source.startswith(_NUMBER):
            return NEXT
        if source == "actor":
            return "经办人"
        hangs = _BY.fullmatch(source)
        return taken_from(hangs["name"] if hangs else source, self._labels) or "默认"

    def _found(self, spec: FieldSpec, made: Mapping[str, Any]) -> tuple[str, str]:
        """The first source that says anything, and what; nothing behind one whose records say this and that."""
        for source in spec.offer:
            if said := self._said(spec, source, made):
                return source, said
            if len(self._each(source, made)) > 1:
                break
        return "", ""

    def _said(self, spec: FieldSpec, source: str, made: Mapping[str, Any]) -> str:
        if source == "today":
            return self._book.today.isoformat()
        if source == "now":
            return f"{self._book.now:%Y-%m-%d %H:%M}"
        if source == "actor":
            return self._form.actor
        if source == "last":
            return _typed(self._last.get(spec.label))
        if source == _NUMBER:
            return self._next_number(self._form.step.label if self._form.step else "")
        if (hangs := _BY.fullmatch(source)) and hangs["what"] == "left":
            return self._left(spec, hangs["name"], made)
        if hangs:
            return self._hanging(hangs["what"], spec, self._form.labels.get(hangs["name"], ""), made)
        if source.startswith(f"{OFFICE}."):
            return str(getattr(self._book.office, source.removeprefix(f"{OFFICE}.")) or "")
        if "=" in source:
            name, _, word = source.partition("=")
            return word if made.get(self._form.labels.get(name, "")) else ""
        parts = [self._along(path, made) for path in source.split("+")]
        return "".join(_read(part, self._book) for part in parts) if len(parts) > 1 else _typed(parts[0])

    def _hanging(self, what: str, spec: FieldSpec, label: str, made: Mapping[str, Any]) -> str:
        """What the last record said, where it agrees in that field; the hour that field tells of."""
        said = made.get(label)
        if what == _NUMBER:
            return self._next_number(str(said or ""))
        if what == "last":
            return _typed(self._last.get(spec.label)) if said and said == self._last.get(label) else ""
        day = made.get(self._form.kind.dated) if self._form.kind else None
        return hour_in(str(said), date.fromisoformat(day) if day else self._book.today)[0] if said else ""

    def _next_number(self, goes: str) -> str:
        """The next number of the papers that go out so; it is given only when the step is written."""
        series = next((one for one in definitions(self._book).series.values() if goes and one.goes == goes), None)
        return next_number(self._book, series) if series else ""

    def _left(self, spec: FieldSpec, path: str, made: Mapping[str, Any]) -> str:
        """The only one of those that a record tells of, or the first that no record made of it says yet."""
        told, kind, name = self._along(path, made) or (), self._form.kind, path.partition(".")[0]
        if len(told) < 2 or kind is None:
            return _typed(told)
        sql = f'SELECT "{spec.name}" FROM "{kind.name}" WHERE "{name}" = ?'  # noqa: S608 - names declared here
        said = [str(one) for (one,) in self._book.sql(sql, (self._form.says(name, made),))]
        return next((one for one in told if not any(one in text for text in said)), "")

    def _along(self, path: str, made: Mapping[str, Any]) -> Any:
        """What a field says, or the records that it names where all of them say the same."""
        name, _, wanted = path.partition(".")
        if not wanted:
            return self._form.says(name, made)
        said = self._each(path, made)
        return said[0] if len(said) == 1 else None

    def _each(self, path: str, made: Mapping[str, Any]) -> list[Any]:
        """What the records that a field names say, each thing once."""
        name, _, wanted = path.partition(".")
        held = self._form.says(name, made) if wanted else None
        ids = held if isinstance(held, list) else [held]
        said: list[Any] = []
        for id_ in (one for one in ids if isinstance(one, str)):
            if (one := self._of_one(id_, wanted)) not in said:
                said.append(one)
        return said

    def _of_one(self, id_: str, wanted: str) -> Any:
        """What a record says, or what its steps have come to."""
        record = self._book.record(id_)
        return getattr(record if hasattr(record, wanted) else self._book.fold(id_), wanted)

    def _before(self) -> Mapping[str, Any]:
        """What the last record or step of this sort said, by label, as its file holds it."""
        asked = [spec for spec in self._form.specs if any(one.startswith("last") for one in spec.offer)]
        if not asked:
            return {}
        if self._form.step is not None:
            return self._alike(asked, (self._form.step.label, self._form.id))
        kind = self._form.kind
        found = self._book.sql(_LAST_RECORD, (kind.name,)) if kind else []
        return self._book.held(found[0][0])[2] if found else {}

    def _alike(self, asked: Sequence[FieldSpec], step: tuple[str, str]) -> Mapping[str, Any]:
        """The last time on such a matter; neither whoever had this one already is proposed, nor another village's."""
        done = [json.loads(data) for (data,) in self._book.sql(_BEFORE_HERE, step)]
        had = {(spec.label, _typed(one.get(spec.label))) for one in done for spec in asked}
        had |= {(spec.label, id_) for (id_,) in self._book.sql(_ELSEWHERE, step[1:]) for spec in asked}
        for data, here in self._book.sql(_LAST_ALIKE, step):
            said: dict[str, Any] = json.loads(data)
            if not had & {(spec.label, _typed(said.get(spec.label))) for spec in asked}:
                self._same = SAME_HERE if here else SAME_CASE
                return said
        return {}


def taken_from(source: str, labels: Mapping[str, str]) -> str:
    """Which fields of a form a path goes through, as it is said beside what was taken: 照走访户; empty: of none."""
    names = (part.partition("=")[0].partition(".")[0] for part in source.split("+"))
    said = "、".join(labels[name] for name in names if name in labels)
    return f"照{said}" if said else ""


def _typed(value: Any) -> str:
    """A value as it would be typed."""
    if isinstance(value, (list, tuple)):
        return "、".join(_typed(one) for one in value)
    return "" if value is None or isinstance(value, dict) else str(value)


def _read(value: Any, book: LedgerBook) -> str:
    """A value as it is read: a record by its title."""
    return book.title(_typed(value)) if value else ""
