"""Columns that are there to be counted: people once however often they come, answers in time, cases learned from."""

from __future__ import annotations

from pathlib import Path

from tests.storage.town import ACCEPT, ASSIGN, Town, event, issue

from lianxin.core.book import Query
from lianxin.core.measure import Part
from lianxin.kinds import KIND

LEARN = event("b1", "举一反三", "2026-03-03 09:00", "排查范围: 全村水渠", "发现同类: 3", "解决同类: 2")
AGAIN = event("b2", "举一反三", "2026-03-04 09:00", "排查范围: 全镇水渠", "发现同类: 4", "解决同类: 0")
DUE = ASSIGN + "    签收期限: 2026-03-02 13:00\n"


def sign(at: str) -> str:
    return event("a3", "签收", f"2026-03-02 {at}", "责任人: RY-A0002", "工作标准: 不再漏水")


def column(town: Town, *labels: str) -> list[tuple[object, ...]]:
    with town.book() as book:
        assert not book.problems()
        rows, _ids = book.select(Query(KIND["issue"], labels))
        return rows


def test_a_person_is_known_by_name_within_household_telephone_or_village(tmp_path: Path) -> None:
    town = Town(tmp_path / "town", git=False)
    at_home, again = issue(1), issue(2)
    stranger = issue(3).replace("联系户: HU-A0001\n", "联系电话: 13700000001\n")
    villager = issue(4).replace("联系户: HU-A0001\n", "")
    nobody = issue(5).replace("反映人: 丁有田\n联系户: HU-A0001\n", "匿名: 是\n")
    texts = (at_home, again, stranger, villager, nobody)
    town.write({f"issues/2026/WT-2026-A000{n}.yaml": text for n, text in enumerate(texts, 1)})
    assert [row[0] for row in column(town, "反映者")] == [
        "丁有田（HU-A0001）",
        "丁有田（HU-A0001）",
        "丁有田（13700000001）",
        "丁有田（CUN-A0001）",
        None,
    ]
    part = Part.model_validate({"种类": "问题", "计": "不同", "字段": "反映者"}, by_alias=True, by_name=False)
    with town.book() as book:
        assert book.totals((part,), None) == {"": 3}


def test_signing_in_time_and_learning_from_a_case(tmp_path: Path) -> None:
    town = Town(tmp_path / "town", git=False)
    texts = (
        issue(1, ACCEPT, DUE),
        issue(2, ACCEPT, DUE, sign("13:00"), LEARN, AGAIN),
        issue(3, ACCEPT, DUE, sign("13:01"), LEARN),
        issue(4, ACCEPT, ASSIGN, sign("11:30")),
    )
    town.write({f"issues/2026/WT-2026-A000{n}.yaml": text for n, text in enumerate(texts, 1)})
    assert column(town, "按时签收", "举一反三次数", "发现同类", "解决同类") == [
        (None, 0, 0, 0),
        ("是", 2, 7, 2),
        ("否", 1, 3, 2),
        ("是", 0, 0, 0),
    ]
