"""Refusals and advice that look beyond the record: merging, whistles and their issues, categories."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import Attempt, Event, Step
from lianxin.core.sql import words
from lianxin.core.text.pattern import late
from lianxin.kinds.issue.state import AFTER, HELD, How, State
from lianxin.kinds.life.event import Amend
from lianxin.kinds.whistle import state as whistle_state
from lianxin.reports.life.tie import towards, untied
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

#: Whistles an issue was ever tied to, or that name it.
_WHISTLES = """SELECT target FROM reference WHERE source = ?1 AND field = 'events.whistle'
UNION SELECT source FROM reference WHERE target = ?1 AND field = 'issues' AND source LIKE 'CS-%' ORDER BY 1"""

#: Whistles in force that name an issue, at which place of theirs, and how many other issues each is still for.
_BLOWN_FOR = f"""SELECT w.id, w.state, j.key, (
  SELECT count(*) FROM json_each(w.issues) AS o JOIN issue AS i ON i.id = o.value
  WHERE i.id <> ?1 AND i.base_state <> '{State.VOID}')
FROM reference AS r JOIN whistle AS w ON w.id = r.source, json_each(w.issues) AS j
WHERE r.target = ?1 AND r.field = 'issues' AND j.value = ?1
  AND w.state IN {words(whistle_state.OPEN)}
ORDER BY w.id"""  # noqa: S608 - states of our own

Check = Callable[["LedgerBook", "Life", Any], "str | None"]  # each of one step


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
    for whistle, state, _place, others in book.sql(_BLOWN_FOR, (life.record.id,)):
        if not others:
            step = "void" if state == whistle_state.State.ACTING else "cancel"
            how = f"lianxin whistle {step} {whistle} --why 理由"
            return f"{whistle} 只为这一件吹哨，现在是「{state}」，部门还等着办；请先把哨撤了：{how}"
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


def _category(book: LedgerBook, event: object) -> str | None:
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
        yield from (one.told(book) for one in untied(book, id_, settled=True))
    if kind.name == "whistle" and step.name == "close":
        tied = book.sql("SELECT id, base_state FROM issue WHERE whistle = ? ORDER BY id", (id_,))
        for issue in (found for found, state in tied if state in HELD):
            yield f"{issue} 还没有办结，别忘了写下结果：{towards(book, issue, 'resolve')}"
        yield from (one.told(book) for one in untied(book, id_))
    if kind.name == "issue" and step.name == "void":
        for whistle, _state, place, _others in book.sql(_BLOWN_FOR, (id_,)):
            how = f"lianxin whistle edit {whistle} --issues -{place + 1} --why 作废"
            yield f"{whistle} 的「问题」里还写着它，请接着去掉：{how}"
    if kind.name == "issue" and step.name == "reopen":
        followers = [found for (found,) in book.sql(_FOLLOWERS, (id_,))]
        if followers:
            yield f"{'、'.join(followers)} 并在这一件里，等它再有了结果才能反馈、销号"


#: What stands behind a flag is to be copied as it is: two departments may bear one name.
_ORG = late(r"--[a-z-]+ DW-[A-Z]\d{4,}|DW-[A-Z]\d{4,}")


def named(book: LedgerBook, text: str) -> str:
    """A sentence with the departments in it called by their names."""
    return _ORG.sub(lambda found: found[0] if found[0].startswith("--") else book.title(found[0]), text)
