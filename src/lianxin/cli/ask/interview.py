"""A record or step at a terminal: what is refused is asked for again, what was typed is kept until it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import typer

from lianxin.actions.entry.figure import Clock, runs_from, settled
from lianxin.actions.unfinished import sweep
from lianxin.cli.ask.asking import Answers, Asking, Form
from lianxin.cli.run.picking import choose
from lianxin.cli.run.prompt import complain, say
from lianxin.cli.run.saying import speak, tell
from lianxin.cli.run.session import Session
from lianxin.core.declare.field import FieldSpec
from lianxin.core.error import LianxinError
from lianxin.storage.write.committer import identity_of, stand
from lianxin.storage.write.draft import Draft, Kept

T = TypeVar("T")

#: So much of an answer is shown when a draft is offered.
_SHOWN = 30


def interview(session: Session, form: Form, typed: Mapping[str, Any], write: Callable[[Answers], T]) -> T:
    """Ask for what is missing and write it; what is refused for a field is asked for again.

    Args:
        typed: What the flags said.
        write: Writes what was answered, or shows how it would be written.

    Raises:
        LianxinError: It cannot be written, whatever is answered; what was typed is kept.
    """
    journal = session.workspace().journal()
    identity_of(journal.repo)  # what would be refused at the end whatever is typed is told before
    stand(journal.repo)
    with session.book(quiet=True) as book:
        sweep(journal.repo, book)
    draft = Draft(journal.repo, form.name, session.now.date())
    answers, known = _resumed(form, draft, typed)
    again: tuple[str, ...] = ()
    with keeping(form.command, draft):
        while True:
            with session.book(quiet=True) as book:
                Asking(form, book, draft, answers, known, again).all()
            try:
                done = write({name: answer for name, answer in answers.items() if answer})
            except LianxinError as error:
                again = tuple(spec.name for spec in form.specs if spec.label in error.fields)
                if not again:
                    raise
                # what it is at odds with may be what has to be written otherwise
                again = tuple(one.name for one in form.specs if one.name in again or f"「{one.label}」" in str(error))
                complain(str(error))
                known |= {name: answers.pop(name) for name in again if name in answers}
                continue
            if not session.dry_run:
                draft.drop()
            return done


def _resumed(form: Form, draft: Draft, typed: Mapping[str, Any]) -> tuple[Answers, Answers]:
    """What is answered already, and what stands at the prompts to begin with."""
    kept = draft.kept()
    known: Answers = {**form.offered}
    if kept is None:
        return dict(typed), known
    half = as_meant({spec.name: spec for spec in form.specs}, kept)
    offer(form.labels, {**kept.answers, **half, **typed})
    how = choose("接着填吗？", (("on", "接着往下填"), ("over", "从头看一遍，逐项可改"), ("drop", "不要了，重新填")))
    if how == "drop":
        draft.drop()
        return dict(typed), known
    if how == "over":
        return dict(typed), {**known, **kept.answers, **half}
    return {**kept.answers, **typed}, {**known, **half}


def offer(labels: Mapping[str, str], found: Mapping[str, str | Sequence[str]]) -> None:
    """Show what was typed the last time, by label."""
    speak("上次没有写成，填过的还在：\n")
    for name, answer in found.items():
        text = answer if isinstance(answer, str) else "、".join(filter(None, answer))
        if text and name in labels:
            say(f"{labels[name]}：{text if len(text) <= _SHOWN else f'{text[:_SHOWN]}…'}")


def as_meant(specs: Mapping[str, FieldSpec], kept: Kept) -> Answers:
    """What was being typed, days in words as the day that was meant then."""

    def meant(name: str, text: str) -> str:
        if name not in specs:
            return text
        since = runs_from(specs[name], kept.answers, kept.day)
        return settled(specs[name], text, Clock(kept.day, since=since))

    return {
        name: meant(name, half) if isinstance(half, str) else [meant(name, text) for text in half]
        for name, half in kept.half.items()
    }


@contextmanager
def keeping(command: str, draft: Draft) -> Iterator[None]:
    """Whatever ends it, what was typed is not lost, and she is told so.

    Args:
        command: The words that lead back to it.
    """
    try:
        yield
    except (KeyboardInterrupt, EOFError, typer.Abort, LianxinError):
        if draft.kept() is not None:
            tell(f"填过的没有丢，再运行 {command} 就能接着填。\n")
        raise
