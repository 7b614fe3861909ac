"""Pictures that everybody may see: before and after, by what they are about."""

from __future__ import annotations

from lianxin.core.book import Book
from lianxin.core.document import Block, Heading, Paragraph
from lianxin.core.picture import Pictures
from lianxin.core.tone import Tone
from lianxin.kinds.evidence import Faces, Sort
from lianxin.reports.evidence import evidence_of
from lianxin.reports.own_matter import own_matters

#: What the board tells of otherwise too; who lives where and who was visited is not among it.
_KINDS = ("issue", "activity", "project", "promise")
_SHOWN = f"""
SELECT DISTINCT j.value FROM evidence AS e, json_each(e.about) AS j JOIN record AS r ON r.id = j.value
WHERE e.public = '是' AND e.faces IN ('{Faces.NONE}', '{Faces.AGREED}') AND e.file GLOB '*.[jp][pn]g'
  AND r.kind IN ({", ".join(f"'{kind}'" for kind in _KINDS)}) AND NOT r.voided ORDER BY j.value DESC
"""  # noqa: S608 - words of ours


def pictures(book: Book) -> list[Block]:
    """What may be shown, the newest matter first; nothing where there is none."""
    own = own_matters(book)
    blocks: list[Block] = []
    for (id_,) in book.sql(_SHOWN):
        found = [block for block in evidence_of(book, id_) if isinstance(block, Pictures)] if id_ not in own else []
        open_ = [
            Pictures(tuple(one for one in block.pictures if one.public and one.record not in own), id_)
            for block in found
        ]
        if any(block.pictures for block in open_):
            blocks += [Heading(f"{id_} {book.title(id_)}", 2), *open_]
    return [Paragraph(f"{Sort.PICTURE}里的人都同意公开。", Tone.MUTED), *blocks] if blocks else []
