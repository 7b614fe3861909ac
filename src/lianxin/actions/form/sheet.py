"""A form as it is being filled in: every field with what stands there, what it must say, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec import field as member

from lianxin.actions.entry.carry import candidates, take_over
from lianxin.actions.entry.entry import names_nobody, understood
from lianxin.actions.entry.figure import runs_from, told
from lianxin.actions.entry.judge import at_odds, field_values, file_values, over, refusal
from lianxin.actions.form.beside import also, going, led
from lianxin.actions.form.correct import Correcting
from lianxin.actions.form.form import Answers, Form
from lianxin.actions.form.standing import Standing, taken_from
from lianxin.actions.form.title import exposed, names_in, title_of
from lianxin.actions.form.unit import stranger, unit_of
from lianxin.core.declare.condition import likely_useless, need_of, useless
from lianxin.core.declare.field import FieldSpec
from lianxin.core.declare.need import EMPTY
from lianxin.core.value import FieldType
from lianxin.rules.category import categories
from lianxin.rules.group import groups_for
from lianxin.storage.book import LedgerBook

#: What may name somebody.
_NAMING = (FieldType.TEXT, FieldType.REF)

#: So many records that others name are a list to pick from.
_MOST = 6

YES_NO = ("是", "否")


class Place(StrEnum):
    """Where a field stands."""

    SHORT = "先填"
    MORE = "更多"
    NOWHERE = "用不着"


class Line(Struct, frozen=True):
    """One field of a form, as things stand.

    Attributes:
        text: What stands there: typed, or offered to begin with.
        typed: A person typed it, or took it out.
        proposed: It stands there without anybody's having typed it, or written it in the record.
        must: Before which step it must be written; empty: at once; None: it may be left out.
        why: It must be.
        standing: What it comes to when nothing stands there, as it is read.
        words: What it is picked from, ``(value, shown)``.
        fault: What is wrong with it.
        remark: What was made of words: 周五 is 2026-03-06.
        apart: What stands beside each of the words, by its value.
        unit: The unit of the person that it names, by its id.
        whence: Whose word it is that stands there, or counts where nothing does: 照走访户; empty: she typed it.
    """

    spec: FieldSpec
    place: Place
    text: str | list[str] = ""
    typed: bool = False
    proposed: bool = False
    must: str | None = None
    why: str = ""
    standing: str = ""
    words: tuple[tuple[str, str], ...] = ()
    fault: str = ""
    remark: str = ""
    whence: str = ""
    unit: str = ""
    apart: Mapping[str, str] = member(default_factory=dict)

    @property
    def lacking(self) -> bool:
        """Whether nothing can be written without it, and nothing stands there."""
        return self.must == "" and self.open

    @property
    def open(self) -> bool:
        """Whether it must be written now or later, and nothing stands there."""
        return self.must is not None and not self.text and not self.standing


class Sheet:
    """A form in somebody's hands.

    Args:
        form: What is asked for.
        book: Says which record a word means, and what is known.
        bare: Nothing is offered: nobody sees it before it is written.
    """

    def __init__(self, form: Form, book: LedgerBook, *, bare: bool = False) -> None:
        self.form = form
        self.book = book
        self._bare = bare
        self._offered_by = Standing(form, book)
        self._title = title_of(form)
        self._correcting = Correcting(form.held, book) if form.held is not None else None

    def lines(self, typed: Mapping[str, str | list[str]]) -> tuple[Line, ...]:
        """Every field, in order.

        Args:
            typed: What a person typed so far, by field name; empty where something was taken out.
        """
        texts, made, faults = self._read(typed)
        carried = {
            spec.name: candidates(spec, self.form.labels, made, self.book) if spec.copy else ()
            for spec in self.form.specs
        }
        values = field_values(self.form.specs, made)
        known = {name: values[name] for name, text in texts.items() if text and name in values}
        return tuple(
            self._line(
                self._as_it_stands(spec, made),
                texts,
                spec.name in typed,
                faults,
                carried[spec.name],
                made,
                values,
                known,
            )
            for spec in self.form.specs
        )

    def answers(self, typed: Mapping[str, str | list[str]]) -> Answers:
        """What is to be written: everything that stands in a field there is use for."""
        return {
            line.spec.name: line.text for line in self.lines(typed) if line.text and line.place is not Place.NOWHERE
        }

    def _read(
        self, typed: Mapping[str, str | list[str]]
    ) -> tuple[dict[str, str | list[str]], dict[str, Any], dict[str, str]]:
        """What stands in each field; by label, what a file would hold of all; and what is wrong with one by itself."""
        texts: dict[str, str | list[str]] = {}
        made: dict[str, Any] = {}
        faults: dict[str, str] = {}

        def take(declared: FieldSpec, text: str | list[str]) -> None:
            spec = self._as_it_stands(declared, made)
            texts[spec.name] = text
            since = self._since(spec, texts)
            if wrong := refusal(spec, text, self.book, since=since) if text else "":
                faults[spec.name] = wrong
            elif text:
                made.update(file_values((spec,), {spec.name: text}, self.book, since))

        meant = understood(self.form.specs, typed)
        for spec in self.form.specs:
            if spec.name in meant:
                take(spec, meant[spec.name])
        whole = dict(made)
        take_over(self.form.specs, whole, self.book)
        for spec in self.form.specs:  # what is offered hangs on what was typed, wherever that stands
            if spec.name in texts:
                continue
            if spec.name in typed:
                texts[spec.name] = typed[spec.name]
                continue
            known = len(made)
            take(spec, self._offered(spec, whole))
            if len(made) > known:
                whole = dict(made)
                take_over(self.form.specs, whole, self.book)
        return texts, whole, faults

    def _corrected(self, spec: FieldSpec) -> bool:
        """Whether it is the field of a new value, in place of one that was written."""
        return self._correcting is not None and spec.name == "value"

    def _as_it_stands(self, spec: FieldSpec, made: Mapping[str, Any]) -> FieldSpec:
        """A field as it is to be filled in now: that of a new value is as the one that is corrected."""
        return self._correcting.as_chosen(spec, made) if self._correcting and self._corrected(spec) else spec

    def _offered(self, spec: FieldSpec, made: Mapping[str, Any]) -> str | list[str]:
        if self._bare:
            return ""
        if self._correcting and self._corrected(spec):
            return self._correcting.standing(made)
        if spec.name in self.form.offered:
            return self.form.offered[spec.name]
        only = self.form.narrowed.get(spec.name, ())
        if len(only) == 1 and spec.required:
            return only[0]
        if len(candidates(spec, self.form.labels, made, self.book) if spec.copy else ()) > 1:
            return ""  # one of them is to be picked
        return self._offered_by.of(spec, made)

    def _since(self, spec: FieldSpec, texts: Mapping[str, Any]) -> datetime | None:
        """From when what is to come is counted, if not from now."""
        return self.form.since or runs_from(spec, texts, self.book.today)

    def _line(
        self,
        spec: FieldSpec,
        texts: Mapping[str, str | list[str]],
        typed: bool,
        faults: Mapping[str, str],
        carried: Sequence[str],
        made: Mapping[str, Any],
        values: Mapping[str, Any],
        known: Mapping[str, Any],
    ) -> Line:
        text = texts[spec.name]
        need = need_of(spec, values) if not text else None
        must = self._must(spec, values, carried, texts)
        since = self._since(spec, texts)
        unit = unit_of(self.form, spec, made)
        remark = told((spec,), {spec.name: text}, self.book, since) if text and spec.name not in faults else ()
        return Line(
            spec,
            self._place(spec, text, must, carried, texts, values, made),
            text,
            typed,
            bool(text) and not typed and not self._written(spec),
            must,
            need.message if need and not spec.required else "",
            self._standing(spec, carried),
            self._words(spec, carried, made),
            faults.get(spec.name) or (self._at_odds(spec, text, values, known, since) if text else ""),
            self._remark(spec, text, remark) or self._besides(spec, texts, made, unit),
            "" if typed else self._whence(spec, made) if text else self._carried_from(spec, carried, made),
            unit,
            dict(self._correcting.facts) if self._correcting and spec.name == "field" else {},
        )

    def _written(self, spec: FieldSpec) -> bool:
        """Whether what stands there before anybody types is what the record says."""
        return self.form.alters and (spec.name in self.form.offered or self._corrected(spec))

    def _besides(
        self, spec: FieldSpec, texts: Mapping[str, str | list[str]], made: Mapping[str, Any], unit: str
    ) -> str:
        """What is to be known of a field beside what was made of its words."""
        text = str(texts[spec.name])
        fact = self._correcting.chosen(made) if self._correcting and self._corrected(spec) else None
        public = fact.spec if fact else spec
        if text and self._title and public == self._title and text != self.form.offered.get(spec.name):
            return exposed(self._title, text, names_in(self.form, texts), self.book)
        if fact and self._correcting and texts[spec.name] != self._correcting.standing(made):
            return f"原来是：{fact.present}"
        return (
            going(self.form, spec, texts[spec.name], made)
            or stranger(spec, made.get(spec.label), unit, self.book)
            or also(self.form, spec, made, self.book)
        )

    def _whence(self, spec: FieldSpec, made: Mapping[str, Any]) -> str:
        """What stands in a record that is changed, or was read from a message, is nobody's guess."""
        if spec.name in self.form.offered:
            return "默认" if self.form.step else ""
        if self._corrected(spec):
            return ""
        return "" if self.form.kind is None and self.form.step is None else self._offered_by.whence(spec, made)

    def _carried_from(self, spec: FieldSpec, carried: Sequence[str], made: Mapping[str, Any]) -> str:
        """Whose word it is that is written where nothing stands there."""
        if not self._standing(spec, carried):
            return ""
        named = (path for path in spec.copy if made.get(self.form.labels.get(path.partition(".")[0], "")))
        return (taken_from(next(named, ""), self.form.labels) if len(carried) == 1 else "") or "默认"

    def _remark(self, spec: FieldSpec, text: str | list[str], meant: Sequence[str]) -> str:
        """What was made of a text, and of whose words it was taken."""
        if text and names_nobody(spec, text):
            return f"记作{spec.nobody}" + ("" if text == spec.nobody else f"，这句话记到{self._described(spec)}")
        told = [line.partition(" ")[2] for line in meant]
        if text and text == self.form.offered.get(spec.name) and spec.name in self.form.because:
            told.append(f"凭「{self.form.because[spec.name]}」看出来的")
        return "；".join(told)

    def _described(self, spec: FieldSpec) -> str:
        return f"「{self.form.labels[spec.described]}」"

    def _awaits(self, spec: FieldSpec, texts: Mapping[str, str | list[str]]) -> bool:
        """Whether a record that must be named, and is not yet, says what is written where this is left out."""
        return any(one.required and one.name in spec.sources and not texts[one.name] for one in self.form.specs)

    def _comes_in(self, spec: FieldSpec, texts: Mapping[str, str | list[str]]) -> bool:
        """Whether a list has one item by itself, which another field names."""
        return bool(spec.includes and texts.get(spec.includes))

    def _must(
        self,
        spec: FieldSpec,
        values: Mapping[str, Any],
        carried: Sequence[str],
        texts: Mapping[str, str | list[str]],
    ) -> str | None:
        """Before which step a field must be written; empty: at once; None: it may be left out."""
        text = texts[spec.name]
        if len(carried) == 1 and not text:
            return None
        if not text and self._comes_in(spec, texts):
            return None
        if spec.required:
            return ""
        if not text and self._awaits(spec, texts):
            return None
        if spec.name in self.form.owed:
            return self.form.owed[spec.name]
        need = need_of(spec, values)
        return need.before if need else None

    def _place(
        self,
        spec: FieldSpec,
        text: str | list[str],
        must: str | None,
        carried: Sequence[str],
        texts: Mapping[str, str | list[str]],
        values: Mapping[str, Any],
        made: Mapping[str, Any],
    ) -> Place:
        """Where it stands: what must be, what mostly is, and what says something already come first."""
        if likely_useless(spec, values, self.form.specs):
            return Place.NOWHERE if not text else Place.SHORT
        open_ = useless(spec, values) or self._awaits(spec, texts) or self._comes_in(spec, texts)
        open_ = open_ or led(self.form, spec, made) is not None
        first = must is not None or open_ or spec.often or text or carried or self._instead(spec, texts)
        return Place.SHORT if first else Place.MORE

    def _instead(self, spec: FieldSpec, texts: Mapping[str, str | list[str]]) -> bool:
        """Whether a field that says nothing yet has to be written where this one is left out."""
        lacking = (one for one in self.form.specs if not texts[one.name])
        return any(need.when.get(spec.name) == EMPTY for one in lacking for need in one.needed)

    def _standing(self, spec: FieldSpec, carried: Sequence[str]) -> str:
        if len(carried) == 1:
            return self.shown(carried[0])
        return spec.usual if not carried and spec.type in (FieldType.CHOICE, FieldType.FLAG) else ""

    def _words(self, spec: FieldSpec, carried: Sequence[str], made: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
        """What it is picked from, where that is a short list."""
        if self._correcting and spec.name == "field":
            return tuple((name, name) for name, _ in self._correcting.facts)
        if only := self.form.narrowed.get(spec.name):
            told = (word.partition(" ") for word in only)
            return tuple((word, rest or self.shown(word)) for word, _, rest in told)
        if spec.refs and 1 < len(carried) <= _MOST:
            return tuple((word, self.shown(word)) for word in carried)
        if spec.type is FieldType.FLAG:
            return tuple((word, word) for word in YES_NO)
        if spec.policy:
            listed = self.book.policy(spec.policy)
            return tuple((word, word) for word in categories(listed)) if listed else ()
        return tuple((word, word) for word in spec.choices or groups_for(self.book, spec, made))

    def _at_odds(
        self,
        spec: FieldSpec,
        text: str | list[str],
        values: Mapping[str, Any],
        known: Mapping[str, Any],
        since: datetime | None,
    ) -> str:
        """What is wrong with it beside the others."""
        if names_nobody(spec, text):
            return ""
        if self._correcting and spec.name == "field" and text not in dict(self._correcting.facts):
            return f"没有「{text}」这一项，从列出来的里选"
        if wrong := refusal(spec, text, self.book, values, self.form.labels, since):
            return wrong
        if wrong := over(spec, values.get(spec.name), since or self.book.clock):
            return wrong
        if self.form.kind is None or isinstance(text, list):
            return ""
        others = {name: value for name, value in known.items() if name != spec.name}
        return at_odds(self.form.kind, spec, text, self.book, others, since)

    def shown(self, word: str) -> str:
        """A record by its title, and what tells it from others of that name; any other word as it is."""
        return self.book.title(word)
