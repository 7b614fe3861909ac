"""Reports, duties and ledgers over offices: totals of sums, a row an office, what differs named, nobody in them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from docx import Document
from tests.cli.test_rollup import County, of


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory, furnished: Path, with_accepted: Path) -> County:
    """Two townships: one issue in the first; a visit more, its own definition, and a frozen report in the second."""
    folder = tmp_path_factory.mktemp("县")
    county = of(folder, with_accepted, furnished)
    county.second.do("report", "月报", "--freeze", "--period", "2026-03")
    policy = county.second.root / "policy" / "figures.yaml"
    text = policy.read_text(encoding="utf-8")
    policy.write_text(text.replace("  - 名称: 走访次数\n", "  - 名称: 走访次数\n    版本: '9'\n"), encoding="utf-8")
    county.second.do("commit", "--yes")
    visit = "visit add --day 2026-03-05 --visitors 何小满 --households 李桂兰 --way 入户 --requests 渠还堵着"
    county.second.do(*visit.split())
    county.rolled("--period", "2026-03")
    return county


def test_a_report_is_printed_from_sums_with_a_row_an_office(county: County) -> None:
    said = county.say("report", "月报", "--rollup", "汇总", "-p", "2026-03")
    assert said.code == 0, said.err
    lines = said.out.splitlines()
    assert "岫水县工作月报" in lines[0]
    assert "走到 2 个村、2 户群众" in said.out.replace("\n", "")
    assert "群众反映问题 1 件" in said.out
    ranked = [line.split() for line in lines if line.startswith(("   1  ", "   2  "))]
    assert [row[1] for row in ranked[:2]] == ["云岭镇", "北坡镇"]
    balance = [line.split() for line in lines if line.split()[:1] in (["云岭镇"], ["北坡镇"], ["合计"])]
    assert ["云岭镇", "0", "1", "0", "0", "0", "1"] in balance
    assert ["合计", "0", "1", "0", "0", "0", "1"] in balance
    assert "道路交通" in said.out  # the chart by category is pooled by the word, not drawn by office
    heads = [desk.git("rev-parse", "HEAD")[:10] for desk in (county.first, county.second)]
    assert [line.split()[-2] for line in lines[-3:] if "读到了" in line] == heads


def test_what_is_defined_otherwise_stands_apart_and_is_named(county: County) -> None:
    said = county.say("report", "月报", "--rollup", "汇总", "-p", "2026-03")
    assert "“走访次数”各单位口径不一样，没有加在一起" in said.out
    rows = {words[0]: words[1] for line in said.out.splitlines() if len(words := line.split()) > 1}
    assert rows["走访次数"] == "1"
    assert rows["走访次数（北坡镇）"] == "2"


def test_frozen_figures_are_held_against_the_count(county: County) -> None:
    said = county.say("report", "月报", "--rollup", "汇总", "-p", "2026-03")
    differing = [line.split() for line in said.out.splitlines() if "BB-A0001" in line]
    assert ["走访次数", "1", "2", "定稿以后改过"] in [row[-4:] for row in differing]
    assert ["走访见到人次", "1", "2"] in [row[-3:] for row in differing]
    assert all("云岭镇" not in row for row in differing)


def test_documents_are_written_where_no_ledger_is_at_hand(county: County) -> None:
    for name in ("月报.docx", "月报.xlsx"):
        said = county.say("report", "月报", "--rollup", "汇总", "-p", "2026-03", "-o", name)
        assert said.code == 0, said.err
    words = [paragraph.text for paragraph in Document(str(county.folder / "月报.docx")).paragraphs]
    assert "岫水县工作月报" in words
    sheets = openpyxl.load_workbook(county.folder / "月报.xlsx")
    cells = [str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row]
    assert "走访次数（北坡镇）" in cells


def test_a_ledger_has_the_rows_of_every_office_and_nobody_in_it(county: County) -> None:
    rows = county.say("--json", "ledger", "走访台账", "--rollup", "汇总").json["data"]["items"]
    assert [(one["office"], one["record"]) for one in rows] == [
        ("云岭镇", "ZF-2026-A0001"),
        ("北坡镇", "ZF-2026-A0001"),
        ("北坡镇", "ZF-2026-A0002"),
    ]
    assert "李桂兰" not in str(rows)
    assert "household" not in "".join(rows[0])
    narrowed = ("--where", "日期>=2026-03-03", "-p", "2026-03")
    rows = county.say("--json", "ledger", "走访台账", "--rollup", "汇总", *narrowed).json["data"]["items"]
    assert [one["record"] for one in rows] == ["ZF-2026-A0002"]
    assert county.say("--json", "ledger", "走访台账", "--rollup", "汇总", "-p", "2025").json["data"]["items"] == []
    assert "只能按它有的栏目筛选" in county.say("ledger", "走访台账", "--rollup", "汇总", "-w", "户主=李").err


def test_duties_are_added_up(county: County) -> None:
    own = [desk.do("--json", "duties").json["data"]["items"] for desk in (county.first, county.second)]
    pooled = county.say("--json", "duties", "--rollup", "汇总").json["data"]["items"]
    assert pooled
    for one in pooled:
        each = [row for rows in own for row in rows if row["duty"] == one["duty"]]
        for name in ("bound", "finished", "behind", "nothing"):
            assert one[name] == sum(row[name] for row in each), one["duty"]


def test_what_something_internal_picks_out_opens_to_no_record(county: County) -> None:
    for desk in (county.first, county.second):
        desk.do("household", "edit", "HU-A0001", "--category", "困难")
    county.rolled("--period", "2026-03")
    opened = county.figure("走访困难户数", "--open")["items"]
    assert [(one["office"], one["record"], one["amount"]) for one in opened] == [
        ("云岭镇", "（内部）", 1),
        ("北坡镇", "（内部）", 1),
        ("北坡镇", "（内部）", 0),
    ]


def test_what_is_owed_is_told_office_by_office_and_opens_to_office_record_and_commit(county: County) -> None:
    county.first.do("issue", "assign", "1", "--dept", "镇水利站", "--limit", "5个工作日")
    county.rolled("--period", "2026-03")
    said = county.say("report", "月报", "--rollup", "汇总", "-p", "2026-03")
    text = said.out.replace("\n", "")
    assert "有 1 件交办以后还没有签收" in text, said.out
    assert "典型案例" not in text  # an office's cases are told by that office
    opened = county.say("report", "月报", "--rollup", "汇总", "-p", "2026-03", "--open")
    assert opened.code == 0, opened.err
    assert "第 1 句" in opened.out
    head = county.first.git("rev-parse", "HEAD")[:10]
    rows = [line.split() for line in opened.out.splitlines() if "WT-2026-A0001" in line]
    assert any(row[0] == "云岭镇" and row[-1] == head for row in rows), opened.out
