"""``import`` at her hands: shown, asked, written once; off a terminal nothing without leave, nobody named."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.actions.bring import workbooks
from tests.cli.desk import Desk
from tests.cli.terminal import ENTER, Terminal

TODAY = "2026-11-30"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A new ledger with villages, units and people out of her workbook."""
    folder = tmp_path_factory.mktemp("旧表")
    desk = Desk(folder / "台账")
    said = desk.say("导入", str(workbooks.foundation(folder)), "--不问", today=TODAY)
    assert (said.code, said.out.count("✓ 已导入 9 条")) == (0, 1), said
    return desk


@pytest.fixture
def desk(made: Desk, tmp_path: Path) -> Desk:
    return Desk.copied(made.root, tmp_path)


def test_off_a_terminal_nothing_is_written_without_leave(desk: Desk, tmp_path: Path) -> None:
    said = desk.say("import", str(workbooks.households(tmp_path)), today=TODAY)
    assert said.code == 3
    assert "先加 --dry-run 看看会怎样，确要导入就加 --yes" in said.err
    said = desk.say("import", str(tmp_path / "联系户.xlsx"), "--yes", today=TODAY)
    assert said.code == 3
    assert "没有导入：有 6 行有毛病" in said.err
    assert "HU-" not in desk.do("household", "list", today=TODAY).out


def test_a_dry_run_tells_every_fault_and_names_nobody_in_a_pipe(desk: Desk, tmp_path: Path) -> None:
    path = workbooks.households(tmp_path)
    before = path.read_bytes()
    said = desk.do("import", str(path), "--dry-run", today=TODAY)
    assert "第 6 行 F 列「联系电话」" in said.out
    for secret in ("无此人", "钱多", "孙武", "138000"):
        assert secret not in said.out + said.err
    found = desk.do("--json", "import", str(path), "--dry-run", today=TODAY).json["data"]
    grave = [(one["row"], one["column"]) for one in found["faults"] if one["grave"]]
    assert grave == [(row, ord(column) - ord("A") + 1) for row, column, _ in workbooks.HOUSEHOLD_FAULTS]
    assert found["counts"] == {"new": 2, "filled": 0, "same": 0, "differs": 0, "twice": 1, "faulty": 6}
    assert found["commit"] == ""
    assert path.read_bytes() == before


def test_the_copy_says_at_each_cell_what_is_wrong(desk: Desk, tmp_path: Path) -> None:
    path = workbooks.households(tmp_path)
    desk.do("import", str(path), "--dry-run", today=TODAY)
    mended = tmp_path / "联系户-问题.xlsx"
    book = load_workbook(mended)
    copy = book["Sheet1"]
    assert copy["I4"].value == "导入时的问题"
    assert {cell.coordinate for row in copy for cell in row if cell.comment} == {
        f"{column}{row}" for row, column, _ in workbooks.HOUSEHOLD_FAULTS
    }
    assert str(copy["I8"].value).count("\n") == 1  # two faults of one row
    assert copy["A1"].value == "清溪镇党员联系户花名册"
    desk.do("import", str(path), "--dry-run", today=TODAY)
    assert not (tmp_path / "联系户-问题2.xlsx").exists()  # nobody has worked on the first
    copy["D12"].value = "二组"
    book.save(mended)
    said = desk.do("--json", "import", str(mended), "--dry-run", today=TODAY).json["data"]
    assert said["counts"]["faulty"] == 5
    desk.do("import", str(path), "--dry-run", today=TODAY)
    assert (tmp_path / "联系户-问题2.xlsx").exists()


def test_good_rows_go_in_alone_and_are_taken_back_at_one_stroke(desk: Desk, tmp_path: Path) -> None:
    path = str(workbooks.households(tmp_path))
    said = desk.do("导入", path, "--只导好的", "--不问", today=TODAY)
    assert "✓ 已导入 2 条" in said.out
    message = desk.git("log", "-1", "--format=%B")
    assert message.startswith("导入 联系户 2 条\n")
    assert "钱多" not in message
    assert "陈平" not in message
    assert len(desk.do("--json", "undo", "--yes", today=TODAY).json["data"]["files"]) == 2
    assert "没有问题" in desk.do("check", today=TODAY).out


def test_what_is_told_of_headings_counts_and_is_remembered(desk: Desk, tmp_path: Path) -> None:
    path = workbooks.saved(
        tmp_path / "怪表.xlsx",
        (
            "名单",
            [["当家的", "村", "星座", "属于"], ["金一", "青石村", "白羊", "一组"], ["金二", "青石村", "金牛", "二组"]],
        ),
    )
    words = ("--kind", "联系户", "--map", "当家的=户主", "--map", "属于=所属组", "--map", "星座=")
    desk.do("import", str(path), *words, "--all", "户类别=困难", "--yes", today=TODAY)
    found = desk.do("--json", "--internal", "household", "list", today=TODAY).json["data"]["items"]
    assert sorted((one["head"], one["group"], one["category"]) for one in found) == [
        ("金一", "一组", "困难"),
        ("金二", "二组", "困难"),
    ]
    kept = (desk.root / "policy" / "import.yaml").read_text("utf-8")
    assert "当家的" in kept
    assert "金一" not in kept
    assert "没有问题" in desk.do("check", today=TODAY).out
    again = desk.do("import", str(path), "--dry-run", today=TODAY)  # the kind too is known by now
    assert "台账里已经有了，不动：联系户 2 条" in again.out


def test_what_is_no_table_is_said_so(desk: Desk, tmp_path: Path) -> None:
    page = tmp_path / "表.xls"
    page.write_text("<html><table><tr><td>户主</td></tr></table></html>", encoding="utf-8")
    assert "其实是网页" in desk.say("import", str(page), "--dry-run").err
    page.write_bytes(b"\x00\x01\x02\x03")
    assert "不是表格" in desk.say("import", str(page), "--dry-run").err
    page.write_bytes(b"PK\x03\x04 and nothing else")
    assert "可能坏了" in desk.say("import", str(page), "--dry-run").err
    assert "读不了" in desk.say("import", str(tmp_path / "没有.xlsx"), "--dry-run").err
    said = desk.say("import", str(workbooks.households(tmp_path)), "--kind", "吹哨", "--dry-run")
    assert "不能导入「吹哨」；能导入的有 村、单位" in said.err


def test_ledgers_agree_with_the_workbook(desk: Desk, tmp_path: Path) -> None:
    desk.do("import", str(workbooks.households(tmp_path)), "--good-only", "--yes", today=TODAY)
    desk.do("import", str(workbooks.grouped(tmp_path)), "--yes", today=TODAY)
    desk.do("import", str(workbooks.projects(tmp_path)), "--yes", today=TODAY)
    listed = desk.do("--internal", "ledger", "联系户台账", "-f", "csv", today=TODAY).out
    assert listed.count("HU-") == 2 + 6
    money = desk.do("ledger", "项目资金台账", "-f", "md", today=TODAY).out
    total = next(line for line in money.splitlines() if "合计" in line).replace(" ", "")
    assert "|**119400**|" in total
    assert "|**89400**|" in total
    paid = desk.do("ledger", "资金拨付台账", "-f", "csv", today=TODAY).out
    assert paid.count("木") == 3


#: What the manual says of keys: what is waited for, and what is pressed then.
KEYS = {
    "导一份没有毛病的表": (("表头这样对应，对吗？", ENTER), ("就这样导入 3 条吗？", ENTER)),
    "有毛病的先不管，好的先导": (("表头这样对应，对吗？", ENTER), ("先把好的 2 条导进去吗？", "y"), ("", ENTER)),
    "一栏对错了": (
        *(("表头这样对应，对吗？", "n"), ("", ENTER)),
        *(("哪一栏不对？", "走访内容"), ("", ENTER)),
        *(("记到哪一项", "家庭情况"), ("", ENTER)),
    ),
}
COUNTED = {"两下": 2, "三下": 3, "四下": 4}


@pytest.mark.slow  # a real terminal
@pytest.mark.parametrize("task", KEYS)
def test_at_a_terminal_it_takes_as_many_keys_as_the_manual_says(desk: Desk, tmp_path: Path, task: str) -> None:
    manual = (Path(__file__).parents[2] / "docs" / "手册" / "把旧表搬进来.md").read_text("utf-8")
    said = next(line.split("|")[2].strip() for line in manual.splitlines() if line.startswith(f"| {task} |"))
    assert COUNTED[said] == sum(len(keys) == 1 for _, keys in KEYS[task])  # besides what is written in words
    if task == "有毛病的先不管，好的先导":
        path = workbooks.households(tmp_path)
    elif task == "一栏对错了":
        desk.do("import", str(workbooks.households(tmp_path)), "--good-only", "--yes", today=TODAY)
        path = workbooks.visits_gbk(tmp_path)
    else:
        rows = [["户主", "村", "组"], *([f"金{n}", "青石村", "一组"] for n in "一二三")]
        path = workbooks.saved(tmp_path / "户.xlsx", ("户", rows))
    terminal = Terminal(desk, "导入", str(path), today=f"{TODAY} 16:20")
    for wanted, keys in KEYS[task]:
        terminal.wait_for(wanted)
        terminal.type(keys)
    if task == "一栏对错了":
        terminal.wait_for("走访内容→家庭情况")
        terminal.type(ENTER)
        terminal.wait_for("是哪一年的")
        terminal.type("2026" + ENTER)
        terminal.wait_for("就这样导入 5 条吗？")
        terminal.type(ENTER)
    terminal.wait_for("✓ 已导入")
    assert terminal.end() == 0
