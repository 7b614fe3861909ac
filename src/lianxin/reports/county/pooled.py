"""The figures of a roll-up: offices that count by one definition added up, a rate as a sum over a sum."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

import msgspec
from msgspec import Struct

from lianxin.core.county import OfficePart
from lianxin.core.day.period import Period, parse_period
from lianxin.core.error import UsageError
from lianxin.core.pool import Pool, Share
from lianxin.kinds.path import near
from lianxin.policies.figure import Figure
from lianxin.policies.outline import Standing, Term
from lianxin.reports.figure.figured import Figured, valued

#: What is counted without being anybody's figure, by its name, and what its records are.
_OURS = {
    **{term.value: f"问题的{term.value}" for term in Term},
    Standing.OVERDUE.value: "超过办结期限没有办结的问题",
    Standing.CIRCULAR.value: "应当通报的问题",
}


class Group(Struct, frozen=True):
    """A figure by one definition, and what each office that goes by it adds."""

    figure: Figure
    shares: Sequence[Share]

    @property
    def offices(self) -> list[str]:
        """Who goes by it."""
        return [one.office for one in self.shares]


class Pooled:
    """The figures of a roll-up in one period.

    Offices that count a figure by one definition are added up; one that counts it otherwise is a figure of its own.

    Attributes:
        name: Of the period, by its days.
        today: The last day any of the offices was read on.
    """

    def __init__(self, pool: Pool, name: str, today: date) -> None:
        self.pool, self.name = pool, name
        self.offices: Mapping[str, OfficePart] = {one.name: one for one in pool.manifest.offices}
        self.today = max((one.as_of for one in self.offices.values() if one.as_of), default=today)
        self.period: Period = parse_period(name, self.today)
        read = msgspec.json.decode
        self.known = {
            digest: Figure.model_validate(read(text), by_alias=True, by_name=False)
            for digest, text in pool.manifest.definitions.items()
        }

    def groups(self, name: str = "") -> list[Group]:
        """Each figure, each of its definitions, with the shares of those who count by it, the most offices first.

        Raises:
            UsageError: None is called so.
        """
        names = list(dict.fromkeys(figure.name for figure in self._in_order()))
        if name and name not in (*names, *_OURS):
            raise UsageError(f"这份汇总里没有「{name}」这个数字，不写名称就列出全部{near(name, names)}")
        return self.grouped(self.pool.shares(self.name, [name] if name else []), [name] if name in _OURS else names)

    def grouped(self, shares: Sequence[Share], names: Sequence[str]) -> list[Group]:
        """Shares of whole figures by definition, in the order of these names."""
        order = {one: n for n, one in enumerate(names)}
        found: dict[tuple[str, str], list[Share]] = {}
        for share in shares:
            if not share.axis and share.figure in order:
                found.setdefault((share.figure, share.version), []).append(share)
        keys = sorted(found, key=lambda key: (order[key[0]], -len(found[key]), key[1]))
        return [Group(self.known.get(digest) or ours(figure), found[figure, digest]) for figure, digest in keys]

    def _in_order(self) -> Iterator[Figure]:
        """Every figure, as the first office that has it lists them."""
        for office in self.offices.values():
            yield from (self.known[digest] for _name, digest in office.counted_by())

    def names(self) -> list[str]:
        """What figures are called, as the first office that has each lists them."""
        return list(dict.fromkeys(figure.name for figure in self._in_order()))


def ours(name: str) -> Figure:
    """What is counted without being anybody's figure: a term of the balance, what is overdue."""
    told = {"名称": name, "计数": {"种类": "问题"}, "口径": _OURS.get(name, name)}
    return Figure.model_validate(told, by_alias=True, by_name=False)


def figured(figure: Figure, shares: Sequence[Share], period: Period, today: date) -> Figured:
    """Shares of one figure as one; compared with what was before only where every office has seen that."""
    numerator = sum((one.numerator for one in shares), Decimal(0))
    denominator = _whole(figure, [one.denominator for one in shares])
    before = [one.before for one in shares if one.before is not None]
    past: Decimal | None = None
    if before and len(before) == len(shares):
        past = valued(figure, sum((one for one, _ in before), Decimal(0)), _whole(figure, [one for _, one in before]))
    return Figured(figure, period, numerator, denominator, past, period.so_far(today) != period)


def _whole(figure: Figure, denominators: Sequence[Decimal | None]) -> Decimal | None:
    if figure.denominator is None:
        return None
    return sum((one or Decimal(0) for one in denominators), Decimal(0))
