"""Of somebody's own matter the outward face tells how far it is, and nothing of what he said or where he is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.desk import TRIAGE, Desk

pytestmark = pytest.mark.slow  # it takes long

PRIVATE = ("淤得水都过不来", "塌方没清", "自己掏过", "一组", "139****1234", "1234")


@pytest.fixture
def own(desk: Desk) -> str:
    id_ = desk.take_down()
    desk.do(
        "issue", "accept", id_, "--level", "村", *({"公共": "个人", "共性": "个性"}.get(word, word) for word in TRIAGE)
    )
    desk.do("issue", "edit", id_, "--summary", "水渠", "--why", "写短")
    return id_


@pytest.mark.parametrize("words", ["ledger 问题台账", "ledger --all", "handbook", "issue show 1"])
def test_what_he_said_stays_out(desk: Desk, own: str, words: str, tmp_path: Path) -> None:
    out = tmp_path / "公示.md"
    desk.do(*words.split(), "-o", str(out))
    lines = [line for line in out.read_text(encoding="utf-8").splitlines() if own in line or "原话" in line]
    assert lines
    assert not [secret for secret in PRIVATE for line in lines if secret in line and words != "ledger --all"], lines
    assert "淤得水都过不来" not in out.read_text(encoding="utf-8")
    assert "（个人事项）" in out.read_text(encoding="utf-8")
    assert "淤得水都过不来" in desk.do("--internal", *words.split(), "-f", "md").out


def test_the_trail_and_ledgers_within_reports_go_by_the_same_rule(desk: Desk, own: str) -> None:
    outline = "名称: 督办单\n种类: 督办\n标题: 清单\n节:\n  - 标题: 问题\n    台账: 问题台账\n    不限期间: 是\n"
    (desk.root / "reports").mkdir()
    (desk.root / "reports" / "督办单.yaml").write_text(outline, encoding="utf-8")
    for words, secret in ((("issue", "log", own), "写短"), (("report", "supervision"), "淤得水都过不来")):
        assert secret in desk.do("--internal", *words, "-f", "md").out
        told = desk.do(*words, "-f", "md").out
        assert secret not in told
        assert "（个人事项）" in told


def test_sql_and_the_board_go_by_the_same_rule(desk: Desk, own: str, tmp_path: Path) -> None:
    said = desk.do("sql", f"SELECT 原话, 所属组, 联系电话 FROM 问题 WHERE 编号 = '{own}'").out
    assert not [secret for secret in PRIVATE if secret in said]
    desk.do("site", str(tmp_path / "公示栏"))
    village = (tmp_path / "公示栏" / "village" / "CUN-A0001.html").read_text(encoding="utf-8")
    assert "只公布进度" in village


def test_a_matter_of_everybody_is_told(desk: Desk) -> None:
    id_ = desk.take_down()
    assert "淤得水都过不来" not in desk.do("ledger", "问题台账", "-f", "md").out  # nobody has looked at it yet
    desk.do("issue", "accept", id_, "--level", "村", *TRIAGE)
    told = desk.do("ledger", "问题台账", "-f", "md").out
    assert "淤得水都过不来" in told
    assert "一组" in told


@pytest.mark.parametrize("words", ["issue log 1", "issue log 1 -f document", "issue show 1"])
def test_the_steps_tell_no_story_and_keep_what_is_the_tools_own(desk: Desk, own: str, words: str) -> None:
    desk.do("issue", "progress", own, "--text", "去他家里看过病历")
    said = "".join(desk.do(*words.split()).out.split())
    assert "病历" not in said
    assert "（个人事项）" in said
    assert "入户走访，在村一级登记" in said
    assert "病历" in desk.do("--internal", *words.split()).out


def test_programs_are_told_no_more_of_it_than_pages(desk: Desk, own: str) -> None:
    desk.do("issue", "progress", own, "--text", "去他家里看过病历")
    for words in (f"show {own}", f"log {own}"):
        said = desk.do("--json", *words.split())
        assert "病历" not in said.out
        events = said.json["data"].get("events") or said.json["data"]["item"]["events"]
        assert {event["text"] for event in events if event["step"] == "进展"} == {"（个人事项）"}
        assert not [secret for secret in PRIVATE if secret in said.out], words
        assert "病历" in desk.do("--json", "--internal", *words.split()).out


def test_what_it_is_called_stays_out_wherever_it_stands(desk: Desk, own: str) -> None:
    """One rule for the board and for whatever else is handed out: of her own matter the number and how far it is."""
    desk.do("issue", "edit", own, "--summary", "离婚分田的事", "--why", "写明")
    surfaces = (
        *("ledger 问题台账", "handbook", "show CUN-A0001", "show ZF-2026-A0001", f"show {own}", f"next {own}"),
        *("issue list", "today", "report weekly --period 2026-W10", "figures 新增问题 --open", "handover"),
    )
    for words in surfaces:
        told = desk.do(*words.split(), "-f", "md").out if not words.startswith(("next", "today")) else ""
        told = told or desk.do(*words.split()).out
        assert "离婚分田" not in told, words
        assert words == "today" or "（个人事项）" in told, words
        assert "离婚分田" not in desk.do("--json", *words.split()).out, words
    assert "离婚分田" in desk.do("--internal", "ledger", "问题台账", "-f", "md").out
    assert "离婚分田" not in desk.do("sql", "SELECT * FROM 问题").out
    assert "离婚分田" not in desk.do("issue", "edit", own, "--summary", "分田", "--why", "写短").out


def test_a_matter_of_everybody_keeps_its_name_beside_one_of_somebody(desk: Desk, own: str) -> None:
    other = desk.take_down()
    desk.lay_open(other)
    desk.do("issue", "edit", own, "--summary", "渠", "--why", "写短")
    assert "一组的渠堵了" in desk.do("issue", "list", "-f", "md").out


def test_a_line_that_has_slipped_is_not_quoted_where_others_read(desk: Desk, own: str) -> None:
    path = desk.root / "issues" / "2026" / f"{own}.yaml"
    text = path.read_text(encoding="utf-8")
    for line, said in (
        ("欠了高利贷: 是\n", "没有「…」这个字段"),
        ("来源渠道: 欠了高利贷\n", "「来源渠道」不能写「…」"),
    ):
        label = line.partition(":")[0]
        kept = "".join(one for one in text.splitlines(keepends=True) if not one.startswith(f"{label}:"))
        path.write_text(kept.replace("原话:", f"{line}原话:", 1), encoding="utf-8")
        for words in (("check",), ("commit",), ("check", "-f", "github")):
            told = desk.say(*words)
            assert "高利贷" not in told.out + told.err, words
            assert said in told.out + told.err


OUTLINE = """\
名称: 督办单
种类: 督办
标题: 分组
节:
  - 标题: 表
    分组表: {对象: 原话, 列: [新增问题]}
  - 标题: 画
    图: [{标题: 各组, 数字: 新增问题, 对象: 所属组, 样式: 条形}]
  - 标题: 单
    台账: 各组
    不限期间: 是
"""


def test_what_numbers_are_told_apart_by_goes_by_the_same_rule(desk: Desk, own: str) -> None:
    for words, said in ((("原话",), "淤得水都过不来"), (("所属组", "--json"), "一组"), (("联系户.所属组",), "一组")):
        asked = ("figures", "新增问题", "--period", "2026", "--by", *words)
        looks = () if "--json" in words else ("-f", "csv")
        assert said in desk.do("--internal", *asked, *looks).out
        told = desk.do(*asked, *looks).out
        assert (said in told, "（个人事项）" in told, own in told) == (False, True, False), told


@pytest.mark.usefixtures("own")
def test_tables_charts_and_headings_of_a_report_too(desk: Desk) -> None:
    (desk.root / "reports").mkdir()
    (desk.root / "reports" / "督办单.yaml").write_text(OUTLINE, encoding="utf-8")
    (desk.root / "forms").mkdir(exist_ok=True)
    form = "名称: 各组\n种类: 问题\n分组: 所属组\n列:\n  - 字段: 编号\n"
    (desk.root / "forms" / "各组.yaml").write_text(form, encoding="utf-8")
    words = ("report", "supervision", "--period", "2026", "-f", "md")
    inside, told = desk.do("--internal", *words).out, desk.do(*words).out
    assert ("淤得水都过不来" in inside, inside.count("一组")) == (True, 2), inside
    assert ("淤得水都过不来" in told, "一组" in told, told.count("（个人事项）")) == (False, False, 3), told
