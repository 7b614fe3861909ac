"""A form below the command that asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import typer

from lianxin.actions.entry.add import Added
from lianxin.actions.entry.judge import file_values, refusal
from lianxin.actions.form.form import Answers, Form
from lianxin.actions.form.sheet import Sheet
from lianxin.actions.shown import OvertakenError
from lianxin.actions.unfinished import put_by, taken_up
from lianxin.cli.form.task import TableTask, Task
from lianxin.cli.run.prompt import confirm
from lianxin.cli.run.saying import speak, tell
from lianxin.cli.run.session import Session
from lianxin.core.error import UsageError
from lianxin.formats.width import pad, widest
from lianxin.storage.book import LedgerBook
from lianxin.storage.write.committer import identity_of, stand
from lianxin.storage.write.draft import Draft

T = TypeVar("T")


def fill(session: Session, task: Task[T]) -> tuple[T, bool]:
    """What was written of a form, once a person has filled in what the flags left open.

    Returns it, and whether what came of it still stands above on the screen.

    Raises:
        LianxinError: A flag holds what its field does not take, or it cannot be written whatever is typed.
        Abort: She left it, or said no; what was typed is kept.
    """
    repo = session.workspace().journal().repo
    identity_of(repo)  # what would be refused at the end whatever is typed is told before
    stand(repo)
    draft = Draft(repo, task.form.name, session.now.date())
    put_by(task.form, draft)
    with session.book(quiet=True) as book:
        answers = _whole(task.form, task.typed, book) if draft.kept() is None else None
    if answers is not None:
        return _at_once(session, task, answers), True
    return _on_screen(session, task, draft), False


def fill_table(session: Session, task: TableTask) -> tuple[Added, ...]:
    """The records that were written of a table.

    Raises:
        Abort: She left it; what was typed is kept.
    """
    repo = session.workspace().journal().repo
    identity_of(repo)
    stand(repo)
    done: tuple[Added, ...] = _on_screen(session, task, Draft(repo, task.form.name, session.now.date()))
    return done


def _on_screen(session: Session, task: Task[Any] | TableTask, draft: Draft) -> Any:
    from lianxin.cli.form.screen import FormApp

    done = FormApp(session, task).answer(inline=True)
    if done is not None:
        return done
    if draft.kept() is not None:
        by = " 就能" if isinstance(task, TableTask) or taken_up(task.form) else "，按 F6 "
        tell(f"填过的没有丢，再运行 {task.form.command}{by}接着填。\n")
    raise typer.Abort


def _whole(form: Form, typed: Mapping[str, str | list[str]], book: LedgerBook) -> Answers | None:
    """What is to be written where the flags say all that is wanted; None where something is left to be filled in."""
    flags = [spec for spec in form.specs if spec.name in typed]
    for spec in flags:
        if wrong := refusal(spec, typed[spec.name], book, since=form.since):
            file_values((spec,), typed, book, form.since)  # says what was probably meant, where it can
            raise UsageError(wrong)
    if not typed and any(not spec.auto for spec in form.specs):
        return None
    lines = Sheet(form, book, bare=True).lines(typed)
    if any(line.open or line.fault for line in lines):
        return None
    return {line.spec.name: line.text for line in lines if line.text}


def _at_once(session: Session, task: Task[T], answers: Answers) -> T:
    """Show what is to be written, ask if there is anything to ask, write it; what changed meanwhile is shown again."""
    if session.dry_run:
        return task.writes(answers)
    while True:
        tried = task.tries(answers)
        width = widest([label for label, _ in tried.shown])
        speak("".join(f"  {pad(label, width)}  {value}\n" for label, value in tried.shown))
        question = tried.question or ("就这样记下吗？" if tried.shown else "")
        speak("".join(f"  {line}\n" for line in tried.lines if question))
        if question and not confirm(question, doubtful=tried.doubtful):
            raise typer.Abort
        try:
            return task.writes(answers)
        except OvertakenError as error:
            tell(f"{error}\n")
