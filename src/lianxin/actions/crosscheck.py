"""Refusals that look beyond the issue: merging, answering a merged one, voiding one others follow, categories."""

from __future__ import annotations

from typing import Any

from lianxin.core.lifecycle import Step
from lianxin.kinds.issue_state import State
from lianxin.rules.category import categories, unlisted
from lianxin.storage.book import LedgerBook

#: Every issue that follows this one, however many merges away.
_FOLLOWERS = """
WITH RECURSIVE follower(id) AS (
  SELECT id FROM issue WHERE "into" = ? AND base_state = '已并案'
  UNION SELECT i.id FROM issue AS i JOIN follower AS f ON i."into" = f.id WHERE i.base_state = '已并案'
) SELECT id FROM follower ORDER BY id"""

_RESULT = (State.RESOLVED, State.ANSWERED, State.CLOSED)


def _merge(book: LedgerBook, id_: str, event: Any) -> str | None:
    if event.into == id_:
        return f"{id_} 不能并入自己"
    target = book.fold(event.into)
    if target.state is State.VOID:
        return f"{event.into} 已经作废，不能并入；请换一件"
    if event.into in {found for (found,) in book.sql(_FOLLOWERS, (id_,))}:
        return f"{event.into} 已经并入了 {id_}，不能再倒过来并；请先把它重办"
    return None


def _feedback(book: LedgerBook, id_: str, _event: Any) -> str | None:
    life = book.fold(id_)
    if life.state is not State.MERGED:
        return None
    (leader,) = book.sql("SELECT id, base_state FROM issue WHERE id = ?", (book.leader(id_),)) or [("", "")]
    if leader[1] not in _RESULT:
        return f"主案 {leader[0]} 现在是「{leader[1]}」，还没有结果，不能先反馈 {id_}"
    return None


def _void(book: LedgerBook, id_: str, _event: Any) -> str | None:
    followers = [found for (found,) in book.sql(_FOLLOWERS, (id_,))]
    if followers:
        return f"{'、'.join(followers)} 并在 {id_} 里，不能作废；请先把它们重办或改并"
    return None


def _category(book: LedgerBook, event: Any) -> str | None:
    word, policy = getattr(event, "category", None), book.policy("categories")
    return unlisted(word, categories(policy)) if word and policy is not None else None


_CHECKS = {"merge": _merge, "feedback": _feedback, "void": _void}


def refuse_across(book: LedgerBook, id_: str, step: Step, event: Any) -> str | None:
    """Why this step cannot be taken now because of other issues or the policy; None when it can."""
    check = _CHECKS.get(step.name)
    return (check(book, id_, event) if check else None) or _category(book, event)
