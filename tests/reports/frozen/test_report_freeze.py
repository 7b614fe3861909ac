"""定稿 and 更正说明: what was reported is kept, and what would now differ is told, with its records and commits."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.desk import TRIAGE, Desk

pytestmark = pytest.mark.slow  # it takes long

WEEK, NEXT = "2026-W10", "2026-W11"

#: Figures of the office's own, beside the shipped ones, and a monthly report that prints one by village.
FIGURES = """\
  - 名称: 反映问题
    计数: {种类: 问题}
  - 名称: 手上问题
    计数: {种类: 问题, 筛选: 状态!=已销号, 期间字段: 不限}
"""
OUTLINE = """\
名称: 月报
种类: 月报
标题: '{单位}{期间}情况'
节:
  - 标题: 情况
    文字: 群众反映问题 {反映问题}，手上还有 {手上问题}。
    分组表: {对象: 所属村, 列: 反映问题}
"""


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = Desk(tmp_path_factory.mktemp("desk") / "台账").furnish()
    desk.take_down()  # WT-2026-A0001, raised on 2 March
    with (desk.root / "policy" / "figures.yaml").open("a", encoding="utf-8") as file:
        file.write(FIGURES)
    (desk.root / "reports").mkdir()
    (desk.root / "reports" / "月报.yaml").write_text(OUTLINE, encoding="utf-8")
    desk.do("commit")
    return desk.root


@pytest.fixture
def desk(furnished: Path, tmp_path: Path) -> Desk:
    return Desk.copied(furnished, tmp_path)


def late(desk: Desk) -> str:
    """An issue raised in the tenth week and taken down a week after it."""
    words = (
        *("--json", "issue", "add", "--channel", "电话", "--raised", "2026-03-05", "--reporter", "王福生"),
        *("--village", "松坪村", "--summary", "桥栏杆松了", "--words", "栏杆一摇就动"),
    )
    said = desk.do(*words, today="2026-03-17")
    return str(said.json["data"]["id"])


def kept(desk: Desk, number: int) -> str:
    return (desk.root / "frozen" / f"BB-A000{number}.yaml").read_text(encoding="utf-8")


def test_a_frozen_report_is_a_record_with_its_commit(desk: Desk) -> None:
    head = desk.git("rev-parse", "HEAD").strip()
    said = desk.do("report", "weekly", "-p", WEEK, "--freeze", "-f", "md", today="2026-03-09")
    assert "已定稿 BB-A0001" in said.err
    text = kept(desk, 1)
    assert "报表: 周报\n期间: 2026-W10\n编制日期: 2026-03-09\n" in text
    assert f"提交: {head}\n" in text
    assert '  - 名称: 新增\n    数值: "1"\n    分子: 1\n' in text
    assert desk.git("status", "--porcelain") == ""
    assert desk.git("log", "-1", "--format=%s%n%(trailers)").startswith(
        "BB-A0001 定稿：周报 2026-W10\nRecord: BB-A0001"
    )
    assert "没有问题" in desk.do("check", today="2026-03-09").out


def test_a_late_entry_is_told_of_with_its_record_and_commit(desk: Desk) -> None:
    desk.do("report", "weekly", "-p", WEEK, "--freeze", today="2026-03-09")
    assert "更正说明" not in desk.do("report", "weekly", "-p", NEXT, today="2026-03-16").out
    id_ = late(desk)
    commit = desk.git("rev-parse", "HEAD").strip()
    for period in (WEEK, NEXT):
        out = desk.do("report", "weekly", "-p", period, "-f", "md", today="2026-03-17").out
        assert "以前报出的数字有2个与现在的记录不符" in out
        assert f"| 新增 | 1 | 2 | {id_} |" in out
        assert f"| 本期未结 | 1 | 2 | {id_} |" in out
        assert f"| {id_} | " in out
        assert commit[:10] in out
    assert f"补录：本期以前发生、本期或以后才记下的有新增1件（{id_}），已经算进上期未结。" in out
    earlier = desk.do("report", "weekly", "-p", "2026-W09", "-f", "md", today="2026-03-17").out
    assert "更正说明" not in earlier


def test_freezing_again_supersedes_and_overwrites_nothing(desk: Desk) -> None:
    desk.do("report", "weekly", "-p", WEEK, "--freeze", today="2026-03-09")
    before = kept(desk, 1)
    late(desk)
    said = desk.do("report", "weekly", "-p", WEEK, "--freeze", today="2026-03-18")
    assert "已定稿 BB-A0002，取代 BB-A0001" in said.err
    assert kept(desk, 1) == before
    assert "取代: BB-A0001\n" in kept(desk, 2)
    assert "周报“新增”原报 1，现为 2" in kept(desk, 2)
    assert "更正说明" not in desk.do("report", "weekly", "-p", NEXT, today="2026-03-18").out


def test_figures_and_rows_of_a_grid_are_kept_and_corrected_but_not_what_is_of_the_day(desk: Desk) -> None:
    desk.do("report", "monthly", "-p", "2026-03", "--freeze", today="2026-03-09")
    assert "  - 名称: 反映问题\n    归属: 所属村=CUN-A0001\n" in kept(desk, 1)
    id_ = late(desk)
    out = desk.do("report", "monthly", "-p", "2026-03", "-f", "md", today="2026-03-17").out
    assert f"| 反映问题 | 1 | 2 | {id_} |" in out
    assert f"| 反映问题（松坪村） | 1 | 2 | {id_} |" in out
    assert "| 手上问题 |" not in out


def test_a_changed_definition_is_the_reason_given(desk: Desk) -> None:
    desk.do("issue", "accept", "1", "--level", "村", *TRIAGE)
    desk.do("report", "monthly", "-p", "2026-03", "--freeze", today="2026-03-09")
    path = desk.root / "policy" / "figures.yaml"
    changed = FIGURES.replace("计数: {种类: 问题}\n", '计数: {种类: 问题, 筛选: 类别=别的}\n    版本: "2"\n')
    path.write_text(path.read_text(encoding="utf-8").replace(FIGURES, changed), encoding="utf-8")
    out = desk.do("report", "monthly", "-p", "2026-03", "-f", "md", today="2026-03-17").out
    assert "| 反映问题 | 1 | 0 | 口径改了，原报按第 1 版 |" in out


def test_what_cannot_be_frozen(desk: Desk) -> None:
    said = desk.say("report", "quarterly", "--name", "个人季报", "--for", "石勇", "--freeze")
    assert (said.code, "整册定稿" in said.err) == (2, True)
    (desk.root / "villages" / "CUN-A0001.yaml").write_text("编号: CUN-A0001\n名称: 松坪村\n乡镇: 云岭镇\n", "utf-8")
    said = desk.say("report", "weekly", "-p", WEEK, "--freeze")
    assert (said.code, "还有没入账的改动" in said.err) == (3, True)
    assert not (desk.root / "frozen").exists()


def test_a_dry_run_keeps_nothing(desk: Desk) -> None:
    said = desk.do("--dry-run", "report", "weekly", "-p", WEEK, "--freeze")
    assert "会记为 BB-A0001" in said.err
    assert not (desk.root / "frozen").exists()


def test_weeks_and_months_begin_where_the_office_says(desk: Desk) -> None:
    policy = "名称: 周五中午起\n周起: 周五\n钟点: 12:00\n月起: 19\n"
    (desk.root / "policy" / "reports.yaml").write_text(policy, encoding="utf-8")
    desk.do("commit")
    week = desk.do("report", "weekly", "-f", "md", today="2026-03-06").out
    assert "2026年2月27日12:00至2026年3月6日12:00" in week
    assert "周五中午起（第 1 版）" in week
    assert "2026年2月19日至3月18日情况" in desk.do("report", "monthly", "-p", "2026-03", today="2026-03-19").out
    desk.do("report", "weekly", "--freeze", today="2026-03-06")
    assert '期间: "2026-02-27 12:00..2026-03-06 12:00"\n' in kept(desk, 1)


def test_the_number_of_a_bulletin_counts_those_frozen_before_it(desk: Desk) -> None:
    outline = OUTLINE.replace("月报", "简报") + "报头: {刊名: 云岭简报, 期号: '第 {期} 期'}\n"
    (desk.root / "reports" / "简报.yaml").write_text(outline, encoding="utf-8")
    desk.do("commit")
    assert "第 1 期" in desk.do("report", "bulletin", "-p", "2026-02", "--freeze", "-f", "md").out
    assert "第 2 期" in desk.do("report", "bulletin", "-p", "2026-03", "-f", "md").out
    assert "第 1 期" in desk.do("report", "bulletin", "-p", "2026-02", "-f", "md").out


def test_reports_are_listed_with_how_to_make_them(desk: Desk) -> None:
    out = desk.do("report", "-f", "md").out
    assert "| 周报 | 周报 | 自带 |" in out
    assert "| 月报 | 月报 | 本单位 |" in out
    assert "lianxin report 年报" in out
    said = desk.say("report", "yearly")
    assert (said.code, "没有「yearly」这种报表" in said.err) == (2, True)


def test_a_lost_commit_leaves_the_difference_without_its_reason(desk: Desk) -> None:
    desk.do("report", "weekly", "-p", WEEK, "--freeze", today="2026-03-09")
    path = desk.root / "frozen" / "BB-A0001.yaml"
    lost = "abcdef0123" + "0" * 30
    lines = [f"提交: {lost}" if line.startswith("提交: ") else line for line in kept(desk, 1).splitlines()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    desk.do("commit", today="2026-03-09")
    late(desk)
    out = desk.do("report", "weekly", "-p", NEXT, "-f", "md", today="2026-03-17").out
    assert "| 新增 | 1 | 2 | 当时的台账版本找不到了，说不出是哪些 |" in out


def test_nothing_is_frozen_while_a_record_cannot_be_read(desk: Desk) -> None:
    (desk.root / "villages" / "CUN-A0009.yaml").write_text("编号: [没有写完\n", encoding="utf-8")
    desk.git("add", "-A")
    desk.git("commit", "-q", "-m", "坏的")
    said = desk.say("report", "weekly", "-p", WEEK, "--freeze")
    assert (said.code, "有 1 份记录读不出" in said.err) == (3, True)
