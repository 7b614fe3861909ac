"""``show``, ``log`` and ``edit`` of one record, whatever its kind."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lianxin.cli.keep.follow import follow
from lianxin.cli.option.completion import records
from lianxin.cli.option.flag import CONTEXT, given, with_parameters
from lianxin.cli.option.pick import OMITTED, picking
from lianxin.cli.option.shared import FormatOption, OutputOption
from lianxin.cli.run.command import App
from lianxin.cli.run.saying import speak
from lianxin.cli.run.session import Session, session_of
from lianxin.cli.say.output import emit, for_programs
from lianxin.core.declare.kind import Kind
from lianxin.core.error import UsageError

if TYPE_CHECKING:
    from lianxin.actions.change.edit import Edited

app = App()

IdArgument = Annotated[
    str, typer.Argument(metavar="编号", help=OMITTED, autocompletion=records(), callback=picking(), show_default=False)
]


def _kind_name(context: typer.Context) -> str:
    """``lianxin visit show 7`` looks among visits only."""
    from lianxin.kinds import BRIEF

    parent = context.parent.info_name if context.parent else ""
    return parent if parent in BRIEF else ""


@app.command()
def show(
    context: typer.Context, id_: IdArgument = "", format_: FormatOption = None, output: OutputOption = None
) -> None:
    """看一条记录的全部内容。"""
    from lianxin.reports.record.page import show as page

    session = session_of(context)
    with session.book() as book:
        full = book.resolve(id_, _kind_name(context))
        if for_programs(session, format_, output):
            from lianxin.reports.record.whole import whole

            document = whole(book, full)
        else:
            document = page(book, full)
    emit(session, document, format_, output)


@app.command()
def log(
    context: typer.Context, id_: IdArgument = "", format_: FormatOption = None, output: OutputOption = None
) -> None:
    """一条记录的来龙去脉：谁在什么时候改了什么。"""
    from lianxin.actions.history import commits_of, cut_off
    from lianxin.kinds import kind_of
    from lianxin.reports.record.log import log as report

    session = session_of(context)
    workspace = session.workspace()
    with session.book() as book:
        full = book.resolve(id_, _kind_name(context))
        commits = commits_of(workspace, *dict.fromkeys((kind_of(full).path_of(full), book.path_of(full))))
        plain = for_programs(session, format_, output)
        document = report(book, full, commits, cut_off(workspace), plain=plain)
    emit(session, document, format_, output)


@app.command("edit", context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
def edit_any(context: typer.Context, id_: IdArgument = "") -> None:
    """改一条记录的字段：lianxin edit 编号 --字段 新值；问题则记一条更正。

    有几项的字段逐项改：--字段 +… 添一项，2:… 改第 2 项，-2 删第 2 项，=… 整个换掉，- 全部删去。
    """
    from typer.main import get_command

    from lianxin.kinds import kind_of

    with session_of(context).book(quiet=True) as book:
        full = book.resolve(id_, "")
        kind = kind_of(full)
    alone = App()
    alone.command("edit", help=f"改一条{kind.label}的字段")(edit_of(kind))
    if get_command(alone).main([full, *context.args], standalone_mode=False, obj=session_of(context)):
        raise typer.Abort  # Ctrl-C comes back as a number


def edit(context: typer.Context, kind: Kind, id_: str, why: str | None, typed: Mapping[str, Any]) -> None:
    """Change fields of a record in place, comments kept; where events are kept, write 更正 events instead.

    What changes is shown first; a person at a terminal is asked whether to go on.
    """
    session = session_of(context)
    if typed or not session.interactive:
        _change(session, kind, id_, typed, why)
        return
    from lianxin.cli.form.inline import fill
    from lianxin.cli.form.tasks import edit_task

    done = fill(session, edit_task(session, kind, id_, why or ""))[0]
    _tell(session, done)
    follow(session, done.follows)


def _change(session: Session, kind: Kind, id_: str, typed: Mapping[str, Any], why: str | None) -> None:
    from lianxin.actions.change.edit import edit as change
    from lianxin.cli.say.answer import remarked, warn

    if not typed:
        raise UsageError(f"没有写要改什么，如 lianxin {kind.name} edit {id_} --字段 新值；字段见 --help")
    if kind.lifecycle and kind.lifecycle.step("amend") and not why and session.interactive:
        from lianxin.cli.run.prompt import typed_text

        why = typed_text("更正的理由：")
    reason = why or ""

    def show(*, dry_run: bool = True) -> Edited:
        beware = partial(warn, session)
        done = change(session.workspace(), kind, id_, typed, reason, dry_run=dry_run, beware=beware)
        if not session.json:
            emit(session, done.document)
            speak("".join(f"  {line}\n" for line in done.meant))
            speak(remarked(done.told))
        return done

    if session.interactive and not session.yes and not session.dry_run:
        from lianxin.cli.run.prompt import sure

        done = sure(
            "就这样改吗？",
            lambda: show().seen,
            lambda shown: change(session.workspace(), kind, id_, typed, reason, shown=shown),
        )
    else:
        done = show(dry_run=session.dry_run)
    _tell(session, done)


def _tell(session: Session, done: Edited) -> None:
    """What was changed."""
    from lianxin.cli.say.answer import answer, written
    from lianxin.cli.say.deed import changed

    labels = [change.spec.label for change in done.changes]
    if session.json:
        answer(
            session,
            "edit",
            done.commit,
            {"id": done.id, "fields": labels, "reasons": [*done.meant], "commit": done.commit},
        )
        return
    mark = "✓" if done.commit else "（试运行，没有写入）"
    speak(f"{mark} {changed(done, clear=session.clear)}\n{written(done.commit)}")


def edit_of(kind: Kind) -> Callable[..., Any]:
    """The ``edit`` of one kind: one flag a field."""
    specs = [spec for spec in kind.fields if spec.editable]

    def run(context: typer.Context, id_: str, why: str | None = None, **values: Any) -> None:
        edit(context, kind, id_, why, given(values))

    fixed = [
        CONTEXT,
        inspect.Parameter(
            "id_",
            inspect.Parameter.POSITIONAL_OR_KEYWORD,
            default="",
            annotation=IdArgument,
        ),
        inspect.Parameter(
            "why",
            inspect.Parameter.KEYWORD_ONLY,
            default=None,
            annotation=Annotated[str | None, typer.Option("--why", "--更正理由", metavar="理由", help="更正的理由")],
        ),
    ]
    return with_parameters(run, fixed, specs, "edit", f"改一条{kind.label}的字段", changing=True)
