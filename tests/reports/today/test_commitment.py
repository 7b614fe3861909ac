from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.kinds.hamlet import hamlet

from lianxin.core.document import Table
from lianxin.reports.today.commitment import COMMITMENTS

PROMISE = "编号: CN-A000{n}\n承诺人: DW-A0002\n承诺内容: 修好{n}组水沟\n承诺日期: 2026-03-01\n完成时限: {due}\n"
PAIRING = """编号: JD-A0001
结对性质: 单位–村
甲方: DW-A0002
乙方: CUN-A0001
开始日期: 2026-01-10
共建计划:
  项目:
    - 事项: 送树苗
      完成时限: 2026-06-20
    - 事项: 修水沟
      立项: XM-A0001
      完成时限: 2026-06-20
    - 事项: 办培训
      责任人: RY-A0002
      完成时限: 2026-06-20
      完成日期: 2026-06-18
"""
PROJECT = (
    "编号: XM-A0001\n名称: 二组水沟硬化\n类别: 公益项目\n所属村: CUN-A0001\n结对: JD-A0001\n完成时限: 2026-06-29\n"
)
MEETING = """编号: HD-2026-A0001
名称: 二季度联席会
类别: 联席会议
日期: 2026-06-01
主办单位: [DW-A0001]
议定事项:
  - 事项: 放线
    责任人: RY-A0002
    完成时限: 2026-06-30
  - 事项: 备料
    完成时限: 2026-07-08
"""
FILES = {
    "promises/CN-A0001.yaml": PROMISE.format(n=1, due="2026-06-28"),
    "promises/CN-A0002.yaml": PROMISE.format(n=2, due="2026-06-01") + "兑现日期: 2026-06-02\n",
    "promises/CN-A0003.yaml": PROMISE.format(n=3, due="2026-07-07"),
    "pairings/JD-A0001.yaml": PAIRING,
    "projects/XM-A0001.yaml": PROJECT,
    "activities/2026/HD-2026-A0001.yaml": MEETING,
}


def told(folder: Path, files: dict[str, str], today: date = date(2026, 6, 30)) -> list[tuple[str, list[object]]]:
    """Each group with the notes of its rows, as (heading, [what, note, …])."""
    with hamlet(folder, files, today) as book:
        blocks = COMMITMENTS.section(book)
    if not blocks:
        return []
    table = blocks[-1]
    assert isinstance(table, Table)
    ends = [*(start for start, _name in table.groups[1:]), len(table.rows)]
    return [
        (name, [cell for row in table.rows[start:end] for cell in (row[0], row[2], row[4])])
        for (start, name), end in zip(table.groups, ends, strict=True)
    ]


def test_what_was_promised_planned_or_decided_is_named_once_its_day_comes(tmp_path: Path) -> None:
    assert told(tmp_path, FILES) == [
        (
            "已逾期（3 项）",
            [
                *("JD-A0001", "青溪镇水利站", "共建项目，逾期 10 天"),
                *("CN-A0001", "青溪镇水利站", "承诺，逾期 2 天"),
                *("XM-A0001", None, "项目，逾期 1 天"),
            ],
        ),
        (
            "快到期（2 项）",
            [*("HD-2026-A0001", "彭大河", "议定事项，今天到期"), *("CN-A0003", "青溪镇水利站", "承诺")],
        ),
    ]


@pytest.mark.parametrize("line", ["结束日期: 2026-06-29\n", "终止原因: 单位撤并\n"])
def test_the_plan_of_a_pairing_that_has_ended_is_let_go(tmp_path: Path, line: str) -> None:
    text = PAIRING.replace("      立项: XM-A0001\n", "") + line
    assert told(tmp_path, {"pairings/JD-A0001.yaml": text}) == []


def test_nothing_due_says_nothing(tmp_path: Path) -> None:
    files = {path: text for path, text in FILES.items() if path.startswith(("promises", "activities"))}
    assert told(tmp_path, files, date(2026, 6, 20)) == []


def test_long_sections_are_cut_and_say_where_the_rest_is(tmp_path: Path) -> None:
    files = {f"promises/CN-A00{n}.yaml": PROMISE.format(n=n, due="2026-06-01") for n in range(10, 30)}
    files = {path: text.replace("CN-A000", "CN-A00") for path, text in files.items()}
    with hamlet(tmp_path, files) as book:
        table = COMMITMENTS.section(book)[-1]
    assert isinstance(table, Table)
    assert len(table.rows) == 12
    assert [note.partition("，")[0] for note in table.notes] == ["已逾期还有 8 项没列出"]
