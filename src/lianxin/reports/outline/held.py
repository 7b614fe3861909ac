"""A count by subject, as a sentence: at whose desk things lie."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from lianxin.core.book import Query
from lianxin.core.day.period import Period
from lianxin.core.declare.field import Privacy
from lianxin.core.error import UsageError
from lianxin.core.filter import parse_filters
from lianxin.core.measure import Counted
from lianxin.kinds.issue.record import ISSUE
from lianxin.policies.figure import Figure
from lianxin.policies.finding import Finding
from lianxin.reports.figure.behind import behind
from lianxin.reports.figure.figured import Figured, evaluate
from lianxin.reports.outline.press import Press
from lianxin.reports.outline.told import Behind, Sentence, sentence
from lianxin.reports.subject import called, column_by, last_of, nobody, own_by

#: In a pattern: by how long the longest overdue is.
_LONGEST = "{最久}"


def counted(press: Press, finding: Finding) -> Figure:
    """The figure a finding counts.

    Raises:
        UsageError: It names none, or a rate.
    """
    figure = press.definition(finding.figure or "")
    if figure.denominator:
        raise UsageError(f"「{figure.name}」是率，不能用在「分析」里，请换成计数")
    return figure


def held(press: Press, finding: Finding) -> Iterator[Sentence]:
    """A count by subject: who has the most, how much, and how long the longest has been late."""
    figure = counted(press, finding)
    for path in finding.by:
        rows = told_rows(press, figure, path)
        whole = evaluate(press.book, figure, press.edition.period)
        most = sorted(rows, key=lambda one: (-rows[one].numerator, one))
        most = [one for one in most if rows[one].numerator >= finding.least]
        each = finding.each or "{对象} {数}"
        late = _late(press) if _LONGEST in each else {}
        found = {
            one: tuple(behind(press.book, figure.numerator, f"{path}={one}", press.edition.period)) for one in most
        }
        most.sort(key=lambda one: (-rows[one].numerator, -max(_days(found[one], late), default=0), one))
        name = called(press.book, most, last_of(press.book, press.edition.period))
        told = most[: finding.most]
        texts, opened = [], []
        for one in told:
            share = rows[one].numerator * 100 / whole.numerator if whole.numerator else Decimal(0)
            words = {
                "对象": name[one],
                "数": rows[one].phrase,
                "占比": f"{share:.0f}%",
                "最久": _longest(_days(found[one], late)),
            }
            texts.append(sentence(press, each, words).text)
            opened.append(Behind(f"{name[one]}：{figure.name}", found[one], figure.numerator))
        left = whole.numerator - sum((rows[one].numerator for one in told), Decimal(0))
        words = {
            "逐个": "，".join(texts),
            "总数": whole.phrase if whole.numerator else "",
            "几个": str(len(most)) if most else "",
            "其余": rest_of(left, press.rows(figure.name, path).get(""), path, figure.unit),
        }
        yield sentence(press, finding.text, words, *opened)


def rest_of(left: Decimal, blank: Figured | None, path: str, unit: str) -> str:
    """What is not told one by one: first what names nobody."""
    own = min(blank.numerator, left) if blank else Decimal(0)
    parts = [f"{nobody(path)}的 {own} {unit}"] if own else []
    return "，".join([*parts, *([f"其余 {left - own} {unit}"] if left > own else [])])


def told_rows(press: Press, figure: Figure, path: str) -> dict[str, Figured]:
    """A figure by a path, without those that must not be named and those that name nobody.

    Raises:
        UsageError: The path leads to people.
    """
    rows = press.rows(figure.name, path)
    kept_back = unnamed(press, figure, path, rows, press.edition.period)
    return {one: row for one, row in rows.items() if one not in kept_back}


def unnamed(press: Press, figure: Figure, path: str, subjects: Iterable[str], *periods: Period) -> frozenset[str]:
    """Those subjects that a sentence does not name: nobody, and what tells of somebody's own matter.

    Raises:
        UsageError: The path leads to people: a sentence names none.
    """
    if column_by(press.book, [one for one in subjects if one], path, figure.measures).privacy is not Privacy.OPEN:
        raise UsageError(f"「{figure.name}」按「{path}」分，说的是个人，不能写进「分析」的句子")
    return frozenset({""}).union(*(own_by(press.book, path, period, *figure.measures) for period in periods))


def _late(press: Press) -> dict[str, int]:
    """By how many days each issue is overdue that is."""
    found, late = press.book.select(Query(ISSUE, ("逾期天数",), parse_filters(["逾期天数>=1"])))
    return {id_: int(row[0]) for row, id_ in zip(found, late, strict=True) if row[0]}


def _days(records: Sequence[Counted], late: Mapping[str, int]) -> list[int]:
    return [late[one] for one in {row.record for row in records} if one in late]


def _longest(days: Sequence[int]) -> str:
    """By how many days the longest overdue of some issues is; empty where none is."""
    return f"{'最久的' if len(days) > 1 else ''}超期 {max(days)} 天" if days else ""
