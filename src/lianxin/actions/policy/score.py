"""Scoring schemes in force, by name."""

from __future__ import annotations

from lianxin.core.error import UsageError
from lianxin.policies.score import Scheme
from lianxin.storage.book import LedgerBook


def scheme_named(book: LedgerBook, name: str) -> Scheme:
    """One scheme.

    Raises:
        UsageError: None is called so.
    """
    from lianxin.kinds.path import near

    known = schemes(book)
    if name not in known:
        raise UsageError(f"没有「{name}」这种评分办法{near(name, list(known))}；不写名字就列出全部")
    return known[name]


def schemes(book: LedgerBook) -> dict[str, Scheme]:
    """Every scheme of the office and of the campaigns in force."""
    from lianxin.actions.policy.definition import definitions

    return dict(definitions(book).schemes)
