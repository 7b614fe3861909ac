"""How long what identifies somebody is kept (``policy/retention.yaml``): for each kind, and from which day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from lianxin.core.declare.field import field
from lianxin.core.declare.record import Record
from lianxin.core.measure import Names
from lianxin.core.problem import Fault
from lianxin.core.value import FieldType, Integer, Text
from lianxin.kinds import BRIEF, kind_named
from lianxin.kinds.erasure import ERASABLE
from lianxin.kinds.path import walk
from lianxin.policies.check.filter import Codes, check_filters, unknown

_CODES = Codes("P055", "P055", "P055")
#: No record bears a day before.
_FIRST = 1900
_DATED = (FieldType.DAY, FieldType.MOMENT, FieldType.DEADLINE)


class Term(Record):
    """For how long what identifies somebody is kept in the records of a kind."""

    kind: Text = field("种类", help="联系户、问题、走访、党员干部、佐证")
    filters: Names = field("筛选", default=(), help="只管这样的记录")
    since: Text = field("起算", help="从哪一天算起：写日期的栏目名，如 终止.日期、销号时间")
    years: Integer = field("年", help="满几年到期")
    why: Text | None = field("依据", default=None, help="凭什么规定，给看的人写明")


class Retention(Record):
    """``retention.yaml``."""

    terms: tuple[Term, ...] = field("期限", default=())


def retention_of(policy: Mapping[str, Any] | None) -> Retention:
    """What the file says; no term where there is none, and none that is faulty (``check`` says so)."""
    try:
        told = Retention.model_validate(policy or {}, by_alias=True, by_name=False)
    except ValueError:  # what pydantic-core raises is one
        return Retention()
    return Retention(terms=tuple(term for term in told.terms if not any(check_retention(Retention(terms=(term,))))))


def until(since: date, years: int) -> date:
    """The day on which a term of some years that began on a day is over."""
    try:
        return since.replace(year=since.year + years)
    except ValueError:  # 29 February
        return since.replace(year=since.year + years, month=3, day=1)


def begun_by(today: date, years: int) -> date:
    """The last day on which a term of some years that is over today can have begun."""
    year = max(today.year - years, _FIRST)
    try:
        return today.replace(year=year)
    except ValueError:  # 29 February
        return today.replace(year=year, day=28)


def check_retention(retention: Retention) -> Iterator[Fault]:
    """Kinds that hold nothing personal, columns that are no days, terms without length."""
    for n, term in enumerate(retention.terms):
        kind = kind_named(term.kind)
        if kind is None or kind.name not in ERASABLE:
            labels = "、".join(BRIEF[name].label for name in ERASABLE)
            yield Fault("P055", ("期限", n, "种类"), f"「{term.kind}」里没有可以注销的个人信息；可写 {labels}")
            continue
        specs = walk(kind, term.since)
        if not specs:
            yield unknown(kind, term.since, ("期限", n, "起算"), _CODES)
        elif specs[-1].type not in _DATED or any(spec.many for spec in specs):
            yield Fault("P055", ("期限", n, "起算"), f"「{term.since}」不是日期，不能从它算起")
        if term.years < 1:
            yield Fault("P055", ("期限", n, "年"), f"期限 {term.years} 年，应不小于 1")
        yield from check_filters(kind, term.filters, ("期限", n, "筛选"), _CODES)
