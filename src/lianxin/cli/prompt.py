"""Asking a person at a terminal, one field at a time. Off a terminal nobody is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from lianxin.actions.entry import refusal
from lianxin.core.field import FieldSpec
from lianxin.core.value import FieldType
from lianxin.rules.category import categories
from lianxin.storage.book import LedgerBook

_SKIP = "（不填）"
_YES_NO = ("是", "否")


def _answer(question: Any) -> Any:
    """Ask; Ctrl-C means stop, not skip."""
    answer = question.unsafe_ask()
    return answer.strip() if isinstance(answer, str) else answer


def _label(spec: FieldSpec) -> str:
    need = "" if spec.required else "（可不填）"
    return f"{spec.label}{need}："


def titles(book: LedgerBook, kinds: Iterable[str]) -> list[str]:
    """``编号 名称`` of every record of these kinds, for completion."""
    wanted = list(kinds)
    marks = ",".join("?" * len(wanted))
    rows = book.sql(f"SELECT id, title FROM record WHERE kind IN ({marks}) AND NOT voided ORDER BY id DESC", wanted)  # noqa: S608
    return [f"{id_} {title}" for id_, title in rows]


def words_of(book: LedgerBook, policy: str) -> tuple[str, ...]:
    """The words a policy file lists; none when there is no such file."""
    listed = book.policy(policy)
    return categories(listed) if listed else ()


def _one(spec: FieldSpec, book: LedgerBook, default: str) -> str:
    import questionary

    offered = _YES_NO if spec.type is FieldType.FLAG else spec.choices
    if spec.policy:
        offered = words_of(book, spec.policy)
    if offered:
        choices = list(offered) if spec.required else [_SKIP, *offered]
        answer = _answer(
            questionary.select(
                _label(spec),
                choices,
                default=default if default in choices else None,
                instruction="（上下键选，回车定）",
            )
        )
        return "" if answer == _SKIP else str(answer)
    if spec.type is FieldType.REF:
        known = titles(book, spec.refs)
        answer = _answer(questionary.autocomplete(_label(spec), known, default=default, match_middle=True))
        return answer.split(" ")[0] if answer in known else str(answer)
    if spec.type is FieldType.STORY:
        return str(_answer(questionary.text(_label(spec), default=default, instruction="")))
    return str(_answer(questionary.text(_label(spec), default=default)))


def _taken(spec: FieldSpec, book: LedgerBook, default: str) -> str:
    """One answer that the field takes, or nothing; what it does not take is said at once and asked for again."""
    import questionary

    while answer := _one(spec, book, default):
        wrong = refusal(spec, answer, book)
        if not wrong:
            break
        questionary.print(f"  {wrong}", style="fg:ansired")
    return answer


def ask(spec: FieldSpec, book: LedgerBook, default: str = "") -> str | list[str]:
    """The text of one field; empty when it was skipped. Lists are asked for until nothing is given.

    A required field is asked again until something is there.
    """
    import questionary

    while True:
        if spec.help:
            questionary.print(f"  {spec.help}", style="fg:ansibrightblack")
        if not spec.many:
            answer: str | list[str] = _taken(spec, book, default)
        else:
            answer = []
            while one := _taken(spec, book, default if not answer else ""):
                answer.append(one)
                questionary.print("  还有就接着写，没有了直接回车", style="fg:ansibrightblack")
        if answer or not spec.required:
            return answer
        questionary.print(f"  {spec.label}必须填", style="fg:ansired")


def complete(
    specs: Sequence[FieldSpec], given: Mapping[str, Any], book: LedgerBook, defaults: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """What was given, and the rest asked for in order; what may be taken over from a record given may be skipped."""
    values = dict(given)
    for spec in specs:
        if spec.name in values:
            continue
        carried = any(source in values for source in spec.sources)
        wanted = replace(spec, default=None) if carried else spec
        answer = ask(wanted, book, (defaults or {}).get(spec.name, ""))
        if answer:
            values[spec.name] = answer
    return values


def confirm(text: str) -> bool:
    """Yes or no."""
    return pick(text, (("yes", "是"), ("no", "否"))) == "yes"


def pick(text: str, choices: Sequence[tuple[str, str]]) -> str:
    """One of several: ``(value, shown)``."""
    import questionary

    shown = [questionary.Choice(title, value=value) for value, title in choices]
    return str(questionary.select(text, shown, instruction="（上下键选，回车定）").unsafe_ask())
