"""The morning page: what must be done today, most urgent first, one line an issue; then what else is running."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from lianxin.core.book import Book
from lianxin.core.declare.field import Privacy
from lianxin.core.document import Block, Column, Document, Heading, Paragraph, Table, Value
from lianxin.core.problem import REPOSITORY, Level, Problem
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType, show_deadline
from lianxin.reports.document import document_of
from lianxin.reports.duty.agenda import Arrear, arrears_section
from lianxin.reports.origin import uncounted
from lianxin.reports.today.agenda import URGENT, Open, Section, agenda, open_issues, unsigned
from lianxin.reports.today.chase import RECTIFICATIONS, WHISTLES
from lianxin.reports.today.commitment import COMMITMENTS
from lianxin.reports.today.heard import heard
from lianxin.reports.today.task import grouped

#: What is to be done beside the issues.
BESIDE = (WHISTLES, RECTIFICATIONS, COMMITMENTS)

#: So many visits are named.
_MOST = 5
_WEEKDAYS = "一二三四五六日"

_COLUMNS = (
    Column("编号", "id", FieldType.REF, width=15),
    Column("事由", "summary", width=28),
    Column("村", "village", term=True),
    Column("谁", "who", term=True),
    Column("日期", "when", FieldType.DEADLINE, width=16),
    Column("说明", "note", width=30, privacy=Privacy.OPEN, term=True),
)


def who_of(case: Open) -> str:
    """With whom an issue lies."""
    named = " ".join(str(case[name]) for name in ("责任部门", "责任人") if case[name])
    return named or f"登记人 {case['登记人']}"


def note_of(section: Section, case: Open) -> str:
    """What to do or know of an issue, in a few words."""
    notes = [section.note(case)]
    if case.owed and not section.name.startswith("还欠"):
        notes.append(f"欠 {case.owed}")
    if case.wants_whistle and not section.name.startswith("退回"):
        notes.append(f"已退回 {case['退回次数']} 次，可以吹哨")
    if case.due and case["暂定"] in (True, "是") and section.name != "期限是暂定的":
        notes.append("期限暂定")
    if unsigned(case) and section.name != "超时未签收":
        notes.append("还没有签收")
    return "；".join(filter(None, notes))


def _table(sections: Sequence[tuple[Section, list[Open]]]) -> Table:
    more = {section.name: section.more for section, _cases in sections}
    found = [(section.name, [_row(section, case) for case in cases]) for section, cases in sections]
    return grouped(_COLUMNS, found, "件", lambda name: f" {more[name]}")


def _row(section: Section, case: Open) -> tuple[Value, ...]:
    when = section.when(case)
    return (case["编号"], case["事由"], case["所属村"], who_of(case), when, note_of(section, case))


def _beside(blocks: Sequence[Block]) -> Iterator[str]:
    """How much the sections beside the issues hold: 整改 3."""
    for heading, table in pairwise(blocks):
        if isinstance(heading, Heading) and isinstance(table, Table):
            yield f"{heading.text.partition('（')[0]} {len(table.rows)}"


def _undecided(book: Book) -> Iterator[Block]:
    """Visits that heard what nobody has decided about, by their numbers: what was said there is nobody else's."""
    found = heard(book)
    told = "、".join(f"{id_}（{many} 件）" for id_, many in found[:_MOST])
    more = "……" if len(found) > _MOST else ""
    if found:
        said = f"走访听到、还没定立不立的 {len(found)} 次：{told}{more}。"
        yield Paragraph(f"{said}立的，运行 lianxin issue add --visit {found[0][0]}", Tone.WARNING)


def _uncounted(book: Book, problems: Sequence[Problem]) -> Iterator[Block]:
    """Said before anything that would be counted otherwise: what is left out, and that git stands elsewhere."""
    if told := uncounted(book):
        yield Paragraph(f"有 {told}，下面没有算进去。请运行 lianxin check 查看并改好。", Tone.ALARM)
    for one in problems:
        if one.path == REPOSITORY and one.level is Level.ERROR:
            yield Paragraph(f"{one.message}。{one.remedy}", Tone.ALARM)


def _faults(problems: Sequence[Problem]) -> list[Block]:
    blocks: list[Block] = []
    serious = [problem for problem in problems if problem.level is not Level.HINT]
    if serious:
        counts = Counter(problem.code for problem in serious).most_common()
        told = "、".join(f"{code} {count} 处" for code, count in counts[:6])
        blocks.append(Paragraph(f"数据里有 {len(serious)} 处要看一看：{told}。请运行 lianxin check。", Tone.WARNING))
    hints = len(problems) - len(serious)
    if hints:
        blocks.append(Paragraph(f"另有 {hints} 条提示，有空时运行 lianxin check --hints 看看。", Tone.MUTED))
    return blocks


def today(
    book: Book, problems: Sequence[Problem] = (), arrears: Sequence[Arrear] = (), notices: Sequence[str] = ()
) -> Document:
    """The page for ``book.today``.

    Args:
        book: The records.
        problems: The faults already found in the data.
        arrears: Duties that are behind.
        notices: Whatever else has gone wrong, a sentence each.
    """
    cases = open_issues(book)
    sections = agenda(cases)
    blocks = [*_uncounted(book, problems)]
    beside = [block for sort in BESIDE for block in sort.section(book)] + arrears_section(arrears)
    undecided = [*_undecided(book)]
    if sections:
        urgent = sections[0][0].name in URGENT
        told = [f"{section.brief or section.name} {len(found)}" for section, found in sections]
        blocks += [
            Paragraph("、".join([*told, *_beside(beside)]), Tone.ALARM if urgent else Tone.NORMAL),
            _table(sections),
        ]
    else:
        blocks.append(Paragraph(f"今天没有要办的{'问题' if beside or undecided else '事'}。", Tone.GOOD))
    blocks += beside
    blocks += undecided
    blocks += [Paragraph(notice, Tone.WARNING) for notice in notices]
    blocks += _faults(problems)
    count = sum(len(found) for _section, found in sections)
    day = f"{book.today} 星期{_WEEKDAYS[book.today.weekday()]}，{show_deadline(book.now)[11:] or '23:59'} 的情况"
    return document_of(book, "今日事项", blocks, "today", records=count, subtitle=day)
