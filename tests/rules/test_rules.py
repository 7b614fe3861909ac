from __future__ import annotations

import pkgutil
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from tests.storage.town import Town
from tests.storage.town import issue as town_issue
from tests.storage.town import path_of as town_path

from lianxin import rules
from lianxin.storage.book import open_book

BASE = Path(__file__).parents[1] / "errors" / "_base"
NOW = datetime(2026, 6, 30, 9, 0)

Files = dict[str, str]


def found(root: Path, files: Files) -> list[tuple[str, str]]:
    """(code, record) of everything the rules find in the base with these files over it."""
    shutil.copytree(BASE, root, dirs_exist_ok=True)
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    with open_book(root, today=NOW.date(), now=NOW) as book:
        return sorted((finding.code, finding.record) for finding in rules.check_book(book))


def issue(number: int, *events: str, summary: str = "", reporter: str = "龚有福", words: str = "") -> Files:
    id_ = f"WT-2026-A{number:04}"
    text = (
        f"编号: {id_}\n登记时间: 2026-03-02 09:40\n登记人: RY-A0001\n"
        f"反映时间: 2026-03-01\n来源渠道: 微信\n反映人: {reporter}\n"
        f"所属村: CUN-A0001\n事由: {summary or f'第{number}件'}\n原话: {words or '路坏了'}\n"
    )
    if events:
        text += "事件:\n" + "".join(
            f"  - 编号: e{n}\n    步骤: {step}\n    时间: {at}\n    记录时间: {at}\n    经办人: RY-A0001\n"
            + "".join(f"    {line}\n" for line in lines)
            for n, (step, at, *lines) in enumerate(event.split("|") for event in events)
        )
    return {f"issues/2026/{id_}.yaml": text}


ACCEPT = "受理|2026-03-02 10:00|受理层级: 村|类别: 道路|合理性: 合理"
QUICK = "快办快结|2026-03-03 10:00|处理情况: 换了灯泡|报备: 是"
TOLD = "反馈|2026-03-04 10:00|反馈方式: 电话|是否解决: 解决|满意度: 满意"


def merged(into: int) -> str:
    return f"并案|2026-03-02 11:00|并入: WT-2026-A{into:04}"


def test_every_rule_is_one_file_and_one_line() -> None:
    found = pkgutil.walk_packages(rules.__path__, "lianxin.rules.")
    files = {module.name.removeprefix("lianxin.rules.") for module in found if not module.ispkg}
    assert set(rules.RULES) == files
    assert len(rules.RULES) == len(files)


def test_a_sound_book_has_no_findings(tmp_path: Path) -> None:
    assert found(tmp_path, issue(1, ACCEPT)) == []


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        ({"summary": "第1件"}, [("D001", "WT-2026-A0002")]),
        ({"summary": "第1件", "reporter": "孟长水"}, []),
        ({"words": "路坏了,雨天都是泥,孩子上学要绕两里地才行"}, [("D001", "WT-2026-A0002")]),
        ({"words": "路坏了,雨天都是泥,孩子上学要绕两里地才好"}, []),
    ],
)
def test_the_same_complaint_twice(tmp_path: Path, later: dict[str, str], expected: list[tuple[str, str]]) -> None:
    first = issue(1, words="路坏了,雨天都是泥,孩子上学要绕两里地才行")
    assert found(tmp_path, first | issue(2, **{"words": "两样的话", **later})) == expected


def test_what_was_merged_or_voided_is_no_duplicate(tmp_path: Path) -> None:
    files = issue(1, ACCEPT) | issue(2, merged(1), summary="第1件")
    files |= issue(3, "作废|2026-03-02 10:00|理由: 重复", summary="第1件")
    assert found(tmp_path, files) == []


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        ("", [("D002", "HU-A0003")]),
        ('电话: "13700000003"\n', []),
        ("住址: 河边 3 号\n", [("D002", "HU-A0003")]),
        ("所属组: 二组\n", [("D002", "HU-A0003")]),
        ("所属组: 一组\n", []),
    ],
)
def test_households_of_one_name(tmp_path: Path, extra: str, expected: list[tuple[str, str]]) -> None:
    house = "编号: HU-A0002\n户主: 孟长水\n所属村: CUN-A0001\n"
    files = {
        "households/HU-A0002.yaml": house + '所属组: 二组\n电话: "13700000002"\n',
        "households/HU-A0003.yaml": house.replace("A0002", "A0003") + extra,
    }
    assert found(tmp_path, files) == expected


@pytest.mark.parametrize(("extra", "expected"), [("", [("D003", "RY-A0003")]), ("职务: 技术员\n", [])])
def test_people_of_one_name(tmp_path: Path, extra: str, expected: list[tuple[str, str]]) -> None:
    assert (
        found(tmp_path, {"people/RY-A0003.yaml": f"编号: RY-A0003\n姓名: 彭大河\n单位: DW-A0002\n{extra}"}) == expected
    )


def test_one_visit_twice(tmp_path: Path) -> None:
    visit = (
        "编号: ZF-2026-A0001\n日期: 2026-03-01\n走访人:\n  - RY-A0001\n"
        "所属村: CUN-A0001\n走访户:\n  - HU-A0001\n走访方式: 入户\n"
    )
    files = {
        "visits/2026/ZF-2026-A0001.yaml": visit,
        "visits/2026/ZF-2026-A0002.yaml": visit.replace("A0001\n日期", "A0002\n日期"),
        "visits/2026/ZF-2026-A0003.yaml": visit.replace("A0001\n日期", "A0003\n日期").replace("03-01", "03-02"),
        "visits/2026/ZF-2026-A0004.yaml": visit.replace("A0001\n日期", "A0004\n日期").replace("入户", "电话"),
    }
    assert found(tmp_path, files) == [("D004", "ZF-2026-A0002")]


def test_a_ring_of_three(tmp_path: Path) -> None:
    files = issue(1, merged(2)) | issue(2, merged(3)) | issue(3, merged(1)) | issue(4, merged(1))
    assert found(tmp_path, files) == [("D005", f"WT-2026-A000{n}") for n in (1, 2, 3)]


def test_following_a_void_issue(tmp_path: Path) -> None:
    before = issue(1, "作废|2026-03-02 10:00|理由: 记错了")
    after = issue(3, "作废|2026-03-02 12:00|理由: 记错了")
    files = before | issue(2, merged(1)) | after | issue(4, merged(3))
    assert found(tmp_path, files) == [("D006", "WT-2026-A0002"), ("D007", "WT-2026-A0003")]


@pytest.mark.parametrize(
    ("leader", "expected"),
    [
        (issue(1, ACCEPT), [("D008", "WT-2026-A0002")]),
        (issue(1, QUICK), []),
        (issue(1, QUICK, "重办|2026-03-05 10:00|理由: 又坏了|办理时限: 待定"), []),
        (issue(1, QUICK.replace("03-03", "03-06")), [("D008", "WT-2026-A0002")]),
        (issue(1, merged(3)) | issue(3, QUICK), []),
        (issue(1, merged(3)) | issue(3, ACCEPT), [("D008", "WT-2026-A0002")]),
    ],
    ids=["open", "resolved", "reopened since", "resolved later", "chain resolved", "chain open"],
)
def test_telling_a_follower_before_there_is_a_result(
    tmp_path: Path, leader: Files, expected: list[tuple[str, str]]
) -> None:
    files = leader | issue(2, merged(1), TOLD)
    if len(files) == 2:
        files |= issue(3)
    assert found(tmp_path, files) == expected


@pytest.mark.parametrize(
    ("nature", "first", "second", "expected"),
    [
        ("干部–户", "RY-A0001", "HU-A0001", []),
        ("干部–户", "RY-A0001", "CUN-A0001", [("D009", "JD-A0001")]),
        ("单位–村", "RY-A0001", "HU-A0001", [("D009", "JD-A0001"), ("D009", "JD-A0001")]),
        ("领导–联系点", "RY-A0001", "DW-A0002", []),
    ],
)
def test_parties_of_a_pairing(
    tmp_path: Path, nature: str, first: str, second: str, expected: list[tuple[str, str]]
) -> None:
    text = f"编号: JD-A0001\n结对性质: {nature}\n甲方: {first}\n乙方: {second}\n开始日期: 2026-03-01\n"
    assert found(tmp_path, {"pairings/JD-A0001.yaml": text}) == expected


def test_a_reference_to_an_unreadable_record_does_not_dangle(tmp_path: Path) -> None:
    files = {
        "households/HU-A0002.yaml": "编号: HU-A0002\n户主: 孟长水\n所属村: CUN-A0002\n联系人:\n  - RY-A0009\n",
        "villages/CUN-A0002.yaml": "编号: [\n",
    }
    assert found(tmp_path, files) == [("R005", "HU-A0002")]


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("所属村", "CUN-A0009", [("R005", "WT-2026-A0001")]),
        ("所属村", "CUN-A0001", []),
        ("何地", "CUN-A0009", []),  # words, no reference
        ("事件编号: e0|字段: 经办人", "RY-A0009", [("R005", "WT-2026-A0001")]),
        ("事件编号: e0|字段: 类别", "电力", [("P001", "WT-2026-A0001")]),
    ],
)
def test_what_stands_only_in_a_correction(
    tmp_path: Path, field: str, value: str, expected: list[tuple[str, str]]
) -> None:
    told = field if "|" in field else f"字段: {field}"
    assert found(tmp_path, issue(1, ACCEPT, f"更正|2026-03-03 10:00|{told}|新值: {value}|理由: 写错了")) == expected


def test_a_correction_that_was_itself_corrected_points_nowhere(tmp_path: Path) -> None:
    first, second = (
        f"更正|2026-03-03 1{n}:00|字段: 所属村|新值: {village}|理由: 写错了"
        for n, village in enumerate(("CUN-A0009", "CUN-A0001"))
    )
    assert found(tmp_path, issue(1, ACCEPT, first, second)) == []


def test_categories_are_free_without_a_policy(tmp_path: Path) -> None:
    files = issue(1, ACCEPT.replace("道路", "电力"))
    assert found(tmp_path / "a", files) == [("P001", "WT-2026-A0001")]
    named = {"policy/categories.yaml": "类别:\n  - 名称: 电力\n  - 名称: 道路\n"}
    assert found(tmp_path / "b", files | named) == []
    shutil.copytree(BASE, tmp_path / "c", ignore=shutil.ignore_patterns("policy"))
    for path, text in files.items():
        (tmp_path / "c" / path).parent.mkdir(parents=True)
        (tmp_path / "c" / path).write_text(text, encoding="utf-8")
    with open_book(tmp_path / "c", today=NOW.date(), now=NOW) as book:
        assert rules.check_book(book) == []


def test_a_gap_says_what_became_of_its_numbers(tmp_path: Path) -> None:
    town = Town(tmp_path / "town")
    town.commit({town_path(n): town_issue(n) for n in (1, 2, 3, 4, 8, 9, 10)})
    town.git("rm", "-q", town_path(2), town_path(3))
    commit = town.commit()[:7]
    (town.root / town_path(9)).unlink()
    with town.book() as book:
        told = [finding.message for finding in rules.check_book(book) if finding.code == "H001"]
    taken_back = f"前面缺 WT-2026-A0002 至 WT-2026-A0003（登记过，又撤销了，账本记号 {commit}）"
    never = "前面缺 WT-2026-A0005 至 WT-2026-A0007（历史里没有写过）"
    assert told == [taken_back, never, "前面缺 WT-2026-A0009（登记过，文件不见了）"]


def test_gaps_in_a_years_numbers(tmp_path: Path) -> None:
    unreadable = {"issues/2026/WT-2026-A0003.yaml": "编号: [\n"}
    assert found(tmp_path / "a", issue(1) | issue(2) | unreadable | issue(4)) == []
    files = issue(2) | issue(5) | {"issues/2026/WT-2026-B0001.yaml": issue(1)["issues/2026/WT-2026-A0001.yaml"]}
    files["issues/2026/WT-2026-B0001.yaml"] = files["issues/2026/WT-2026-B0001.yaml"].replace("A0001\n登", "B0001\n登")
    assert found(tmp_path / "b", files) == [("H001", "WT-2026-A0002"), ("H001", "WT-2026-A0005")]
    assert found(tmp_path / "c", issue(9999) | issue(10000)) == [("H001", "WT-2026-A9999")]
    misplaced = {"issues/2025/WT-2026-A0007.yaml": "编号: [\n"}  # the gap is told of once it stands where it belongs
    assert found(tmp_path / "d", issue(1) | issue(2) | misplaced) == []


def test_who_has_an_issue_counts_as_corrected(tmp_path: Path) -> None:
    given = "交办|2026-03-02 11:00|责任部门: DW-A0002|办理时限: 5个工作日|签收时限: 2小时"
    moved = "更正|2026-03-02 12:00|事件编号: e1|字段: 责任部门|新值: DW-A0009|理由: 并了"
    unit = "编号: DW-A0009\n名称: 县司法局\n层级: 县\n类别: 政法\n可承办: 否\n"
    files = {"orgs/DW-A0009.yaml": unit, **issue(1, ACCEPT, given, moved)}
    assert ("D033", "WT-2026-A0001") in found(tmp_path, files)
