"""Duties as documents: all of them, one with everybody it binds, or one subject's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from lianxin.core.book import Book
from lianxin.core.document import Block, Column, Document, Heading, Paragraph, Table
from lianxin.core.measure import Counted, Measure
from lianxin.core.tone import Tone
from lianxin.policies.duty import told_inside
from lianxin.reports.document import document_of
from lianxin.reports.duty.count import Counter
from lianxin.reports.duty.stand import Fulfilment
from lianxin.reports.duty.table import duty_table, overview_table, pressing_table, summary
from lianxin.reports.figure.opening import counted_table, opened_table
from lianxin.reports.plain import beside, told_of
from lianxin.reports.subject import called, column_of, some_one


def opened_tables(book: Book, found: Fulfilment, only: str | None = None, *, plain: bool = False) -> list[Table]:
    """The records that were counted, subject by subject; for a share, what it is a share of as well."""
    duty, cycle = found.duty, found.cycle
    if cycle is None or duty.parts:
        return []
    counter = Counter(book, duty, found.today, found.campaign)
    bound = {one.subject for one in found.stands if only in (None, one.subject)}
    inside = bool(some_one(bound, told_inside(duty)))
    head = "" if inside and only else f"{duty.name}："  # who is asked for by name has no internal word told of him

    def table(rows: Sequence[Counted], part: str, measure: Measure | None) -> Table:
        own = [row for row in rows if not duty.who or row.subject in bound or not row.subject]
        if plain:
            lead = ((Column("职责", "duty", term=True), duty.name), (Column("部分", "part"), part))
            return counted_table(book, own, measure, lead, inner=inside)
        return opened_table(book, own, f"{head}{part}记录", measure, subjects=bool(duty.who), inner=inside)

    tables = [table(counter.rows(cycle, only), "数到的", duty.counted)]
    return [*tables, table(counter.total_rows(cycle, only), "总数里的", duty.out_of)] if duty.out_of else tables


def duty_page(
    book: Book,
    found: Fulfilment,
    *,
    only: str | None = None,
    behind: bool = False,
    opened: bool = False,
    plain: bool = False,
) -> Document:
    """One duty as a document: everybody it binds, the most pressing first."""
    blocks: list[Block]
    if plain:
        stands = [one for one in found.stands if (one.pressing or not behind) and only in (None, one.subject)]
        blocks = [pressing_table(book, [(found, one) for one in stands], plain=True)]
    else:
        table = duty_table(book, found, behind=behind, only=only)
        shown = table if found.stands else Paragraph("\n".join(table.notes), Tone.MUTED)
        blocks = [summary(book, found), shown]
    if opened:
        blocks += opened_tables(book, found, only, plain=plain)
    title = f"职责：{found.duty.name}"
    return _document(book, title, blocks, [found], "duty", withheld=withheld(found, only), plain=plain)


def withheld(found: Fulfilment, only: str | None) -> str:
    """Why the public is not told how one subject stands with a duty; empty where it is."""
    if only is None or not some_one([only], told_inside(found.duty)):
        return ""
    return f"「{found.duty.name}」按内部的内容定对象，文件和管道里不能问某一个人；确要内部使用，请加 --internal"


def asked_of(founds: Sequence[Fulfilment], only: str | None) -> list[Fulfilment]:
    """The duties that the public may ask of one subject: not those that bind for something internal."""
    return [found for found in founds if not withheld(found, only)]


def duties_page(
    book: Book,
    founds: Sequence[Fulfilment],
    *,
    only: str | None = None,
    behind: bool = False,
    opened: bool = False,
    outward: bool = False,
    plain: bool = False,
) -> Document:
    """All duties as a document: one line each and who is behind, or one subject's own.

    Args:
        book: The records.
        founds: How each duty stands.
        only: Whose own.
        behind: Only what is behind.
        opened: With the records counted.
        outward: Of one subject, without the duties that bind for something internal: that there is one tells it.
        plain: For programs.
    """
    if only is not None:
        return _own(book, founds, only, behind=behind, opened=opened, outward=outward, plain=plain)
    pressing = [(found, one) for found in founds for one in found.stands if one.pressing]
    blocks: list[Block] = []
    if not behind:
        blocks.append(overview_table(book, [found for found in founds if found.cycle], plain=plain))
    if plain:
        blocks.append(pressing_table(book, pressing, plain=True, list_="items" if behind else "behind"))
    elif pressing:
        blocks += [*([] if behind else [Heading("进度落后和未完成的", 2)]), pressing_table(book, pressing)]
    else:
        nothing = "没有落后的。" if founds else "没有在用的职责。请在 policy/duties.yaml 里写。"
        blocks.append(Paragraph(nothing, Tone.GOOD))
    if opened:
        blocks += [block for found in founds for block in opened_tables(book, found, plain=plain)]
    return _document(book, "职责完成情况", blocks, founds, "duties", plain=plain)


def _own(
    book: Book,
    every: Sequence[Fulfilment],
    only: str,
    *,
    behind: bool,
    opened: bool,
    outward: bool,
    plain: bool,
) -> Document:
    """The duties of one subject; the arguments are those of ``duties_page``."""
    founds = asked_of(every, only) if outward else every
    own = [(found, one) for found in founds for one in found.stands if one.subject == only]
    own = [pair for pair in own if pair[1].pressing or not behind]
    blocks: list[Block] = [pressing_table(book, own, named=False, plain=plain)]
    if plain:
        ids, named = beside(column_of(book, [only]))
        blocks.append(told_of([(ids, only), (named, called(book, [only])[only])], only))
    elif not own:
        blocks = [Paragraph("没有落后的。" if behind else "没有要由这个对象来做的职责。", Tone.MUTED)]
    if len(founds) < len(every) and not plain:
        told = "按内部的内容定对象的职责，公示件里不问某一个人的；内部使用请加 --internal。"
        blocks.append(Paragraph(told, Tone.MUTED))
    if opened:
        blocks += [block for found, _one in own for block in opened_tables(book, found, only, plain=plain)]
    title = "职责完成情况" if plain else f"职责：{called(book, [only])[only]}"
    return _document(book, title, blocks, [found for found, _one in own], "duties", plain=plain)


def _document(
    book: Book,
    title: str,
    blocks: Sequence[Block],
    founds: Sequence[Fulfilment],
    name: str,
    *,
    withheld: str = "",
    plain: bool,
) -> Document:
    seen_on = founds[0].today if founds else book.today
    if seen_on < book.today:
        seen_on -= timedelta(days=1)  # a period that is over is looked at from the day after it
    return document_of(
        book,
        title,
        blocks,
        name,
        records=sum(len(found.stands) for found in founds),
        subtitle=f"{seen_on} 的情况",
        landscape=True,
        withheld=withheld,
        plain=plain,
    )
