"""One field's question at a terminal, asked until it has an answer that the field takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from msgspec import Struct

from lianxin.actions.entry.entry import written
from lianxin.actions.entry.figure import Clock, settled, told
from lianxin.actions.entry.judge import nearest, refusal
from lianxin.cli.run.prompt import complain, one_answer, say, this_one
from lianxin.core.declare.field import FieldSpec
from lianxin.storage.book import LedgerBook


def ask(
    spec: FieldSpec,
    book: LedgerBook,
    known: str | list[str],
    watch: Callable[[str | list[str]], None],
    since: datetime | None = None,
) -> str | list[str]:
    """What is answered about one field by itself; empty when it was passed over, which a required one cannot be.

    Args:
        spec: Of the field.
        book: Says which record a word means.
        known: What stands there to begin with.
        watch: Told what stands at the prompt, key by key.
        since: From when what is to come is counted, if not from now.
    """
    before = "" if spec.required else None
    judge = partial(refusal, spec, book=book, since=since)
    return Question(spec, book, judge, watch, before, since=since).answer(known)


class Question(Struct, frozen=True):
    """One field's question, asked until it has an answer that the field takes, or may do without.

    Attributes:
        judge: What is wrong with an answer; empty for nothing.
        watch: Told what stands at the prompt, key by key; of a list, after what was given before.
        before: Before which step it must be answered; empty: at once; None: never.
        why: It must be.
        words: What it is picked from, ``(value, shown)``; none: what its declaration says.
        usual: What it comes to when it is passed over.
        since: From when what is to come is counted, if not from now.
    """

    spec: FieldSpec
    book: LedgerBook
    judge: Callable[[str], str]
    watch: Callable[[str | list[str]], None]
    before: str | None
    why: str = ""
    words: Sequence[tuple[str, str]] = ()
    usual: str = ""
    since: datetime | None = None

    def answer(self, known: str | list[str]) -> str | list[str]:
        """The answer.

        Args:
            known: What stands there to begin with.
        """
        if self.spec.help:
            say(self.spec.help)
        if self.spec.group:
            say(f"写成 {written(self.spec)}")
        items = [known] if isinstance(known, str) else known
        while True:
            answer = self._several(items) if self.spec.many else self._one((items or [""])[0], ())
            if answer or self.before != "":
                return answer
            complain(self.why or f"{self.spec.label}必须填")

    def _one(self, default: str, others: Sequence[str]) -> str:
        """One answer that the field takes, or nothing.

        Args:
            others: Answered to the same question before.
        """
        before = "（可不填）" if self.before is None else f"（{self.before}前要有）" if self.before else ""
        must = self.before == "" and not others

        def watch(text: str) -> None:
            self.watch([*others, text] if self.spec.many else text)

        label = f"{self.spec.label}{before}："
        refused, over = False, bool(default and self.judge(default))
        while answer := one_answer(
            self.spec, label, self.book, default, watch, must=must, over=over, words=self.words, usual=self.usual
        ):
            wrong = self.judge(answer)
            if not wrong:
                return self._settled(answer)
            complain(wrong)
            refused = True
            near = nearest(self.spec, answer, self.book)
            if near and not self.judge(near) and this_one(near):
                return self._settled(near)
            default = ""  # to type again, not behind what was refused
        if refused and self.before != "":
            say(f"{self.spec.label}没有写，先空着，以后可以补")
        return answer

    def _settled(self, answer: str) -> str:
        """An answer that the field takes, with the day that is meant, which is told."""
        made = settled(self.spec, answer, Clock.of(self.book, self.since))
        if made != answer:
            lines = told((self.spec,), {self.spec.name: answer}, self.book, self.since)
            say(lines[0] if len(lines) == 1 else f"记作 {made}")
        return made

    def _several(self, items: Sequence[str]) -> list[str]:
        """Answers one after another, those known offered first, until nothing is given."""
        given: list[str] = []
        for item in items:
            if item and (one := self._one(item, given)):
                given.append(one)
        while True:
            if given:
                say("还有就接着写，没有了直接回车")
            one = self._one("", given)
            if not one:
                return given
            given.append(one)
