"""A report from its outline: sections of text with figures in it, tables of figures, duties, scores and ledgers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from msgspec import Struct

from lianxin.core.book import Book
from lianxin.core.declare.field import Privacy
from lianxin.core.document import Block, Document, Heading, PageBreak, Paragraph, Table
from lianxin.core.error import UsageError
from lianxin.core.filter import parse_filters
from lianxin.core.measure import digest_of
from lianxin.core.tone import Tone
from lianxin.kinds import kind_named
from lianxin.policies.definitions import ALL
from lianxin.policies.finding import Way
from lianxin.policies.outline import Rhythm, Section, Standing
from lianxin.reports.document import document_of
from lianxin.reports.issue.overdue import overdue
from lianxin.reports.ledger.ledger import ledger
from lianxin.reports.outline.caption import captioned
from lianxin.reports.outline.chart import chart_of
from lianxin.reports.outline.finding import findings
from lianxin.reports.outline.grid import grid_table
from lianxin.reports.outline.idle import refuse_circular, refuse_idle
from lianxin.reports.outline.moved import TEST
from lianxin.reports.outline.note import defined_apart, defined_once
from lianxin.reports.outline.paper import masthead_of
from lianxin.reports.outline.press import Edition, Press, Printed
from lianxin.reports.outline.section import figures_block, sections
from lianxin.reports.outline.tag import titled
from lianxin.reports.outline.told import Sentence, points, sentence
from lianxin.reports.outline.weekly import balance_blocks, lists
from lianxin.reports.table import only


class Page(Struct, frozen=True):
    """A report, every figure printed in it, and every sentence that tells something of the records."""

    document: Document
    printed: tuple[Printed, ...]
    sentences: tuple[Sentence, ...] = ()


def page(book: Book, edition: Edition, whose: Sequence[str] = ()) -> Page:
    """The report; one after the other for several people.

    Args:
        book: The records.
        edition: What to make.
        whose: Ids of those it is made for, where the outline is 每人一份.

    Raises:
        EmptyError: It has nothing to tell, and is not made for the sake of having one.
        UsageError: The outline names what is not in force.
    """
    outline = edition.outline
    press = Press(book, edition)
    refuse_circular(press)
    blocks: list[Block] = []
    printed: list[Printed] = []
    sentences: list[Sentence] = []
    for n, press_ in enumerate([Press(book, edition, who, press.shared) for who in whose] or [press]):
        if whose:
            blocks += [*([PageBreak()] if n else []), Heading(press_.fill("{对象}"), 1)]
        blocks += sections(press_, partial(_section, press_), 2 if whose else 1, edition.corrections)
        printed += press_.printed.values()
        sentences += press_.sentences
    refuse_idle(press, blocks)
    blocks = list(defined_apart(blocks) if whose else defined_once(blocks))
    ((records,),) = book.sql("SELECT count(*) FROM record WHERE NOT voided")
    head = masthead_of(press)
    form = "，".join(filter(None, (f"{outline.name} {digest_of(outline)}", edition.cycle)))
    document = document_of(
        book,
        titled(press),
        blocks,
        "report",
        records=int(records),
        period=edition.period,
        form=form,
        subtitle="" if "{期间}" in outline.title or (head and head.name) else press.fill(_under(outline.rhythm)),
        landscape=outline.landscape,
        masthead=head,
    )
    return Page(document, tuple(printed), tuple(sentences))


def _under(rhythm: Rhythm) -> str:
    """What stands under a title: how things stand tells of a day."""
    return "截至{日期}" if rhythm is Rhythm.SUPERVISION else "{期间}"


def _section(press: Press, section: Section, level: int) -> Iterator[Block]:
    """What a section holds, in the order of its fields."""
    for pattern in (section.text or "").split("\n\n"):
        yield from _told(press, sentence(press, pattern))
    yield from _findings(press, section)
    for one in points(press, section.points):
        yield from _told(press, one)
    found = [press.figure(name) for name in section.figures]
    if any(one.tells for one in found):  # else it is a table of noughts
        yield figures_block(found)
    if section.grid and (table := grid_table(press, section.grid)).rows:
        yield table
    for picture in section.pictures:
        if (chart := chart_of(press, picture)).labels and chart.most:
            yield chart
            yield from _told(press, captioned(press, picture, chart))
    if section.duties:
        yield from _duties(press, section.duties, level, brief=section.brief or ALL in section.duties)
    if section.score:
        yield from _score(press, section.score, level)
    if section.ledger:
        yield from _ledger(press, section)
    for standing in section.standing:
        blocks = list(_standing(press, standing, level))
        if standing is Standing.OVERDUE and section.points and not any(isinstance(block, Table) for block in blocks):
            continue  # that nothing is late is no trouble
        yield from blocks


def _told(press: Press, one: Sentence) -> Iterator[Block]:
    """A sentence as a paragraph, remembered; nothing where it has nothing to tell."""
    if one.text:
        press.sentences.append(one)
        yield Paragraph(one.text, privacy=Privacy.STORY if one.record else Privacy.OPEN, record=one.record)


def _findings(press: Press, section: Section) -> Iterator[Block]:
    """What is found in the records; by what test."""
    tested = False
    for finding in section.findings:
        found = findings(press, finding)
        for one in found:
            yield from _told(press, one)
        tested = tested or (finding.way is Way.MOVED and bool(found))
    if tested:
        yield Paragraph(f"注：{TEST}", Tone.MUTED)


def _duties(press: Press, wanted: Sequence[str], level: int, *, brief: bool) -> Iterator[Block]:
    from lianxin.reports.duty.table import duty_table, overview_table, pressing_table, summary

    book, known = press.book, press.edition.definitions.duties
    founds = [press.duty(name) for name in (known if ALL in wanted else wanted)]
    founds = [found for found in founds if found.cycle is not None and found.asked]
    if not founds:
        return
    if press.who:
        own = [(found, one) for found in founds for one in found.stands if one.subject == press.who]
        if own:
            yield pressing_table(book, own, named=False)
    elif brief:
        pressing = [(found, one) for found in founds for one in found.stands if one.pressing]
        yield overview_table(book, founds)
        if pressing:
            yield Heading(f"进度落后和未完成的（{len(pressing)} 项）", level)
            yield pressing_table(book, pressing)
    else:
        for found in founds:
            if len(founds) > 1:
                yield Heading(found.duty.name, level)
            yield summary(book, found)
            yield duty_table(book, found)


def _score(press: Press, name: str, level: int) -> Iterator[Block]:
    from lianxin.reports.score.page import explained_page, score_page
    from lianxin.reports.score.scored import scored

    scheme = press.edition.definitions.schemes.get(name)
    if scheme is None:
        raise UsageError(f"没有「{name}」这个评分方案，请运行 lianxin check 看详情")
    found = scored(press.book, scheme, press.edition.period)
    if not press.who:
        for block in score_page(press.book, found).blocks:
            yield Heading(block.text, level) if isinstance(block, Heading) else block
    elif any(line.subject == press.who for line in found.lines):
        yield from explained_page(press.book, found, press.who).blocks[:2]
    else:
        yield Paragraph(f"不在“{name}”的评分对象里。", Tone.MUTED)


def _ledger(press: Press, section: Section) -> Iterator[Block]:
    """The ledger; that there is nothing in it is said only where the section says nothing else."""
    ledgers = press.edition.ledgers()
    form = ledgers.get(section.ledger or "")
    if form is None:
        raise UsageError(f"没有「{section.ledger}」这种台账，请运行 lianxin check 看详情")
    filters = parse_filters(text.replace("{对象}", press.who) for text in section.filters)
    period = press.edition.period if form.period_field and not section.ever else None
    found = ledger(press.book, form, filters=filters, period=period)
    table = found.blocks[0]
    if isinstance(table, Table) and table.rows:
        yield only(table, section.columns)
    elif not section.text:
        yield Paragraph("本期没有。", Tone.MUTED)


def _standing(press: Press, standing: Standing, level: int) -> Iterator[Block]:
    match standing:
        case Standing.BALANCE:
            yield from balance_blocks(press.balance())
        case Standing.LISTS:
            for block in lists(press.book, press.balance()):
                yield Heading(block.text, level) if isinstance(block, Heading) else block
        case Standing.OVERDUE:
            yield from overdue(press.book, press.edition.context)
        case Standing.CIRCULAR:
            yield from overdue(press.book, press.edition.context, circular=True)
        case Standing.CORRECTIONS:
            yield from press.edition.corrections
        case Standing.SEAL:
            yield from press.edition.seal()


def people_of(book: Book, edition: Edition) -> list[str]:
    """Everybody of the kind a 每人一份 outline is for whom any of its figures counts, in the order of the ids.

    Raises:
        UsageError: The outline is not 每人一份.
    """
    kind = kind_named(edition.outline.subject or "")
    if kind is None:
        raise UsageError(f"报表「{edition.outline.name}」不是每人一份的，不用写 --for")
    press = Press(book, edition)
    wanted = {name for section in edition.outline.sections for name in section.figures}
    found = {
        subject
        for name in wanted
        for subject in book.totals(press.definition(name).numerator, edition.period)
        if kind.id_pattern().match(subject)
    }
    return sorted(found)
