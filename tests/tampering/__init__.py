"""A hundred and more ways to tamper with a ledger's history, each with what must be found and where."""

from __future__ import annotations

from tests.tampering import around, join, record, word
from tests.tampering.case import Case

#: Each case has its own name.
CASES: tuple[Case, ...] = tuple(
    case
    for group in (
        *(record.reworded, record.lost, record.intake, record.whole, record.unlawful, record.kept),
        *(word.people, word.clocks, word.words),
        *(around.gits_own, around.gone_back, around.signatures, around.sent, around.tables, around.at_hand, join.joins),
    )
    for case in group()
)
