"""A commit that joins two histories: whatever either of them had must be in it, and nothing besides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lianxin.actions.audit.act import act_of
from lianxin.actions.audit.change import weighs
from lianxin.actions.audit.erased import marked
from lianxin.actions.audit.found import Found, in_commit
from lianxin.actions.audit.reader import Reader
from lianxin.actions.audit.version import Version
from lianxin.core.text.erased import NOTE
from lianxin.kinds import home
from lianxin.storage import UNSETTLED
from lianxin.storage.git.history import Commit, Delta, differing
from lianxin.storage.git.snapshot import is_record
from lianxin.storage.merge.value import nobody
from lianxin.storage.read.complaint import EVENTS

_LOST = "A017"


def joined(commit: Commit, reader: Reader) -> Iterator[Found]:
    """All that is wrong with a commit of two parents."""
    step = commit.says("Step")
    act = act_of(step, by_hand=True, events=False) if step else None
    if act is None or not act.joins:
        yield in_commit(commit, "A012", "两边的历史是绕过连心合起来的")
    if len(commit.parents) > 2:
        yield in_commit(commit, _LOST, f"一次合了 {len(commit.parents)} 边，连心只合两边")
    base = reader.repo.run("merge-base", *commit.parents[:2], check=False).decode().strip()
    if not base:
        yield in_commit(commit, _LOST, "合进来的是另一本台账，两边没有共同的开头")
    sides = [differing(reader.repo, base, one) for one in commit.parents[:2]]
    made = differing(reader.repo, base, commit.id)
    reader.fetch(delta for one in (*sides, made) for delta in one.values())
    every = (*sides, made)
    # of a year that one side opened meanwhile: what the other changed went along to the place it had before
    opened = {
        home(path): path for path, one in made.items() if home(path) != path and not one.new and home(path) in made
    }
    for path in sorted({*sides[0], *sides[1], *made} - {*opened.values()}):
        if home(path) != path and path not in made and (outside := made.get(home(path))) and outside.new:
            continue  # put away at one desk, gone on with at the other: it is outside again
        was = opened.get(path, path)
        base = next((one.old for each in every for one in (each.get(was), each.get(path)) if one is not None), "")
        now = (_there(each, path, was, base) for each in every)
        yield from _file(commit, path, (base, *now), reader)


def _there(changed: Mapping[str, Delta], path: str, was: str, base: str) -> str:
    """What a file holds on one side, at its place or, where its year is closed, at that."""
    found = [one.new for one in (changed.get(path), changed.get(was)) if one is not None]
    return next(filter(None, found), "") if found else base


def _file(commit: Commit, path: str, held: tuple[str, ...], reader: Reader) -> Iterator[Found]:
    if path.startswith(f"{UNSETTLED}/"):
        return  # what joining has found to be asked
    base, one, other, made = held
    if one == other == made or (base == one and other == made) or (base == other and one == made):
        return
    id_ = path.rpartition("/")[2].removesuffix(".yaml") if is_record(path) else path
    if not is_record(path):
        if weighs(path) and (base == one == other or made == ""):
            yield in_commit(commit, _LOST, "两边都没有改的，合起来却改了" if made else "合起来时被删了", id_)
        return
    if made == "":
        yield in_commit(commit, _LOST, "一边有的这份记录，合起来以后没有了", id_)
        return
    now = reader.at(path, made)
    if now is None:
        return
    if now.wrong:
        yield in_commit(commit, "A016", f"合成了读不懂的样子：{now.wrong}", id_)
    was = reader.at(path, base)
    sides = [side for oid in (one, other) if (side := reader.at(path, oid)) is not None]
    taken = _taken(was, sides)
    told = [
        *(told for side in sides for told in _lost(side, now, taken)),
        *_invented(sides, now),
        *_fields(was, sides, now),
    ]
    for line in dict.fromkeys(told):
        yield in_commit(commit, _LOST, line, id_)


def _taken(was: Version | None, sides: list[Version]) -> frozenset[str]:
    """Steps of before that one side has taken back: whether it might is judged where it did."""
    stood, *left = ({str(step.get("编号")) for step in one.steps} if one else set[str]() for one in (was, *sides))
    return frozenset(id_ for id_ in stood if any(id_ not in side for side in left))


def _lost(side: Version, now: Version, taken: frozenset[str]) -> Iterator[str]:
    """Steps of one side that are not there, or otherwise, or in another order."""
    after = {str(step.get("编号")): step for step in now.steps}
    ids = [str(step.get("编号")) for step in side.steps]
    for id_, step in zip(ids, side.steps, strict=True):
        if id_ not in after:
            if id_ in taken:
                continue
            yield f"一边记过的「{step.get('步骤', '')}」没有了"
        elif after[id_] != step and not marked(step, after[id_]):
            yield f"一边记过的「{step.get('步骤', '')}」变了样"
    kept = [id_ for id_ in after if id_ in set(ids)]
    if kept != [id_ for id_ in ids if id_ in after]:
        yield "一边记过的步骤次序变了"


def _invented(sides: list[Version], now: Version) -> Iterator[str]:
    known = {str(step.get("编号")) for side in sides for step in side.steps}
    for step in now.steps:
        if str(step.get("编号")) not in known:
            yield f"两边都没有的「{step.get('步骤', '')}」，合起来多了出来"


def _fields(was: Version | None, sides: list[Version], now: Version) -> Iterator[str]:
    """Fields that are neither as one side has them nor as the other; a list may hold what either has."""
    before: Mapping[str, Any] = was.values if was else {}
    told = [side.values for side in sides]
    if NOTE in now.values and NOTE not in before:
        told = [nobody(one, now.kind.model) for one in told]  # it goes with the personal data that were taken out
    for label in dict.fromkeys(label for one in (before, *told, now.values) for label in one if label != EVENTS):
        said = [one.get(label) for one in told]
        changed = [value for value in said if value != before.get(label)]
        value = now.values.get(label)
        if not changed:
            changed = [before.get(label)]
        if value in changed or (len(changed) > 1 and value == before.get(label)):  # not settled yet
            continue
        if marked(before.get(label), value):  # two desks have each taken somebody else out of it
            continue
        if isinstance(value, list) and all(any(part in (one or []) for one in said) for part in value):
            continue
        yield f"「{label}」不是任何一边的样子" if value not in said else f"一边改过的「{label}」没有了"
