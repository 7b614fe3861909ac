"""A record that was not named: a person at a terminal picks one, anybody else is told to name it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import typer

from lianxin.cli.run.session import Session, session_of
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import Step
from lianxin.kinds import BRIEF, KIND

#: So many are listed: with the question and the prompt they stand on one screen.
_MOST = 12
_OTHER = "别的，写编号或名称"

#: Its help says so.
OMITTED = "可只写末几位；在终端上不写就列出来挑"


def picking(kind: Kind | None = None, step: Step | None = None, *, living: bool = False) -> Callable[..., Any]:
    """The callback of an argument that names a record, or several.

    Args:
        kind: Of the record; else the kind whose command it is, else any.
        step: That it is to take.
        living: Only records that advance by steps.
    """

    def picked(context: typer.Context, parameter: Any, value: Any) -> Any:
        if value or context.resilient_parsing:
            return value
        session = session_of(context)
        if not session.interactive or session.yes:
            from lianxin.cli.run.inside import MissingParameter

            raise MissingParameter(ctx=context, param=parameter)
        one = _pick(session, _kinds(context, kind, living=living), step)
        return [one] if parameter.nargs == -1 else one

    return picked


def _kinds(context: typer.Context, kind: Kind | None, *, living: bool) -> list[Kind]:
    parent = context.parent.info_name if context.parent else ""
    if kind is None and parent in BRIEF:
        kind = KIND[str(parent)]
    return [kind] if kind else [one for one in KIND.values() if one.lifecycle or not living]


def _pick(session: Session, kinds: list[Kind], step: Step | None) -> str:
    """The id or the name that is picked or typed."""
    from lianxin.cli.run.prompt import choose, typed_text
    from lianxin.core.error import LianxinError
    from lianxin.reports.desk.choice import offered

    with session.book() as book:
        items = offered(book, kinds, step, _MOST)
    what = kinds[0].label if len(kinds) == 1 else "记录"
    doing = f"「{step.label}」" if step else ""
    if not items:
        raise LianxinError(f"眼下没有能{doing or '列'}的{what}")
    lines = [(one.id, "  ".join(filter(None, (one.id, one.title, *one.told[:1])))) for one in items]
    return choose(f"{doing}哪一个{what}？", [*lines, ("", _OTHER)]) or typed_text("编号或名称：")
