"""``batch KIND STEP …``: the same step of several records, picked by conditions or by ids, in one commit."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer
from msgspec.structs import replace
from typer.main import get_command

from lianxin.cli.option.completion import records
from lianxin.cli.option.flag import CONTEXT, given, with_parameters
from lianxin.cli.run.command import App, Group
from lianxin.cli.run.saying import speak
from lianxin.cli.run.session import Session, session_of
from lianxin.cli.say.output import emit, face_of
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import Step
from lianxin.core.error import LianxinError
from lianxin.kinds import BRIEF, KIND

if TYPE_CHECKING:
    from lianxin.actions.step.batch import Batch


class _Steps(Group):
    """The steps of one kind; each is made when it is asked for."""

    echoes = True

    def _known(self) -> Mapping[str, Step]:
        lifecycle = KIND[str(self.name)].lifecycle
        return {step.name: step for step in lifecycle.steps} if lifecycle else {}

    def list_commands(self, _context: Any) -> list[str]:
        """In the order of the life."""
        return [*self._known()]

    def chinese(self, name: str) -> str:
        """The one word of the step."""
        return self._known()[name].label

    def get_command(self, _context: Any, name: str) -> Any:
        """The command of that name, built now."""
        step = self._known().get(name)
        if step is None:
            return None
        alone = App()
        alone.command(name, help=f"{step.label}：{step.help}")(_step(KIND[str(self.name)], step))
        return get_command(alone)


class _Kinds(Group):
    """The kinds whose records advance by steps."""

    echoes = True

    def list_commands(self, _context: Any) -> list[str]:
        """In the order readers see them."""
        return [name for name in BRIEF if KIND[name].lifecycle]

    def chinese(self, name: str) -> str:
        """What its records are called."""
        return BRIEF[name].command

    def get_command(self, _context: Any, name: str) -> Any:
        """The steps of that kind."""
        if name not in BRIEF or KIND[name].lifecycle is None:  # the others need not be loaded to know
            return None
        steps = App(cls=_Steps, name=name, help=f"{BRIEF[name].label}：几条一起办同一步", no_args_is_help=True)
        steps.callback()(lambda: None)
        made = get_command(steps)
        made.name = name
        return made


app = App(
    cls=_Kinds,
    name="batch",
    help="几条一起办同一步，先列给您看，问一次，一次记下：lianxin 批量 问题 签收 状态=已交办 责任部门=水务站",
    no_args_is_help=True,
)
app.callback()(lambda: None)


def _step(kind: Kind, step: Step) -> Callable[..., Any]:
    from lianxin.actions.step.advanced import asked

    def run(context: typer.Context, ids: list[str], **values: Any) -> None:
        _batch(session_of(context), kind, step, ids, given(values))

    which = inspect.Parameter(
        "ids",
        inspect.Parameter.POSITIONAL_OR_KEYWORD,
        annotation=Annotated[
            list[str],
            typer.Argument(
                metavar="条件或编号",
                help="如 状态=已交办 责任部门=水务站；或 3 5 8",
                autocompletion=records(kind.name, step=step),
            ),
        ],
    )
    return with_parameters(run, [CONTEXT, which], asked(step), step.name, f"{step.label}：{step.help}")


def _batch(session: Session, kind: Kind, step: Step, words: list[str], typed: Mapping[str, Any]) -> None:
    """Ask for what is missing (at a terminal), show what would become of each, ask once, write.

    Raises:
        LianxinError: There is nobody to ask, and nothing says that it is meant.
    """
    from lianxin.actions.step.advanced import new_event_id
    from lianxin.actions.step.batch import batch, meant

    if not (session.interactive or session.yes or session.dry_run):
        raise LianxinError("没有办：不在终端上不能先问您；先加 --dry-run 看看会办哪几条，确要办就加 --yes")
    with session.book() as book:
        ids = meant(book, kind, words, face_of(session, None))
    events = {id_: new_event_id() for id_ in ids}
    found = session.workspace()
    workspace = replace(found, veil=found.veil or not session.clear)

    def show(values: Mapping[str, Any], *, dry_run: bool = True) -> Batch:
        made = batch(workspace, kind, step, events, values, dry_run=dry_run)
        if not session.json:
            emit(session, made.document)
            speak("".join(f"  {line}\n" for line in made.reasons))
        return made

    if session.interactive and not session.yes and not session.dry_run:
        from lianxin.cli.form.inline import fill
        from lianxin.cli.form.tasks import batch_task

        done, _ = fill(session, batch_task(session, kind, step, events, words, typed))
    else:
        done = show(typed, dry_run=session.dry_run)
    _tell(session, step, done)


def _tell(session: Session, step: Step, done: Batch) -> None:
    from lianxin.cli.say.answer import answer, written

    if session.json:
        told = [
            {"id": one.id, "event": one.event.id, "before": one.before, "after": one.after, "now": one.now}
            for one in done.done
        ]
        left = [{"id": one.id, "why": one.why} for one in done.left]
        data = {"step": step.name, "items": told, "left": left, "reasons": [*done.reasons], "commit": done.commit}
        answer(session, "batch", done.commit, data)
        return
    mark = "✓" if done.commit else "（试运行，没有写入）"
    rest = f"，{len(done.left)} 条没有办" if done.left else ""
    speak(f"{mark} {step.label} {len(done.done)} 条{rest}\n")
    if any(one.taken_in for one in done.done):
        speak("  文件里的手工改动已先单独记下\n")
    speak(written(done.commit))
