"""The handbook of the five haves: one issue a page, bound for a village, a person or a period (S1b 4)."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.core.book import Book, Query
from lianxin.core.day.period import Period
from lianxin.core.declare.field import Privacy
from lianxin.core.declare.lifecycle import VOID
from lianxin.core.document import (
    Block,
    Column,
    Contents,
    Cover,
    Document,
    Heading,
    PageBreak,
    Pair,
    Paragraph,
    Table,
    Value,
)
from lianxin.core.filter import Filter, Op
from lianxin.reports.column import find
from lianxin.reports.document import document_of
from lianxin.reports.issue.have import answered, described, learnt, struck, taken_up, worked
from lianxin.reports.issue.view import ISSUE, Case, case, cases, haves
from lianxin.reports.origin import period_text
from lianxin.reports.value import plain

_PERSON = """
SELECT i.id FROM issue AS i WHERE i.taker = ?1 OR i.person = ?1 OR i.accepted_by = ?1
    OR i.visit IN (SELECT v.id FROM visit AS v, json_each(v.visitors) AS j WHERE j.value = ?1)
    OR EXISTS (SELECT 1 FROM event AS e WHERE e.record = i.id AND e.actor = ?1)
ORDER BY i.id
"""


def chosen(
    book: Book,
    *,
    village: str = "",
    person: str = "",
    period: Period | None = None,
    filters: Sequence[Filter] = (),
) -> list[str]:
    """Ids of the issues a handbook is about, by 反映时间 and within its period; void ones are left out.

    ``village`` is an id; so is ``person``: who took them down, heard them on a visit, handled them or did any step.
    """
    conditions = [Filter(("状态",), Op.NE, (VOID,)), *filters]
    if village:
        conditions.append(Filter(("所属村", "编号"), Op.EQ, (village,)))
    query = Query(ISSUE, ("编号",), tuple(conditions), period, "反映时间" if period else "", ("反映时间",))
    _rows, ids = book.select(query)
    if person:
        own = {str(id_) for (id_,) in book.sql(_PERSON, (person,))}
        ids = [id_ for id_ in ids if id_ in own]
    return ids


def _reporter(one: Case) -> tuple[Pair, ...]:
    if one.issue.anonymous:
        return (Pair("反映人", "匿名", "reporter"),)
    return (one.pair("反映人"), one.pair("联系电话"))


def _village(one: Case) -> Pair:
    text = "".join(str(one[label]) for label in ("所属村", "所属组") if one[label])
    return Pair("所属村组", text, "place", term=True)


def issue_page(book: Book, one: Case) -> list[Block]:
    """One issue in full."""
    blocks: list[Block] = [
        Heading(f"{one.id} {one.issue.summary}", 1, Privacy.STORY),
        *one.strip("状态", "反映时间", "来源渠道", more=(_village(one), *_reporter(one))),
        *one.strip("登记人", "登记时间", "登记层级", "预警灯", "逾期天数", "销号时间"),
        haves(one),
    ]
    blocks += described(book, one)
    blocks += taken_up(one)
    blocks += worked(book, one)
    blocks += answered(one)
    blocks += learnt(one)
    return blocks + struck(one)


_SUMMARY = ("编号", "反映时间", "所属村", "事由", "责任部门", "状态")


def _summary(found: Sequence[Case]) -> list[Block]:
    """One line an issue, with how many of the five are there."""
    columns: list[Column] = []
    for label in _SUMMARY:
        one = find(ISSUE, label)
        if one:
            columns.append(Column(one.label, one.name, one.type, one.privacy, one.width, one.tones))
    columns.append(Column("五有", "haves", width=6))
    rows: list[tuple[Value, ...]] = []
    for one_case in found:
        have = sum(one.present for one in one_case.haves)
        rows.append((*(plain(one_case[label]) for label in _SUMMARY), f"{have}/5"))
    full = sum(not one_case.missing for one_case in found)
    notes = (f"共 {len(found)} 件，五有齐全 {full} 件。",)
    return [Heading("汇总", 1), Table(tuple(columns), rows, [one_case.id for one_case in found], notes=notes)]


def page(book: Book, id_: str) -> Document:
    """The page of one issue, alone."""
    one = case(book, id_)
    return document_of(book, "连心工作手册", issue_page(book, one), "handbook-page", records=1)


def handbook(
    book: Book,
    ids: Sequence[str],
    *,
    title: str = "连心工作手册",
    whose: Sequence[str] = (),
    period: Period | None = None,
) -> Document:
    """The issues bound in one volume: cover, contents, summary, then one issue a page.

    ``whose`` are lines for the cover: the village, the person.
    """
    found = list(cases(book, ids))
    lines = [*whose, *([period_text(period)] if period else []), f"共 {len(found)} 件", f"{book.today} 编"]
    blocks: list[Block] = [Cover(title, tuple(lines))]
    if found:
        blocks += [Contents(1), PageBreak(), *_summary(found)]
    else:
        blocks.append(Paragraph("没有符合条件的问题。"))
    for one in found:
        blocks += [PageBreak(), *issue_page(book, one)]
    return document_of(book, title, blocks, "handbook", records=len(found), period=period, subtitle="、".join(whose))
