from __future__ import annotations

from pathlib import Path

from tests.kinds.hamlet import columns, faults, hamlet

from lianxin.kinds.visit import VISIT

PLAIN = {
    "编号": "ZF-2026-A0001",
    "日期": "2026-06-01",
    "走访人": ["RY-A0001"],
    "所属村": "CUN-A0001",
    "走访户": ["HU-A0001"],
    "见到的人": ["老木匠"],
    "走访方式": "接访",
}
RECEIVED = """编号: ZF-2026-A000{n}
日期: 2026-06-0{n}
截止日期: 2026-06-05
走访人: [RY-A0001]
所属村: CUN-A0001
走访户: [HU-A0001]
见到的人: [老木匠]
走访方式: 接访
"""


def test_people_received_are_counted_as_given_or_as_named(tmp_path: Path) -> None:
    files = {
        "visits/2026/ZF-2026-A0001.yaml": RECEIVED.format(n=1) + "见到人次: 37\n",
        "visits/2026/ZF-2026-A0002.yaml": RECEIVED.format(n=2),
    }
    with hamlet(tmp_path, files) as book:
        assert columns(book, "visit", "人次", "天数") == [(37, 5), (2, 4)]


def test_no_fewer_were_met_than_are_named() -> None:
    assert faults(VISIT, PLAIN | {"见到人次": "2"}) == []
    assert faults(VISIT, PLAIN | {"见到人次": "1"}) == [("F028", ("见到人次",))]


def test_who_went_to_the_door_and_who_went_to_the_village(tmp_path: Path) -> None:
    ways = {
        "入户": "是是",
        "蹲点": "是是",
        "下访": "是是",
        "回访": "是是",
        "座谈": "否是",
        "接访": "否否",
        "约访": "否否",
    }
    ways |= {"电话": "否否", "微信": "否否"}
    files = {
        f"visits/2026/ZF-2026-A000{n}.yaml": RECEIVED.format(n=n)
        .replace("截止日期: 2026-06-05\n", "")
        .replace("接访", way)
        for n, way in enumerate(ways, 1)
    }
    with hamlet(tmp_path, files) as book:
        assert {
            way: f"{door}{village}" for way, door, village in columns(book, "visit", "走访方式", "上门", "下村")
        } == ways
