"""What rose and fell, by subject: against the period before and the same of last year, as far as beyond chance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from msgspec import Struct

from lianxin.core.chance import LEVEL, beyond_chance
from lianxin.core.day.period import Period
from lianxin.core.error import UsageError
from lianxin.core.measure import Measure
from lianxin.policies.figure import Against, Figure
from lianxin.policies.finding import Finding
from lianxin.reports.figure.behind import behind
from lianxin.reports.figure.figured import earlier, owned
from lianxin.reports.outline.held import counted, unnamed
from lianxin.reports.outline.press import Press
from lianxin.reports.outline.spoken import against_text
from lianxin.reports.outline.told import Behind, Sentence, sentence
from lianxin.reports.subject import called, last_of

#: Where most of a change lies is told of no more than so many places, each with at least this share of it.
_PLACES, _SHARE = 2, Decimal("0.3")

#: By what a change is judged, for the foot of the section.
TEST = (
    "升降的判断：两期件数按泊松数的条件二项检验（双侧），同时比较几项就按项数收紧，偶然出现的可能不到 "
    f"{LEVEL:.0%} 的才写；台账没有看到全期的不比。"
)


class _Span(Struct, frozen=True):
    """Two spans that are compared, and what the earlier is called."""

    now: Period
    then: Period
    called: str

    @property
    def days(self) -> tuple[int, int]:
        return (self.now.until - self.now.since).days, (self.then.until - self.then.since).days


class _Move(Struct, frozen=True):
    """One count that moved; ``path`` is empty for all of them together."""

    path: str
    subject: str
    now: int
    then: int


def moved(press: Press, finding: Finding) -> Iterator[Sentence]:
    """A sentence for each span there is to compare with: who moved, and where."""
    figure = counted(press, finding)
    for span in _spans(press, figure):
        moves = list(_moves(press, figure, finding, span))
        texts, held = [], []
        ids = [one.subject for one in moves if one.path]
        name = called(press.book, ids, last_of(press.book, press.edition.period))
        for one in moves[: finding.most]:
            words = _words(press, figure, finding, span, one, name)
            if text := sentence(press, finding.each or "{对象}{增减}", words).text:
                texts.append(text)
                told = f"{one.path}={one.subject}" if one.path else ""
                rows = tuple(behind(press.book, figure.numerator, told, span.now))
                held.append(Behind(f"{words['对象']}：{figure.name}", rows, figure.numerator))
        yield sentence(press, finding.text, {"逐个": "；".join(texts), "比": span.called}, *held)


def _spans(press: Press, figure: Figure) -> Iterator[_Span]:
    """The period, as far as it is over, beside the same part of the one before and of last year's."""
    period, today = press.edition.period, press.book.today
    if today < period.since:
        return
    gone = period.so_far(today)
    for against in Against:
        then = earlier(figure.model_copy(update={"against": against}), period, press.book)
        if then is None:
            continue
        yield _Span(gone, then, against_text(against, period, running=gone != period))


def _moves(press: Press, figure: Figure, finding: Finding, span: _Span) -> Iterator[_Move]:
    """All together first, then each subject of each path, the most moved first; only what is beyond chance."""
    whole = [_Move("", "", *(_whole(press, figure.numerator, when) for when in (span.now, span.then)))]
    yield from (one for one in whole if beyond_chance(one.now, one.then, *span.days))
    for path in finding.by:
        now, then = (_counts(press, owned(figure.numerator, path), when) for when in (span.now, span.then))
        every = sorted({*now, *then} - unnamed(press, figure, path, {*now, *then}, span.now, span.then))
        moves = [_Move(path, one, now.get(one, 0), then.get(one, 0)) for one in every]
        found = [one for one in moves if beyond_chance(one.now, one.then, *span.days, tests=len(moves))]
        yield from sorted(found, key=lambda one: (-abs(one.now - one.then), one.subject))


def _whole(press: Press, measure: Measure, period: Period) -> int:
    unowned = tuple(part.model_copy(update={"subject": None}) for part in measure)
    return sum(_counts(press, unowned, period).values())


def _counts(press: Press, measure: Measure, period: Period) -> Mapping[str, int]:
    """Whole numbers by subject.

    Raises:
        UsageError: It counts money or shares, of which chance says nothing.
    """
    totals = press.book.totals(measure, period)
    if any(amount != int(amount) or amount < 0 for amount in totals.values()):
        raise UsageError("「升降」只能比较件数、次数，不能比较金额和折算的数")
    return {subject: int(amount) for subject, amount in totals.items()}


def _words(
    press: Press, figure: Figure, finding: Finding, span: _Span, one: _Move, name: Mapping[str, str]
) -> dict[str, str]:
    more = one.now - one.then
    unit = figure.unit
    return {
        "对象": name[one.subject] if one.path else figure.name,
        "增减": f"{'增加' if more > 0 else '减少'} {abs(more)} {unit}",
        "前数": f"{one.then} {unit}",
        "数": f"{one.now} {unit}",
        "何处": _where(press, figure, finding, span, one),
    }


def _where(press: Press, figure: Figure, finding: Finding, span: _Span, one: _Move) -> str:
    """Where most of a change lies: 鹅颈湾村（增加 4 件）; empty where it is spread."""
    path, more = finding.within or "", one.now - one.then
    if not path or path == one.path or "," in one.subject:
        return ""
    narrowed = figure.numerator
    if one.path:
        own = (f"{one.path}={one.subject}",)
        narrowed = tuple(part.model_copy(update={"filters": (*part.filters, *own)}) for part in narrowed)
    now, then = (_counts(press, owned(narrowed, path), when) for when in (span.now, span.then))
    kept_back = unnamed(press, figure, path, {*now, *then}, span.now, span.then)
    shares = {place: now.get(place, 0) - then.get(place, 0) for place in sorted({*now, *then} - kept_back)}
    places = sorted(shares, key=lambda place: (-shares[place] * (1 if more > 0 else -1), place))
    places = [place for place in places if shares[place] * more > 0 and shares[place] / Decimal(more) >= _SHARE]
    told = called(press.book, places, last_of(press.book, press.edition.period))
    sign = "增加" if more > 0 else "减少"
    return "、".join(f"{told[one]}（{sign} {abs(shares[one])} {figure.unit}）" for one in places[:_PLACES])
