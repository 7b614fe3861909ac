from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.kinds.hamlet import hamlet

from lianxin.actions.policy.suggest import matching_of
from lianxin.core.asset import asset
from lianxin.core.document import Document, Heading, KeyValues, Paragraph, Table
from lianxin.core.error import UsageError
from lianxin.reports.pairing.suggest import suggestions

COUNTY = {
    f"orgs/DW-A00{n}.yaml": f"编号: DW-A00{n}\n名称: {name}\n层级: 县\n类别: {sector}\n"
    for n, name, sector in (("11", "县委组织部", "党群"), ("12", "县司法局", "政法"), ("13", "县商务局", "经济"))
}
VILLAGES = {
    f"villages/CUN-A000{n}.yaml": f"编号: CUN-A000{n}\n名称: {name}\n乡镇: 青溪镇\n村情类别: {trouble}\n"
    for n, name, trouble in ((2, "西岭村", "矛盾复杂"), (3, "南坡村", "组织涣散"), (4, "北塘村", "经济薄弱"))
}
PAIRED = """编号: JD-A000{n}
结对性质: {nature}
甲方: {first}
乙方: {second}
开始日期: 2026-01-10
"""


def paired(n: int, first: str, second: str, nature: str = "单位–村", more: str = "") -> dict[str, str]:
    text = PAIRED.format(n=n, nature=nature, first=first, second=second) + more
    return {f"pairings/JD-A000{n}.yaml": text}


def made(folder: Path, files: dict[str, str], today: date = date(2026, 6, 30)) -> Document:
    with hamlet(folder, {**COUNTY, **VILLAGES, **files}, today) as book:
        return suggestions(book, matching_of(book))


def counts(document: Document) -> dict[str, object]:
    first = document.blocks[0]
    assert isinstance(first, KeyValues)
    return {pair.name: pair.value for pair in first.pairs}


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def advised(document: Document) -> dict[object, object]:
    """Village → unit, by name."""
    columns = [column.name for column in tables(document)[0].columns]
    village, unit = columns.index("village"), columns.index("unit")
    return {row[village]: row[unit] for row in tables(document)[0].rows}


def test_troubles_go_to_the_sector_that_is_good_for_them(tmp_path: Path) -> None:
    document = made(tmp_path, {})
    assert counts(document) == {"villages": 4, "covered": 0, "wanting": 4, "units": 3, "idle": 3, "overfull": 0}
    assert advised(document) == {
        "东湾村": "县委组织部",
        "西岭村": "县司法局",
        "南坡村": "县委组织部",
        "北塘村": "县商务局",
    }


def test_what_is_paired_stays_as_it_is_however_it_fits(tmp_path: Path) -> None:
    document = made(tmp_path, paired(1, "DW-A0013", "CUN-A0003"))
    assert counts(document)["covered"] == 1
    assert "南坡村" not in advised(document)
    assert advised(document)["北塘村"] == "县商务局"


@pytest.mark.parametrize(
    ("more", "nature", "wanting"),
    [
        ("", "单位–村", 3),
        ("", "企业–村", 3),
        ("结束日期: 2026-06-29\n", "单位–村", 4),
        ("结束日期: 2026-06-30\n", "单位–村", 3),
        ("终止原因: 单位撤并\n", "单位–村", 4),
    ],
)
def test_only_pairings_in_force_cover_a_village(tmp_path: Path, more: str, nature: str, wanting: int) -> None:
    assert counts(made(tmp_path, paired(1, "DW-A0011", "CUN-A0003", nature, more)))["wanting"] == wanting


def test_a_unit_above_its_number_is_named_and_given_no_more(tmp_path: Path) -> None:
    rules = asset("policy", "pairing.yaml").read_text("utf-8").replace("至多: 3", "至多: 1")
    files = {"policy/pairing.yaml": rules, **paired(1, "DW-A0011", "CUN-A0003"), **paired(2, "DW-A0011", "CUN-A0004")}
    document = made(tmp_path, files)
    assert counts(document)["overfull"] == 1
    assert set(advised(document).values()) == {"县司法局", "县商务局"}
    assert [row[1:] for row in tables(document)[-1].rows] == [("县委组织部", 2, "南坡村、北塘村")]


def test_when_all_are_covered_it_says_so_and_names_the_idle_units(tmp_path: Path) -> None:
    files: dict[str, str] = {}
    for n in (1, 2, 3, 4):
        files |= paired(n, "DW-A0012" if n < 4 else "DW-A0011", f"CUN-A000{n}")
    document = made(tmp_path, files)
    assert Paragraph("每个村都有单位结对了。", document.blocks[2].tone) in document.blocks  # type: ignore[union-attr]
    assert [row[1:] for row in tables(document)[-1].rows] == [("县商务局", "经济", "没有村可结了")]
    assert Heading("还没有结对村的单位", 2) in document.blocks


def test_faulty_rules_are_refused_with_their_place(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"policy/pairing\.yaml:1:7 没有写结对性质"):
        made(tmp_path, {"policy/pairing.yaml": "结对性质: []\n至多: 2\n"})


def test_the_rules_of_a_campaign_in_force_go_before_the_offices_own(tmp_path: Path) -> None:
    rules = asset("policy", "pairing.yaml").read_text("utf-8")
    files = {
        "lianxin.yaml": "名称: 青溪镇党建办\n层级: 镇\n活动: [一带三结对]\n",
        "policy/pairing.yaml": rules,
        "campaigns/一带三结对/pairing.yaml": rules.replace("层级=县,示范区", "层级=镇"),
    }
    assert set(advised(made(tmp_path, files)).values()) <= {"青溪镇党建办", "青溪镇水利站", "青溪镇交管站"}


def test_without_rules_of_its_own_an_office_has_the_shipped_ones(tmp_path: Path) -> None:
    with hamlet(tmp_path, {}) as book:
        matching = matching_of(book)
    assert matching.most == 3
    assert matching.suits("党群") == {"组织涣散"}
    assert matching.owned == {"组织涣散", "矛盾复杂", "经济薄弱", "产业专业"}


def test_without_villages_there_is_nothing_to_say_of_them(tmp_path: Path) -> None:
    rules = asset("policy", "pairing.yaml").read_text("utf-8").replace("类型=村", "类型=两新")
    document = made(tmp_path, {"policy/pairing.yaml": rules})
    assert counts(document)["villages"] == 0
    assert any(isinstance(block, Paragraph) and "没有登记" in block.text for block in document.blocks)
