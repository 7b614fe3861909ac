"""What a report finds in the records, a sentence each: at whose desk things lie, and single cases picked by a rule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from lianxin.core.book import Query
from lianxin.core.document import show
from lianxin.core.filter import parse_filters
from lianxin.core.measure import Counted
from lianxin.core.value import FieldType, day_text
from lianxin.kinds.issue.record import ISSUE
from lianxin.policies.finding import Finding, Way
from lianxin.reports.column import find
from lianxin.reports.outline.held import held
from lianxin.reports.outline.moved import moved
from lianxin.reports.outline.press import Press
from lianxin.reports.outline.tag import TAG
from lianxin.reports.outline.told import Behind, Sentence, sentence
from lianxin.reports.own_matter import own_matters
from lianxin.reports.value import plain

#: What the reporter said of the result, last.
_WORDS = """SELECT json_extract(e.data, '$."反映人的话"') FROM event AS e WHERE e.record = ?1
AND json_extract(e.data, '$."反映人的话"') IS NOT NULL ORDER BY e.at DESC, e.n DESC LIMIT 1"""
_QUOTED = "反映人的话"
_DAYS = frozenset({FieldType.DAY, FieldType.MOMENT, FieldType.DEADLINE})


def findings(press: Press, finding: Finding) -> list[Sentence]:
    """The sentences of a finding; what is said where nothing is found, or nothing."""
    ways = {Way.MOVED: moved, Way.HELD: held, Way.CLUSTERS: _clusters, Way.CASES: _cases}
    found = [one for one in ways[finding.way](press, finding) if one.text]
    if found or not finding.otherwise:
        return found
    return [one for one in (sentence(press, finding.otherwise),) if one.text]


def _cases(press: Press, finding: Finding) -> Iterator[Sentence]:
    """Single issues: those she picked, else the first of those the filters find."""
    pattern = finding.each or finding.text
    paths = [tag for tag in dict.fromkeys(TAG.findall(pattern)) if find(ISSUE, tag)]
    chosen = press.edition.cases if finding.rule else ()
    filters = parse_filters([f"编号={','.join(chosen)}"] if chosen else finding.filters)
    period = press.edition.period if finding.period_field and not chosen else None
    query = Query(ISSUE, ("编号", *paths), filters, period, finding.period_field or "" if period else "", finding.sort)
    found, ids = press.book.select(query)
    for row, id_ in list(zip(found, ids, strict=True))[: None if chosen else finding.most]:
        words = {path: _plain(path, value) for path, value in zip(paths, row[1:], strict=True)}
        words[_QUOTED] = _quoted(press, id_)
        made = sentence(press, pattern, words, Behind(id_, (Counted("", id_, Decimal(1)),)))
        rule = press.fill(finding.rule or "") if not chosen else ""
        yield Sentence(made.text, made.figures, made.behind, id_, rule)


def _clusters(press: Press, finding: Finding) -> Iterator[Sentence]:
    """The same trouble again and again in one village, and whether its common cause was looked for."""
    own = own_matters(press.book)
    columns = ("所属村", "类别", "举一反三次数")
    filters = parse_filters(["状态!=作废", "类别!="])
    rows, ids = press.book.select(Query(ISSUE, columns, filters, press.edition.period, "反映时间"))
    found: dict[tuple[str, str], list[tuple[str, bool]]] = {}
    for (village, category, learned), id_ in zip(rows, ids, strict=True):
        if id_ not in own and village:
            found.setdefault((str(village), str(category)), []).append((id_, bool(learned)))
    many = [(place, cases) for place, cases in found.items() if len(cases) >= finding.least]
    many.sort(key=lambda one: (-len(one[1]), one[0]))
    texts, opened = [], []
    for (village, category), cases in many[: finding.most]:
        learned = "已经举一反三" if any(one for _, one in cases) else "还没有举一反三"
        words = {"村": village, "类别": category, "数": f"{len(cases)} 件", "反三": learned}
        texts.append(sentence(press, finding.each or "{村}{类别} {数}", words).text)
        opened.append(Behind(f"{village}：{category}", tuple(Counted("", id_, Decimal(1)) for id_, _ in cases)))
    words = {"逐个": "；".join(texts), "几个": str(len(many)) if many else ""}
    yield sentence(press, finding.text, words, *opened)


def _plain(path: str, value: Any) -> str:
    column = find(ISSUE, path)
    if column is None:
        return ""
    found = plain(value)
    if column.type in _DAYS and isinstance(found, str) and found:
        found = date.fromisoformat(found[:10])
    return day_text(found) if isinstance(found, date) else show(found, column.type).strip().rstrip("。")


def _quoted(press: Press, id_: str) -> str:
    rows = press.book.sql(_WORDS, (id_,))
    return str(rows[0][0]).strip().rstrip("。") if rows and rows[0][0] else ""
