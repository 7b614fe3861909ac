"""What is told of what was done to a record: one sentence with its title, the id in brackets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lianxin.actions.change.edit import Edited
    from lianxin.actions.change.end import Ended
    from lianxin.actions.change.join import Joined
    from lianxin.actions.change.void import Voided
    from lianxin.actions.entry.add import Added
    from lianxin.actions.step.advanced import Advanced
    from lianxin.core.declare.kind import Kind


def named(id_: str, titles: Mapping[str, str], *, clear: bool) -> str:
    """A record by its title, its id behind it; by its id alone where no names may be read."""
    title = titles.get(id_, "") if clear else ""
    return f"{title}（{id_}）" if title and title != id_ else id_


def _did(subject: str, what: str) -> str:
    """A sentence; between an id and a word stands a blank, behind a bracket none."""
    return f"{subject}{'' if subject.endswith('）') else ' '}{what}"


def stepped(done: Advanced, *, clear: bool) -> str:
    """A step that was taken: ``交办 水务站：路灯不亮（WT-2026-A0007），已受理 → 已交办``."""
    moved = f"{done.before} → {done.after}" if done.before != done.after else done.after
    if done.now != done.after:  # it is made up for
        moved = f"当时是{moved}，现在{done.now}"
    if not clear:
        return f"{done.id} {done.step.label}：{moved}"
    return f"{done.subject}：{named(done.id, {done.id: done.title}, clear=True)}，{moved}"


def added(done: Added, kind: Kind, *, clear: bool) -> str:
    """A record that was not there before."""
    if not clear or not done.title:
        return f"{done.id} 已新增{kind.label}"
    return f"已新增{kind.label}：{named(done.id, {done.id: done.title}, clear=True)}"


def changed(done: Edited, *, clear: bool) -> str:
    """Fields that say something else now."""
    hers = [change for change in done.changes if not change.spec.auto] or done.changes  # what is kept beside goes along
    labels = "、".join(change.spec.label for change in hers)
    return _did(named(done.id, {done.id: done.title}, clear=clear), f"已改 {labels}")


def ended(done: Ended, *, clear: bool) -> str:
    """What is no more, or goes by another name, in one sentence."""
    after = f"，去向 {'、'.join(named(one, done.titles, clear=clear) for one in done.into)}" if done.into else ""
    subject = "、".join(named(one, done.titles, clear=clear) for one in done.ids)
    return _did(subject, f"{done.what}（自 {done.day}）{after}")


def after_end(done: Ended, *, clear: bool) -> Iterator[str]:
    """What goes with it, and what is left to be settled, a line each."""
    if done.moved:
        yield f"{len(done.moved)} 户跟着过去，从前的事仍算在原来的村；联系人、住址还是原来的，要换的逐户改"
    if done.added:
        yield f"{named(done.into[0], done.titles, clear=clear)} 添了村组：{'、'.join(done.added)}"
    if done.left:
        yield f"还有 {len(done.left)} 处要一件一件了结（lianxin check 会一直提醒）："
        yield from (f"  {named(one.id, done.titles, clear=clear)} 的{one.field}：{one.how}" for one in done.left)


def voided(done: Voided, *, clear: bool) -> str:
    """What counts no longer, in one sentence."""
    heir = f"，由 {done.into} 接替" if done.into else ""
    return _did(named(done.id, {done.id: done.title}, clear=clear), f"作废{heir}")


def after_void(done: Voided | Joined) -> Iterator[str]:
    """What follows it, and what stays as it is, a line each."""
    yield from (f"{one.id} 的{'、'.join(one.labels)}跟着改" for one in done.moved)
    yield from (f"{id_} 没有跟着改：{why}" for id_, why in done.left)


def indented(lines: Sequence[str] | Iterator[str]) -> str:
    """Lines below what they belong to."""
    return "".join(f"  {line}\n" for line in lines)
