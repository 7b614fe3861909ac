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
