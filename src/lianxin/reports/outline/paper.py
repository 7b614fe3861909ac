"""A report as an official paper: what its outline declares of head, addressees, signature, enclosures and foot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from lianxin.core.document import Block, Heading, PageBreak, Paragraph
from lianxin.core.paper import Masthead, Part
from lianxin.core.value import day_text
from lianxin.policies.outline import Paper
from lianxin.reports.outline.spoken import numeral
from lianxin.reports.outline.tag import Teller, filled


def masthead_of(teller: Teller) -> Masthead | None:
    """What stands over the title and at the foot of the last page; None where the outline declares no paper."""
    paper = teller.outline.paper
    if paper is None:
        return None
    issuer, day = filled(teller, paper.issuer or "{单位}"), day_text(teller.words.today)
    numbered = bool(paper.series)  # a document's own number stands for that of an issue and the day
    foot = tuple(_foot(teller, paper, signed=not numbered))
    sent = bool(foot or paper.printer or paper.printed)
    bulletin = bool(paper.masthead) and not numbered
    return Masthead(
        name=filled(teller, paper.masthead or ""),
        number=teller.words.paper_number if numbered else filled(teller, paper.number or ""),
        issuer=issuer if bulletin else "",
        day=day if bulletin else "",
        foot=foot,
        copy=paper.copy_number or "",
        secrecy=paper.secrecy or "",
        urgency=paper.urgency or "",
        signer=paper.signer or "" if numbered else "",
        printer=filled(teller, paper.printer) if paper.printer else issuer if sent else "",
        printed=day if sent else "",
        copies=f"共印{paper.printed}份" if paper.printed else "",
    )


def _foot(teller: Teller, paper: Paper, *, signed: bool) -> Iterator[str]:
    """Whom it goes to, a line for each word; those it is copied to end with a full stop."""
    told = (("报", paper.above), ("送", paper.beside), ("发", paper.below), ("报送", paper.to), ("抄送", paper.copies))
    for word, names in told:
        if names:
            yield filled(teller, f"{word}：{'，'.join(names)}{'。' if word == '抄送' else ''}")
    last = (("组稿", paper.editor), ("签发", paper.signer if signed else None))
    if people := "　　".join(f"{word}：{name}" for word, name in last if name):
        yield people


def addressed(teller: Teller) -> Iterator[Block]:
    """To whom it is, over the text."""
    paper = teller.outline.paper
    if paper and paper.addressees:
        yield Paragraph(filled(teller, f"{'、'.join(paper.addressees)}："), part=Part.ADDRESSEE)


def closing(teller: Teller, enclosures: Sequence[str]) -> Iterator[Block]:
    """What stands under the text: what is enclosed, who signs, of which day, and a remark.

    Args:
        teller: Of the report.
        enclosures: Titles of what is enclosed, in order.
    """
    if enclosures:
        numbers = [f"{n}. " for n in range(1, len(enclosures) + 1)] if len(enclosures) > 1 else [""]
        lines = [f"{number}{title}" for number, title in zip(numbers, enclosures, strict=True)]
        yield Paragraph("附件：" + "\n　　　".join(lines), part=Part.ENCLOSURES)
    paper = teller.outline.paper
    if paper and paper.signature:
        yield Paragraph(filled(teller, paper.signature), part=Part.SIGNATURE)
        yield Paragraph(day_text(teller.words.today), part=Part.DATE)
    if paper and paper.remark:
        yield Paragraph(f"（{paper.remark.strip('（）')}）", part=Part.REMARK)


def enclosure(title: str, number: int) -> Iterator[Block]:
    """The head of an enclosure, which begins a page.

    Args:
        title: Of what is enclosed.
        number: 0 where there is only one.
    """
    yield PageBreak()
    yield Paragraph(f"附件{number or ''}", part=Part.MARK)
    yield Paragraph(title, part=Part.ENCLOSURE)


def numbered(blocks: Sequence[Block], level: int) -> Iterator[Block]:
    """Blocks whose headings of a level bear （一）, and those of the next one 1., where there is more than one."""
    marks = {level: lambda n: f"（{numeral(n)}）", level + 1: lambda n: f"{n}. "}
    counts: dict[int, int] = {}
    for at, block in enumerate(blocks):
        if not isinstance(block, Heading) or block.level not in marks:
            yield block
            continue
        counts[block.level] = counts.get(block.level, 0) + 1
        for deeper in [one for one in counts if one > block.level]:
            del counts[deeper]
        alone = counts[block.level] == 1 and not _followed(blocks[at + 1 :], block.level)
        yield block if alone else replace(block, text=marks[block.level](counts[block.level]) + block.text)


def _followed(blocks: Sequence[Block], level: int) -> bool:
    """Whether another heading of the same level comes before one above it."""
    levels = (block.level for block in blocks if isinstance(block, Heading) and block.level <= level)
    return next(levels, 0) == level
