"""The forms of what becomes of a plain record: it is renamed, merged into another, ends, or is voided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from lianxin.actions.change.end import Ended, Told, end, rename
from lianxin.actions.change.void import Voided, void
from lianxin.actions.form.fate import of_fate
from lianxin.actions.form.form import Answers
from lianxin.actions.shown import Seen
from lianxin.cli.form.task import Task, Tried
from lianxin.cli.run.session import Session
from lianxin.cli.say.deed import after_end, after_void, ended, voided
from lianxin.core.called import OF_A_KIND
from lianxin.core.declare.kind import Kind
from lianxin.kinds.ending import Cause


def fate_task(
    session: Session, kind: Kind, name: str, words: Sequence[str], typed: Mapping[str, str | list[str]] | None = None
) -> Task[Ended | Voided]:
    """What becomes of records, by a form.

    Args:
        session: This run.
        kind: Of the records.
        name: One of ``kinds.fate.FATES``.
        words: By which the records are told; none: the form asks for them.
        typed: What flags said.

    Raises:
        LianxinError: It cannot be, whatever is typed.
    """
    session = replace(session, full=True)
    with session.book(quiet=True) as book:
        ids = [book.resolve(word, kind.name) for word in words]
        form = of_fate(book, kind, name, ids)
    shown: list[Seen] = []

    def take(answers: Answers, *, dry_run: bool) -> Ended | Voided:
        seen = shown[-1] if shown and not dry_run else None
        return become(session, kind, name, ids, answers, dry_run=dry_run, shown=seen)

    def tries(answers: Answers) -> Tried:
        done = take(answers, dry_run=True)
        shown[:] = [done.seen]
        return Tried(tuple(told(done)), question=f"就这样{OF_A_KIND[name]}吗？")

    return Task(form, tries, lambda answers: take(answers, dry_run=session.dry_run), typed or {})


def become(
    session: Session,
    kind: Kind,
    name: str,
    ids: Sequence[str],
    answers: Mapping[str, Any],
    *,
    dry_run: bool,
    shown: Seen | None = None,
) -> Ended | Voided:
    """Let it become of them, as a form or flags have it.

    Raises:
        LianxinError: It cannot be; nothing was written.
    """
    said = {key: str(answers.get(key) or "") for key in ("on", "paper", "notes", "why", "name")}
    asked, into = _several(answers.get("ids")), _several(answers.get("into"))
    words = [*ids] or asked
    if name == "merge" and len(words) > 1:  # the one they go into may have been marked with them
        words = [word for word in words if word not in into]
    workspace = session.workspace()
    if name == "void":
        return void(workspace, kind, words[0], said["why"], "".join(into[:1]), dry_run=dry_run, shown=shown)
    why = Cause.MERGED.value if name == "merge" else said["why"]
    what = Told(said["on"], why, said["paper"], tuple(into), said["notes"])
    if name == "rename":
        return rename(workspace, kind, words[0], said["name"], what, dry_run=dry_run, shown=shown)
    return end(workspace, kind, words, what, dry_run=dry_run, shown=shown)


def told(done: Ended | Voided) -> list[str]:
    """What it comes to, the sentence first."""
    if isinstance(done, Voided):
        return [voided(done, clear=True), *after_void(done), *done.told]
    return [ended(done, clear=True), *after_end(done, clear=True), *done.told]


def _several(text: Any) -> list[str]:
    """Records, as a field that takes several holds them."""
    from lianxin.actions.entry.entry import pieces

    return pieces(text) if isinstance(text, str) else [*(text or ())]
