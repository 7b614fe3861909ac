"""A document for Word and WPS: every paragraph by its style, on the styled base ``templates/formats/document.docx``.

The base, or the office's own page, decides the look; what is written here names styles only. The body is built as XML
in one piece, because python-docx takes a millisecond for every cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from io import BytesIO
from itertools import zip_longest
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from msgspec.structs import replace

from lianxin.core.chart import Chart
from lianxin.core.document import (
    Block,
    Contents,
    Cover,
    Document,
    Heading,
    KeyValues,
    PageBreak,
    Paragraph,
    Table,
    Timeline,
)
from lianxin.core.paper import Part
from lianxin.core.picture import Pictures
from lianxin.core.tone import Tone
from lianxin.core.value import show_moment
from lianxin.formats import Options
from lianxin.formats.docx.chart import Drawings, drawn_lines
from lianxin.formats.docx.page import Sheet, sheet_of
from lianxin.formats.docx.paper import foot_of, head_of, part_of
from lianxin.formats.docx.picture import photographs
from lianxin.formats.docx.xml import Styles, pairs, paragraph, said, table, toned, word
from lianxin.formats.face.sanitise import visible
from lianxin.formats.package import KEYWORDS, keywords, settled
from lianxin.formats.paper.close import closed, ragged
from lianxin.formats.paper.foot import NAME, alarm, foot_lines, made_at, origin
from lianxin.formats.paper.layout import Run, runs, signs, title_of
from lianxin.formats.paper.outline import OutlineEntry, outline
from lianxin.formats.paper.trace import trace_line

_TONES = {Tone.ALARM: "警示", Tone.WARNING: "提醒", Tone.GOOD: "良好", Tone.MUTED: "次要", Tone.NORMAL: "Normal"}
_DEEPEST = 4
#: Characters of a property.
_LONGEST = 255


def render(document: Document, options: Options) -> bytes:
    """The document as a Word file, on the office's own page where there is one."""
    sheet = sheet_of(document, options.page)
    if sheet.signs:
        document = replace(document, blocks=tuple(filter(_unsigned, document.blocks)))
    if _lies(sheet.ending):
        document = replace(document, landscape=True)
    made, styles, ending = sheet.made, sheet.styles, sheet.ending
    parts = runs(document)
    covered = any(isinstance(block, Cover) for block in document.blocks)
    anchors = iter(outline(document).entries)
    drawings = Drawings(made, styles)
    for n, run in enumerate(parts):
        last = n == len(parts) - 1
        xml = [] if n else list(_opening(styles, document, formed=sheet.formed, covered=covered))
        xml += _run(styles, run, document, anchors, drawings, led=last and sheet.under)
        if last:
            _lay(ending, lying=run.lying, large=run.large)
            xml += () if sheet.formed else _foot(styles, document, ending)
        _put(xml, sheet.place)
        section = ending if last else _break(ending, sheet.place)
        _lay(section, lying=run.lying, large=run.large)
        if n == 0 and covered:
            section.append(parse_xml(f"<w:titlePg {nsdecls('w')}/>"))
    _fill(sheet, document)
    if sheet.formed:
        _put([said(styles, "来源", line) for line in foot_lines(document.provenance, paper=True)], sheet.end)
    sheet.finish()
    _properties(made, document)
    file = BytesIO()
    made.save(file)
    return settled(file.getvalue())


def _unsigned(block: Block) -> bool:
    return not (isinstance(block, Paragraph) and block.part in (Part.SIGNATURE, Part.DATE))


def _fill(sheet: Sheet, document: Document) -> None:
    """Head and foot, where a form asks for them."""
    for name, place in sheet.slots.items():
        if head := document.masthead:
            over = name == "版头"
            _put(list(head_of(sheet.styles, head) if over else foot_of(sheet.styles, head, _room(sheet.end))), place)
        place.getparent().remove(place)


def _put(xml: Sequence[str], place: Any) -> None:
    """Finished paragraphs and tables, before an element."""
    for element in parse_xml(f"<w:body {nsdecls('w', 'r', 'wp', 'a')}>{''.join(xml)}</w:body>"):
        place.addprevious(element)


def _break(ending: Any, place: Any) -> Any:
    """End a section with the last paragraph there is, so that no empty page comes of it."""
    section = deepcopy(ending)
    place.getprevious().get_or_add_pPr().append(section)
    return section


def _lies(section: Any) -> bool:
    size = section.find(qn("w:pgSz"))
    return int(size.get(qn("w:w"))) > int(size.get(qn("w:h")))


def _room(section: Any) -> int:
    """Between the margins, in twentieths of a point."""
    size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    return int(size.get(qn("w:w"))) - int(margins.get(qn("w:left"))) - int(margins.get(qn("w:right")))


def _lay(section: Any, *, lying: bool, large: bool) -> None:
    """Turn a section's paper, if it is not so already; across, the margins are narrower."""
    if not lying or (_lies(section) and not large):
        return
    size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    size.set(qn("w:w"), "23811" if large else "16838")
    size.set(qn("w:h"), "16838" if large else "11906")
    size.set(qn("w:orient"), "landscape")
    for side, width in (("top", 1361), ("bottom", 1247), ("left", 1020), ("right", 1020), ("footer", 680)):
        margins.set(qn(f"w:{side}"), str(width))


def _properties(made: Any, document: Document) -> None:
    """The file's own facts; no name of whoever made it."""
    facts = made.core_properties
    facts.title, facts.author, facts.last_modified_by = visible(document.title), NAME, NAME
    facts.created = facts.modified = made_at(document.provenance)
    facts.subject = visible(document.subtitle)[:_LONGEST]
    facts.comments = visible(origin(document.provenance))[:_LONGEST]
    facts.keywords = "-"
    # by its own name python-docx takes no more than 255 characters
    core = made.part.package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES)
    core.element.find(KEYWORDS).text = visible(trace_line(document.provenance))


def trace(data: bytes) -> str:
    """The line by which a file can be made again."""
    return keywords(data)


def lines(data: bytes) -> list[str]:
    """The text of every paragraph, in tables too, then what stands in the charts."""
    made = docx.Document(BytesIO(data))
    told = ["".join(part.text or "" for part in one.iter(qn("w:t"))) for one in made.element.body.iter(qn("w:p"))]
    return [*told, *drawn_lines(made)]


def _opening(styles: Styles, document: Document, *, formed: bool, covered: bool) -> Iterator[str]:
    """What stands before the blocks, unless a cover does or the form has said it."""
    if not formed and not covered:
        yield from _head(styles, document)
    if formed or not covered:
        yield from _alarm(styles, document)


def _head(styles: Styles, document: Document) -> Iterator[str]:
    if document.masthead:
        yield from head_of(styles, document.masthead)
    yield said(styles, "Title", title_of(document))
    if document.subtitle:
        yield said(styles, "Subtitle", document.subtitle)


def _foot(styles: Styles, document: Document, ending: Any) -> Iterator[str]:
    if document.masthead:
        yield from foot_of(styles, document.masthead, _room(ending))
    yield from (said(styles, "来源", line) for line in foot_lines(document.provenance, paper=True) or ("",))


def _alarm(styles: Styles, document: Document) -> Iterator[str]:
    loud = alarm(document.provenance)
    if loud:
        yield said(styles, "警示", loud)


def _run(
    styles: Styles, run: Run, document: Document, anchors: Iterator[OutlineEntry], drawings: Drawings, *, led: bool
) -> Iterator[str]:
    """The blocks of one run; ``led`` where the form's own signatures stand right under its last one."""
    for block, after in zip_longest(run.blocks, run.blocks[1:]):
        signed = signs(after) or (led and after is None)
        match block:
            case Paragraph() if block.part is Part.TEXT and signed:
                yield from _kept(styles, block)
            case Paragraph() if block.part is Part.TEXT and isinstance(after, Table):
                yield from _plain(styles, block, over='<w:spacing w:after="120"/>')
            case Heading():
                yield _heading(styles, block, next(anchors))
            case Contents():
                yield from _contents(styles, block, document)
            case Table():
                yield table(styles, block, lying=run.lying, large=run.large, stays=signed)
            case KeyValues():
                yield pairs(styles, block, lying=run.lying)
            case Chart():
                yield from drawings.chart(block, lying=run.lying)
            case Pictures():
                yield from photographs(drawings.made, styles, block)
            case _:
                yield from _text(styles, block, document)


def _kept(styles: Styles, block: Paragraph) -> Iterator[str]:
    """The last of the text, whole on the page of the signature, which never stands on one by itself."""
    for line in closed(block).split("\n"):
        yield paragraph(
            styles, _TONES[block.tone], word(styles, line), before=f"<w:keepNext/><w:keepLines/>{_side(line)}"
        )


def _side(line: str) -> str:
    """Where its lines end: justified, as the style says, or as they fall."""
    return '<w:jc w:val="left"/>' if ragged(line) else ""


def _plain(styles: Styles, block: Paragraph, over: str = "") -> Iterator[str]:
    """Running text; ``over`` keeps its last line off a table's rule."""
    *before, last = closed(block).split("\n")
    for line in before:
        yield paragraph(styles, _TONES[block.tone], word(styles, line), before=_side(line))
    yield paragraph(styles, _TONES[block.tone], word(styles, last), before=over + _side(last))


def _text(styles: Styles, block: Block, document: Document) -> Iterator[str]:
    match block:
        case Paragraph() if block.part is not Part.TEXT:
            yield from part_of(styles, block, document)
        case Paragraph():
            yield from _plain(styles, block)
        case Timeline():
            for entry in block.entries:
                actor = word(styles, f"　{entry.actor}") if entry.actor else ""
                told = word(styles, f"\n{entry.text}") if entry.text else ""
                at = word(styles, f"{show_moment(entry.at)}　", "次要字")
                label = (
                    word(styles, entry.label, "着重字")
                    if entry.tone is Tone.NORMAL
                    else toned(styles, entry.label, entry.tone)
                )
                yield paragraph(styles, "经过", at, label, actor, told)
        case PageBreak():
            yield paragraph(styles, "来源", '<w:r><w:br w:type="page"/></w:r>')
        case Cover():
            yield said(styles, "封面标题", block.title)
            for line in block.lines:
                yield said(styles, "封面文字", line)
            yield paragraph(styles, "来源", '<w:r><w:br w:type="page"/></w:r>')


def _heading(styles: Styles, block: Heading, entry: OutlineEntry) -> str:
    number = entry.position + 1
    mark = f'<w:bookmarkStart w:id="{number}" w:name="{entry.anchor}"/>'
    end = f'<w:bookmarkEnd w:id="{number}"/>'
    style = f"Heading {min(block.level, _DEEPEST)}"
    return paragraph(styles, style, mark, word(styles, closed(block)), end)


def _contents(styles: Styles, block: Contents, document: Document) -> Iterator[str]:
    """The headings with their pages; Word and LibreOffice work the page numbers out."""
    yield said(styles, "目录标题", "目　录")
    entries = [entry for entry in outline(document).entries if entry.level <= block.depth]
    for n, entry in enumerate(entries):
        text = "　" * (entry.level - 1) + entry.text
        fields = "".join(
            f"<w:r>{inner}</w:r>"
            for inner in (
                "<w:tab/>",
                '<w:fldChar w:fldCharType="begin" w:dirty="true"/>',
                f'<w:instrText xml:space="preserve"> PAGEREF {entry.anchor} \\h </w:instrText>',
                '<w:fldChar w:fldCharType="separate"/>',
                "<w:t>1</w:t>",
                '<w:fldChar w:fldCharType="end"/>',
            )
        )
        link = f'<w:hyperlink w:anchor="{entry.anchor}" w:history="1">{word(styles, text)}{fields}</w:hyperlink>'
        opening = _field("begin", f' TOC \\o "1-{block.depth}" \\h \\z \\u ') if n == 0 else ""
        closing = _field("end") if n == len(entries) - 1 else ""
        yield paragraph(styles, "目录行", opening, link, closing)


def _field(kind: str, told: str = "") -> str:
    """The beginning of a field, as far as what it shows, or its end."""
    mark = f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'
    if not told:
        return mark
    return f'{mark}<w:r><w:instrText xml:space="preserve">{told}</w:instrText></w:r>' + _field("separate")
