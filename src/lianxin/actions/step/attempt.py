"""A step tried before anything is written: what was typed, what the record already says, and whether it may be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import replace
from pydantic_core import PydanticCustomError

from lianxin.actions.entry.amend import as_its_field
from lianxin.actions.entry.carry import candidates
from lianxin.actions.entry.crosscheck import follow_ups, named, refuse_across
from lianxin.actions.entry.entry import values_of
from lianxin.actions.entry.figure import told
from lianxin.actions.step.advanced import asked
from lianxin.actions.workspace import Workspace
from lianxin.core.declare.lifecycle import Attempt, Event, Life, Step
from lianxin.core.declare.record import Record
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.value import parse_moment
from lianxin.kinds import kind_of
from lianxin.kinds.life.amend import not_yet
from lianxin.storage.book import LedgerBook
from lianxin.storage.read.complaint import EVENTS


def _moment(values: dict[str, Any], now: datetime, clock: datetime) -> datetime:
    """When it happened: as given, else now; nothing that has not happened by the clock."""
    text = values.pop("时间", None)
    try:
        at: datetime = parse_moment(text) if text else now
    except PydanticCustomError as error:
        raise UsageError(f"没有写入：{error.message()}") from None
    if at > clock:
        raise UsageError(f"时间 {at:%Y-%m-%d %H:%M} 还没到，只能记已经发生的事")
    return at


#: Fields that what stands in other records is at odds with, by step.
_BLAMED: Mapping[str, tuple[str, ...]] = {"merge": ("并入",), "whistle": ("哨单",), "amend": ("新值",)}


def attempted(
    workspace: Workspace,
    book: LedgerBook,
    id_: str,
    step: Step,
    typed: Mapping[str, str | Sequence[str]],
    event_id: str,
    beside: Sequence[Event] = (),
    record: Record | None = None,
) -> Attempt[Life]:
    """The step tried: its event, where it leads, how its deadline was counted.

    Args:
        beside: Events that are added before it at the same stroke.
        record: As its file holds it, where that has been read.

    Raises:
        UsageError: A value is wrong or missing.
        LianxinError: The step cannot be taken now.
    """
    held: Any = record or book.record(id_)
    if step.name != "amend":
        _refuse_ahead(held, book)
    held = held.model_copy(update={"events": (*held.events, *beside)}) if beside else held
    typed = {**_only(step, typed, held, book), **typed}
    coming = any(spec.coming and spec.name in typed for spec in step.asks)
    since = step.model.runs_from(book.fold_of(held)) if coming else None
    values, meant = as_its_field(step, held, values_of(asked(step), typed, book, since), book)
    over = _taken_over(step, values, held, book)
    at = _moment(values, workspace.now, workspace.clock)
    common = {"编号": event_id, "时间": at, "记录时间": workspace.clock, "经办人": workspace.actor(book)}
    kind = kind_of(id_)
    if kind.conduct is None:
        raise LianxinError(f"{kind.label}没有办理步骤")
    tried = kind.conduct().attempt(step.name, held, {**values, **common}, book.context)
    if fault := tried.refusal:
        raise LianxinError(named(book, fault.message), map(str, fault.loc[2:3]))
    if refusal := refuse_across(book, kind, step, tried):
        raise LianxinError(named(book, refusal), _BLAMED.get(step.name, ()))
    meant = (*told(asked(step), typed, book, since), *meant)
    reasons = (*meant, *over, *tried.reasons, *follow_ups(book, kind, id_, step))
    return replace(tried, reasons=tuple(named(book, line) for line in reasons))


def _only(step: Step, typed: Mapping[str, Any], record: Record, book: LedgerBook) -> Mapping[str, str]:
    """What must be said and was not, where the record leaves but one thing to say, or says what is usual."""
    wanted = [spec.name for spec in step.asks if spec.required and not typed.get(spec.name)]
    if not wanted:
        return {}
    life = book.fold_of(record)
    narrowed, usual = step.model.narrowed(life, book.context), step.model.offered(life, book.context)
    found = {name: usual.get(name, "") if len(said) > 1 else said[0] for name, said in narrowed.items() if said}
    return {name: found[name] for name in wanted if found.get(name)}


def _taken_over(step: Step, values: dict[str, Any], record: Record, book: LedgerBook) -> list[str]:
    """What is owed and was not said is taken from the records that are named, and told."""
    wanted = [spec for spec in step.asks if spec.copy and spec.label not in values]
    owed = step.model.owed(book.fold_of(record), book.context) if wanted else {}
    labels, told = {spec.name: spec.label for spec in step.asks}, []
    for spec in wanted:
        said = candidates(spec, labels, values, book) if spec.name in owed else ()
        if len(said) == 1:
            values[spec.label] = said[0]
            sources = "、".join(str(values[labels[name]]) for name in spec.sources if values.get(labels[name]))
            told.append(f"没有写{spec.label}，照 {sources}：{said[0]}")
    return told


#: Two machines are never quite at one; what one of them has written is not held against the other.
_APART = timedelta(days=1)


def _refuse_ahead(record: Any, book: LedgerBook) -> None:
    """What was written by a clock gone wrong is corrected first: else all that follows would lie before it.

    Raises:
        LianxinError: The record tells of something that has not come yet.
    """
    found = not_yet(record, book.clock + _APART)
    if not found:
        return
    kind, (place, *_) = kind_of(record.id), (fault.loc for fault in found)
    at = int(place[1]) if place[0] == EVENTS else -1
    event = record.events[at] if at >= 0 else None
    which = f" --event {at + 1} --field {place[2]}" if event else f" --field {place[0]}"
    told = f"「{event.step}」的{place[2]}" if event else f"「{place[0]}」"
    raise LianxinError(
        f"没有写入：{record.id} {told}在将来，多半是电脑的时钟走快过；"
        f"请先更正：lianxin {kind.name} amend {record.id}{which} --value 实际的时间 --why 时钟错了"
    )
