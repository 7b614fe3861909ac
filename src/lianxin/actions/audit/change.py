"""What one commit did to one file: what every kind of commit may do, and what none may."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from msgspec import Struct

from lianxin.actions.audit.version import Version
from lianxin.core.declare.lifecycle import VOID, Event
from lianxin.core.declare.record import fields_of
from lianxin.kinds import home
from lianxin.kinds.frozen import FROZEN
from lianxin.rules.attached import FOLDER
from lianxin.storage import DEFINING
from lianxin.storage.git import rewritten
from lianxin.storage.git.history import Delta
from lianxin.storage.read.complaint import EVENTS

#: Files beside the records that say how they are read and counted.
_SETTINGS = ("lianxin.yaml", "stations.yaml", ".gitattributes")


class Did(StrEnum):
    """What became of a file, as far as it may be so at all."""

    ADD = "新增"
    BRING = "带着步骤新增"
    STEP = "接着办"
    EDIT = "修改"
    VOID = "作废"
    DROP = "删去"
    RULE = "改设置"
    FILE = "收文件"


class Change(Struct, frozen=True):
    """One file of a commit.

    Attributes:
        delta: Which file.
        old, new: Its record before and after; None where there was or is none, or it is no record's file.
        did: What it comes to.
        events: Steps added at its end.
        wrong: What may not be, whoever did it: codes and what is told.
    """

    delta: Delta
    old: Version | None
    new: Version | None
    did: Did | None
    events: tuple[Event, ...] = ()
    wrong: tuple[tuple[str, str], ...] = ()

    @property
    def record(self) -> str:
        """The record's id; the path of what is none."""
        found = self.new or self.old
        return found.id if found else self.delta.path

    @property
    def called(self) -> frozenset[str]:
        """What it is called by those that name it: a file that is no record's also by its bare name."""
        return frozenset({self.record, self.delta.path.rpartition("/")[2].removesuffix(".yaml")})


def changed(delta: Delta, old: Version | None, new: Version | None) -> Change:
    """What a commit did to a file; of one that is no record's what it is there for."""
    if not delta.ordinary:
        return Change(delta, old, new, None, (), (("A019", "记录的位置上不是普通文件"),))
    if old is None and new is None:
        return _beside(delta)
    wrong = (*_unreadable(old, new), *(_compared(old, new) if old and new else ()))
    if new is None:
        return Change(delta, old, new, Did.DROP, (), (*wrong, ("A008", "这份记录被删了")))
    events = _added(old, new)
    return Change(delta, old, new, _did(old, new, events), events, (*wrong, *_unlawful(old, new, events)))


def weighs(path: str) -> bool:
    """Whether a file that is no record's says how records are read and counted, or is a paper that is kept."""
    folders = tuple(f"{folder}/" for folder in (*DEFINING, FOLDER))
    return path in (*_SETTINGS, rewritten.PATH) or path.startswith(folders)


def _beside(delta: Delta) -> Change:
    path = delta.path
    if home(path).startswith(f"{FOLDER}/"):
        told = "佐证的文件被删了" if not delta.new else "佐证的文件被换了"
        wrong = (("A020", told),) if delta.old else ()
        return Change(delta, None, None, Did.FILE, (), wrong)
    return Change(delta, None, None, Did.RULE if weighs(path) else None)


def _did(old: Version | None, new: Version, events: Sequence[Event]) -> Did | None:
    if old is None:
        return Did.BRING if new.steps else Did.ADD
    if events:
        return Did.STEP
    if new.voided and not old.voided:
        return Did.VOID
    return Did.EDIT


def _added(old: Version | None, new: Version) -> tuple[Event, ...]:
    known = {str(one.get("编号")) for one in old.steps} if old else set()
    return tuple(event for event in new.events if event.id not in known)


def _unreadable(old: Version | None, new: Version | None) -> Iterator[tuple[str, str]]:
    if new is not None and new.wrong and (old is None or not old.wrong):
        yield "A016", f"改成了读不懂的样子：{new.wrong}"


def _unlawful(old: Version | None, new: Version, events: Sequence[Event]) -> Iterator[tuple[str, str]]:
    """Faults that were not there before."""
    before = {(id_, one.code) for id_, one in old.faults} if old else set()
    added = {event.id for event in events}
    for id_, fault in new.faults:
        if (id_, fault.code) not in before:
            lead = "" if id_ in added or not added else "这一来，从前的步骤就对不上了："
            yield "A005", f"{lead}{fault.veiled or fault.message}"


def _compared(old: Version, new: Version) -> Iterator[tuple[str, str]]:
    """What was written before and is not as it was."""
    if not new.values:
        return
    if old.kind.lifecycle is None:
        yield from _plain(old, new)
        return
    since = f"（这时已经{old.state}）" if old.state in {str(one) for one in old.kind.lifecycle.off} else ""
    for spec in old.kind.fields:
        if spec.label != EVENTS and _differs(old, new, spec.name, spec.label):
            yield "A004", f"登记的「{spec.label}」被改了{since}"
    yield from _steps(old, new, since)


def _differs(old: Version, new: Version, name: str, label: str) -> bool:
    if old.values.get(label) == new.values.get(label):
        return False
    if old.record is None or new.record is None:
        return True
    return bool(getattr(old.record, name) != getattr(new.record, name))


def _plain(old: Version, new: Version) -> Iterator[tuple[str, str]]:
    changed_ = [spec for spec in old.kind.fields if _differs(old, new, spec.name, spec.label)]
    labels = "、".join(spec.label for spec in changed_)
    if old.kind is FROZEN and [spec for spec in changed_ if spec.label != VOID]:
        yield "A011", f"定稿的「{labels}」被改了"
    elif old.voided and changed_:
        yield "A010", f"作废以后，「{labels}」又被改了"
    if any(spec.label == "编号" for spec in changed_):
        yield "A009", "编号被改了"


def _steps(old: Version, new: Version, since: str) -> Iterator[tuple[str, str]]:
    """Steps that were changed, taken out, moved, or pushed in before others."""
    if new.data.startswith(old.data) and len(new.steps) >= len(old.steps):
        before = new.steps[: len(old.steps)]
        if before == old.steps:
            return
    after = {str(one.get("编号")): one for one in new.steps}
    for n, step in enumerate(old.steps, 1):
        id_ = str(step.get("编号"))
        name = f"第 {n} 步「{step.get('步骤', '')}」"
        if id_ not in after:
            yield "A002", f"{name}被删了{since}"
        elif labels := _altered(old, new, id_, step, after[id_]):
            yield "A001", f"{name}的「{'、'.join(labels)}」被改了{since}"
    kept = [str(one.get("编号")) for one in new.steps]
    stood = [str(one.get("编号")) for one in old.steps if str(one.get("编号")) in after]
    if [id_ for id_ in kept if id_ in set(stood)] != stood:
        yield "A003", f"步骤的次序被换了{since}"
    elif stood and kept[: len(stood)] != stood:
        yield "A003", f"有一步插到了前面{since}"


def _altered(old: Version, new: Version, id_: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    labels = [label for label in dict.fromkeys((*before, *after)) if before.get(label) != after.get(label)]
    was, now = (next((one for one in version.events if one.id == id_), None) for version in (old, new))
    if not labels or was is None or now is None or type(was) is not type(now):
        return labels
    names = {spec.label: spec.name for spec in fields_of(type(was))}
    return [one for one in labels if one not in names or getattr(was, names[one]) != getattr(now, names[one])]
