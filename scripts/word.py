"""Make the styled base that Word documents are set on: ``templates/formats/document.docx``.

The look is GB/T 9704-2012 and lives in styles alone, so that the base can be changed in WPS or Word and kept.
Run it after a change here; the file is committed, and the same every time it is made.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from lianxin.formats.package import settled
from lianxin.formats.paper.foot import NAME

TARGET = Path(__file__).resolve().parents[1] / "templates" / "formats" / "document.docx"

#: GB/T 9704: 22 lines of 28 characters of 16 pt on a page.
PITCH = Pt(28.95)

#: Style: (typeface, size, fixed line pitch, first-line indent in characters, alignment, bold, colour, keep with next).
CENTRE, LEFT, BOTH = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY
RIGHT = WD_ALIGN_PARAGRAPH.RIGHT
STYLES: dict[str, tuple[str, float, bool, int, Any, bool, str, bool]] = {
    "Normal": ("仿宋", 16, True, 2, BOTH, False, "000000", False),
    "Title": ("方正小标宋简体", 22, False, 0, CENTRE, False, "000000", True),
    "Subtitle": ("楷体", 14, False, 0, CENTRE, False, "000000", False),
    "Heading 1": ("黑体", 16, True, 2, LEFT, False, "000000", True),
    "Heading 2": ("楷体", 16, True, 2, LEFT, False, "000000", True),
    "Heading 3": ("仿宋", 16, True, 2, LEFT, True, "000000", True),
    "Heading 4": ("仿宋", 16, True, 2, LEFT, False, "000000", True),
    "封面标题": ("方正小标宋简体", 36, False, 0, CENTRE, False, "000000", True),
    "封面文字": ("仿宋", 16, True, 0, CENTRE, False, "000000", False),
    "刊名": ("方正小标宋简体", 40, False, 0, CENTRE, False, "C00000", True),
    "刊号": ("仿宋", 16, True, 0, CENTRE, False, "000000", True),
    "编印": ("仿宋", 16, True, 0, LEFT, False, "000000", True),
    "分送": ("仿宋", 14, True, 0, LEFT, False, "000000", False),
    "版头标记": ("黑体", 16, True, 0, LEFT, False, "000000", True),
    "文号": ("仿宋", 16, True, 0, CENTRE, False, "000000", True),
    "主送": ("仿宋", 16, True, 0, LEFT, False, "000000", True),
    "附件说明": ("仿宋", 16, True, 2, LEFT, False, "000000", True),
    "署名": ("仿宋", 16, True, 0, RIGHT, False, "000000", True),
    "成文日期": ("仿宋", 16, True, 0, RIGHT, False, "000000", False),
    "附注": ("仿宋", 16, True, 2, LEFT, False, "000000", False),
    "附件标记": ("黑体", 16, True, 0, LEFT, False, "000000", True),
    "附件标题": ("方正小标宋简体", 22, False, 0, CENTRE, False, "000000", True),
    "版记": ("仿宋", 14, False, 0, LEFT, False, "000000", True),
    "目录标题": ("黑体", 18, True, 0, CENTRE, False, "000000", True),
    "目录行": ("仿宋", 14, True, 0, LEFT, False, "000000", False),
    "警示": ("黑体", 16, True, 2, BOTH, False, "B00020", False),
    "提醒": ("黑体", 16, True, 2, BOTH, False, "8A5A00", False),
    "良好": ("仿宋", 16, True, 2, BOTH, True, "1B6E3C", False),
    "次要": ("仿宋", 14, True, 2, BOTH, False, "555555", False),
    "卡名": ("方正小标宋简体", 22, False, 0, CENTRE, False, "C00000", True),
    "卡文": ("仿宋", 12, False, 0, LEFT, False, "000000", False),
    "单头": ("黑体", 12, False, 0, CENTRE, False, "000000", False),
    "单文": ("仿宋", 12, False, 0, LEFT, False, "000000", False),
    "表题": ("黑体", 12, False, 0, CENTRE, False, "000000", True),
    "表注": ("仿宋", 9, False, 0, LEFT, False, "333333", False),
    "经过": ("仿宋", 10.5, False, 0, LEFT, False, "000000", False),
    "来源": ("仿宋", 7.5, False, 0, LEFT, False, "666666", False),
    "Footer": ("宋体", 14, False, 0, LEFT, False, "000000", False),
}

#: 28 characters of the text stand on a line of 156 mm: each a quarter of a point closer, in twentieths of a point.
BODY, CLOSER = 16, -5

#: Points before and after a style's paragraphs.
SPACED = {
    "Title": (0, 12),
    "Subtitle": (0, 14),
    "卡名": (6, 6),
    "卡文": (1, 0),
    "表题": (6, 3),
    "表注": (2, 0),
    "封面标题": (200, 40),
    "编印": (0, 24),
    "文号": (0, 24),
    "附件说明": (14, 0),
    "署名": (29, 0),
    "附件标题": (0, 14),
    "版记": (2, 2),
    "来源": (4, 0),
}

#: Rules about a style's paragraphs: side, eighths of a point, colour.
RULED: dict[str, tuple[tuple[str, int, str], ...]] = {
    "编印": (("bottom", 18, "C00000"),),
    "文号": (("bottom", 18, "C00000"),),
    "分送": (("top", 6, "000000"), ("bottom", 6, "000000"), ("between", 6, "000000")),
    "版记": (("top", 8, "000000"), ("bottom", 8, "000000"), ("between", 6, "000000")),
}

#: Characters a style's lines stand in from the left, and further lines of a paragraph more than the first.
INSET = {"版记": (1, 3)}
#: A tab at the right, so many characters from the margin.
TABBED = {"编印": 0, "版记": 1}

#: The text of tables by how they are set (``formats.paper.Size``), and how it is aligned.
SIZES = {"": 10.5, "小": 8, "宽": 8.5, "密": 7.5}
STYLES |= {f"表头{size}": ("黑体", points, False, 0, CENTRE, False, "000000", True) for size, points in SIZES.items()}
STYLES |= {f"表组{size}": ("黑体", points, False, 0, LEFT, False, "000000", True) for size, points in SIZES.items()}
STYLES |= {
    f"表文{size}{side}": ("仿宋", points, False, 0, alignment, False, "000000", False)
    for size, points in SIZES.items()
    for side, alignment in (("", LEFT), ("中", CENTRE), ("右", WD_ALIGN_PARAGRAPH.RIGHT))
}

#: Words inside a line: style → (typeface, colour).
WORDS = {
    "警示字": ("黑体", "B00020"),
    "提醒字": ("黑体", "8A5A00"),
    "良好字": ("黑体", "1B6E3C"),
    "次要字": ("仿宋", "555555"),
    "着重字": ("黑体", "000000"),
}

#: What a machine without the customary typeface takes instead.
STANDING_IN = {
    "方正小标宋简体": "华文中宋;宋体;Noto Serif CJK SC",
    "仿宋": "仿宋_GB2312;FangSong;华文仿宋;Noto Serif CJK SC",
    "楷体": "楷体_GB2312;KaiTi;华文楷体;Noto Serif CJK SC",
    "黑体": "SimHei;华文黑体;Noto Sans CJK SC",
    "宋体": "SimSun;Noto Serif CJK SC",
}


def _style(document: Any, name: str) -> None:
    face, size, fixed, indent, alignment, bold, colour, keep = STYLES[name]
    styles = document.styles
    style = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if name != "Normal":
        style.base_style = styles["Normal"]
    style.quick_style, style.hidden = True, False
    font = style.font
    font.name, font.size, font.bold, font.italic = face, Pt(size), bold, False
    font.color.rgb = RGBColor.from_string(colour)
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    for kind in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(kind), face)
    for old in properties.findall(qn("w:spacing")):
        properties.remove(old)
    closer = CLOSER if fixed and size == BODY else 0
    properties.insert_element_before(
        parse_xml(f'<w:spacing {nsdecls("w")} w:val="{closer}"/>'), "w:w", "w:kern", "w:position", "w:sz", "w:szCs"
    )
    text = style.paragraph_format
    text.alignment, text.keep_with_next, text.keep_together = alignment, keep, keep
    text.line_spacing_rule = WD_LINE_SPACING.EXACTLY if fixed else WD_LINE_SPACING.SINGLE
    text.line_spacing = PITCH if fixed else 1.0
    text.widow_control = True
    text.first_line_indent = Pt(size * indent)
    paragraph = style.element.get_or_add_pPr()
    for old in paragraph.findall(qn("w:pBdr")):
        paragraph.remove(old)
    if name in RULED:
        rules = "".join(
            f'<w:{side} w:val="single" w:sz="{thick}" w:space="4" w:color="{tint}"/>'
            for side, thick, tint in RULED[name]
        )
        paragraph.insert_element_before(
            parse_xml(f"<w:pBdr {nsdecls('w')}>{rules}</w:pBdr>"),
            "w:shd",
            "w:tabs",
            "w:spacing",
            "w:ind",
            "w:jc",
        )
    if name in INSET:
        left, more = INSET[name]
        text.left_indent, text.first_line_indent = Pt(size * (left + more)), Pt(-size * more)
    if name in TABBED:
        text.tab_stops.add_tab_stop(Mm(156) - Pt(size * TABBED[name]), WD_TAB_ALIGNMENT.RIGHT)
    if name == "目录行":
        text.tab_stops.add_tab_stop(Mm(156), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    before, after = SPACED.get(name, (0, 0))
    text.space_before, text.space_after = Pt(before), Pt(after)


def _word(document: Any, name: str) -> None:
    face, colour = WORDS[name]
    style = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
    style.font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(kind), face)


def _table_style(document: Any) -> None:
    """One grid for every table: thin lines, small cell margins."""
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    document.styles.element.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="TaiZhang"><w:name w:val="台账表"/>'
            f'<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/><w:tblPr><w:tblBorders>{sides}'
            '</w:tblBorders><w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:left w:w="60" w:type="dxa"/>'
            '<w:bottom w:w="30" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        )
    )


def _number(paragraph: Any, alignment: Any) -> None:
    """— 1 — (GB/T 9704: 14 pt, one character in from the margin)."""
    paragraph.alignment = alignment
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
    paragraph.add_run("— ")
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", " PAGE "), ("separate", ""), ("", "1"), ("end", "")):
        xml = f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>' if kind else ""
        if text == " PAGE ":
            xml = f'<w:instrText {nsdecls("w")} xml:space="preserve">{text}</w:instrText>'
        elif text:
            xml = f"<w:t {nsdecls('w')}>{text}</w:t>"
        run._r.append(parse_xml(xml))  # noqa: SLF001 - python-docx has no fields
    paragraph.add_run(" —")


def _fonts(document: Any) -> None:
    part = next(rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/fontTable"))
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/></w:font>'
        for name, others in STANDING_IN.items()
    )
    part._blob = (  # noqa: SLF001 - python-docx knows no font table
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {nsdecls("w")}>{entries}</w:fonts>'.encode()
    )


def _bare(document: Any) -> None:
    """Without the picture and the program's name that the empty document of python-docx comes with; in Chinese."""
    package = document.part.package
    for key, rel in list(package.rels.items()):
        if rel.reltype.endswith("/thumbnail"):
            del package.rels[key]
        elif rel.reltype.endswith("/extended-properties"):
            rel.target_part._blob = (  # noqa: SLF001 - python-docx knows no such part
                b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns="http://schemas.openxml'
                + f'formats.org/officeDocument/2006/extended-properties"><Application>{NAME}</Application>'.encode()
                + b"</Properties>"
            )
    for lang in document.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:eastAsia"), "zh-CN")  # figures and Latin words are broken as such where theirs is English
        lang.set(qn("w:val"), "en-US")
    facts = document.core_properties
    facts.author, facts.title, facts.comments, facts.language = NAME, "", "", "zh-CN"


def base() -> bytes:
    """The styled, empty document."""
    document = Document()
    _bare(document)
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name != "Normal Table":
            style.delete()
    for name in STYLES:
        _style(document, name)
    for name in WORDS:
        _word(document, name)
    _table_style(document)
    _fonts(document)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.left_margin = Mm(37), Mm(28)
    section.bottom_margin, section.right_margin = Mm(35), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(24)
    document.settings.odd_and_even_pages_header_footer = True
    _number(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT)
    _number(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)
    made = BytesIO()
    document.save(made)
    return settled(made.getvalue())


if __name__ == "__main__":
    TARGET.write_bytes(base())
