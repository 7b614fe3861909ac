"""Make the shipped page forms: ``templates/pages/*.docx``, Word files with ``{{ 字段 }}`` to be changed in WPS at will.

Run it after a change here; the files are committed, and the same every time they are made.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from lianxin.formats.package import settled

ROOT = Path(__file__).resolve().parents[1]
BASE = ROOT / "templates" / "formats" / "document.docx"
TARGET = ROOT / "templates" / "pages"

#: A line of a form: labels and the tags beside them; one pair takes the whole width.
Line = tuple[tuple[str, str], ...]

ASSIGNED: tuple[Line, ...] = (
    (("编号", "{{ 编号 }}"), ("文号", "{{ 文号 }}")),
    (("事项", "{{ 事由 }}"),),
    (("内容", "{{ 原话 }}"),),
    (("所属村组", "{{ 所属村 }}{{ 所属组 }}"), ("类别", "{{ 类别 }}")),
    (("牵头单位", "{{ 责任部门 }}"), ("配合单位", "{{ 配合单位 }}")),
    (("责任人", "{{ 责任人 }}"), ("紧急程度", "{{ 紧急程度 }}")),
    (("交办时间", "{{ 交办时间 }}"), ("办结时限", "{{ 办结期限 }}")),
    (("工作标准", "{{ 工作标准 }}"),),
    (("反馈周期", "{{ 反馈周期 }}"), ("联系人", "{{ 受理人 }}")),
    (("电话", "{{ 受理人.电话 }}"), ("签收人", "{{ 签收人 }}")),
    (("签收时间", "{{ 签收时间 }}"), ("备注", "{{ 备注 }}")),
)
URGED: tuple[Line, ...] = (
    *ASSIGNED[:6],
    (("交办时间", "{{ 交办时间 }}"), ("原定时限", "{{ 首次期限 }}")),
    (("办结时限", "{{ 办结期限 }}"), ("已逾期", "{{ 逾期天数 }} 天")),
    (("目前状态", "{{ 状态 }}"), ("已催办", "{{ 催办次数 }} 次")),
    (("督办要求", "请于收到本单之日起抓紧办理，办理情况书面报本单位。"),),
    (("联系人", "{{ 受理人 }}"), ("电话", "{{ 受理人.电话 }}")),
    (("签收人", ""), ("签收时间", "")),
)

WIDTHS = (24, 54, 24, 54)  # mm


def _text(cell: Any, text: str, style: str) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style, paragraph.text = style, text


def _slip(title: str, lines: tuple[Line, ...]) -> Any:
    """A slip on one sheet: title, the office and the day, a grid of labels and values."""
    document = docx.Document(str(BASE))
    document.add_paragraph(title, style="Title")
    document.add_paragraph("{{ 本单位 }}　{{ 今天 }}", style="Subtitle")
    table = document.add_table(len(lines), 4)
    table.style, table.autofit, table.alignment = "台账表", False, WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = Mm(width)
    for row, line in zip(table.rows, lines, strict=True):
        row.height, row.height_rule = Mm(11), WD_ROW_HEIGHT_RULE.AT_LEAST
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))  # noqa: SLF001
        for cell, width in zip(row.cells, WIDTHS, strict=True):
            cell.width, cell.vertical_alignment = Mm(width), WD_CELL_VERTICAL_ALIGNMENT.CENTER
        for n, (label, tag) in enumerate(line):
            _text(row.cells[2 * n], label, "单头")
            if len(line) == 1:
                row.cells[1].merge(row.cells[3])
            _text(row.cells[2 * n + 1], tag, "单文")
    return document


def _cards() -> Any:
    """Contact cards, two side by side and four down an A4 sheet, cut along the dotted lines."""
    document = docx.Document(str(BASE))
    section = document.sections[0]
    section.top_margin = section.bottom_margin = Mm(12)
    section.left_margin = section.right_margin = Mm(10)
    section.footer_distance = Mm(4)
    for footer in (section.footer, section.even_page_footer):
        for paragraph in list(footer.paragraphs)[0:]:
            paragraph.clear()
    table = document.add_table(3, 3)
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    edges = "".join(
        f'<w:{side} w:val="dashed" w:sz="4" w:space="0" w:color="808080"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    table._tbl.tblPr.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{edges}</w:tblBorders>"))  # noqa: SLF001
    opening, cards, closing = table.rows
    opening.cells[0].text = "{%tr for 排 in 记录|batch(2, '') %}"
    closing.cells[0].text = "{%tr endfor %}"
    cards.height, cards.height_rule = Mm(66), WD_ROW_HEIGHT_RULE.EXACTLY
    cards._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))  # noqa: SLF001
    cards.cells[0].text, cards.cells[2].text = "{%tc for 行 in 排 %}", "{%tc endfor %}"
    cell = cards.cells[1]
    for other in cards.cells:
        other.width = Mm(95)
    _text(cell, "{{ '连 心 卡' if 行 }}", "卡名")
    cell.add_paragraph("{%p if 行 %}", style="卡文")
    for text in (
        "帮扶一方：{{ 行.甲方 }}　{{ 行.甲方.单位 }}{{ 行.甲方.职务 }}",
        "联系电话：{{ 行.甲方.电话 }}",
        "结对一方：{{ 行.乙方 }}　{{ 行.乙方.所属村 }}{{ 行.乙方.所属组 }}",
        "结对时间：{{ 行.开始日期 }}",
        "有困难、有想法，随时打电话；上门听意见，办没办成都回话。",
        "{{ 本单位 }}",
    ):
        cell.add_paragraph(text, style="卡文")
    cell.add_paragraph("{%p endif %}", style="卡文")
    return document


def pages() -> dict[str, bytes]:
    """Every shipped page form by its file name."""
    made = {}
    for name, document in (
        ("交办单", _slip("群众反映问题交办单", ASSIGNED)),
        ("督办单", _slip("群众反映问题督办单", URGED)),
        ("连心卡", _cards()),
    ):
        file = BytesIO()
        body = document.element.body
        for paragraph in body.findall(qn("w:p"))[:1]:
            if not "".join(paragraph.itertext()):
                body.remove(paragraph)
        document.core_properties.title, document.core_properties.author = name, "lianxin"
        document.save(file)
        made[f"{name}.docx"] = settled(file.getvalue())
    return made


if __name__ == "__main__":
    TARGET.mkdir(exist_ok=True)
    for name, content in pages().items():
        (TARGET / name).write_bytes(content)
    sys.stdout.write(f"{', '.join(pages())}\n")
