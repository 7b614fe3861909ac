"""``KIND STEP ID …`` and ``next ID``: one command a step, made from the step's declaration."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lianxin.cli.option.completion import records
from lianxin.cli.option.flag import given, with_parameters
from lianxin.cli.option.pick import OMITTED, picking
from lianxin.cli.option.shared import FormatOption, OutputOption
from lianxin.cli.run.command import App
from lianxin.cli.run.saying import speak
from lianxin.cli.run.session import Session, session_of
from lianxin.cli.say.output import emit, for_programs
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import Step, timely
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.written import told
from lianxin.kinds import KIND, kind_of

if TYPE_CHECKING:
    from lianxin.actions.step.advanced import Advanced
    from lianxin.storage.book import LedgerBook

app = App()


def step_function(kind: Kind, step: Step) -> Callable[..., Any]:
    """The command of one step."""
    from lianxin.actions.step.advanced import asked

    def run(context: typer.Context, ids: list[str], **values: Any) -> None:
        session = session_of(context)
        typed = given(values)
        if len(ids) > 1:  # every one must mean something before anything is written
            with session.book() as book:
                ids = list(dict.fromkeys(book.resolve(word, kind.name) for word in ids))
        for place, id_ in enumerate(ids):
            try:
                take(session, kind, step, id_, typed)
                sys.stdout.flush()
                told()
            except LianxinError as error:
                if len(ids) == 1:
                    raise
                rest = "、".join(ids[place + 1 :])
                left = f"；后面的 {rest} 也还没有办" if rest else ""
                veiled = f"{id_}：{error.veiled}{left}" if error.veiled else ""
                raise type(error)(f"{id_}：{error}{left}", error.fields, veiled=veiled) from None

    fixed = [
        inspect.Parameter("context", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context),
        inspect.Parameter(
            "ids",
            inspect.Parameter.POSITIONAL_OR_KEYWORD,
            default=None,
            annotation=Annotated[
                list[str],
                typer.Argument(
                    help=f"{kind.label}编号，{OMITTED}",
                    metavar="编号",
                    autocompletion=records(kind.name, step=step),
                    callback=picking(kind, step),
                    show_default=False,
                ),
            ],
        ),
    ]
    return with_parameters(run, fixed, asked(step), step.name, f"{step.label}：{step.help}")


def take(session: Session, kind: Kind, step: Step, word: str, typed: Mapping[str, Any]) -> None:
    """Let a person at a terminal fill in what is missing, take the step, say what came of it."""
    if session.interactive and not session.yes:
        from lianxin.cli.form.inline import fill
        from lianxin.cli.form.tasks import step_task

        if _write_first(session, kind, step, word, typed):
            return
        done, seen = fill(session, step_task(session, kind, step, word, typed))
    else:
        from lianxin.actions.step.advance import advance

        done, seen = advance(session.workspace(), kind, word, step, typed, dry_run=session.dry_run), False
    if session.json:
        _tell_json(session, done)
        return
    if not seen:
        _reason(done)
    _tell(session, done)


def _write_first(session: Session, kind: Kind, step: Step, word: str, typed: Mapping[str, Any]) -> bool:
    """Offer to write the whistle that 吹哨 of an issue needs, where there is none; whether that took the step too."""
    from lianxin.actions.form.whistled import takes_whistle, tied, to_write_first

    if typed or not takes_whistle(kind, step):
        return False
    with session.book(quiet=True) as book:
        first = to_write_first(book, kind, step, word)
    from lianxin.cli.run.prompt import confirm
    from lianxin.cli.say.answer import NO_WHISTLE, written
    from lianxin.cli.say.deed import added

    if not first or not confirm(NO_WHISTLE):
        return False
    from lianxin.cli.form.inline import fill
    from lianxin.cli.form.tasks import add_task

    done, _ = fill(session, add_task(session, KIND["whistle"], dict(first), handed=True))
    told = "".join(f"  {line}\n" for line in done.meant)
    speak(f"✓ {added(done, KIND['whistle'], clear=session.clear)}\n{told}{written(done.commit)}")
    with session.book(quiet=True) as book:
        return tied(book, first["issues"], (done.id,))


def _reason(done: Advanced) -> None:
    speak("".join(f"  {reason}\n" for reason in done.reasons))


def _tell(session: Session, done: Advanced) -> None:
    from lianxin.cli.say.answer import written
    from lianxin.cli.say.deed import stepped

    mark = "✓" if done.commit else "（试运行，没有写入）"
    speak(f"{mark} {stepped(done, clear=session.clear)}\n")
    if done.taken_in:
        speak("  这份文件里的手工改动已先单独记下\n")
    speak(written(done.commit))


def _tell_json(session: Session, done: Advanced) -> None:
    from lianxin.cli.say.answer import answer

    answer(
        session,
        "step",
        done.commit,
        {
            "id": done.id,
            "step": done.step.name,
            "event": done.event.id,
            "before": done.before,
            "after": done.after,
            "now": done.now,
            "reasons": list(done.reasons),
            "commit": done.commit,
        },
    )


def _living(book: LedgerBook, word: str) -> str:
    """The record of a kind with steps that a word means; a bare number means an issue.

    Raises:
        UsageError: None or several match, or records of its kind take no steps.
    """
    from lianxin.storage.book_resolve import of_a_kind

    full = book.resolve(word, "" if of_a_kind(word) else "issue")
    kind = kind_of(full)
    if kind.conduct is None:
        raise UsageError(f"{full} 是{kind.label}，没有办理步骤；看内容用 lianxin show {full}")
    return full


@app.command("next")
def next_(
    context: typer.Context,
    id_: Annotated[
        str,
        typer.Argument(
            metavar="编号",
            help=OMITTED,
            autocompletion=records(),
            callback=picking(living=True),
            show_default=False,
        ),
    ] = "",
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """下一步能做什么；在终端上选一步就接着办。"""
    from lianxin.reports.life.ahead import ahead

    session = session_of(context)
    with session.book() as book:
        full = _living(book, id_)
        kind, life, title = kind_of(full), book.fold(full), book.title(full)
        document = ahead(book, kind, full, life, plain=for_programs(session, format_, output))
        steps = timely(life, book.now)
    if format_ or output or not session.interactive or not steps:
        emit(session, document, format_, output)
        return
    from lianxin.cli.run.prompt import choose

    speak(f"{full} {title}\n现在是「{life.state}」。\n")
    chosen = choose("下一步：", [(step.name, f"{step.label} — {step.help}") for step in steps])
    take(session, kind, next(step for step in steps if step.name == chosen), full, {})
