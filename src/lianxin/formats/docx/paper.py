"""The parts of an official paper in Word: each a paragraph by its style; the foot stands in a frame at the page's end.

A frame is what Word, WPS and LibreOffice alike keep at the foot of the page on which the paragraph after it stands.
"""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.core.document import Document, Paragraph
from lianxin.core.paper import Masthead, Part
from lianxin.formats.docx.xml import Styles, paragraph, said, word
from lianxin.formats.paper.layout import insets

_TAB = "<w:r><w:tab/></w:r>"
#: A character of the text, in twentieths of a point.
_CHARACTER = 320
_STYLES = {
    Part.ADDRESSEE: "主送",
    Part.ENCLOSURES: "附件说明",
    Part.SIGNATURE: "署名",
    Part.DATE: "成文日期",
    Part.REMARK: "附注",
    Part.MARK: "附件标记",
    Part.ENCLOSURE: "附件标题",
}


def head_of(styles: Styles, head: Masthead) -> Iterator[str]:
    """The upper left corner, the name in red, the number, and the red rule."""
    for mark in head.marks:
        yield said(styles, "版头标记", mark)
    if not head.name:
        return
    yield said(styles, "刊名", head.name)
    if head.issuer or head.day:
        if head.number:
            yield said(styles, "刊号", head.number)
        yield paragraph(styles, "编印", word(styles, head.issuer), _TAB, word(styles, head.day))
    elif head.signer:
        yield paragraph(styles, "编印", word(styles, head.number), _TAB, word(styles, head.signed))
    else:
        yield said(styles, "文号", head.number)


def foot_of(styles: Styles, head: Masthead, room: int) -> Iterator[str]:
    """The foot of the last page; what follows it keeps it on its page.

    Args:
        styles: Of the file.
        head: What it says.
        room: Width between the margins, in twentieths of a point.
    """
    frame = (
        f'<w:framePr w:w="{room}" w:hSpace="0" w:wrap="around" w:vAnchor="margin" w:hAnchor="margin"'
        ' w:xAlign="left" w:yAlign="bottom"/>'
    )
    for line in head.foot:  # all of one style: LibreOffice takes paragraphs of different rules for different frames
        yield paragraph(styles, "版记", word(styles, line), before=frame)
    left, right = head.last
    if left or right:
        yield paragraph(styles, "版记", word(styles, left), _TAB, word(styles, right), before=frame)


def part_of(styles: Styles, block: Paragraph, document: Document) -> Iterator[str]:
    """A part of a paper, a paragraph for each line."""
    style = _STYLES[block.part]
    inset = insets(document.blocks).get(block.part, 0)
    before = f'<w:ind w:right="{round(inset * _CHARACTER)}"/>' if inset else ""
    for line in block.text.split("\n"):
        yield paragraph(styles, style, word(styles, line), before=before)
