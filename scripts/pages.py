"""Make the shipped page forms: ``templates/pages/*.docx``, Word files with ``{{ 字段 }}`` to be changed in WPS at will.

Some are filled from records (交办单), others are what a whole document is set in (简报: ``{{ 正文 }}``).

Run ``python -m scripts.pages`` after a change here; the files are committed, and the same every time they are made.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from scripts.sheet import DATED, LYING, Line, Pairs, blank_grid, grid, laid, opened, put

from lianxin.formats.package import settled
from lianxin.formats.paper.foot import NAME

TARGET = Path(__file__).resolve().parents[1] / "templates" / "pages"

ASSIGNED: tuple[Pairs, ...] = (
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
URGED: tuple[Pairs, ...] = (
    *ASSIGNED[:6],
    (("交办时间", "{{ 交办时间 }}"), ("原定时限", "{{ 首次期限 }}")),
    (("办结时限", "{{ 办结期限 }}"), ("已逾期", "{{ 逾期天数 ~ '天' if 逾期天数 else '没有逾期' }}")),
    (("目前状态", "{{ 状态 }}"), ("已催办", "{{ 催办次数 }}次")),
    (("督办要求", "请于收到本单之日起抓紧办理，办理情况书面报本单位。"),),
    (("联系人", "{{ 受理人 }}"), ("电话", "{{ 受理人.电话 }}")),
)

#: What a leader, the office and whoever it goes to write by hand, and the part that comes back.
WRITTEN: tuple[Pairs, ...] = (
    (("领导批示", ""),),
    (("拟办意见", ""),),
    (("承办意见", ""),),
    (("办理结果", "{{ 办理结果 }}"),),
    (("交办单位", "{{ 本单位 }}（盖章）"), ("承办单位", "（盖章）")),
)
RECEIPT: tuple[Pairs, ...] = (
    (("编号", "{{ 编号 }}"), ("文号", "{{ 文号 }}")),
    (("事项", "{{ 事由 }}"),),
    (("签收单位", "（盖章）"), ("签收人", "")),
    (("签收时间", ""), ("联系电话", "")),
)
#: In mm, of the lines that are written in.
TALL = {"领导批示": 20, "拟办意见": 15, "承办意见": 15, "办理结果": 15, "交办单位": 15, "签收单位": 12}

HANDBOOK: tuple[Line, ...] = (
    (("事由", "{{ 事由 }}"),),
    (("反映时间", "{{ 反映时间 }}"), ("来源渠道", "{{ 来源渠道 }}")),
    (("所属村组", "{{ 所属村 }}{{ 所属组 }}"), ("登记人", "{{ 登记人 }}")),
    (("反映人", "{{ '匿名' if 匿名 == '是' else 反映人 }}"), ("联系电话", "{{ 联系电话 }}")),
    "一、有问题描述：{{ 有问题描述 }}",
    (("原话", "{{ 原话 }}"),),
    (("何人", "{{ 何人 or '没有记' }}"), ("何时", "{{ 何时 or '没有记' }}")),
    (("何地", "{{ 何地 or '没有记' }}"), ("何因", "{{ 何因 or '没有记' }}")),
    (("经过", "{{ 经过 or '没有记' }}"),),
    "二、有受理情况：{{ 有受理情况 }}",
    (("受理时间", "{{ 受理时间 }}"), ("受理人", "{{ 受理人 }}")),
    (("受理层级", "{{ 受理层级 }}"), ("类别", "{{ 类别 }}")),
    (("问题性质", "{{ 问题性质 }}"), ("公共个人", "{{ 公共个人 }}")),
    (("合理性", "{{ 合理性 }}"), ("紧急程度", "{{ 紧急程度 }}")),
    (("答复", "{{ 答复 }}"),),
    "三、有办理状态：{{ 有办理状态 }}",
    (("责任部门", "{{ 责任部门 }}"), ("责任人", "{{ 责任人 }}")),
    (("配合单位", "{{ 配合单位 }}"), ("工作标准", "{{ 工作标准 }}")),
    (("首次期限", "{{ 首次期限 }}"), ("办结期限", "{{ 办结期限 }}")),
    (("办结时间", "{{ 办结时间 }}"), ("办结方式", "{{ 办结方式 }}")),
    (("办理结果", "{{ 最终结果 }}"),),
    "{%tr for 步 in 办理经过 %}",
    (("{{ 步.步骤 }}\n{{ 步.时间 }}", "{{ 步.经办人 }}{{ '：' if 步.经办人 and 步.说明 }}{{ 步.说明 }}"),),
    "{%tr endfor %}",
    "四、有结果反馈：{{ 有结果反馈 }}",
    (("反馈时间", "{{ 反馈时间 }}"), ("反馈方式", "{{ 反馈方式 }}")),
    (("是否解决", "{{ 是否解决 }}"), ("满意度", "{{ 满意度 }}")),
    "五、有心得体会：{{ 有心得体会 }}",
    (("心得体会", "{{ 心得体会 }}"),),
    (("销号时间", "{{ 销号时间 }}"), ("销号方式", "{{ 销号方式 }}")),
)
WHISTLE: tuple[Line, ...] = (
    (("哨号", "{{ 编号 }}"), ("吹哨时间", "{{ 吹哨时间 }}")),
    (("吹哨单位", "{{ 吹哨单位 }}"), ("审批人", "{{ 审批人 }}")),
    (("紧急程度", "{{ 紧急程度 }}"), ("牵头部门", "{{ 牵头部门 }}")),
    (("事项", "{{ 事项 }}"),),
)
#: The list under it: heading, tag, width in mm.
SUMMONED: tuple[tuple[str, str, int], ...] = (
    ("报到部门", "{{ 项.部门 }}{{ '（牵头）' if 项.牵头 == '是' }}", 44),
    ("应报到时限", "{{ 项.应报到期限 }}", 24),
    ("实际报到时间", "{{ 项.报到时间 }}", 28),
    ("到场人", "{{ 项.到场人 }}", 24),
    ("处置措施", "{{ 项.处置措施 }}", 47),
    ("办结时限", "{{ 项.应办结期限 }}", 24),
    ("办结时间", "{{ 项.办结时间 }}", 24),
    ("评哨", "{{ 项.评哨 }}{{ '，' ~ 项.评语 if 项.评语 }}", 46),
)
OUTCOME: tuple[Line, ...] = (
    (("总的结果", "{{ 总的结果 }}"),),
    (("办结时间", "{{ 办结时间 }}"), ("备注", "{{ 备注 }}")),
)


def _slip(title: str, lines: Sequence[Line]) -> Any:
    """A slip on one sheet: what it is about, what is written on it by hand, and the receipt that is cut off."""
    document = opened()
    laid(document, lying=False)
    document.add_paragraph(title, style="Title")
    document.add_paragraph("{{ 本单位 }}　{{ 今天 }}", style="Subtitle")
    grid(document, (*lines, *WRITTEN), DATED, 8, TALL)
    document.add_paragraph("回　执", style="表题")
    grid(document, RECEIPT, DATED, 8, TALL)
    return document


def _handbook() -> Any:
    """The page of one issue, five haves and the course of it."""
    document = opened()
    laid(document, lying=False)
    document.add_paragraph("连心工作手册", style="Title")
    document.add_paragraph("{{ 编号 }}　{{ 状态 }}", style="Subtitle")
    grid(document, HANDBOOK, DATED, 7)
    return document


def _whistle() -> Any:
    """One whistle, one list, on paper lying across: what it is about, who was called and came, how it ended."""
    document = opened()
    laid(document, lying=True)
    document.add_paragraph("吹哨报到清单", style="Title")
    document.add_paragraph("{{ 本单位 }}　{{ 今天 }}", style="Subtitle")
    grid(document, WHISTLE, LYING, 7)
    document.add_paragraph("报到情况（{{ 报到情况 or 0 }}个部门）", style="表题")
    summoned = blank_grid(document, 6, [width for _, _, width in SUMMONED], 8)
    head, opening, line, other, none, closing = summoned.rows
    head._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))  # noqa: SLF001
    for row, text in (
        (opening, "{%tr for 项 in 报到情况 %}"),
        (other, "{%tr else %}"),
        (none, "还没有批准，没有通知部门。"),
        (closing, "{%tr endfor %}"),
    ):
        row.cells[0].merge(row.cells[-1])
        put(row.cells[0], text, "表文")
    for n, (label, tag, _) in enumerate(SUMMONED):
        put(head.cells[n], label, "表头")
        put(line.cells[n], tag, "表文")
    document.add_paragraph("", style="表注")
    grid(document, OUTCOME, LYING, 7)
    return document


def _cards() -> Any:
    """Contact cards, two side by side and four down an A4 sheet, cut along the dotted lines."""
    document = opened()
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
    put(cell, "{{ '连 心 卡' if 行 }}", "卡名")
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


def _unless_empty(tag: str, *lines: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """Paragraphs that are left out where there is nothing to print."""
    return ((lines[0][0], f"{{%p if {tag} %}}"), *lines, (lines[0][0], "{%p endif %}"))


_BODY = ("Normal", "{{ 正文 }}")
_TITLE = (("Title", "{{ 标题 }}"), *_unless_empty("副标题", ("Subtitle", "{{ 副标题 }}")))


def _paper() -> Any:
    """A form for a whole paper: the head, the title, the text with its signature, the foot of the last page."""
    document = opened()
    for style, text in (("Normal", "{{ 版头 }}"), *_TITLE, _BODY, ("Normal", "{{ 版记 }}")):
        document.add_paragraph(text, style=style)
    return document


def _weekly() -> Any:
    """The weekly table, across, signed by whoever made, checked and handed it in."""
    document = opened()
    laid(document, lying=True)
    for style, text in (*_TITLE, ("Subtitle", "编报单位：{{ 编印单位 }}"), _BODY):
        document.add_paragraph(text, style=style)
    grid(document, ((("编制人", ""), ("审核人", "")), (("签发人", ""), ("报送日期", ""))), LYING, 11)
    return document


def pages() -> dict[str, bytes]:
    """Every shipped page form by its file name."""
    made = {}
    for name, document in (
        ("交办单", _slip("群众反映问题交办单", ASSIGNED)),
        ("督办单", _slip("群众反映问题督办单", URGED)),
        ("民情手册", _handbook()),
        ("吹哨清单", _whistle()),
        ("连心卡", _cards()),
        ("简报", _paper()),
        ("督办通报", _paper()),
        ("周报", _weekly()),
    ):
        file = BytesIO()
        body = document.element.body
        for paragraph in body.findall(qn("w:p"))[:1]:
            if not "".join(paragraph.itertext()):
                body.remove(paragraph)
        document.core_properties.title, document.core_properties.author = name, NAME
        document.save(file)
        made[f"{name}.docx"] = settled(file.getvalue())
    return made


if __name__ == "__main__":
    TARGET.mkdir(exist_ok=True)
    for name, content in pages().items():
        (TARGET / name).write_bytes(content)
    sys.stdout.write(f"{', '.join(pages())}\n")
