"""A whistle and its issues name each other, and an issue is not struck off while its whistle runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.rules.test_rules import Files, found, issue

ACCEPT = "受理|2026-03-02 10:00|受理层级: 村|类别: 道路|合理性: 合理"
TIED = (
    "吹哨|2026-03-03 09:20|哨单: CS-2026-A0001|牵头单位: DW-A0002|责任人: RY-A0002|工作标准: 通水|"
    "办理时限: 5个工作日|办结期限: 2026-03-10"
)
MERGED = "并案|2026-03-03 10:00|并入: WT-2026-A0001"
APPROVED = "批准|2026-03-03 09:10"


def whistle(*events: str, issues: str = "WT-2026-A0001") -> Files:
    told = "".join(
        f"  - 编号: c{n}\n    步骤: {step}\n    时间: {at}\n    记录时间: {at}\n    经办人: RY-A0001\n"
        + "".join(f"    {line}\n" for line in lines)
        for n, (step, at, *lines) in enumerate(event.split("|") for event in events)
    )
    text = (
        "编号: CS-2026-A0001\n吹哨时间: 2026-03-03 09:00\n吹哨单位: DW-A0001\n事项: 水渠垮塌\n"
        f"问题: [{issues}]\n牵头部门: DW-A0002\n报到部门:\n  - 部门: DW-A0002\n" + (f"事件:\n{told}" if told else "")
    )
    return {"whistles/2026/CS-2026-A0001.yaml": text}


def ties(root: Path, files: Files) -> list[tuple[str, str]]:
    return [one for one in found(root, files) if one[0] in ("D031", "D032")]


def test_a_tie_that_both_sides_know_of_is_sound(tmp_path: Path) -> None:
    assert ties(tmp_path, {**issue(1, ACCEPT, TIED), **whistle(APPROVED)}) == []


def test_an_issue_whose_whistle_does_not_name_it(tmp_path: Path) -> None:
    files = {**issue(1, ACCEPT, TIED), **issue(2, ACCEPT), **whistle(issues="WT-2026-A0002")}
    assert ties(tmp_path, files) == [("D031", "WT-2026-A0001")]


@pytest.mark.parametrize(
    ("events", "expected"),
    [((), []), ((APPROVED,), [("D031", "CS-2026-A0001")]), ((APPROVED, "撤哨|2026-03-03 09:30|理由: 不用了"), [])],
)
def test_a_whistle_in_force_whose_issue_does_not_know_of_it(
    tmp_path: Path, events: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    assert ties(tmp_path, {**issue(1, ACCEPT), **whistle(*events)}) == expected


def test_one_that_is_merged_follows_its_leader(tmp_path: Path) -> None:
    both = "WT-2026-A0001, WT-2026-A0002"
    files = {**issue(1, ACCEPT, TIED), **issue(2, ACCEPT, MERGED, words="也是这条渠"), **whistle(APPROVED, issues=both)}
    assert ties(tmp_path, files) == []
