"""Refusals and advice that look beyond the record: merging, whistles and their issues, categories."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import Attempt, Event, Step
from lianxin.core.sql import words
from lianxin.core.text.pattern import late
from lianxin.kinds.issue.state import AFTER, HELD, NO_CASE, OFF, How, State
from lianxin.kinds.life.event import Amend
from lianxin.kinds.whistle import state as whistle_state
from lianxin.rules.category import categories, unlisted
from lianxin.storage.book import LedgerBook

if TYPE_CHECKING:
    from lianxin.kinds.issue.life import Life
    from lianxin.kinds.issue.step.assign import Whistle
    from lianxin.kinds.issue.step.triage import Merge
    from lianxin.kinds.whistle.life import Life as WhistleLife

#: Every issue that follows this one, however many merges away.
_FOLLOWERS = f"""
WITH RECURSIVE follower(id) AS (
  SELECT id FROM issue WHERE "into" = ? AND base_state <> '{State.VOID}'
  UNION SELECT i.id FROM issue AS i JOIN follower AS f ON i."into" = f.id WHERE i.base_state <> '{State.VOID}'
) SELECT id FROM follower ORDER BY id"""  # noqa: S608 - states of our own

#: Issues a whistle names that do not name it, and still might.
_UNTIED = f"""SELECT i.id FROM whistle AS w, json_each(w.issues) AS j JOIN issue AS i ON i.id = j.value
WHERE w.id = ?1 AND i.base_state NOT IN {words(OFF | NO_CASE)} AND NOT EXISTS (
  SELECT 1 FROM reference AS r WHERE r.source = i.id AND r.field = 'events.whistle' AND r.target = ?1)
ORDER BY i.id"""  # noqa: S608 - states of our own

#: Whistles an issue was ever tied to, or that name it.
_WHISTLES = """SELECT target FROM reference WHERE source = ?1 AND field = 'events.whistle'
UNION SELECT source FROM reference WHERE target = ?1 AND field = 'issues' AND source LIKE 'CS-%' ORDER BY 1"""

Check = Callable[["LedgerBook", "Life", Any], "str | None"]


def _merge(book: LedgerBook, life: Life, event: Merge) -> str | None:
    if event.into == life.record.id:
        return f"{life.record.id} 不能并入自己"
    target = book.fold(event.into)
    if target.state is State.VOID:
        return f"{event.into} 已经作废，不能并入；请换一件"
    if event.into in {found for (found,) in book.sql(_FOLLOWERS, (life.record.id,))}:
        return f"{event.into} 已经并入了 {life.record.id}，不能再倒过来并；请先把它重办"
    return None


def _feedback(book: LedgerBook, life: Life, _event: Event) -> str | None:
    return _waits(book, life, "反馈")


def _waits(book: LedgerBook, life: Life, step: str) -> str | None:
    """A follower is answered and struck off only while its leader has a result; its own withdrawal needs none."""
    if life.into is None or life.resolved_how is How.WITHDRAWN:
        return None
    id_ = life.record.id
    leader = book.leader(id_)
    found = book.sql("SELECT base_state, resolved_how FROM issue WHERE id = ?", (leader,))
    state, how = found[0] if found else ("", "")
    if state not in AFTER:
        return f"主案 {leader} 现在是「{state}」，还没有结果，不能先{step} {id_}"
    if how == How.WITHDRAWN:
        return f"主案 {leader} 被反映人撤回了，没有办理结果；{id_} 还要接着办的，请先把它重办"
    return None


def _void(book: LedgerBook, life: Life, _event: Event) -> str | None:
    followers = [found for (found,) in book.sql(_FOLLOWERS, (life.record.id,))]
    if followers:
        return f"{'、'.join(followers)} 并在 {life.record.id} 里，不能作废；请先把它们重办或改并"
    return None


def _whistle_of(book: LedgerBook, id_: str) -> WhistleLife:
    from lianxin.kinds.whistle.life import Life as WhistleLife

    return book.life(id_, WhistleLife)


def _whistle(book: LedgerBook, life: Life, event: Whistle) -> str | None:
    """An issue is tied to a whistle that is in force and names it."""
    id_, whistle = life.record.id, _whistle_of(book, event.whistle)
    if whistle.state in whistle_state.OFF:
        return f"{event.whistle} 现在是「{whistle.state}」，不能再挂问题；请另吹一哨"
    if id_ not in whistle.record.issues:
        how = f"lianxin whistle edit {event.whistle} --issues +{id_} --why 补上问题"
        return f"{event.whistle} 的「问题」里没有 {id_}；请先运行 {how}"
    return None


def _close(book: LedgerBook, life: Life, _event: Event) -> str | None:
    """What departments were whistled for is not struck off before every such whistle is done."""
    for (id_,) in book.sql(_WHISTLES, (life.record.id,)):
        whistle = _whistle_of(book, id_)
        if whistle.state in whistle_state.OPEN:
            left = f"（{'、'.join(whistle.waiting)} 还没有办结）" if whistle.waiting else ""
            return f"{id_} 现在是「{whistle.state}」{left}，先结哨再销号"
    return _waits(book, life, "销号")


_CHECKS: Mapping[tuple[str, str], Check] = {
    ("issue", "merge"): _merge,
    ("issue", "feedback"): _feedback,
    ("issue", "void"): _void,
    ("issue", "whistle"): _whistle,
    ("issue", "close"): _close,
}


def _category(book: LedgerBook, event: Any) -> str | None:
    word, policy = getattr(event, "category", None), book.policy("categories")
    return unlisted(word, categories(policy)) if word and policy is not None else None


def _corrected(book: LedgerBook, kind: Kind, tried: Attempt[Any], event: Amend) -> str | None:
    """A correction leaves a record that could have been added, with a category that is listed.

    Taking a value out is always let through: of two fields that must agree, one has to be changed first.
    """
    if event.value is None:
        return None
    known = {fault.message for fault in kind.faults(tried.stood.record)}
    for fault in kind.faults(tried.stands.record):
        if fault.message not in known:
            return f"照这样更正，{fault.message}；请先更正与它对不上的那一项，不写新值就是删去"
    step = next((one for one in tried.stands.record.events if one.id == event.event), None)
    return _category(book, step) if event.field == "类别" else None


def refuse_across(book: LedgerBook, kind: Kind, step: Step, tried: Attempt[Any]) -> str | None:
    """Why this step cannot be taken now because of other records or the policy; None when it can."""
    event = tried.event
    if isinstance(event, Amend):
        return _corrected(book, kind, tried, event)
    check = _CHECKS.get((kind.name, step.name))
    return (check(book, tried.stood, event) if check else None) or _category(book, event)


def follow_ups(book: LedgerBook, kind: Kind, id_: str, step: Step) -> Iterator[str]:
    """What else wants to be done once this step is taken."""
    if kind.name == "whistle" and step.name == "approve":
        for (issue,) in book.sql(_UNTIED, (id_,)):
            yield f"{issue} 那边还没有记这一哨，请接着办：lianxin issue whistle {issue} --whistle {id_}"
    if kind.name == "whistle" and step.name == "close":
        tied = book.sql("SELECT id, base_state FROM issue WHERE whistle = ? ORDER BY id", (id_,))
        for issue in (found for found, state in tied if state in HELD):
            yield f"{issue} 还没有办结，别忘了写下结果：lianxin issue resolve {issue}"
    if kind.name == "issue" and step.name == "reopen":
        followers = [found for (found,) in book.sql(_FOLLOWERS, (id_,))]
        if followers:
            yield f"{'、'.join(followers)} 并在这一件里，等它再有了结果才能反馈、销号"


_ORG = late(r"DW-[A-Z]\d{4,}")


def named(book: LedgerBook, text: str) -> str:
    """A sentence with the departments in it called by their names."""
    return _ORG.sub(lambda found: book.title(found[0]), text)
