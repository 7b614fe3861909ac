"""The sentence under a chart: what is to be seen in it, from its own figures."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from lianxin.core.chart import Chart, Look, Series
from lianxin.core.declare.field import Privacy
from lianxin.policies.outline import Picture
from lianxin.reports.outline.press import Press
from lianxin.reports.outline.told import Sentence, sentence
from lianxin.reports.subject import nobody

#: Written for 文字 by whoever wants none.
NONE = "无"
#: So many that share the first place are named.
_TOGETHER = 3
#: What is said of a chart where its outline says nothing; a tag without words takes its clause with it.
_BY_SUBJECT = "{首位}{最}，{首位数}[，占 {占比}][；其次是{次位}，{次位数}][；{空缺}没有]。"
_BY_TIME = "{逐条}。"
_LINE = "{线}最多的是{首位}，{首位数}[；最少的是{末位}，{末位数}]"
_STANDING = "期末共 {期末}[，{增减}]。"


def captioned(press: Press, picture: Picture, chart: Chart) -> Sentence:
    """The sentence; one without a text where nothing can be said, or nobody may be named."""
    if picture.text == NONE or chart.privacy is not Privacy.OPEN or chart.own or len(chart.labels) < 2:
        return Sentence("")
    if picture.states:
        return sentence(press, picture.text or _STANDING, _standing(chart))
    if not picture.by:
        return _lines(press, picture, chart)
    return sentence(
        press, picture.text or _BY_SUBJECT, _places(chart, chart.series[0], chart.heading, nobody(picture.by))
    )


def _lines(press: Press, picture: Picture, chart: Chart) -> Sentence:
    told = []
    for one in chart.series:
        words = _places(chart, one) | {"线": one.name if len(chart.series) > 1 else ""}
        pattern = _LINE if words["线"] else _LINE.replace("{线}", "")
        told += [text.text for text in (sentence(press, pattern, words),) if text.text]
    return sentence(press, picture.text or _BY_TIME, {"逐条": "；".join(told)})


def _places(chart: Chart, series: Series, sort: str = "", blank: str = "") -> dict[str, str]:
    """Who is first, second and last, and who has none; nothing where all are alike.

    Args:
        chart, series: Of which.
        sort: What they are, to tell how many are first where they are too many to be named.
        blank: The label of what names nobody, of which nothing is told.
    """
    told = [n for n, label in enumerate(chart.labels) if label != blank]
    found = [(series.values[n] or 0, n) for n in told if series.values[n] is not None]
    values = sorted({Decimal(value) for value, _ in found}, reverse=True)
    over = [one for one in found if not chart.running or one[1] < len(chart.labels) - 1] or found
    if len(values) < 2 or not values[0]:
        return dict.fromkeys(("首位", "首位数", "最", "占比", "次位", "次位数", "末位", "末位数", "空缺"), "")
    first, second = ([n for one, n in found if Decimal(one) == value] for value in values[:2])
    least = min(Decimal(one) for one, _ in over)
    last = [n for one, n in over if Decimal(one) == least]
    left = [(one, n) for one, n in found if (one, n) not in over and one < least]
    rate = _rate(chart, series)
    whole = sum(Decimal(value) for value, _ in found) if chart.whole is None else chart.whole
    share = "" if rate or len(first) > 1 else f"{values[0] * 100 / whole:.0f}%"
    few = chart.look is not Look.LINES and not values[-1]
    return {
        "首位": _named(chart, first) or (sort and f"{len(first)} 个{sort}"),
        "首位数": _number(chart, series, first),
        "最": ("并列" if len(first) > 1 else "") + ("最高" if rate else "最多"),
        "占比": share,
        "次位": _named(chart, second) if values[1] else "",
        "次位数": _number(chart, series, second),
        "末位": _named(chart, last) if last != first else "",
        "末位数": _number(chart, series, last) + "".join(_running(chart, series, n) for _, n in left),
        "空缺": _named(chart, last) if few and not rate else "",
    }


def _named(chart: Chart, places: Sequence[int]) -> str:
    """Their labels; empty where they are too many to be named."""
    if len(places) > _TOGETHER:
        return ""
    return "、".join(f"{one}的一周" if one.endswith("起") else one for one in (chart.labels[n] for n in places))


def _number(chart: Chart, series: Series, places: Sequence[int]) -> str:
    """The number they share."""
    text = series.text(places[0])
    each = ("都是 " if _rate(chart, series) else "各 ") if len(places) > 1 else ""
    return each + (text if _rate(chart, series) else f"{text} {chart.unit}".strip())


def _running(chart: Chart, series: Series, n: int) -> str:
    """What is said of a time that is not over and has less than the least of the others so far."""
    told = f"目前 {_number(chart, series, [n])}" if series.values[n] else "目前还没有"
    return f"（{_named(chart, [n])}没有过完，{told}）"


def _rate(chart: Chart, series: Series) -> bool:
    return chart.unit == "%" or any(text.endswith("%") for text in series.texts)


def _standing(chart: Chart) -> dict[str, str]:
    first, last = (int(chart.total(n)) for n in (0, len(chart.labels) - 1))
    more = last - first
    told = f"比期初{'增加' if more > 0 else '减少'} {abs(more)} {chart.unit}" if more else "与期初持平"
    return {"期初": f"{first} {chart.unit}", "期末": f"{last} {chart.unit}", "增减": told if first or last else ""}
