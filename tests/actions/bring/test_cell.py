"""One cell as somebody would have typed it; what Excel has spoilt is named, never guessed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from lianxin.actions.bring.cell import Spoilt, Year, as_typed
from lianxin.kinds import KIND
from lianxin.policies.importing import targets

#: A cell, the field it is for, and what it is taken for; or a word of why it cannot be.
CELLS = [
    (datetime(2026, 3, 2), "日期", "2026-03-02"),
    (46083, "日期", "2026-03-02"),
    (46083.0, "日期", "2026-03-02"),
    ("46083", "日期", "2026-03-02"),
    ("2026.3.2", "日期", "2026-03-02"),
    ("２０２６．３．２", "日期", "2026-03-02"),
    ("2026 年 3 月 2 日", "日期", "2026-03-02"),
    ("26.3.2", "日期", "2026-03-02"),
    ("2026-03-02 09:30:00", "日期", "2026-03-02"),
    ("3月2日", "日期", "2025-03-02"),
    ("2026年3月", "日期", "只写到月"),
    (3.2, "日期", "看不出是哪天"),
    (True, "日期", "不是日期"),
    (13800000001.0, "电话", "13800000001"),
    ("138 0000 0001", "电话", "138 0000 0001"),
    (13800000000.0, "电话", "改成了数"),
    (1.38e10, "电话", "改成了数"),
    ("1.38E+10", "电话", "改成了数"),
    ("1.38e10", "电话", "改成了数"),
    (3.30102198001010e17, "身份证号", "改成了数"),
    ("3.30102E+17", "身份证号", "改成了数"),
    ("330102198001010000", "身份证号", "后三位变成了 0"),
    ("'110101199003070134", "身份证号", "110101199003070134"),
    ("1,200元", "金额", "1200元"),
    (0.1 + 0.2, "金额", "0.3"),
    (8.94, "金额万", "89400"),
    ("3", "金额万", "30000"),
    ("2.9万", "金额万", "2.9万"),
    (datetime(2026, 3, 2), "金额", "变成了日期"),
    ("√", "可承办", "是"),
    ("×", "可承办", "否"),
    ("张　三", "户主", "张三"),
    ("欧阳 秋实", "户主", "欧阳 秋实"),
    ("张三;李四／王五", "户主", "张三、李四、王五"),
    ("\u200b一组\xa0", "所属组", "一组"),
]


@pytest.mark.parametrize(("cell", "label", "said"), CELLS)
def test_a_cell_is_as_it_would_be_typed_and_what_is_spoilt_is_never_guessed(cell: Any, label: str, said: str) -> None:
    fields = {
        "日期": KIND["visit"],
        "可承办": KIND["org"],
        "金额": KIND["project"],
    }
    kind = fields.get(label.removesuffix("万"), KIND["household"])
    path = "拨付.金额" if label.startswith("金额") else label
    spec = targets(kind)[path].leaf

    def typed() -> str:
        try:
            return as_typed(cell, spec, Year(2025), 10_000 if label.endswith("万") else 1)
        except Spoilt as error:
            return f"！{error}"

    made = typed()
    assert made == said or (made.startswith("！") and said in made)
    assert not made.startswith("！") or str(cell) not in made  # what it says is nobody's business


def test_each_of_several_choices_is_known_by_its_other_writings() -> None:
    spec = targets(KIND["project"])["资金来源"].leaf
    meant = {"财政": "财政资金", "自筹": "群众自筹"}
    assert as_typed("财政、自筹，村集体", spec, Year(), 1, meant) == "财政资金、群众自筹、村集体"
