"""Lists are changed item by item; what is not named stays. What changes is shown first."""

from __future__ import annotations

import re

import pytest
from tests.cli.desk import Desk
from tests.cli.terminal import BACKSPACE, END, ENTER, INTERRUPT, UP, WRITE, Terminal

pytestmark = pytest.mark.slow  # it takes long

#: As a file holds them: day, sum, voucher.
FIRST = ("2026-02-01", "40000", "拨1")
SECOND = ("2026-03-01", "28000.50", None)


@pytest.fixture
def project(desk: Desk) -> Desk:
    desk.do(
        *("project", "add", "--name", "上渠清淤", "--sort", "基础设施", "--village", "松坪村"),
        *("--payments", "日期=2026-02-01,金额=40000,凭证号=拨1", "--payments", "日期=2026-03-01，金额=28000.50"),
    )
    return desk


def payments(desk: Desk) -> list[tuple[str | None, ...]]:
    text = (desk.root / "projects" / "XM-A0001.yaml").read_text(encoding="utf-8")
    items = text.split("拨付:\n")[1].split("  - ")[1:] if "拨付:\n" in text else []
    labels = ("日期", "金额", "凭证号")
    return [tuple(_part(item, label) for label in labels) for item in items]


def _part(item: str, label: str) -> str | None:
    found = re.search(rf'(?m)^ *{label}: "?([^"\n]+)', item)
    return found[1] if found else None


def edit(desk: Desk, *texts: str) -> None:
    desk.do("project", "edit", "XM-A0001", *(word for text in texts for word in ("--payments", text)))


def test_an_item_is_added_and_the_others_stay(project: Desk) -> None:
    edit(project, "+日期=2026-03-05，金额=500")
    assert payments(project) == [FIRST, SECOND, ("2026-03-05", "500", None)]


def test_items_are_changed_and_taken_out_by_their_number_before_the_command(project: Desk) -> None:
    edit(project, "-1", "2:凭证号=拨2", "+日期=2026-03-05，金额=500")
    assert payments(project) == [("2026-03-01", "28000.50", "拨2"), ("2026-03-05", "500", None)]
    edit(project, "1:凭证号=")
    assert payments(project) == [SECOND, ("2026-03-05", "500", None)]
    edit(project, "－1", "＋日期：2026-03-06，金额：600")
    assert payments(project) == [("2026-03-05", "500", None), ("2026-03-06", "600", None)]


def test_the_whole_is_replaced_or_taken_out_only_when_that_is_said(project: Desk) -> None:
    head = project.git("rev-parse", "HEAD")
    said = project.say("project", "edit", "XM-A0001", "--payments", "日期=2026-03-05，金额=500")
    assert (said.code, "拨付已有 2 项" in said.err, "+… 添一项" in said.err) == (2, True, True), said
    for texts, why in (
        (("-3",), "只有 2 项，没有第 3 项"),
        (("9:金额=1",), "没有第 9 项"),
        (("=日期=2026-03-05，金额=1", "-1"), "不能再添、改、删"),
        (("2:",), "冒号后面要写改成什么"),
        (("-拨1",), "请写它的号码"),
    ):
        said = project.say("project", "edit", "XM-A0001", *(word for text in texts for word in ("--payments", text)))
        assert (said.code, why in said.err) == (2, True), said
    assert (payments(project), project.git("rev-parse", "HEAD")) == ([FIRST, SECOND], head)
    edit(project, "=日期=2026-03-05，金额=500")
    assert payments(project) == [("2026-03-05", "500", None)]
    edit(project, "-")
    assert payments(project) == []


def test_a_list_that_is_empty_takes_a_first_item_as_it_is(desk: Desk) -> None:
    desk.do("person", "edit", "石勇", "--skills", "焊工、电工")
    desk.do("person", "edit", "石勇", "--skills", "+驾驶", "--skills", "-电工")
    assert "技能:\n  - 焊工\n  - 驾驶\n" in (desk.root / "people" / "RY-A0002.yaml").read_text(encoding="utf-8")


def test_records_are_added_and_taken_out_by_name(desk: Desk) -> None:
    desk.do("household", "edit", "李桂兰", "--contacts", "+石勇")
    path = desk.root / "households" / "HU-A0001.yaml"
    assert "联系人:\n  - RY-A0001\n  - RY-A0002\n" in path.read_text(encoding="utf-8")
    desk.do("household", "edit", "李桂兰", "--contacts", "-何小满")
    assert "联系人:\n  - RY-A0002\n" in path.read_text(encoding="utf-8")
    assert "联系人里没有「何小满」" in desk.say("household", "edit", "李桂兰", "--contacts", "-何小满").err


def test_part_of_a_single_group_leaves_the_rest(desk: Desk) -> None:
    desk.do(
        *("pairing", "add", "--nature", "单位–村", "--first", "镇水利站", "--second", "松坪村"),
        *("--since", "2026-01-01", "--plan", "目标=修渠，措施=派人"),
    )
    desk.do("pairing", "edit", "JD-A0001", "--plan", "职责=带队")
    text = (desk.root / "pairings" / "JD-A0001.yaml").read_text(encoding="utf-8")
    assert [word in text for word in ("- 修渠\n", "- 派人\n", "- 带队\n")] == [True] * 3


def test_what_changes_is_told_and_masked_in_a_pipe(project: Desk) -> None:
    said = project.do("household", "edit", "李桂兰", "--head", "李桂花", "--phone", "13900005678")
    assert "李桂" not in said.out
    assert "139****5678" in said.out
    clear = project.do("--internal", "household", "edit", "HU-A0001", "--head", "李桂兰")
    assert clear.out.index("李桂花") < clear.out.index("李桂兰\n")
    assert "没有要改的" in project.say("household", "edit", "HU-A0001", "--head", "李桂兰").err


def test_a_person_at_a_terminal_sees_the_change_and_is_asked(project: Desk) -> None:
    terminal = Terminal(project, "project", "edit", "XM-A0001", "--payments", "-2")
    terminal.wait_for("日期=2026-03-01")
    terminal.wait_for("就这样改吗？")
    terminal.type("n" + ENTER)
    assert terminal.end() == 130
    assert payments(project) == [FIRST, SECOND]
    terminal = Terminal(project, "project", "edit", "XM-A0001", "--payments", "-2")
    terminal.wait_for("就这样改吗？")
    terminal.type(ENTER)
    terminal.wait_for("✓ 上渠清淤（XM-A0001）已改 拨付")
    assert terminal.end() == 0
    assert payments(project) == [FIRST]


def test_items_are_changed_where_they_stand_a_line_an_item(project: Desk) -> None:
    terminal = Terminal(project, "project", "edit", "XM-A0001", lines=24)
    terminal.see("名称*        上渠清淤")
    terminal.reach("拨付")
    terminal.see("日期：2026-02-01，金额：40000，凭证号：拨1")
    terminal.type(ENTER + "日期=昨天，金额=五百")
    terminal.see("记作")
    terminal.type(WRITE)
    terminal.see("就这样改吗？")
    terminal.type("y")
    terminal.wait_for("✓ 上渠清淤（XM-A0001）已改 拨付")
    assert terminal.end() == 0
    assert payments(project) == [FIRST, SECOND, ("2026-03-05", "500", None)]


def test_a_part_that_is_taken_out_of_a_line_is_taken_out_of_the_record(project: Desk) -> None:
    terminal = Terminal(project, "project", "edit", "XM-A0001", lines=24)
    terminal.see("名称*        上渠清淤")
    terminal.reach("拨付")
    terminal.see("日期：2026-02-01，金额：40000，凭证号：拨1")
    terminal.type(UP + END + BACKSPACE * len("，凭证号：拨1"))
    terminal.see("日期：2026-02-01，金额：40000 日期：")
    terminal.type(WRITE)
    terminal.fill(("就这样改吗？", "y"))
    terminal.wait_for("✓ 上渠清淤（XM-A0001）已改 拨付")
    assert terminal.end() == 0
    assert payments(project) == [("2026-02-01", "40000", None), SECOND]


def test_a_list_too_wide_for_the_line_is_seen_whole(project: Desk) -> None:
    edit(project, "+日期=2026-03-05，金额=500，凭证号=" + "挖机进场、清淤、砌石、回填、验收的钱一并在内" * 3)
    materials = "名目=" + "上渠清淤、砌石、回填和垫层用的" * 4 + "，数量=30，单位=方"
    project.do("project", "edit", "XM-A0001", "--materials", materials)
    for label, held in (
        ("拨付", "挖机进场、清淤、砌石、回填、验收的钱一并在内" * 3),
        ("工程量材料", materials.replace("=", "：")),
    ):
        terminal = Terminal(project, "project", "edit", "XM-A0001", lines=24)
        terminal.see("名称*        上渠清淤")
        terminal.reach(label)
        terminal.see(held)
        terminal.type(INTERRUPT)
        terminal.see("再按一次 Ctrl-C")
        terminal.type(INTERRUPT)
        assert terminal.end() == 130


def test_parts_of_a_group_may_stand_behind_a_blank(desk: Desk) -> None:
    desk.do("household", "add", "--head", "蒋秋生", "--village", "松坪村", "--members", "姓名=蒋小宝 标签=学生")
    told = (desk.root / "households" / "HU-A0002.yaml").read_text(encoding="utf-8")
    assert "家庭成员:\n  - 姓名: 蒋小宝\n    标签:\n      - 学生\n" in told
