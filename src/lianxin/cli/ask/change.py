"""Asking a person at a terminal what is to be changed: one field of a record, shown as it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lianxin.actions.entry.figure import by_name, runs_from
from lianxin.actions.entry.item import changed_items
from lianxin.cli.ask.asking import Answers
from lianxin.cli.ask.interview import as_meant, keeping, offer
from lianxin.cli.ask.question import ask
from lianxin.cli.run.picking import choose
from lianxin.cli.run.prompt import complain, confirm, typed_text
from lianxin.cli.run.saying import speak
from lianxin.cli.run.session import Session
from lianxin.cli.say.output import emit
from lianxin.core.change import GRAMMAR
from lianxin.core.declare.field import FieldSpec
from lianxin.core.declare.kind import Kind
from lianxin.core.error import LianxinError
from lianxin.reports.record.change import listed, text_of
from lianxin.storage.book import LedgerBook
from lianxin.storage.write.draft import Draft
from lianxin.storage.write.tree import as_text


def by_hand(session: Session, kind: Kind, word: str, write: Callable[[Mapping[str, Any]], None]) -> None:
    """Ask what is to be changed and change it; what was typed is kept until then, and asked for again when refused.

    Args:
        write: Changes it as flags would say it, once the person is sure.
    """
    with session.book(quiet=True) as book:
        id_ = book.resolve(word, kind.name)
    specs = {spec.name: spec for spec in kind.fields if not spec.auto}
    draft = Draft(session.workspace().journal().repo, f"{kind.name}-edit-{id_}", session.now.date())
    known = _resumed(specs, draft)
    with keeping(f"lianxin {kind.name} edit {id_}", draft):
        while True:
            with session.book(quiet=True) as book:
                name = next(iter(known), "") or _which(specs, kind, id_, book)
                typed = _Field(session, specs[name], draft, book, id_).asked(known.get(name, ""))
            if not typed:
                draft.drop()
                speak("没有要改的\n")
                return
            draft.keep({name: typed})
            try:
                write({name: typed})
            except LianxinError as error:
                if specs[name].label not in error.fields:
                    raise
                complain(str(error))
                known = {name: typed}
                continue
            if not session.dry_run:
                draft.drop()
            return


def _resumed(specs: Mapping[str, FieldSpec], draft: Draft) -> Answers:
    """What was typed the last time and is not written, if it is still wanted."""
    kept = draft.kept()
    if kept is None:
        return {}
    labels = {name: spec.label for name, spec in specs.items()}
    found = {**kept.answers, **as_meant(specs, kept)}
    offer(labels, found)
    if choose("接着改吗？", (("on", "接着改"), ("drop", "不要了，重新改"))) == "on":
        return {name: text for name, text in found.items() if name in specs}
    draft.drop()
    return {}


def _held(kind: Kind, id_: str, book: LedgerBook) -> dict[str, Any]:
    return as_text(book.fold(id_).record if kind.conduct else book.record(id_))


def _which(specs: Mapping[str, FieldSpec], kind: Kind, id_: str, book: LedgerBook) -> str:
    held = _held(kind, id_, book)
    texts = {name: text_of(spec, held.get(spec.label), book.title) for name, spec in specs.items()}
    return choose("改哪一项？", [(name, f"{specs[name].label}：{_brief(text)}") for name, text in texts.items()])


def _brief(text: str) -> str:
    return text if len(text) <= 24 else f"{text[:23]}…"


class _Field:
    """One field that is to be changed."""

    def __init__(self, session: Session, spec: FieldSpec, draft: Draft, book: LedgerBook, id_: str) -> None:
        self._session = session
        self._spec = spec
        self._draft = draft
        self._book = book
        self._id = id_
        held = _held(book.kind_of(id_), id_, book)
        self._value = held.get(spec.label)
        self._since = runs_from(spec, by_name(book.kind_of(id_).fields, held), book.today)

    def asked(self, known: str | Sequence[str]) -> str | list[str]:
        """What is to become of it, as its flag would say it; empty when it stays as it is."""
        spec, value = self._spec, self._value
        if spec.many and value:
            emit(self._session, listed(self._book, self._id, spec, value))
            return self._lines(value, [known] if isinstance(known, str) else known)
        held = "" if value is None or spec.group or spec.many else str(value)
        answer = ask(spec, self._book, known or held, lambda half: self._draft.keep({}, {spec.name: half}), self._since)  # type: ignore[arg-type]
        if not answer and held and confirm(f"把{spec.label}删去吗？", doubtful=True):
            return "-"
        return answer

    def _lines(self, held: Sequence[Any], known: Sequence[str]) -> list[str]:
        """What is to become of a list, a change a line, each judged as it is typed beside those before it."""
        spec = self._spec
        speak(f"  {GRAMMAR}\n")
        lines: list[str] = []
        waiting = [*filter(None, known)]

        def watch(text: str) -> None:
            self._draft.keep({}, {spec.name: [*lines, text]})

        refused = ""
        while line := typed_text(f"{spec.label}怎么改：", refused or next(iter(waiting), ""), watch):
            del waiting[:1]
            try:
                changed_items(spec, held, [*lines, line], self._book)
            except LianxinError as error:
                complain(str(error))
                refused = line
                continue
            lines.append(line)
            refused = ""
            speak("  还有就接着写，没有了直接回车\n")
        return lines
