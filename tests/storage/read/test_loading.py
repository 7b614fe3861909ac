from __future__ import annotations

from datetime import datetime

import pytest
from tests.storage.samples import PATH, TEXT

from lianxin.core.problem import Fault, Level, Problem
from lianxin.kinds.issue.record import Issue
from lianxin.storage.read.loading import kind_at, load, place

HOUSE = "编号: HU-A0001\n户主: 龚有福\n所属村: CUN-A0001\n"


def shown(problems: tuple[Problem, ...]) -> list[str]:
    return [f"{p.line}:{p.col} {p.code} {p.message}" for p in problems]


def test_a_good_file_is_a_record() -> None:
    loaded = load(PATH, TEXT.encode())
    assert loaded.problems == ()
    assert isinstance(loaded.record, Issue)
    assert loaded.kind is not None
    assert loaded.kind.name == "issue"
    assert loaded.latest == datetime(2026, 3, 2, 14, 0)


def test_every_field_fault_comes_at_once() -> None:
    text = (
        TEXT.replace("来源渠道: 入户走访", "来源渠道: 入户")
        .replace("登记人: RY-A0003", "登记人: 张三")
        .replace("事由:", "事油:")
        .replace("2026-03-02 09:40", "2026-3-2 9:40")
        .replace("匿名: 否", "匿名: 无")
        .replace("所属村: CUN-A0001", "所属村:")
        .replace("步骤: 交办", "步骤: 交班")
        .replace("受理层级: 村", "受理层级: [村]\n    village: x")
    )
    loaded = load(PATH, text.encode())
    assert loaded.record is None
    assert [(p.line, p.col, p.code) for p in loaded.problems] == [
        (1, 1, "F002"),
        (2, 7, "F004"),
        (3, 6, "F009"),
        (5, 7, "F011"),
        (7, 5, "F007"),
        (10, 1, "F015"),
        (12, 1, "F001"),
        (24, 11, "F012"),
        (25, 5, "F001"),
        (28, 9, "F016"),
    ]
    by_code = {p.code: p for p in loaded.problems}
    assert "是不是「入户走访」" in by_code["F011"].message
    assert "是不是「交办」" in by_code["F016"].message
    assert by_code["F016"].excerpt == "    步骤: 交班"
    assert by_code["F015"].remedy


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("households/HU-A0001.yaml", HOUSE + "家庭成员: 三人\n", "4:7 F013"),
        ("households/HU-A0001.yaml", HOUSE + "家庭成员:\n  - 龚小满\n", "5:5 F014"),
        ("households/HU-A0001.yaml", HOUSE + "家庭成员:\n  - 姓名: 龚小满\n    标签: [[]]\n", "6:10 F012"),
        ("households/HU-A0001.yaml", HOUSE + "电话: 13700012\n", "4:5 F008"),
        ("households/HU-A0001.yaml", HOUSE + "备注: '  '\n", "4:5 F015"),
        ("households/HU-A0001.yaml", HOUSE.replace("CUN-A0001", "DW-A0001"), "3:6 R006"),
        ("households/HU-A0001.yaml", HOUSE.replace("CUN-A0001", "QQ-A0001"), "3:6 R006"),
        ("households/HU-A0002.yaml", HOUSE, "1:5 R001"),
        ("households/HU-A0001.yaml", HOUSE.replace("HU-A0001", "WT-2026-A0001"), "1:5 R002"),
        ("households/2026/HU-A0001.yaml", HOUSE, "1:5 R003"),
        ("issues/2025/WT-2026-A0001.yaml", TEXT, "1:5 R003"),
        (PATH, TEXT.replace("89aef09736", "a1405f3957"), "26:9 R004"),
        (PATH, TEXT.replace("记录时间: 2026-03-02 14:00", "记录时间: 2026-03-02 13:00"), "29:11 F024"),
        (PATH, TEXT.replace("    步骤: 受理\n", ""), "18:5 F017"),
        (PATH, TEXT + "  - 走了一趟\n", "36:5 F014"),
        (PATH, TEXT.replace("匿名: 否", "匿名: 是").replace('联系电话: "13700000001"\n', ""), "8:6 F022"),
        (PATH, TEXT.replace("反映时间: 2026-03-01", "反映时间: 2026-03-09"), "4:7 F020"),
    ],
)
def test_one_fault_at_its_place(path: str, text: str, expected: str) -> None:
    assert [line[: len(expected)] for line in shown(load(path, text.encode()).problems)] == [expected]


def test_a_record_of_doubtful_identity_is_not_taken() -> None:
    assert load("households/HU-A0002.yaml", HOUSE.encode()).record is None
    assert load(PATH, TEXT.replace("匿名: 否", "匿名: 是").encode()).record is not None


def test_facts_in_the_future_are_faults_and_plans_are_not() -> None:
    text = TEXT + (
        "  - 编号: c1\n    步骤: 暂缓\n    时间: 2026-03-05 09:00\n    记录时间: 2026-03-05 09:00\n"
        "    经办人: RY-A0003\n    原因: 等雨停\n    恢复条件: 天晴\n    复核日期: 2026-04-01\n    已告知反映人: 是\n"
    )
    now = datetime(2026, 3, 5, 8, 59)
    assert shown(load(PATH, text.encode(), now=now).problems) == [
        "38:9 F023 时间 2026-03-05 09:00 在将来",
        "39:11 F023 记录时间 2026-03-05 09:00 在将来",
    ]
    assert load(PATH, text.encode(), now=datetime(2026, 3, 5, 9, 0)).problems == ()
    visit = (
        "编号: ZF-2026-A0001\n日期: 2026-03-06\n走访人:\n  - RY-A0001\n所属村: CUN-A0001\n走访户:\n  - HU-A0001\n"
        "走访方式: 入户\n审阅:\n  审阅人: RY-A0002\n  审阅日期: 2026-03-08\n  审阅意见: 好\n"
    )
    found = load("visits/2026/ZF-2026-A0001.yaml", visit.encode(), now=datetime(2026, 3, 7, 8, 0))
    assert [line[:9] for line in shown(found.problems)] == ["11:9 F023"]
    assert found.latest == datetime(2026, 3, 8)


def test_of_more_faults_than_anybody_reads_the_first_are_told_and_the_rest_counted() -> None:
    text = HOUSE + "".join(f"键{n}: 甲\n" for n in range(60_000))
    problems = load("households/HU-A0001.yaml", text.encode()).problems
    assert [(p.line, p.code) for p in problems[:2]] == [(4, "F001"), (5, "F001")]
    assert (len(problems), problems[-1].code, "59900 处" in problems[-1].message) == (101, "Y036", True)
    twice = load("households/HU-A0001.yaml", (HOUSE + "户主: 甲\n" * 150).encode()).problems
    assert (len(twice), twice[-1].code, "50 处" in twice[-1].message) == (101, "Y036", True)


def test_an_unreadable_file_tells_why_and_where() -> None:
    loaded = load(PATH, b'a: 1\nb: "x\n')
    assert loaded.record is None
    assert loaded.kind is not None
    assert loaded.problems[0].excerpt == 'b: "x'


def test_remarks_leave_the_record() -> None:
    loaded = load(PATH, TEXT.replace("所属组: 三组", "所属组: 三组 #东头").encode())
    assert loaded.record is not None
    assert [(p.code, p.level) for p in loaded.problems] == [("Y024", Level.WARNING)]


@pytest.mark.parametrize(
    "path",
    [
        "lianxin.yaml",
        "stations.yaml",
        "policy/limits.yaml",
        "forms/问题.yaml",
        "README.md",
        "issues/README.md",
        ".gitattributes",
        "issues/.keep",
    ],
)
def test_files_beside_the_records_are_let_be(path: str) -> None:
    assert load(path, b"x").problems == ()


@pytest.mark.parametrize("path", ["issues/2026/照片.png", "households/HU-A0001.yml", "issue/WT-2026-A0001.yaml"])
def test_files_that_belong_nowhere_are_named(path: str) -> None:
    (problem,) = load(path, b"\xff\xd8").problems
    assert (problem.code, problem.level) == ("Y023", Level.WARNING)


def test_the_folder_says_the_kind() -> None:
    assert kind_at("issues.yaml") is None
    kind = kind_at(PATH)
    assert kind is not None
    assert kind.name == "issue"


def test_faults_are_placed_in_the_order_of_the_file() -> None:
    faults = [Fault("L001", ("事件", 1), "乙"), Fault("L001", ("事件", 0, "步骤"), "甲"), Fault("L001", (), "丙")]
    found = place(faults, PATH, TEXT.encode())
    assert [(p.line, p.col, p.message) for p in found] == [(1, 1, "丙"), (19, 9, "甲"), (26, 5, "乙")]
    assert place(faults[:1], PATH, b"a: [")[0].line == 1
