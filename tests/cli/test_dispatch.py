"""Papers of the week: listed, made, looked at, numbered, filed, and found again."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.desk import Desk
from tests.cli.terminal import ENTER, Terminal


@pytest.fixture
def office(heard: Desk) -> Desk:
    return heard


def test_a_report_is_made_looked_at_filed_and_found_again(office: Desk, tmp_path: Path) -> None:
    paper = tmp_path / "周报.docx"
    words = ("dispatch", "周报", "--period", "本周", "-o", str(paper))
    seen = office.do(*words)
    assert "看过以后登记" in seen.err
    assert "还没有登记过" in office.do("dispatch").out
    terminal = Terminal(office, *words)
    terminal.answer(("看过了，现在定稿、登记吗？", "y" + ENTER), ("已登记 ZZ-2026-A0001", None))
    assert terminal.end() == 0
    page = office.do("dispatch").out
    assert "周报" in page
    assert "ZZ-2026-A0001" in page
    kept = next(office.root.glob("attachments/*/*.docx"))
    assert kept.read_bytes() == paper.read_bytes()
    shown = office.do("show", "ZZ-2026-A0001").out
    assert "BB-A0001" in shown
    assert "Word 文件，收在台账里" in shown
    assert "attachments/" not in shown
    again = office.say("dispatch", str(paper))
    assert (again.code, "已经登记在 ZZ-2026-A0001" in again.err) == (3, True), again
    office.do("check")


def test_the_next_number_is_proposed_and_one_that_was_filed_is_used_up(office: Desk, tmp_path: Path) -> None:
    form = tmp_path / "交办单.docx"
    office.do("fill", "交办单", "--issue", "1", "-o", str(form))
    assert "党建交〔2026〕1号" in office.do("dispatch").out
    office.do("dispatch", str(form), "--number", "党建交〔2026〕1号")
    assert "党建交〔2026〕2号" in office.do("dispatch").out
    assert "WT-2026-A0001" in office.do("show", "ZZ-2026-A0001").out


def test_a_file_that_says_nothing_of_itself_is_asked_about(office: Desk, tmp_path: Path) -> None:
    mine = tmp_path / "上级来文.pdf"
    mine.write_bytes(b"%PDF-1.4 nothing")
    refused = office.say("dispatch", str(mine))
    assert (refused.code, "--about" in refused.err) == (2, True), refused
    office.do("dispatch", str(mine), "--about", "WT-2026-A0001")
    assert office.say("dispatch", str(tmp_path / "没有.docx")).code == 2
    assert office.say("dispatch", "没有这种").code == 2


def test_two_papers_that_were_made_with_one_number_are_not_both_filed_under_it(office: Desk, tmp_path: Path) -> None:
    for name in ("情况一", "情况二"):
        outline = f"名称: {name}\n种类: 月报\n标题: {name}\n报头: {{文号: 报告}}\n"
        outline += "节:\n  - {标题: 走访, 文字: '走访 {走访次数}。'}\n"
        (office.root / "reports").mkdir(exist_ok=True)
        (office.root / "reports" / f"{name}.yaml").write_text(outline, encoding="utf-8")
    office.do("commit")
    first, second = tmp_path / "一.docx", tmp_path / "二.docx"
    office.do("dispatch", "情况一", "--period", "2026-03", "-o", str(first))
    office.do("dispatch", "情况二", "--period", "2026-03", "-o", str(second))
    assert "党建报〔2026〕1号" in office.do("dispatch", str(first)).err
    refused = office.say("dispatch", str(second))
    assert refused.code == 3
    assert "文号 党建报〔2026〕1号 已经用在" in refused.err
    assert "「2026年3月 情况一」（BB-A0001）" in refused.err
    office.do("dispatch", "情况二", "--period", "2026-03", "-o", str(second), "--yes")
    office.do("dispatch", "情况二", "--period", "2026-03", "--number", "党建报[2026]7号", "-o", str(second), "--yes")
    assert "党建报〔2026〕8号" in office.do("dispatch").out
    assert office.do("verify", str(second)).out.startswith("一致")


def test_what_bears_no_number_is_not_given_one(office: Desk) -> None:
    refused = office.say("report", "weekly", "--number", "党建报〔2026〕1号")
    assert (refused.code, "不印文号" in refused.err) == (2, True), refused


def test_exports_are_due_until_they_were_made(office: Desk) -> None:
    assert "该导出的" in office.do("dispatch").out
    for name in ("每天", "每周"):
        office.do("export", name)
    assert "该导出的" not in office.do("dispatch").out


def test_a_paper_that_went_out_is_in_the_catalogue_of_its_year(office: Desk, tmp_path: Path) -> None:
    paper = tmp_path / "周报.docx"
    office.do("--yes", "dispatch", "周报", "--period", "2026-W09", "-o", str(paper))
    later = "2027-04-06"
    office.do("--yes", "archive", "2026", today=later)
    rows = office.do("--json", "archive", "2026", "--catalogue", today=later).json["data"]["items"]
    (row,) = (one for one in rows if one["kind"] == "发文")
    assert (row["author"], row["id"], row["title"]) == ("云岭镇党建办", "ZZ-2026-A0001", "2026年第9周 周报")
    assert row["pages"] or row["notes"]
    kept = next(office.root.glob("archive/**/*.docx"), None) or next(office.root.glob("attachments/**/*.docx"))
    assert office.do("verify", str(kept), today=later).out.startswith("一致")


def test_a_number_that_was_put_right_is_used_up(office: Desk) -> None:
    wrong, right = "党建督〔2026〕1号", "党建督〔2026〕4号"
    office.do("issue", "urge", "1", "--form", "督办", "--number", wrong)
    step = str(next(office.root.glob("issues/*/*.yaml")).read_text(encoding="utf-8").count("步骤: "))
    office.do("issue", "amend", "1", "--event", step, "--field", "文号", "--value", right, "--why", "抄错了")
    assert "党建督〔2026〕5号" in office.do("dispatch").out


def test_a_bulletin_is_owed_for_the_month_that_is_over(office: Desk) -> None:
    due = [line for line in office.do("dispatch").out.splitlines() if "简报" in line]
    assert [("2026-02" in line, "没有出" in line) for line in due] == [(True, True)]
