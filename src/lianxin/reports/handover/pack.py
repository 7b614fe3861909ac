"""The pack for a successor (接手包): what is open, promised, owed and not yet explained, and how the month goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from lianxin.core.book import Book
from lianxin.core.day.period import Cycle
from lianxin.core.document import Block, Contents, Document, Heading, KeyValues, Pair, Paragraph
from lianxin.core.problem import Problem
from lianxin.core.tone import Tone
from lianxin.core.value import day_text
from lianxin.kinds.issue.state import State
from lianxin.policies.export import Profile
from lianxin.policies.outline import Outline
from lianxin.reports.document import document_of
from lianxin.reports.duty.stand import Fulfilment
from lianxin.reports.handover.issue import issues
from lianxin.reports.handover.month import Due, month_table
from lianxin.reports.handover.section import (
    Custom,
    customs,
    duties,
    exports,
    frozen,
    rectifications,
    routine,
    standing,
    undated,
    unexplained,
    whistles,
)
from lianxin.reports.origin import uncounted
from lianxin.reports.outline.spoken import numeral
from lianxin.reports.today.agenda import Open, open_issues
from lianxin.reports.today.commitment import COMMITMENTS, commitments
from lianxin.reports.today.task import Task

#: Promises are looked for so far ahead: all there are.
_EVER = 36_500


class Pack(Struct, frozen=True):
    """What the records alone do not say.

    Attributes:
        clerk: By name; empty where none is set down.
        duties: How each duty stands today.
        problems: Every fault and hint in the data.
        outlines: The reports in force.
        cycle: On which day weeks and months begin.
        customs: Policies, forms, reports and campaigns of its own.
        exports: What is written by itself.
    """

    office: str
    clerk: str
    duties: Sequence[Fulfilment]
    problems: Sequence[Problem]
    outlines: Sequence[Outline]
    cycle: Cycle
    customs: Sequence[Custom]
    exports: Sequence[Profile]


def handover(book: Book, pack: Pack) -> Document:
    """The pack as of ``book.today``."""
    cases = open_issues(book, spoken=True)
    said = commitments(book, _EVER, "还没到期")
    parts: list[tuple[str, list[Block]]] = [
        ("没有销号的问题", issues(cases)),
        ("吹哨和整改", [*whistles(book), *rectifications(book)]),
        ("答应过的事", [*([COMMITMENTS.table(book, said)] if said else []), *undated(book)]),
        ("走访和职责欠账", list(duties(book, pack.duties))),
        ("经常开的会、搞的活动", standing(book)),
        ("没说清的地方", list(unexplained(pack.problems, uncounted(book)))),
        ("报出去的数字", frozen(book)),
        ("本单位自己的规矩", customs(pack.customs)),
        ("自动出的文件", exports(pack.exports)),
        ("一个月怎么过", [*routine(), month_table(book, pack.outlines, pack.cycle, _dues(cases, said, pack.duties))]),
    ]
    blocks: list[Block] = [_first(book, pack, cases, said), Contents(1)]
    for n, (title, found) in enumerate(parts, 1):
        blocks += [Heading(f"{numeral(n)}、{title}", 1), *(found or [Paragraph("没有。", Tone.MUTED)])]
    return document_of(
        book, f"{pack.office}接手包", blocks, "handover", records=len(cases), subtitle=f"{day_text(book.today)}的情况"
    )


def _first(book: Book, pack: Pack, cases: Sequence[Open], said: Sequence[Task]) -> KeyValues:
    late = sum(bool(case.due and case.due < book.now) for case in cases)
    pressing = sum(any(stand.pressing for stand in one.stands) for one in pack.duties)
    return KeyValues(
        (
            Pair("单位", pack.office, "office"),
            Pair("交出的人", pack.clerk or None, "clerk"),
            Pair("没有销号的问题", f"{len(cases)} 件，其中超过期限 {late} 件", "open", tone=_tone(late), term=True),
            Pair("答应过还没做到的", f"{len(said)} 项", "promised", term=True),
            Pair(
                "落后或欠着的职责",
                f"{pressing} 项，共 {len(pack.duties)} 项",
                "duties",
                tone=_tone(pressing),
                term=True,
            ),
            Pair("没说清的地方", f"{len(pack.problems)} 处", "problems", term=True),
            Pair(
                "先做什么",
                "看完第一节和第十节，运行 lianxin today；哪一步不会，运行 lianxin next 编号",
                "begin",
                term=True,
            ),
        )
    )


def _tone(count: int) -> Tone:
    return Tone.ALARM if count else Tone.NORMAL


def _dues(cases: Sequence[Open], said: Sequence[Task], duties: Sequence[Fulfilment]) -> Iterator[Due]:
    """Everything that has a day."""
    for case in cases:
        if case.due:
            yield Due(case.due.date(), "问题到期", str(case["事由"]), str(case["编号"]))
        elif case.state == State.SUSPENDED and case["复核日期"]:
            yield Due(case["复核日期"], "暂缓复核", str(case["事由"]), str(case["编号"]))
    for task in said:
        yield Due(task.when, COMMITMENTS.title, task.matter, task.id)
    for one in duties:
        behind = sum(stand.pressing for stand in one.stands)
        if one.cycle and one.stands and one.cycle.since <= one.today:
            told = one.duty.name + (f"（{behind} 个落后）" if behind else "")
            yield Due(one.cycle.last, "职责期满", told, f"lianxin duties {one.duty.name}")
