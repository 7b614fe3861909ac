"""A measure and a period as one SELECT: by subject for a printed number, by record for what it opens to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from lianxin.core.day.period import Period
from lianxin.core.measure import Counted, Measure
from lianxin.policies.indicator import spelt
from lianxin.storage.query.measure_part import UNIT, Share, compiled
from lianxin.storage.query.place import Clock, Weeks, calendar

Rows = Callable[[str, Sequence[Any]], list[tuple[Any, ...]]]

#: Of a key that several records bear, the earliest record counts; of several on one day, the first id.
_FIRST = "row_number() OVER (PARTITION BY subject, key ORDER BY coalesce(since, ''), length(record), record, part)"


def totals(
    rows: Rows, measure: Measure, period: Period | None, clock: Clock, today: date, cycle: Weeks = calendar
) -> dict[str, Decimal]:
    """The amount of a measure by subject.

    Raises:
        UsageError: A part names what is not there, or counts what cannot be counted.
    """
    shares = _shares(measure, period, clock, today, cycle)
    found: dict[str, Decimal] = {}
    if shares:
        amount = _amounts(shares)
        for subject, n, hundredths in rows(_added(shares), _parameters(shares)):
            who, added = str(subject), amount(n, hundredths)
            found[who] = found[who] + added if who in found else added
    return found


def counted(
    rows: Rows,
    measure: Measure,
    period: Period | None,
    subject: str | None,
    clock: Clock,
    today: date,
    cycle: Weeks = calendar,
) -> list[Counted]:
    """What adds up to ``totals``, the earliest first.

    Raises:
        UsageError: A part names what is not there, or counts what cannot be counted.
    """
    shares = _shares(measure, period, clock, today, cycle)
    if not shares:
        return []
    sql, parameters = f"SELECT * FROM ({_listed(shares)})", _parameters(shares)  # noqa: S608 - compiled
    if subject is not None:
        sql, parameters = f"{sql} WHERE subject = ?", [*parameters, subject]
    sql += " ORDER BY coalesce(since, ''), length(record), record, part, key, subject"
    return list(_read(rows(sql, parameters), shares))


def _read(rows: Sequence[tuple[Any, ...]], shares: Sequence[Share]) -> Iterator[Counted]:
    amount = _amounts(shares)
    for who, n, hundredths, record, key, since, until in rows:
        yield Counted(str(who), record, amount(n, hundredths), str(key), since or "", until or "")


def _amounts(shares: Sequence[Share]) -> Callable[[int, int], Decimal]:
    """Weighs a part's hundredths; of thousands of rows most have the same."""

    @cache
    def amount(n: int, hundredths: int) -> Decimal:
        return Decimal(hundredths) / UNIT * shares[n].weight

    return amount


def _shares(measure: Measure, period: Period | None, clock: Clock, today: date, cycle: Weeks) -> list[Share]:
    return [compiled(one, period, clock, today, cycle) for part in measure for one in spelt(part)]


def _parameters(shares: Sequence[Share]) -> list[Any]:
    return [parameter for share in shares for parameter in share.parameters]


def _added(shares: Sequence[Share]) -> str:
    """Rows of (subject, part, hundredths), in as few steps as the parts allow."""
    if not any(share.keyed for share in shares):
        return " UNION ALL ".join(_alone(n, share) for n, share in enumerate(shares))
    if len(shares) == 1:
        return _different(0, shares[0], shares[0].key)
    if all(share.keyed for share in shares) and len({share.weight for share in shares}) == 1:
        keys = " UNION ".join(f"SELECT DISTINCT {one.subject} AS subject, {one.key} {one.source}" for one in shares)
        return f"SELECT subject, 0, count(*) * {UNIT} FROM ({keys}) GROUP BY subject"  # noqa: S608 - compiled
    return f"SELECT subject, part, sum(cents) FROM ({_listed(shares)}) GROUP BY subject, part"  # noqa: S608


def _alone(n: int, share: Share) -> str:
    """One part's rows of (subject, part, hundredths); nothing in it is counted once."""
    if share.several and not share.entries and share.cents == str(UNIT):
        return _different(n, share, "t0.id")
    if share.several:
        return f"SELECT subject, {n}, sum(cents) FROM ({share.rows()}) GROUP BY subject"  # noqa: S608 - compiled
    return f"SELECT {share.subject}, {n}, sum({share.cents}) {share.source} GROUP BY 1"


def _different(n: int, share: Share, what: str) -> str:
    """How many different ones a part has, in hundredths."""
    return f"SELECT {share.subject}, {n}, count(DISTINCT {what}) * {UNIT} {share.source} GROUP BY 1"


def _listed(shares: Sequence[Share]) -> str:
    """Rows of (subject, part, hundredths, record, key, since, until); a key counts with its first record."""
    parts = " UNION ALL ".join(
        f"SELECT subject, {n} AS part, record, key, {_summed(share)} AS cents, since, until, "  # noqa: S608
        f"{int(share.keyed)} AS keyed FROM ({share.rows()}){_grouped(share)}"
        for n, share in enumerate(shares)
    )
    once = f"CASE WHEN keyed AND {_FIRST} > 1 THEN 0 ELSE cents END" if any(one.keyed for one in shares) else "cents"
    return f"SELECT subject, part, {once} AS cents, record, key, since, until FROM ({parts})"  # noqa: S608 - compiled


def _summed(share: Share) -> str:
    return "sum(cents)" if share.entries else "cents"


def _grouped(share: Share) -> str:
    """Several counted entries of one record are one line."""
    return " GROUP BY subject, record, key" if share.entries else ""
