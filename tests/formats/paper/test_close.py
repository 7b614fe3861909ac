from __future__ import annotations

import pytest

from lianxin.core.declare.field import Privacy
from lianxin.core.document import Paragraph
from lianxin.formats.paper.close import closed


@pytest.mark.parametrize(
    ("written", "set_"),
    [
        ("2026 年 10 月，参加走访的党员干部 9 人，共走访 7 次", "2026年10月，参加走访的党员干部9人，共走访7次"),
        ("按期办结率 7.69 %，群众满意率 —。", "按期办结率7.69%，群众满意率—。"),
        ("慰问金 40 200 元，项目 1 280 000 元", "慰问金40200元，项目1280000元"),
        ("增减 −78.02 个百分点，到 2026-11-30 为止", "增减−78.02个百分点，到2026-11-30为止"),
        ("WT-2026-A0044 小额贷款 3 件", "WT-2026-A0044 小额贷款3件"),
        ("请先运行 lianxin show 4 再看 3 遍", "请先运行 lianxin show 4 再看 3 遍"),
        ("困难 老人", "困难 老人"),
        ("到 2026年11月23日还有", "到2026年11月23日还有"),
    ],
)
def test_no_blank_stands_beside_a_number(written: str, set_: str) -> None:
    assert closed(Paragraph(written)) == set_


def test_what_was_said_stays_as_it_was_written() -> None:
    assert closed(Paragraph("我家 3 口人", privacy=Privacy.STORY)) == "我家 3 口人"
