"""What is amiss with the ledger itself: where, what, and how it is put right."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.core.document import Block, Document, Heading, Paragraph
from lianxin.core.problem import Level, Problem
from lianxin.core.tone import Tone

#: So many are told of at once.
_MOST = 40


def faults_page(problems: Sequence[Problem]) -> Document:
    """Every fault that matters, by place."""
    serious = [one for one in problems if one.level is not Level.HINT]
    blocks: list[Block] = []
    for one in serious[:_MOST]:
        blocks.append(Heading(one.place, 3))
        blocks.append(Paragraph(one.message, Tone.ALARM if one.level is Level.ERROR else Tone.WARNING))
        blocks += [Paragraph(one.excerpt, Tone.MUTED)] if one.excerpt else []
        blocks += [Paragraph(f"改法：{one.remedy}")] if one.remedy else []
    if len(serious) > _MOST:
        blocks.append(Paragraph(f"还有 {len(serious) - _MOST} 处，改好这些再看。", Tone.MUTED))
    return Document("台账里要看一看的", tuple(blocks), name="faults", subtitle=f"共 {len(serious)} 处")
