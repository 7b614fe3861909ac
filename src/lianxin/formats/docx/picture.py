"""Photographs in a Word file: two in a row, each over what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.sax.saxutils import quoteattr

from lianxin.core.picture import Picture, Pictures
from lianxin.formats.docx.xml import UPRIGHT, Styles, cell, grid, paragraph, row, said
from lianxin.formats.face.sanitise import visible

_SPACE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
#: English metric units to a twentieth of a point.
_UNITS = 635
#: Left and right of a picture in its cell, and how high it may be, in twentieths of a point.
_MARGIN, _HIGH = 220, 4000
#: Where the numbers of pictures begin, beyond those of charts.
_FIRST = 20_000


def photographs(made: Any, styles: Styles, block: Pictures) -> Iterator[str]:
    """A table without heads: pictures and captions.

    Args:
        made: The Word file, which takes each picture once.
        styles: Of the base.
        block: What is to be seen.
    """
    rows = []
    for pair in block.rows:
        across = UPRIGHT // 2
        cells = [_cell(made, styles, one, across) for one in pair]
        cells += [cell(across, said(styles, "表文中", ""))] * (2 - len(pair))
        rows.append(row("".join(cells)))
    if rows:
        yield grid(styles, [UPRIGHT // 2] * 2, rows)
    yield from (said(styles, "表注", note) for note in block.notes or ("",))


def _cell(made: Any, styles: Styles, one: Picture, across: int) -> str:
    relation, image = made.part.get_or_add_image(BytesIO(one.data))
    wide = across - _MARGIN
    high = wide * image.px_height // image.px_width
    if high > _HIGH:
        wide, high = _HIGH * image.px_width // image.px_height, _HIGH
    number = _FIRST + len(made.part.rels)
    size = f'cx="{wide * _UNITS}" cy="{high * _UNITS}"'
    told = quoteattr(visible(one.caption))
    drawn = (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{number}" name="照片 {number}" descr={told}/><a:graphic><a:graphicData uri="{_SPACE}">'
        f'<pic:pic xmlns:pic="{_SPACE}"><pic:nvPicPr><pic:cNvPr id="{number}" name="照片" descr={told}/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
    return cell(across, paragraph(styles, "表文中", drawn) + said(styles, "表文中", one.caption))
