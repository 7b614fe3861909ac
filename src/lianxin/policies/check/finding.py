"""Every fault of the texts of a section: tags nobody has defined, findings that cannot be counted."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from lianxin.core.problem import Fault, Loc
from lianxin.kinds import kind_named
from lianxin.kinds.path import walk
from lianxin.policies.check.filter import check_filters
from lianxin.policies.check.row import check_named, check_rows
from lianxin.policies.figure import Figure
from lianxin.policies.finding import ISSUE, TAGS, Finding, Way
from lianxin.policies.outline import BEHIND, CALLED, CALLED_AFTER, Section, Term

#: What a report's text may hold besides the names of figures.
_TAGS = frozenset({"期间", "单位", "对象", "日期", "期", BEHIND, CALLED, CALLED_AFTER, *Term})


def check_texts(section: Section, loc: Loc, figures: Mapping[str, Figure]) -> Iterator[Fault]:
    """Those of its text, its points and its findings."""
    yield from _tags(section.text, (), figures, (*loc, "文字"))
    for n, text in enumerate(section.points):
        yield from _tags(text, (), figures, (*loc, "要点", n))
    for n, finding in enumerate(section.findings):
        yield from check_finding(finding, (*loc, "分析", n), figures)


def check_finding(finding: Finding, loc: Loc, figures: Mapping[str, Figure]) -> Iterator[Fault]:
    """A finding that names what is not there, or counts what cannot be told of."""
    kind = kind_named(ISSUE)
    texts = (("句式", finding.text), ("逐个", finding.each), ("没有时", finding.otherwise), ("选法", finding.rule))
    columns = frozenset[str]()
    if finding.way is Way.CASES and kind:
        tags = (tag for _, text in texts for tag in _found(text))
        columns = frozenset(tag for tag in tags if walk(kind, tag))
        yield from check_filters(kind, finding.filters, (*loc, "筛选"))
    for label, text in texts:
        yield from _tags(text, TAGS[finding.way] | columns, figures, (*loc, label))
    if finding.way not in (Way.MOVED, Way.HELD):
        return
    name = finding.figure or ""
    yield from check_named(name, figures, "数字", (*loc, "数字"))
    if figure := figures.get(name):
        if figure.denominator:
            yield Fault("P038", (*loc, "数字"), f"「{name}」是率，分析要用计数")
        for n, path in enumerate(finding.by):
            yield from check_rows(figure, path, (*loc, "对象", n))
        if finding.within:
            yield from check_rows(figure, finding.within, (*loc, "何处"))


def _tags(text: str | None, more: Collection[str], figures: Mapping[str, Figure], loc: Loc) -> Iterator[Fault]:
    for tag in _found(text):
        if tag not in _TAGS and tag not in more:
            yield from check_named(tag.partition("|")[0], figures, "数字", loc)


def _found(text: str | None) -> list[str]:
    return re.findall(r"\{([^{}]*)\}", text or "")
