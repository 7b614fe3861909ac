"""One commit judged: what it did, whether it says so, whether whoever signed it did it, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import product
from typing import Any

from lianxin.actions.audit.act import HAND, Act, act_of
from lianxin.actions.audit.change import Change, Did
from lianxin.actions.audit.chosen import chosen
from lianxin.actions.audit.erased import taken_out
from lianxin.actions.audit.found import Found, in_commit
from lianxin.actions.audit.known import Known, put_away
from lianxin.actions.step.write import subject
from lianxin.core.declare.lifecycle import Event
from lianxin.core.text.erased import ERASING
from lianxin.core.value import show_moment
from lianxin.kinds import brief_of
from lianxin.kinds.evidence import EVIDENCE
from lianxin.kinds.life.event import Amend
from lianxin.storage.git.clock import BEHIND
from lianxin.storage.git.history import Commit
from lianxin.storage.write.stream import clean

#: Where people of the ledger are reached in git: nowhere.
_ADDRESS = "@lianxin.invalid"
#: What is said of a commit that does more than it may, where what it may do can be worked out.
_RIGHT = {
    "undo": "说是撤销，结果却不是撤销以前的样子",
    "renumber": "说是换编号，却不只换了编号",
    "archive": "说是归档，却不只挪了地方",
    ERASING: "说是注销，却不只去掉了个人信息",
}
#: A step is gone, or stands where it was put back.
_CHOSEN = ("A002", "A003")
#: A form may stay open over night.
_LATE = timedelta(days=1)


def judged(commit: Commit, changes: Sequence[Change], known: Known) -> Iterator[Found]:
    """All that is wrong with a commit of one parent or none, and what it is marked as."""
    step = commit.says("Step")
    act = act_of(step, by_hand="Actor" not in commit.told, events="Event" in commit.told) if step else None
    excused = act.excused if act else frozenset()
    right = known.restored(commit, changes) if step == "undo" else frozenset()
    right |= known.given_way(commit, changes) if step == "renumber" else frozenset()
    right |= put_away(known.repo, commit, changes) if step == "archive" else frozenset()
    right |= taken_out(changes) if step == ERASING else frozenset()
    kept = chosen(known.repo, changes) if step == "settle" else frozenset()
    for change in changes:
        if change.delta.path in right:
            continue  # all that may be said of it is that it was taken back, has another number or was put away
        for code, told in _moved(change, changes):
            if code not in excused and not (code in _CHOSEN and change.delta.path in kept):
                yield in_commit(commit, code, told, change.record)
        yield from _again(commit, change, known)
        yield from _actors(commit, change, known)
        if change.delta.path not in kept:
            yield from _times(commit, change, old=act is not None and act.old)
    ours = [change for change in changes if change.did or change.wrong]
    if not ours:
        return
    if act is None:
        told = f"连心没有「{step}」这一种" if step else "这一笔没有连心的标记，是绕过连心写的"
        for record in _records(ours):
            yield in_commit(commit, "A013" if step else "A012", told, record)
        return
    if step in _RIGHT and (lost := [one for one in ours if one.delta.path not in right]):
        yield in_commit(commit, "A013", _RIGHT[step], lost[0].record)
    yield from _acted(commit, act, ours, known)
    yield from _signed(commit, act, ours, known)
    if act.marked:
        for record in _records(ours):
            yield in_commit(
                commit, act.marked, commit.subject if act is not HAND else "手工改了文件，经检查收进来", record
            )


def _records(changes: Sequence[Change]) -> list[str]:
    return list(dict.fromkeys(change.record for change in changes))


def _moved(change: Change, changes: Sequence[Change]) -> Iterator[tuple[str, str]]:
    """What may not be of a file; of one that went elsewhere, where it is now."""
    there = next(
        (one.delta.path for one in changes if one.delta.old == "" and one is not change and _same(change, one)), ""
    )
    for code, told in change.wrong:
        yield ("A009", f"{change.delta.path} 改成了 {there}") if code == "A008" and there else (code, told)


def _same(gone: Change, come: Change) -> bool:
    if gone.new is not None or gone.old is None:
        return False
    return gone.delta.old == come.delta.new or (come.new is not None and come.new.values.get("编号") == gone.record)


def _again(commit: Commit, change: Change, known: Known) -> Iterator[Found]:
    """A number that was given before, a step's or a record's."""
    if change.delta.old == "" and change.delta.path in known.gone:
        yield in_commit(commit, "A018", f"编号 {change.record} 从前给过一份，那份没有了，又给了这一份", change.record)
    for event in change.events:
        other = known.events.setdefault(event.id, change.record)
        if other != change.record:
            yield in_commit(commit, "A018", f"「{event.step}」的编号和 {other} 里的一步相同", change.record)


def _actors(commit: Commit, change: Change, known: Known) -> Iterator[Found]:
    for event in change.events:
        if event.actor not in known.names:
            yield in_commit(commit, "A006", f"「{event.step}」的经办人 {event.actor} 当时不在册", change.record)


def _times(commit: Commit, change: Change, *, old: bool) -> Iterator[Found]:
    """What is said of when it was written down, against when it was committed; what was made up for is marked."""
    made = commit.committer.local
    taken: Any = getattr(change.new.record, "taken", None) if change.new and change.delta.old == "" else None
    told = [*_written(change, taken)]
    for name, at in told:
        if at > made + BEHIND:
            yield in_commit(commit, "A007", f"{name} {show_moment(at)} 比入账还晚", change.record)
    every = getattr(change.new.record, "events", ()) if change.new else ()
    last = max([*(at for _, at in told), *(event.recorded for event in every)], default=made)
    if told and not old and made - last > _LATE:
        yield in_commit(commit, "A007", f"{told[-1][0]} {show_moment(last)} 比入账早得多，像是倒填的", change.record)
    for event in change.events:
        if event.at > event.recorded + BEHIND:
            yield in_commit(
                commit, "A007", f"「{event.step}」的时间 {show_moment(event.at)} 晚于记录时间", change.record
            )
        elif event.recorded.date() > event.at.date() and not isinstance(event, Amend):
            told_ = f"「{event.step}」{show_moment(event.at)}，{show_moment(event.recorded)} 补录"
            yield in_commit(commit, "补录", told_, change.record)


def _written(change: Change, taken: datetime | None) -> Iterator[tuple[str, datetime]]:
    if taken is not None and not change.events:
        yield "登记时间", taken
    for event in change.events:
        yield f"「{event.step}」的记录时间", event.recorded


def _acted(commit: Commit, act: Act, changes: Sequence[Change], known: Known) -> Iterator[Found]:
    """Whether it did what it says, and nothing else."""
    named = commit.told.get("Record", [])
    for change in changes:
        if change.did and change.did not in act.may:
            yield in_commit(commit, "A013", f"说是「{commit.subject}」，却做了「{change.did}」", change.record)
        elif act.named and change.did is not Did.FILE and change.called.isdisjoint((*named, *_files(act, changes))):
            yield in_commit(commit, "A013", "改了这一份，自己却没有说", change.record)
    if (
        act.named
        and not act.others
        and commit.id not in known.remade
        and (silent := [one for one in named if not any(one in change.called for change in changes)])
    ):
        yield in_commit(commit, "A013", "说改了这一份，却没有改", silent[0])
    if act.steps:
        yield from _stepped(commit, changes, known)
    elif not commit.subject.startswith(_opening(act, named)):
        yield in_commit(commit, "A013", f"题目「{commit.subject}」和做的不一样", named[0] if named else "")


def _files(act: Act, changes: Sequence[Change]) -> list[str]:
    """What a step brings with it, and the files of settings an import confirms, are not named."""
    beside = [one.record for one in changes if one.did is Did.RULE]
    return beside + [one.record for one in changes if act.steps and one.new and one.new.kind is EVIDENCE]


def _opening(act: Act, named: Sequence[str]) -> str:
    id_ = named[0] if named else ""
    brief = brief_of(id_)
    label = brief.label if brief else ""
    return act.opens.format(id=id_, kind=label)


def _stepped(commit: Commit, changes: Sequence[Change], known: Known) -> Iterator[Found]:
    """A step's commit names the events it adds, by whom, and tells them in its subject."""
    pairs = [(change, event) for change in changes for event in change.events]
    told, ids = commit.told.get("Event", []), [event.id for _, event in pairs]
    if sorted(told) != sorted(ids):
        yield in_commit(
            commit, "A013", "说记下的步骤和实际写的不是同一步", pairs[0][0].record if pairs else commit.says("Record")
        )
    for change, event in pairs:
        if commit.says("Step") != event.COMMAND:
            yield in_commit(commit, "A013", f"说是别的步骤，写的却是「{event.step}」", change.record)
        elif event.actor != commit.says("Actor"):
            yield in_commit(commit, "A013", f"说的经办人和「{event.step}」里写的不是一个人", change.record)
        elif not _tells(_of_steps(commit, changes), change, event, known, alone=len(pairs) == 1):
            yield in_commit(commit, "A013", f"题目「{commit.subject}」和写的不一样", change.record)


def _of_steps(commit: Commit, changes: Sequence[Change]) -> str:
    """What its subject says of steps, behind what it says of new records by which they were taken."""
    line = commit.subject
    for change in changes:
        if change.did is Did.ADD and change.new:
            line = line.removeprefix(f"{change.record} 新增{change.new.kind.label}，")
    return line


def _tells(line: str, change: Change, event: Event, known: Known, *, alone: bool) -> bool:
    return line in _subjects(change, event, known) if alone else f" {event.step}" in line


def _subjects(change: Change, event: Event, known: Known) -> set[str]:
    """All that the subject of a step may be, whatever its unit was called when."""
    lifecycle = change.new.kind.lifecycle if change.new else None
    step = lifecycle.step(event.step) if lifecycle else None
    if step is None:
        return set()
    ids = sorted({str(value) for name in event.TRAIL if (value := getattr(event, name))} & known.names.keys())
    found = set()
    for names in product(*(known.names[id_] for id_ in ids)):
        titles = dict(zip(ids, names, strict=True))
        found.add(clean(f"{change.record} {subject(lambda id_, t=titles: t.get(id_, id_), step, event)}"))  # type: ignore[misc]
    return found


def _signed(commit: Commit, act: Act, changes: Sequence[Change], known: Known) -> Iterator[Found]:
    """Whether whoever did it has signed it, then and there."""
    record = changes[0].record
    author, committer, actor = commit.author, commit.committer, commit.says("Actor")
    if author.at != committer.at:
        yield in_commit(commit, "A014", "署名的时间和入账的时间不是同一刻，后来被重写过", record)
    if not act.by:
        if act is HAND and not _is_known(author.name, author.email, known) and author.email != committer.email:
            yield in_commit(commit, "A014", f"署名「{author.name}」不在册", record)
        return
    if not actor and not commit.says("Command") and all(one.did is Did.ADD for one in changes):
        return  # a history played again, of a record that names nobody
    if actor not in known.names:
        yield in_commit(commit, "A014", f"经办人 {actor or '（没有写）'} 当时不在册", record)
    elif author.email != f"{actor}{_ADDRESS}":
        yield in_commit(commit, "A014", f"署名「{author.name}」不是经办人 {actor}", record)
    elif author.name not in {clean(name) for name in known.names[actor]}:
        yield in_commit(commit, "A014", f"署名「{author.name}」不是 {actor} 的姓名", record)


def _is_known(name: str, email: str, known: Known) -> bool:
    found = re.fullmatch(rf"(.+){re.escape(_ADDRESS)}", email)
    return found is not None and name in {clean(one) for one in known.names.get(found[1], ())}
