"""What goes into pipes and files, as the clerk's records are really written: nobody told of, nothing else damaged."""

from __future__ import annotations

import re
from pathlib import Path

from tests.cli.desk import Desk


def _household(desk: Desk, head: str, phone: str = "13900001111", village: str = "松坪村") -> str:
    said = desk.do("--json", "household", "add", "--head", head, "--village", village, "--phone", phone)
    return str(said.json["data"]["id"])


def _told(desk: Desk, words: str, household: str) -> str:
    """What a public ledger says of an issue in these words."""
    said = desk.do(
        *("--json", "issue", "add", "--household", household, "--raised", "今天", "--channel", "电话"),
        *("--summary", "井干了", "--words", words),
    )
    desk.lay_open(said.json["data"]["id"])
    return desk.do("ledger", "问题", "-p", "今天", "-f", "csv").out


def test_a_blank_in_a_name_makes_no_two_people_of_it(desk: Desk) -> None:
    _household(desk, "张 三")
    _household(desk, "孙　伍")
    shown = desk.do("household", "list", "所属村=松坪村", "-f", "csv").out
    assert re.findall("张.*?,|孙.*?,", shown) == ["孙*,", "张*,"]


def test_each_part_of_a_name_is_hidden_whatever_dot_joins_them(desk: Desk) -> None:
    id_ = _household(desk, "阿卜杜拉·买买提")
    written = "，".join(f"阿卜杜拉{dot}买买提" for dot in ("•", "・", "．", ".", ""))
    shown = _told(desk, f"{written}，买买提大哥", id_)
    assert "阿*，阿*，阿*，阿*，阿*，买*大哥" in shown


def test_a_name_copied_from_a_pdf_is_the_name(desk: Desk) -> None:
    shown = _told(desk, "李山家的水管坏了", _household(desk, "李⼭"))
    assert "李*家的水管坏了" in shown
    assert "李⼭" not in shown


def test_numbers_are_hidden_as_people_write_them(desk: Desk) -> None:
    id_ = _household(desk, "张三", "０６９０－８６５０１２４")
    numbers = [
        *("０６９０－８６５０１２４", "139.0000.1112", "1390000 1112", "139 000 01112", "865 0124", "8650-124"),
        *("6222 0202 0000 1234 567", "一三九零零零零一一一二"),
    ]
    shown = _told(desk, "；".join(numbers) + "完", id_)
    assert "0690-*****24；139****1112；139****1112；139****1112；*****24；*****24；****；139****1112完" in shown


def test_codes_and_numbers_of_papers_come_through(desk: Desk) -> None:
    desk.do("village", "edit", "CUN-A0001", "--code", "513437105201")
    shown = desk.do("--json", "village", "show", "CUN-A0001").out
    assert '"513437105201"' in shown
    desk.lay_open(desk.take_down())
    desk.do("issue", "progress", "1", "--text", "12345热线工单20261122000123；合同价2600000，文号水函4300123")
    shown = desk.do("show", "WT-2026-A0001").out
    assert "12345热线工单20261122000123；合同价2600000，文号水函4300123〔第2步〕" in "".join(shown.split())


def test_a_villager_called_like_a_village_does_not_damage_it(desk: Desk, tmp_path: Path) -> None:
    desk.do("village", "add", "--name", "向阳村", "--town", "云岭镇", "--groups", "王家组")
    for head in ("向阳", "安全", "单位", "王家"):
        _household(desk, head, village="向阳村")
    file = tmp_path / "户.csv"
    desk.do("ledger", "联系户", "-w", "所属村=向阳村", "-o", str(file))
    text = file.read_text(encoding="utf-8") + file.with_suffix(".说明.txt").read_text(encoding="utf-8")
    assert "所属村=向阳村" in text
    assert "向*村" not in text
    assert text.count("\n向阳村,") == 4
    assert [name for name in ("安全", "王家") if name in text] == []
    assert desk.do("verify", str(file)).out.startswith("一致")
    assert "类别=安全饮水" in desk.do("ledger", "问题", "-w", "类别=安全饮水", "-f", "md").out


def test_an_offices_telephone_stands_on_papers_to_offices(desk: Desk) -> None:
    desk.do("org", "edit", "镇水利站", "--phone", "0690-8650123")
    assert "0690-8650123" in desk.do("org", "list", "-f", "csv").out
    desk.do("org", "edit", "镇水利站", "--phone", "13900005678")
    assert "139****5678" in desk.do("org", "list", "-f", "csv").out
