"""``KIND STEP ID …`` and ``next ID``: one command a step, made from the step's declaration."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lianxin.cli.option.completion import records
from lianxin.cli.option.flag import given, with_parameters
from lianxin.cli.option.shared import FormatOption, OutputOption
from lianxin.cli.run.command import App
from lianxin.cli.run.saying import speak
from lianxin.cli.run.session import Session, session_of
from lianxin.cli.say.output import emit, for_programs
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import Step
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.written import told
from lianxin.kinds.life.event import Amend

if TYPE_CHECKING:
    from lianxin.actions.step.advanced import Advanced
    from lianxin.cli.ask.asking import Form
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
            annotation=Annotated[
                list[str],
                typer.Argument(
                    help=f"{kind.label}编号，可只写末几位", metavar="编号", autocompletion=records(kind.name)
                ),
            ],
        ),
    ]
    return with_parameters(run, fixed, asked(step), step.name, f"{step.label}：{step.help}")


def take(session: Session, kind: Kind, step: Step, word: str, typed: Mapping[str, Any], *, every: bool = False) -> None:
    """Ask for what is missing (at a terminal), take the step, say what came of it.

    Args:
        every: Ask for optional fields too, as ``next`` does.
    """
    from lianxin.actions.step.advance import advance
    from lianxin.actions.step.advanced import new_event_id

    workspace = session.workspace()
    event_id = new_event_id()
    sure = session.interactive and not session.yes and not session.dry_run

    def write(values: Mapping[str, Any]) -> Advanced:
        if sure:
            _show(advance(workspace, kind, word, step, values, dry_run=True, event_id=event_id))
            from lianxin.cli.run.prompt import confirm

            if not confirm("就这样记下吗？"):
                raise typer.Abort
        return advance(workspace, kind, word, step, values, dry_run=session.dry_run, event_id=event_id)

    if session.interactive:
        from lianxin.cli.ask.interview import interview

        every = every or step.model is Amend  # a correction without a new value takes the old one out
        done = interview(session, _form(session, kind, step, word, typed, every=every), typed, write)
    else:
        done = write(typed)
    if session.json:
        _tell_json(session, done)
        return
    if not sure:  # else they were told before the question
        _reason(done)
    _tell(done)


def _form(session: Session, kind: Kind, step: Step, word: str, typed: Mapping[str, Any], *, every: bool) -> Form:
    """What a step asks for, as its record stands.

    Raises:
        LianxinError: It cannot be taken now; nothing need be asked.
    """
    from lianxin.cli.ask.asking import Form
    from lianxin.storage.write.draft import draft_name

    with session.book(quiet=True) as book:
        id_ = book.resolve(word, kind.name)
        life, conduct = book.fold(id_), kind.conduct() if kind.conduct else None
        if kind.lifecycle is None or conduct is None:
            raise LianxinError(f"{kind.label}没有办理步骤")
        lawful = kind.lifecycle.lawful(life.state)
        if step not in lawful and "at" not in typed:
            can = "、".join(one.label for one in lawful if one.name != "amend") or "没有"
            raise LianxinError(f"{id_} 现在是「{life.state}」，不能「{step.label}」；能做的有：{can}")
        return Form(
            draft_name(kind.name, step.name, id_),
            f"lianxin {kind.name} {step.name} {id_}",
            f"{id_} {book.title(id_)}：{step.label}",
            step.asks,
            every,
            step.model.offered(life, book.context),
            step.model.owed(life, book.context),
            step.model.narrowed(life, book.context),
            since=step.model.runs_from(life),
        )


def _show(done: Advanced) -> None:
    """What is going to be written, before it is."""
    from lianxin.formats.width import pad, widest

    label_width = widest([label for label, _ in done.shown])
    speak("\n" + "".join(f"  {pad(label, label_width)}  {value}\n" for label, value in done.shown) + "\n")
    _reason(done)


def _reason(done: Advanced) -> None:
    speak("".join(f"  {reason}\n" for reason in done.reasons))


def _tell(done: Advanced) -> None:
    from lianxin.cli.say.answer import written

    moved = f"{done.before} → {done.after}" if done.before != done.after else done.after
    if done.now != done.after:  # it is made up for
        moved = f"当时是{moved}，现在{done.now}"
    mark = "✓" if done.commit else "（试运行，没有写入）"
    speak(f"{mark} {done.id} {done.step.label}：{moved}\n")
    if done.taken_in:
        speak("  这份文件里的手工改动已先单独提交\n")
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
    kind = book.kind_of(full)
    if kind.conduct is None:
        raise UsageError(f"{full} 是{kind.label}，没有办理步骤；看内容用 lianxin show {full}")
    return full


@app.command("next")
def next_(
    context: typer.Context,
    id_: Annotated[str, typer.Argument(metavar="编号", help="可只写末几位", autocompletion=records())],
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """下一步能做什么；在终端上选一步就接着办。"""
    from lianxin.reports.life.ahead import ahead

    session = session_of(context)
    with session.book() as book:
        full = _living(book, id_)
        kind, life, title = book.kind_of(full), book.fold(full), book.title(full)
        document = ahead(book, kind, full, life, plain=for_programs(session, format_, output))
    steps = life.lawful
    if format_ or output or not session.interactive or not steps:
        emit(session, document, format_, output)
        return
    from lianxin.cli.run.picking import choose

    speak(f"{full} {title}\n现在是「{life.state}」。\n")
    chosen = choose("下一步：", [(step.name, f"{step.label} — {step.help}") for step in steps])
    take(session, kind, next(step for step in steps if step.name == chosen), full, {}, every=True)
