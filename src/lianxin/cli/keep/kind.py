"""``KIND add|list|show|edit|log`` for every kind, and its steps: all from the kind's declaration."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.main import get_command

from lianxin.cli.keep.follow import follow
from lianxin.cli.keep.record import edit_of, log, show
from lianxin.cli.option.flag import CONTEXT, given, with_parameters
from lianxin.cli.option.shared import FormatOption, OutputOption, PeriodOption
from lianxin.cli.run.command import App, Group
from lianxin.cli.run.saying import speak, tell
from lianxin.cli.run.session import Session, session_of
from lianxin.cli.say.answer import begin_with, warn, written
from lianxin.cli.say.output import PRINTING, choose, emit, face_of, for_programs
from lianxin.core.called import OF_A_KIND
from lianxin.core.change import GRAMMAR
from lianxin.core.day.period import parse_period
from lianxin.core.declare.kind import Kind
from lianxin.core.error import UsageError
from lianxin.kinds import KIND
from lianxin.kinds.fate import FATES, fates

if TYPE_CHECKING:
    from lianxin.core.document import Document


class KindGroup(Group):
    """The commands of a kind; each is made when it is asked for."""

    def _steps(self) -> dict[str, Any]:
        lifecycle = KIND[str(self.name)].lifecycle
        return {step.name: step for step in lifecycle.steps} if lifecycle else {}

    def list_commands(self, _context: Any) -> list[str]:
        """Those every kind has, its own, then its steps."""
        return [*_common(KIND[str(self.name)]), *_OWN.get(str(self.name), ()), *self._steps()]

    def chinese(self, name: str) -> str:
        """A step by its one word, what every kind has by that of ours."""
        step = self._steps().get(name)
        return step.label if step else OF_A_KIND[name]

    def get_command(self, _context: Any, name: str) -> Any:
        """The command of that name, built now."""
        kind, step = KIND[str(self.name)], self._steps().get(name)
        if name in _OWN.get(kind.name, ()):
            return get_command(import_module(f"lianxin.cli.{_OWN[kind.name][name]}").app)
        if name in _common(kind):
            words, make = _EVERY[name]
            function, told = make(kind), words.format(kind.label)
        elif step is not None:
            from lianxin.cli.keep.step import step_function

            function, told = step_function(kind, step), f"{step.label}：{step.help}"
        else:
            return None
        alone = App()
        alone.command(name, help=told)(function)
        return get_command(alone)


def kind_app(kind: Kind) -> typer.Typer:
    """The command group of one kind."""
    app = App(cls=KindGroup, name=kind.name, help=kind.help, no_args_is_help=True)
    app.callback()(lambda: None)
    return app


def _add(kind: Kind) -> Callable[..., Any]:
    specs = [spec for spec in kind.fields if not spec.auto]

    def run(context: typer.Context, table: bool = False, **values: Any) -> None:
        session = session_of(context)
        if table:
            _table(session, kind)
            return
        typed = given(values)
        if session.interactive and not session.yes:
            from lianxin.cli.form.inline import fill
            from lianxin.cli.form.tasks import add_task

            done, seen = fill(session, add_task(session, kind, typed))
        else:
            seen = True
            from lianxin.actions.entry.add import add

            done = add(session.workspace(), kind, typed, dry_run=session.dry_run, beware=partial(warn, session))
        from lianxin.cli.say.answer import answer, remarked
        from lianxin.cli.say.deed import added

        if session.json:
            answer(
                session,
                "add",
                done.commit,
                {"id": done.id, "path": done.path, "reasons": [*done.meant], "commit": done.commit},
            )
            return
        meant = "".join(f"  {line}\n" for line in done.meant)
        if done.commit:
            where = "" if session.clear else f"：{done.path}"
            speak(f"✓ {added(done, kind, clear=session.clear)}{where}\n{meant}{written(done.commit)}")
        else:
            whole = done.text if session.clear else "内容在屏幕上看，或加 --internal\n"
            speak(f"{meant}（试运行，没有写入）{done.path}\n{whole}")
        speak(remarked(done.told) + "".join(f"  {line}\n" for line in done.next if seen))
        follow(session, () if seen or not done.commit else done.follows)

    several = inspect.Parameter(
        "table",
        inspect.Parameter.KEYWORD_ONLY,
        default=False,
        annotation=Annotated[bool, typer.Option("--table", "--表", help="一行一条，像在表里填；在终端上用")],
    )
    return with_parameters(run, [CONTEXT, several], specs, "add", f"新增{kind.label}")


def _table(session: Session, kind: Kind) -> None:
    """Several records typed as a table.

    Raises:
        UsageError: There is nobody to type them.
    """
    if not session.interactive:
        raise UsageError("--表 要在终端上用：一行一条地填；写脚本请一条一条 add")
    from lianxin.cli.form.inline import fill_table
    from lianxin.cli.form.tasks import table_task
    from lianxin.cli.say.answer import remarked
    from lianxin.cli.say.deed import added

    done = fill_table(session, table_task(session, kind))
    for one in done:
        speak(
            f"✓ {added(one, kind, clear=session.clear)}\n{remarked(one.told)}"
            + "".join(f"  {line}\n" for line in one.next)
        )
    speak(written(done[-1].commit))


def _list(kind: Kind) -> Callable[..., Any]:
    def run(
        context: typer.Context,
        filters: Annotated[
            list[str] | None, typer.Argument(metavar="条件", help="如 状态=办理中 类别=道路交通")
        ] = None,
        where: Annotated[list[str] | None, typer.Option("--where", "-w", metavar="条件", help="同上")] = None,
        period: PeriodOption = None,
        voided: Annotated[bool, typer.Option("--voided", "--作废的", help="只列作废的")] = False,
        columns: Annotated[
            str | None,
            typer.Option("--columns", metavar="栏目", help="列哪些栏，如 编号,状态,责任部门.层级；全部 就是每一栏"),
        ] = None,
        format_: FormatOption = None,
        output: OutputOption = None,
    ) -> None:
        session = session_of(context)
        first = ""
        look = choose(session, format_, output)
        if not (output or voided or sys.stdout.isatty()) and look.stream:
            from lianxin.reports.ledger.parted import parted

            with session.book("lianxin.cli.say.stream", *PRINTING) as book:
                from lianxin.actions.typed_filter import typed_filters
                from lianxin.cli.say.stream import stream
                from lianxin.reports.ledger.listing import columns_of

                span = parse_period(period, book.today) if period else None
                found = parted(
                    book,
                    kind,
                    typed_filters(book, kind, [*(filters or []), *(where or [])], face_of(session, output)),
                    period=span,
                    period_field=kind.dated if span else "",
                    columns=columns_of(kind, columns or ""),
                    plain=look.plain,
                )
                if found:
                    stream(session, found, look)
                    return

        def part(skip: int = 0, most: int = 0) -> Document:
            nonlocal first
            with session.book("lianxin.reports.ledger.listing", *PRINTING) as book:
                from lianxin.actions.typed_filter import typed_filters
                from lianxin.reports.ledger.listing import columns_of, listing

                span = parse_period(period, book.today) if period else None
                first = begin_with(book, kind)
                return listing(
                    book,
                    kind,
                    typed_filters(book, kind, [*(filters or []), *(where or [])], face_of(session, output)),
                    period=span,
                    period_field=kind.dated if span else "",
                    columns=columns_of(kind, columns or ""),
                    voided=voided,
                    plain=for_programs(session, format_, output),
                    most=most,
                    skip=skip,
                )

        if session.interactive and not (output or voided) and choose(session, format_, None).name == "terminal":
            from lianxin.cli.say.leaf import ROWS, leaf

            document = part(most=ROWS)
            if document.provenance and document.provenance.records == ROWS:
                leaf(document, lambda skip: part(skip, ROWS))
                return
        else:
            document = part()
        emit(session, document, format_, output)
        if first and session.interactive:
            tell(first)

    return run


def _void(kind: Kind) -> Callable[..., Any]:
    from lianxin.cli.keep.void import void_of

    return void_of(kind)


def _join(kind: Kind) -> Callable[..., Any]:
    from lianxin.cli.keep.void import join_of

    return join_of(kind)


def _ending(name: str, kind: Kind) -> Callable[..., Any]:
    from lianxin.cli.keep.end import COMMANDS

    return COMMANDS[name](kind)


def _erase(kind: Kind) -> Callable[..., Any]:
    from lianxin.cli.keep.erase import erase_of

    return erase_of(kind)


#: What every kind can be asked: help, and the maker of the command.
_EVERY: dict[str, tuple[str, Callable[[Kind], Callable[..., Any]]]] = {
    "add": ("新增{}", _add),
    "list": ("列出{}；条件写 字段=值", _list),
    "show": ("看一条{}的全部内容", lambda _kind: show),
    "edit": (f"改一条{{}}的字段；有几项的逐项改：{GRAMMAR}", edit_of),
    "log": ("一条{}的来龙去脉", lambda _kind: log),
    "void": ("作废一条{}：编号保留，不再列出、不再计数", _void),
    "join": ("把两份{}合成一份", _join),
    "end": ("{}从哪天起没有了，去向哪里；从前的事仍算它的", partial(_ending, "end")),
    "merge": ("几个{}并成一个", partial(_ending, "merge")),
    "rename": ("{}从哪天起换个名称，旧名也找得到", partial(_ending, "rename")),
    "erase": ("注销一条{}的个人信息：姓名、电话等从台账里去掉，编号和数不变；做了不能撤销", _erase),
}

#: Commands of one kind alone: kind → command → its module in ``cli``.
_OWN: dict[str, dict[str, str]] = {"pairing": {"end": "keep.pairing.end", "suggest": "paper.suggest"}}


def _common(kind: Kind) -> list[str]:
    """What this kind can be asked; one that only the tool writes is neither added nor edited by hand."""
    written = {"add", "edit", "join"} if all(spec.auto for spec in kind.fields) else set()
    never = {*FATES} - {*fates(kind)}
    never |= {"erase"} if kind.column("erased") is None else set()
    return [name for name in _EVERY if name not in written | never]
