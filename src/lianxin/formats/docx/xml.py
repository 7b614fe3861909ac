"""Pieces of WordprocessingML: paragraphs and tables that name their styles, and nothing else about their look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape

from lianxin.core.document import Column, KeyValues, Table, show
from lianxin.core.text.pattern import late
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType
from lianxin.formats.cell import COMPACT, NUMBERS, tone_of
from lianxin.formats.face.sanitise import visible
from lianxin.formats.paper.close import cell_text, closed_up
from lianxin.formats.paper.heading import head_rows
from lianxin.formats.paper.layout import Size, measured

#: Style name → its id in the base.
Styles = Mapping[str, str]

#: Widths between the margins, in twentieths of a point.
UPRIGHT, LYING, BROAD = 8845, 14797, 21771

_SUFFIX = {Size.PLAIN: "", Size.SMALL: "小", Size.WIDE: "宽", Size.HUGE: "密"}
_WORDS = {Tone.ALARM: "警示字", Tone.WARNING: "提醒字", Tone.GOOD: "良好字", Tone.MUTED: "次要字"}
_LABEL = 1500
#: Between text and rule where a table has so many columns that two characters must fit, in twentieths of a point.
_TIGHT = 25
#: Where a paragraph's own properties begin behind its style.
_STYLED = late(r"(<w:pPr><w:pStyle [^>]*/>)")


def word(styles: Styles, text: str, style: str = "") -> str:
    """A run of text; line breaks are kept."""
    look = f'<w:rPr><w:rStyle w:val="{styles[style]}"/></w:rPr>' if style else ""
    parts = escape(visible(text)).split("\n")
    return f"<w:r>{look}" + "<w:br/>".join(f'<w:t xml:space="preserve">{part}</w:t>' for part in parts) + "</w:r>"


def paragraph(styles: Styles, style: str, *runs: str, before: str = "") -> str:
    """A paragraph of finished runs.

    Args:
        before: More properties: a section's end, an outline level.
    """
    return f'<w:p><w:pPr><w:pStyle w:val="{styles[style]}"/>{before}</w:pPr>{"".join(runs)}</w:p>'


def said(styles: Styles, style: str, text: str) -> str:
    """A paragraph of plain text."""
    return paragraph(styles, style, word(styles, text))


def toned(styles: Styles, text: str, tone: Tone) -> str:
    """A run in the colour of its tone."""
    return word(styles, text, _WORDS.get(tone, ""))


#: Labelled values that stand together on a page.
_CARD = 12


def cell(width: int, content: str, fill: str = "", span: int = 1, merge: str = "") -> str:
    """A cell of finished paragraphs, shaded where a fill is given.

    Args:
        merge: ``restart`` begins a cell that goes on in the rows below, ``continue`` goes on with it.
    """
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    wide = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    deep = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{wide}{deep}{shade}<w:vAlign w:val="center"/></w:tcPr>'
        f"{content}</w:tc>"
    )


def row(cells: str, *, heads: bool = False) -> str:
    """A row that is not split over two pages; heading rows are repeated on each."""
    repeat = "<w:tblHeader/>" if heads else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{cells}</w:tr>"


def grid(styles: Styles, widths: Sequence[int], rows: Sequence[str], *, tight: bool = False) -> str:
    """A table of finished rows; a tight one leaves next to nothing between text and rules."""
    sides = "".join(f'<w:{side} w:w="{_TIGHT}" w:type="dxa"/>' for side in ("left", "right"))
    margins = f"<w:tblCellMar>{sides}</w:tblCellMar>" if tight else ""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{styles["台账表"]}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/>{margins}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
        f"{''.join(rows)}</w:tbl>"
    )


def _side(column: Column) -> str:
    if column.type in NUMBERS:
        return "右"
    return "中" if column.type in COMPACT or column.type is FieldType.CHOICE else ""


def room_of(*, lying: bool, large: bool) -> int:
    """What lies between the margins."""
    return BROAD if large else LYING if lying else UPRIGHT


def kept(made: str) -> str:
    """Finished paragraphs that stay with what follows."""
    return _STYLED.sub(r"\1<w:keepNext/>", made)


def table(styles: Styles, block: Table, *, lying: bool, large: bool = False, stays: bool = False) -> str:
    """A table, its caption before and its notes after it.

    Args:
        styles, block, lying, large: What is set where.
        stays: Its last row and the notes stay with what follows: a signature.
    """
    set_, shares = measured(block, lying=lying, large=large)
    size, room = _SUFFIX[set_], room_of(lying=lying, large=large)
    widths = [round(room * share / 100) for share in shares]
    whole, span = sum(widths), len(widths)
    head, left = f"表头{size}", f"表文{size}"
    texts = [f"表文{size}{_side(column)}" for column in block.columns]
    rows = list(_heading(styles, head, block.columns, widths))
    groups = dict(block.groups)
    for n, values in enumerate(block.rows):
        if n in groups:
            rows.append(row(cell(whole, said(styles, f"表组{size}", closed_up(groups[n])), "F0F0F0", span)))
        rows.append(row(_body(styles, block, values, widths, texts)))
    if not block.rows:
        rows.append(row(cell(whole, said(styles, left, "（没有符合条件的记录）"), span=span)))
    if block.totals:
        rows.append(row(_body(styles, block, block.totals, widths, texts, "F5F5F5")))
    if stays:
        last = 2 if block.totals else 1
        rows[-last:] = map(kept, rows[-last:])
    caption = said(styles, "表题", closed_up(block.caption)) if block.caption else ""
    notes = "".join(said(styles, "表注", f"注：{closed_up(note)}") for note in block.notes)
    tight = set_ in (Size.SMALL, Size.HUGE)
    under = notes or said(styles, "表注", "")
    return caption + grid(styles, widths, rows, tight=tight) + (kept(under) if stays else under)


def _heading(styles: Styles, style: str, columns: Sequence[Column], widths: Sequence[int]) -> Iterator[str]:
    """The heading's rows; under a cell that takes both stands one that goes on with it."""
    upper, *lower = head_rows([column.label for column in columns])
    cells = []
    for head in upper:
        width = sum(widths[head.first : head.first + head.span])
        merge = "restart" if head.deep > 1 else ""
        cells.append(cell(width, said(styles, style, head.text), "E6E6E6", head.span, merge))
    yield row("".join(cells), heads=True)
    for heads in lower:
        texts = {head.first: head.text for head in heads}
        yield row(
            "".join(
                cell(width, said(styles, style, texts.get(n, "")), "E6E6E6", merge="" if n in texts else "continue")
                for n, width in enumerate(widths)
            ),
            heads=True,
        )


def _body(
    styles: Styles, block: Table, values: Sequence[object], widths: Sequence[int], texts: Sequence[str], fill: str = ""
) -> str:
    cells = []
    for column, value, width, style in zip(block.columns, values, widths, texts, strict=True):
        text = cell_text(value, column)  # type: ignore[arg-type]
        tone = tone_of(column, text) if column.tones else Tone.NORMAL
        cells.append(cell(width, paragraph(styles, style, toned(styles, text, tone)), fill))
    return "".join(cells)


def pairs(styles: Styles, block: KeyValues, *, lying: bool) -> str:
    """Labelled values, side by side."""
    widths = (_LABEL, (LYING if lying else UPRIGHT) - _LABEL)
    rows = [
        row(
            cell(widths[0], paragraph(styles, "表文", word(styles, pair.label, "着重字")), "F0F0F0")
            + cell(widths[1], paragraph(styles, "表文", toned(styles, show(pair.value, pair.type), pair.tone)))
        )
        for pair in block.pairs
    ]
    if len(rows) <= _CARD:  # a card is not parted
        rows[:-1] = map(kept, rows[:-1])
    return grid(styles, widths, rows) + said(styles, "表注", "")
