"""How the notice board is used without a mouse, good eyes or a new browser, and whom to tell what fails."""

from __future__ import annotations

from lianxin.core.document import Block, Heading, Paragraph

TITLE = "无障碍声明"
_MADE = (
    "本公示栏按《信息技术 互联网内容无障碍可访问性技术要求与测试方法》（GB/T 37668—2019）"
    "和《网页内容无障碍指南》（WCAG 2.1）AA 级的要求制作。老年人、看不清的人、不用鼠标的人，都应当能查到自己的事。"
)
_USED = (
    "键盘：按 Tab 键到下一个链接或框，按回车打开；每页头一个是“跳到正文”。宽表格按 Tab 键选中，用左右方向键移动。",
    "放大：浏览器放大到 400%，文字自动换行；手机上一件事一格，不用左右拖。",
    "读屏：标题分层，表格有表头，图里的每个数字都念得出。",
    "深色：跟随电脑、手机的深色设置。",
    "打字：查问题时拼音、首字母都行，编号不用写全，wt62 就是 WT-2026-A0062。",
    "纸：每页都能打印，打出来没有栏目和按钮。",
)
_LACKING = (
    "浏览器没有开脚本时查不了问题，请到各村的页面看问题清单，各村的页面不用脚本。",
    "照片的说明只写是什么事、什么时候，不描述画面。",
)


def access(host: str) -> list[Block]:
    """The statement of the unit that answers for the board."""
    return [
        Paragraph(_MADE),
        Heading("怎么用"),
        *map(Paragraph, _USED),
        Heading("还做不到的"),
        *map(Paragraph, _LACKING),
        Heading("看不了，告诉谁"),
        Paragraph(f"哪里看不清、读不出、点不动，请告诉{host}。不上网的，可以到办公室来查。"),
    ]
