"""What a record or step asks for at a terminal, one field after another, each judged as it is typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec import field as member

from lianxin.actions.entry.add import candidates, take_over
from lianxin.actions.entry.figure import Clock, runs_from, settled, told
from lianxin.actions.entry.judge import at_odds, field_values, file_values, refusal
from lianxin.cli.ask.question import Question
from lianxin.cli.run.prompt import complain, say
from lianxin.cli.run.saying import speak
from lianxin.core.declare.condition import need_of, useless
from lianxin.core.declare.field import FieldSpec
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.need import EMPTY
from lianxin.core.error import UsageError
from lianxin.core.value import FieldType
from lianxin.rules.group import groups_for
from lianxin.storage.book import LedgerBook
from lianxin.storage.write.draft import Draft

#: Texts as they were typed, by field; of a list, one by one.
Answers = dict[str, "str | list[str]"]

#: What may name somebody.
_NAMING = (FieldType.TEXT, FieldType.REF)

#: So many records are a list to pick from.
_MOST = 6


class Form(Struct, frozen=True):
    """What is asked.

    Attributes:
        name: Of its draft.
        command: The words that lead back to it.
        title: Said before the first question.
        specs: The fields, in the order they are asked for.
        every: Ask for what may be left out too.
        offered: What the record already says, by field name.
        narrowed: All that fields can say as the record stands, by field name.
        owed: What must be written because of how the record stands, and before which step; empty: at once.
        kind: Of the new record; None for a step.
        since: From when what is to come is counted, if the fields do not say.
    """

    name: str
    command: str
    title: str
    specs: Sequence[FieldSpec]
    every: bool
    offered: Mapping[str, str] = member(default_factory=dict)
    owed: Mapping[str, str] = member(default_factory=dict)
    narrowed: Mapping[str, Sequence[str]] = member(default_factory=dict)
    kind: Kind | None = None
    since: datetime | None = None

    @property
    def labels(self) -> dict[str, str]:
        """Chinese labels by field name."""
        return {spec.name: spec.label for spec in self.specs}


class Asking(Struct):
    """One round of questions.

    Attributes:
        answers: So far; a field passed over has an empty one. Filled in here.
        known: What stands at the prompts to begin with.
        again: The only fields asked for, whatever the form says; none: those that the form says.
    """

    form: Form
    book: LedgerBook
    draft: Draft
    answers: Answers
    known: Answers
    again: tuple[str, ...]

    def all(self) -> None:
        """Ask one field after another, each knowing what was answered before it."""
        if not self.again:
            self._look_over()
        begun = bool(self.again)
        for spec in self.form.specs:
            if spec.name in self.answers or (self.again and spec.name not in self.again):
                continue
            made = file_values(self.form.specs, self.answers, self.book, self.form.since)
            take_over(self.form.specs, made, self.book)
            values = field_values(self.form.specs, made)
            carried = candidates(spec, self.form.labels, made, self.book) if spec.copy else ()
            before = self._needed(spec, values, carried)
            chosen = (spec.refs and len(carried) > 1) or self._instead(spec)
            if before is None and not (self.form.every or self.again or chosen):
                continue
            if useless(spec, values) and spec.name not in self.again:
                continue
            if not begun:
                speak(f"{self.form.title}\n")
                begun = True
            self.answers[spec.name] = self._answer(spec, values, carried, before, made)
            self._nameless(spec)
            self._keep({})

    def _nameless(self, spec: FieldSpec) -> None:
        """Somebody may say instead of a name that there is to be none."""
        unless, label = self._unless(spec)
        if unless and self.answers[spec.name] == label:
            self.answers |= {spec.name: "", unless: "是"}

    def _unless(self, spec: FieldSpec) -> tuple[str, str]:
        """The yes/no field, and its label, that keeps a name from being told which comes from a field, or is it."""
        found = (
            one.copy_unless for one in self.form.specs if one.copy_unless and spec.name in (one.name, *one.sources)
        )
        unless = next((one for one in found if not self.answers.get(one)), "") if spec.type in _NAMING else ""
        return unless, self.form.labels.get(unless, "")

    def _keep(self, half: Answers) -> None:
        """Keep what was typed: answered, known and not asked for yet, and what stands at a prompt."""
        offered = self.form.offered
        rest = {
            name: text
            for name, text in self.known.items()
            if text and name not in self.answers and text != offered.get(name)
        }
        self.draft.keep(self.answers, {**rest, **half})

    def _look_over(self) -> None:
        """What is answered already is judged before anything is asked.

        Raises:
            UsageError: A flag holds what its field does not take.
        """
        specs = {spec.name: spec for spec in self.form.specs}
        kept = self.draft.kept()
        for name, answer in [(name, answer) for name, answer in self.answers.items() if answer and name in specs]:
            since = self._since(specs[name])
            wrong = refusal(specs[name], answer, self.book, since=since)
            if not wrong:
                texts = [answer] if isinstance(answer, str) else answer
                made = [settled(specs[name], text, Clock.of(self.book, since)) for text in texts]
                for line in told((specs[name],), {name: answer}, self.book, since):
                    say(line)
                self.answers[name] = made[0] if isinstance(answer, str) else made
                continue
            if kept is None or kept.answers.get(name) != answer:
                file_values((specs[name],), {name: answer}, self.book)  # says what was probably meant, where it can
                raise UsageError(wrong)
            complain(wrong)
            self.known[name] = self.answers.pop(name)

    def _since(self, spec: FieldSpec) -> datetime | None:
        """From when what is to come is counted, if not from now."""
        return self.form.since or runs_from(spec, self.answers, self.book.today)

    def _instead(self, spec: FieldSpec) -> bool:
        """Whether a field that is not answered yet has to be written where this one is left out."""
        lacking = (one for one in self.form.specs if not self.answers.get(one.name))
        return any(need.when.get(spec.name) == EMPTY for one in lacking for need in one.needed)

    def _needed(self, spec: FieldSpec, values: Mapping[str, Any], carried: Sequence[str]) -> str | None:
        """Before which step a field must be written; empty: at once; None: it may be left out."""
        if len(carried) == 1:
            return None
        if spec.required:
            return ""
        if spec.name in self.form.owed:
            return self.form.owed[spec.name]
        need = need_of(spec, values)
        return need.before if need else None

    def _answer(
        self,
        spec: FieldSpec,
        values: Mapping[str, Any],
        carried: Sequence[str],
        before: str | None,
        made: Mapping[str, Any],
    ) -> str | list[str]:
        """What is answered to a field."""
        unless = self._unless(spec)[1]
        only = self.form.narrowed.get(spec.name, ())
        if len(only) == 1 and spec.required:
            say(f"{spec.label}：{self._shown(only[0])}")
            return only[0]
        if len(carried) == 1:
            say(f"不填就是 {self._shown(carried[0])}")
        elif unless and not carried:
            say(f"不愿留名的，写「{unless}」")
        others = {name: values[name] for name in self.answers if name in values}
        since = self._since(spec)

        def judge(text: str) -> str:
            if unless and text == unless:
                return ""
            wrong = refusal(spec, text, self.book, values, self.form.labels, since)
            return wrong or (at_odds(self.form.kind, spec, text, self.book, others, since) if self.form.kind else "")

        need = need_of(spec, values)
        return Question(
            spec,
            self.book,
            judge,
            lambda half: self._keep({spec.name: half}),
            before,
            need.message if need and not spec.required else "",
            self._words(spec, carried, made, unless),
            self._shown(carried[0]) if len(carried) == 1 else spec.usual,
            since,
        ).answer(self.known.get(spec.name, ""))

    def _words(
        self, spec: FieldSpec, carried: Sequence[str], made: Mapping[str, Any], unless: str
    ) -> Sequence[tuple[str, str]]:
        """What an answer is picked from: what the records already named say, or the groups of the village."""
        if only := self.form.narrowed.get(spec.name):
            return tuple((word.partition(" ")[0], self._shown(word)) for word in only)
        if spec.refs and 1 < len(carried) <= _MOST:
            return (*((word, self._shown(word)) for word in carried), *(((unless, unless),) if unless else ()))
        groups = groups_for(self.book, spec, made)
        return tuple((group, group) for group in groups)

    def _shown(self, word: str) -> str:
        """A record by its id and title; any other word as it is."""
        title = self.book.title(word)
        return word if title == word else f"{word} {title}"
