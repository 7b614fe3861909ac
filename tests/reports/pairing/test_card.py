from __future__ import annotations

from pathlib import Path

import pytest
from tests.kinds.hamlet import hamlet

from lianxin.core.document import Document, Face, KeyValues
from lianxin.core.error import UsageError
from lianxin.formats.face.mask import mask
from lianxin.reports.pairing.card import cards, document

HOUSEHOLD = """编号: HU-A0001
户主: 柏满仓
所属村: CUN-A0001
所属组: 二组
电话: "13900001111"
住址: 东湾村二组8号
联系人:
  - RY-A0001
  - RY-A0002
"""
PERSON = "编号: RY-A0001\n姓名: 沈知秋\n单位: DW-A0001\n职务: 干事\n电话: '13900002222'\n"
UNIT = "编号: DW-A0002\n名称: 青溪镇水利站\n层级: 镇\n类别: 涉农\n负责人: RY-A0002\n电话: 0571-8650123\n可承办: 是\n"
PAIRING = """编号: JD-A0001
结对性质: 干部–户
甲方: RY-A0001
乙方: HU-A0001
开始日期: 2026-01-10
共建计划:
  措施:
    - 每月看一次
    - 帮着算收成
"""
VILLAGE = """编号: JD-A0002
结对性质: 单位–村
甲方: DW-A0002
乙方: CUN-A0001
联络员: RY-A0001
电话: "13900003333"
开始日期: 2026-01-10
结束日期: 2026-06-29
"""
FILES = {
    "households/HU-A0001.yaml": HOUSEHOLD,
    "people/RY-A0001.yaml": PERSON,
    "orgs/DW-A0002.yaml": UNIT,
    "pairings/JD-A0001.yaml": PAIRING,
    "pairings/JD-A0002.yaml": VILLAGE,
}


def printed(made: Document) -> list[dict[str, object]]:
    return [{pair.label: pair.value for pair in block.pairs} for block in made.blocks if isinstance(block, KeyValues)]


def test_a_card_names_both_parties_and_what_was_undertaken(tmp_path: Path) -> None:
    with hamlet(tmp_path, FILES) as book:
        made = document(book, cards(book, ["JD-A0001"]))
    assert printed(made) == [
        {
            "甲方": "沈知秋",
            "甲方职务": "青溪镇党建办干事",
            "甲方电话": "13900002222",
            "乙方": "柏满仓",
            "乙方电话": "13900001111",
            "乙方住址": "东湾村二组8号",
            "服务内容": "每月看一次；帮着算收成",
            "结对日期": "2026-01-10",
        }
    ]
    masked = printed(mask(made, Face.PUBLIC))[0]
    assert (masked["甲方"], masked["乙方"], masked["乙方电话"]) == ("沈知秋", "柏*", "139****1111")
    assert "8号" not in str(masked["乙方住址"])


def test_a_unit_answers_through_its_head_and_the_liaison_has_a_number_of_the_pairing(tmp_path: Path) -> None:
    with hamlet(tmp_path, FILES) as book:
        made = printed(document(book, cards(book, ["JD-A0002"])))[0]
    assert made["甲方职务"] == "彭大河（站长）"
    assert made["甲方电话"] == "0571-8650123"
    assert (made["联络员"], made["联络员电话"]) == ("沈知秋", "13900003333")
    assert "乙方职务" not in made


def test_a_household_has_a_card_with_each_contact_but_one_only_with_whom_it_is_paired(tmp_path: Path) -> None:
    with hamlet(tmp_path, FILES) as book:
        found = cards(book, ["HU-A0001"])
        assert [(card.nature, card.first.name) for card in found] == [("干部–户", "沈知秋"), ("联户", "彭大河")]
        assert cards(book, ["HU-A0001", "RY-A0001", "JD-A0001"]) == found


def test_without_a_name_all_in_force_are_given(tmp_path: Path) -> None:
    with hamlet(tmp_path, FILES) as book:
        assert [card.pairing for card in cards(book)] == ["JD-A0001", ""]
        assert cards(book, ["CUN-A0001"]) == []
        assert document(book, []).blocks


def test_other_records_have_none(tmp_path: Path) -> None:
    with hamlet(tmp_path, FILES) as book, pytest.raises(UsageError, match="出不了连心卡"):
        cards(book, ["WT-2026-A0001"])
