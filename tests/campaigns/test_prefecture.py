"""一带三结对: 292 organisations and 491 villages; problems and people received are a hundredth of the real ones."""

from __future__ import annotations

import pytest
from tests.campaigns.prefecture import county, figures
from tests.campaigns.records import Books

pytestmark = pytest.mark.slow  # it takes long

FACTOR = 100


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Books:
    return county(tmp_path_factory.mktemp("prefecture") / "台账", FACTOR)


#: By hand, on 28 October 2026: whom it binds, who has done it, who has done nothing.
DUTIES = {
    "单位一带三": (292, 292, 0),
    "村村有单位结对": (491, 491, 0),
    "对口结对": (1, 1, 0),
    "六个一·结对计划": (292, 292, 0),
    "六个一·致富信息": (292, 292, 0),
    "六个一·增收项目": (292, 292, 0),
    "六个一·走访农户": (292, 292, 0),
    "六个一·办实事": (292, 292, 0),
    "六个一·调研课题": (292, 290, 2),
    "机关六个一": (292, 290, 0),
    "党代表走访": (6, 4, 0),
    "党代表帮户": (6, 6, 0),
    "党代表联系党员": (6, 5, 0),
    "党代表述职": (6, 6, 0),
    "党代表评议": (6, 0, 6),
    "无职党员上岗": (1, 0, 0),  # 48 of 50
    "岗位种类": (1, 1, 0),
    "岗位大类": (1, 1, 0),
    "在岗党员每月汇报": (48, 48, 0),
    "支部党员大会": (1, 0, 1),  # the last quarter's is to come
    "半年开一次村民代表会": (491, 0, 491),  # one village held one, in June
    "岗位年度评议": (48, 0, 48),
    "岗位奖励": (1, 0, 1),
    "县领导牵头两个单位": (3, 2, 0),
    "单位带在职党员结对": (5, 4, 1),
    "困难党员有人帮": (5, 4, 1),
    "困难党员帮扶基金": (1, 1, 0),
    "涣散村派第一书记": (56, 56, 0),
    "村书记轮训一遍": (491, 491, 0),
}


def test_the_ledger_is_sound(books: Books) -> None:
    assert "没有问题" in books.do("check").out


def test_figures_agree_to_the_unit(books: Books) -> None:
    printed = books.figures("2026")
    expected = figures(FACTOR)
    assert {name: printed[name] for name in expected} == expected


def test_duties_are_counted_from_the_records(books: Books) -> None:
    printed = books.duties()
    assert {name: printed[name] for name in DUTIES} == DUTIES


def test_delegates_owe_by_their_level(books: Books) -> None:
    assert books.duty("党代表走访") == {
        "代表0": ("15", "15", "已完成"),
        "代表1": ("15", "14", "进行中"),
        "代表2": ("30", "30", "已完成"),
        "代表3": ("30", "29", "进行中"),
        "代表4": ("50", "50", "已完成"),
        "代表5": ("50", "50", "已完成"),
    }


def test_report_and_bulletin_print_the_same_figures(books: Books) -> None:
    text = books.report("annual", "一带三结对年报", "--period", "2026")
    assert "接待群众188人次，受理164件，办结156件，办结率95.12%" in text
    assert "第292单位" not in text, "hundreds of subjects are one line a duty"
    bulletin = books.report("bulletin", "连心简报", "--period", "2026")
    assert "落实项目350个，投入34350000元" in bulletin
    assert "抄送" in bulletin
