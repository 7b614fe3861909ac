"""Asking a person at a terminal what is to be changed: one field of a record, shown as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lianxin.actions.item import changed_items
from lianxin.cli.asking import ask
from lianxin.cli.output import emit
from lianxin.cli.picking import choose
from lianxin.cli.prompt import complain, typed_text
from lianxin.cli.saying import speak
from lianxin.cli.session import Session
from lianxin.core.change import GRAMMAR, Changed, Item
from lianxin.core.error import LianxinError
from lianxin.core.field import FieldSpec
from lianxin.core.kind import Kind
from lianxin.reports.change import changes, text_of
from lianxin.storage.book import LedgerBook
from lianxin.storage.tree import as_text


def asked(session: Session, kind: Kind, word: str) -> dict[str, Any]:
    """What the person wants changed, as flags would say it."""
    with session.book(quiet=True) as book:
        id_ = book.resolve(word, kind.name)
        record = book.fold(id_).record if kind.conduct else book.record(id_)
        held = as_text(record)
        specs = {spec.name: spec for spec in kind.fields if not spec.auto}
        shown = [
            (name, f"{spec.label}：{_brief(text_of(spec, held.get(spec.label), book.title))}")
            for name, spec in specs.items()
        ]
        spec = specs[choose("改哪一项？", shown)]
        value = held.get(spec.label)
        if not spec.many:
            return {spec.name: ask(spec, book, "" if value is None or spec.group else str(value))}
        if not value:
            return {spec.name: ask(spec, book)}
        items = tuple(Item(n + 1, part, part) for n, part in enumerate(value))
        emit(session, changes(book, id_, [Changed(spec, value, value, items)]))
        return {spec.name: _lines(spec, value, book)}


def _brief(text: str) -> str:
    return text if len(text) <= 24 else f"{text[:23]}…"


def _lines(spec: FieldSpec, held: Sequence[Any], book: LedgerBook) -> list[str]:
    """What is to become of a list, a change a line, each judged as it is typed beside those before it."""
    speak(f"  {GRAMMAR}\n")
    lines: list[str] = []
    refused = ""
    while line := typed_text(f"{spec.label}怎么改：", refused):
        try:
            changed_items(spec, held, [*lines, line], book)
        except LianxinError as error:
            complain(str(error))
            refused = line
            continue
        lines.append(line)
        refused = ""
        speak("  还有就接着写，没有了直接回车\n")
    return lines
