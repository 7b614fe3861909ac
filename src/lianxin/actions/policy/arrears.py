"""What is owed of the duties this morning, worked out once a day while no file changes."""

from __future__ import annotations

from msgspec import json

from lianxin.core.error import UsageError
from lianxin.reports.duty.agenda import Arrear, pressing_first
from lianxin.storage.book import LedgerBook


def arrears(book: LedgerBook) -> list[Arrear]:
    """What is owed today, most pressing first."""
    kept = book.kept(f"arrears {book.today}", lambda: _owed(book), "actions", "policies", "reports")
    return json.decode(kept, type=list[Arrear])


def _owed(book: LedgerBook) -> str:
    from lianxin.actions.policy.definition import definitions
    from lianxin.reports.duty.owing import owing

    found: list[Arrear] = []
    for placed in definitions(book).duties.values():
        try:
            found += owing(book, placed.value, placed.campaign, book.today)
        except UsageError:  # check tells where and why
            continue
    return json.encode(pressing_first(found)).decode()
