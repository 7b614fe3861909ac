"""What is at odds is told as soon as it is typed, and what people leave out of a line is understood."""

from __future__ import annotations

from tests.cli.desk import Desk
from tests.cli.terminal import CLEAR, ENTER, ESCAPE, WRITE, Terminal


def test_counts_that_do_not_agree_are_told_at_the_second(desk: Desk) -> None:
    words = ("survey", "add", "--about", "松坪村", "--subject", "村级党组织", "--day", "2026-03-05")
    terminal = Terminal(desk, *words, lines=24)
    terminal.fill(
        ("发放份数*", "一百" + ENTER),
        ("记作 100", "120" + ENTER),
        ("收回份数 120 多于发放份数 100", CLEAR + "90" + ENTER),
        ("收回份数*    90 有效份数*", "91" + ENTER),
        ("有效份数 91 多于收回份数 90", WRITE + CLEAR + "90"),  # goes there: what is typed next is typed there
        ("有效份数*    90 答卷*", ESCAPE),
    )
    assert terminal.end() == 130


def test_the_groups_of_the_village_are_there_to_pick(desk: Desk) -> None:
    terminal = Terminal(desk, "household", "add", lines=24)
    terminal.fill(
        ("户主*", "赵水生" + ENTER * 2),  # the village is the last one's
        ("1 一组   2 二组", "二" + ENTER),
        ("所属组       二组", "139" + ENTER),
        ("「139」不像电话号码", CLEAR + ENTER),
        ("电话 联系人", WRITE),
    )
    terminal.wait_for("（HU-A0002）")
    assert terminal.end() == 0
    held = (desk.root / "households" / "HU-A0002.yaml").read_text(encoding="utf-8")
    assert "所属组: 二组\n" in held
    assert "电话" not in held


def test_what_is_half_typed_of_a_group_stays_until_it_is_written(desk: Desk) -> None:
    terminal = Terminal(desk, "household", "add", "--head", "赵水生", lines=24)
    terminal.fill(("回车照用", ENTER), ("1 一组   2 二组", "二" + ENTER), ("所属组       二组", ESCAPE))
    assert terminal.end() == 130
    (draft,) = (desk.root / ".git" / "lianxin").glob("*.draft/*.json")
    assert '"group": "二组"' in draft.read_text(encoding="utf-8")


def test_one_word_says_enough_of_a_line_whose_others_may_be_left_out(desk: Desk) -> None:
    desk.do("person", "add", "--name", "赵春", "--org", "镇水利站", "--roles", "联户党员、村官")
    written = (desk.root / "people" / "RY-A0003.yaml").read_text(encoding="utf-8")
    assert "身份:\n  - 身份: 联户党员\n  - 身份: 村官\n" in written
    said = desk.say("person", "add", "--name", "赵秋", "--org", "镇水利站", "--roles", "连户党员")
    assert "身份没有「连户党员」；是不是「联户党员」" in said.err
    said = desk.say("household", "add", "--head", "赵冬", "--village", "松坪村", "--members", "赵小禾 李秀")
    assert "家庭成员要写成 姓名（关系），如 蒋小宝（孙子，学生）" in said.err
    said = desk.say("visit", "add", "--helps", "慰问了")
    assert "帮扶要写成 指标：慰问金，数量：500 这样（还可写 说明），看不懂「慰问了」" in said.err


def test_a_wrong_command_is_told_with_the_near_one(desk: Desk) -> None:
    assert (
        desk.say("issue", "asign", "1").err
        == "没有「asign」这个命令，是不是 lianxin issue assign、lianxin issue sign\n"
    )
    assert "运行 lianxin org add --help 看用法" in desk.say("org", "add", "--department").err


def test_an_empty_ledger_says_what_to_enter_first(desk: Desk) -> None:
    terminal = Terminal(desk, "ledger", "结对台账")
    terminal.wait_for("还没有登记过结对；登记第一条：lianxin pairing add")
    assert terminal.end() == 0


def test_a_report_that_lies_in_the_folder_is_no_edit_and_remedies_can_be_copied(desk: Desk) -> None:
    (desk.root / "周报.xlsx").write_bytes(b"PK")
    assert "手工改动" not in desk.say("doctor").out
    village = desk.root / "villages" / "CUN-A0001.yaml"
    village.write_text(village.read_text(encoding="utf-8") + "人口: 812\n", encoding="utf-8")
    terminal = Terminal(desk, "doctor")
    terminal.wait_for("手工改动：先运行 lianxin check，没有问题再运行 lianxin commit")
    terminal.end()
