"""What bears out a record: its photographs side by side, its papers by name."""

from __future__ import annotations

from collections.abc import Sequence

from lianxin.core.book import Book
from lianxin.core.declare.field import Privacy
from lianxin.core.document import Block, Heading, Paragraph
from lianxin.core.picture import Picture, Pictures
from lianxin.core.tone import Tone
from lianxin.kinds.evidence import Evidence, Faces, Stage

_ABOUT = """
SELECT e.id FROM evidence AS e JOIN (SELECT DISTINCT source FROM reference WHERE target = ? AND kind = 'evidence') AS r
ON r.source = e.id
"""
_STAGES: tuple[Stage | None, ...] = (*Stage, None)


def evidence_of(book: Book, id_: str, level: int = 3) -> list[Block]:
    """Photographs and papers about a record, what was before first; nothing where there is none.

    Args:
        level: Of their heading.
    """
    found = [evidence for (one,) in book.sql(_ABOUT, (id_,)) if isinstance(evidence := book.record(one), Evidence)]
    if not found:
        return []
    found.sort(key=lambda one: (_STAGES.index(one.stage), str(one.day or ""), one.id))
    return [Heading("佐证", level), *_shown(book, found, id_)]


def shown_by(book: Book, evidence: Evidence) -> list[Block]:
    """What one piece of evidence shows."""
    return _shown(book, (evidence,), evidence.about[0] if len(evidence.about) == 1 else "")


def _shown(book: Book, found: Sequence[Evidence], about: str) -> list[Block]:
    pictures, others = list[Picture](), list[Block]()
    for one in found:
        data = book.attached(one.file)
        if one.erased:
            others.append(Paragraph(f"{one.id} 的文件已注销（{one.erased.on}）。"))
        elif data is None:
            others.append(Paragraph(f"{one.id} 的文件不在台账里了（{one.file}）。", Tone.ALARM))
        elif one.pictured:
            public = one.public and one.faces in (Faces.NONE, Faces.AGREED)
            pictures.append(Picture(one.file, data, _caption(one), one.id, public))
        else:
            others.append(Paragraph(_paper(one), privacy=Privacy.STORY, record=one.id))
    return [*([Pictures(tuple(pictures), about)] if pictures else []), *others]


def _caption(one: Evidence) -> str:
    said = "，".join(str(part) for part in (one.stage, one.shows, one.day) if part)
    return said or one.id


def _paper(one: Evidence) -> str:
    said = "，".join(str(part) for part in (one.shows or one.name, one.stage, one.day) if part)
    return f"文件：{said}（{one.id}）"
