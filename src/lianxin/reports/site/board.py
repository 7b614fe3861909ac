"""The public notice board: which pages it has and what may stand on each.

Every page is a ``Document`` made from an allow-list of fields; it goes through the mask like any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import Struct

from lianxin.core.book import Book
from lianxin.core.chart import Chart
from lianxin.core.day.period import Period
from lianxin.core.document import Block, Column, Document, Heading, KeyValues, Pair, Paragraph, Table, Value
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType
from lianxin.kinds.issue.choice import Satisfied
from lianxin.policies.figure import Figure
from lianxin.policies.outline import Term
from lianxin.reports.figure.figured import evaluate, notes
from lianxin.reports.known import names
from lianxin.reports.origin import provenance
from lianxin.reports.outline.balance import Balance, balance, histories
from lianxin.reports.outline.spoken import since, spoken
from lianxin.reports.outline.weekly import equation
from lianxin.reports.site.access import TITLE, access
from lianxin.reports.site.case import ALL, PRIVATE, Case, case_table, cases, charted, progress_table
from lianxin.reports.site.matter import affairs, projects, promises, surveys
from lianxin.reports.site.picture import pictures

#: Issues of one village on its page; the search page has the rest.
_MOST = 500
#: Lines of each of the three lists on the first page; their own page has all.
_FEW = 10
_LISTED = ("id", "village", "category", "summary", "state", "dept", "due", "closed")
_VILLAGE = Column("村", "village", term=True)
_CATEGORY = Column("类别", "category", term=True)
_CLOSED = tuple(name for name in _LISTED if name != "due")
_OPEN = tuple(name for name in _LISTED if name != "closed")

WELCOME = (
    "群众反映的问题办到哪一步，这里都能查到。姓名、电话、住址一律不登；个人的事只登编号和进度，公共的事才登内容。"
    "记得编号的，到“查问题”里输入编号。"
)


class Page(Struct, frozen=True):
    """One page of the board.

    Attributes:
        path: Within the board's folder.
        label: In the menu; empty for villages, which the first page lists.
        search: Its table is what can be searched.
        foot: Linked at the foot of every page, not in its menu.
    """

    path: str
    label: str
    document: Document
    search: bool = False
    foot: bool = False


class Shown(Struct, frozen=True):
    """What the office wants shown.

    Attributes:
        host: The unit that answers for the board.
        figures: On the first page, for ``period``.
        charts: Under them, of the same period.
        lists: The period of the three lists.
    """

    title: str
    host: str
    figures: Sequence[Figure]
    charts: Sequence[Chart]
    period: Period
    lists: Period


def village_path(id_: str) -> str:
    """Where a village's page stands."""
    return f"village/{id_}.html"


def pages(book: Book, shown: Shown) -> list[Page]:
    """Every page of the board, the first page first."""
    found = cases(book)
    week = balance(histories(book), shown.lists)
    places = _villages(book)
    known = names(book)
    origin = provenance(book, records=len(found))

    def page(path: str, label: str, title: str, blocks: list[Block], **how: bool) -> Page:
        return Page(path, label, Document(title, tuple(blocks), name="site", provenance=origin, names=known), **how)

    by_village: dict[str, list[Case]] = {}
    for case in found:
        by_village.setdefault(case.village, []).append(case)
    return [
        page("index.html", "首页", shown.title, _first(book, shown, found, week)),
        page("search.html", "查问题", "查问题", _search(found), search=True),
        page("week.html", "三张清单", "三张清单", _week(found, week, None)),
        page("affairs.html", "村务公开", "村务公开", affairs(book, places)),
        page("promises.html", "承诺", "公开承诺", promises(book)),
        page("projects.html", "项目", "项目和资金", projects(book)),
        page("surveys.html", "满意度", "满意度", [*_answers(found), *surveys(book)]),
        *([page("pictures.html", "照片", "办理前后", shots)] if (shots := pictures(book)) else []),
        *(
            page(village_path(id_), "", name, _village(book, id_, by_village.get(id_, [])))
            for id_, name in places.items()
        ),
        page("access.html", TITLE, TITLE, access(shown.host), foot=True),
    ]


def _villages(book: Book) -> Mapping[str, str]:
    return {str(id_): str(name) for id_, name in book.sql("SELECT id, name FROM village ORDER BY id")}


def _first(book: Book, shown: Shown, found: Sequence[Case], week: Balance) -> list[Block]:
    blocks: list[Block] = [Paragraph(WELCOME)]
    if shown.figures:
        blocks += _figures(book, shown)
    blocks += [
        *(chart for chart in shown.charts if chart.labels),
        Heading("办理进度"),
        *charted(progress_table(found, lambda case: case.place, _VILLAGE, "各村问题办理进度")),
        *_by_category(found),
        Heading("三张清单"),
        *_week(found, week, _FEW),
    ]
    return blocks


def _by_category(found: Sequence[Case]) -> list[Block]:
    return charted(progress_table(found, lambda case: case.category, _CATEGORY, "各类问题办理进度"))


def _figures(book: Book, shown: Shown) -> Iterator[Block]:
    """The figures with what they count under them."""
    yield Heading("主要数字")
    yield Paragraph(since(shown.period, book.today), Tone.MUTED)
    yield KeyValues(
        tuple(
            Pair(figure.name, one.phrase if one.moved is None else f"{one.phrase}（比{one.against} {one.change}）")
            for figure in shown.figures
            for one in (evaluate(book, figure, shown.period),)
        )
    )
    yield from (Paragraph(f"注：{note}", Tone.MUTED) for note in notes(shown.figures))


def _search(found: Sequence[Case]) -> list[Block]:
    return [case_table(found, ALL, "全部问题", (f"事由写作“{PRIVATE}”的，是个人的事，内容不公布。",))]


def _week(found: Sequence[Case], week: Balance, most: int | None) -> list[Block]:
    """The arithmetic and the lists; a few lines of each, or all."""
    cased = {case.id: case for case in found}
    lists = (
        ("新增问题", week.records(Term.ADDED), _OPEN),
        ("推进中问题", week.records(Term.CLOSING), _OPEN),
        ("已销号问题", week.records(Term.CLOSED), _CLOSED),
    )
    blocks: list[Block] = [Paragraph(f"{spoken(week.period)}：{equation(week)}。")]
    for name, ids, columns in lists:
        listed = [cased[id_] for id_ in dict.fromkeys(ids) if id_ in cased]
        blocks.append(Heading(f"{name}（{len(ids)} 件）", 2))
        if not listed:
            blocks.append(Paragraph("这一期没有。", Tone.MUTED))
            continue
        cut = listed[:most]
        notes = (f"还有 {len(listed) - len(cut)} 件，见“三张清单”。",) if len(cut) < len(listed) else ()
        blocks.append(case_table(cut, columns, f"{name}清单", notes))
    return blocks


def _answers(found: Sequence[Case]) -> list[Block]:
    """What those who were told the result said of it, over all years and by year."""
    told = sorted((case for case in found if case.satisfied), key=lambda case: case.raised[:4], reverse=True)
    options = [option.value for option in Satisfied if any(case.satisfied == option for case in told)]
    if not told:
        return [Heading("办得怎么样，群众说了算"), Paragraph("还没有评价。", Tone.MUTED)]
    rows: list[tuple[Value, ...]] = []
    for year, group in groupby(told, lambda case: case.raised[:4]):
        said = [case.satisfied for case in group]
        rows.append((f"{year} 年反映的", *map(said.count, options), len(said)))
    columns = (
        Column("反映年份", "year"),
        *(Column(option, f"option{n}", FieldType.INTEGER) for n, option in enumerate(options)),
        Column("合计", "total", FieldType.INTEGER),
    )
    return [Heading("办得怎么样，群众说了算"), *charted(Table(columns, rows, caption="问题办结后的评价"))]


_FACTS = "SELECT sort, town, households, population, groups FROM village WHERE id = ?"


def _village(book: Book, id_: str, found: Sequence[Case]) -> list[Block]:
    sort, town, households, population, groups = book.sql(_FACTS, (id_,))[0]
    facts = (
        Pair("类型", sort, "sort"),
        Pair("乡镇", town, "town"),
        Pair("户数", households, "households", FieldType.INTEGER),
        Pair("人口", population, "population", FieldType.INTEGER),
        Pair("村组", _joined(groups), "groups", term=True),
    )
    blocks: list[Block] = [KeyValues(tuple(pair for pair in facts if pair.value not in (None, ""))), Heading("问题")]
    if found:
        more = len(found) - _MOST
        notes = (f"只列最近 {_MOST} 件，更早的 {more} 件到“查问题”里查。",) if more > 0 else ()
        listed = tuple(name for name in ALL if name != "village")
        blocks += [
            *_by_category(found),
            case_table(found[:_MOST], listed, "问题清单", notes),
        ]
    else:
        blocks.append(Paragraph("还没有。", Tone.MUTED))
    matters = (affairs(book, {}, id_), promises(book, id_), projects(book, id_), surveys(book, id_))
    return [*blocks, *(block for matter in matters for block in matter)]


def _joined(groups: object) -> str:
    import json

    return "、".join(map(str, json.loads(str(groups)))) if groups else ""
