"""What is done at the desk: filled in over the record, told in one line, and the next one is under the hand."""

from __future__ import annotations

from datetime import date

import pytest
from tests.actions.back.office import Department
from tests.cli.desk import ENVIRONMENT, Desk
from tests.cli.screen import Screen, at_desk
from textual.events import Key

from lianxin.storage.git.repo import Repo
from lianxin.storage.write.draft import Draft

pytestmark = pytest.mark.slow  # it takes long


@pytest.fixture(autouse=True)
def _as_hers(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def assigned(taken: Desk) -> Desk:
    """A desk with two issues that wait to be signed for."""
    second = taken.take_down()
    taken.lay_open(second)
    for id_ in ("WT-2026-A0001", second):
        taken.do(
            "issue",
            "assign",
            id_,
            "--dept",
            "镇水利站",
            "--person",
            "石勇",
            "--standard",
            "水能过来",
            "--limit",
            "5个工作日",
        )
    return taken


def test_enter_takes_the_step_that_is_waited_for_and_goes_on_to_the_next(assigned: Desk) -> None:
    before = assigned.git("rev-parse", "HEAD")

    async def play(screen: Screen) -> None:
        await screen.see("问题 WT-2026-A0001")
        await screen.see("回车/s 签收")
        await screen.press("enter")
        await screen.see("WT-2026-A0001 一组的渠堵了：签收")
        assert screen.english == []
        await screen.press("ctrl+s")
        await screen.see("✓ 签收：一组的渠堵了（WT-2026-A0001），已交办 → 办理中")
        await screen.see("u 撤销")
        await screen.see("问题 WT-2026-A0002")

    at_desk(assigned.root, play)
    assert assigned.state("WT-2026-A0001") == "办理中"
    assert assigned.state("WT-2026-A0002") == "已交办"
    assert assigned.git("rev-parse", "HEAD~1") == before


def test_each_other_step_has_a_key(taken: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.see("z 进展")
        for key in ("z", *"挖机q明天到1"):  # all at once
            screen.app.post_message(Key(key, key))
        await screen.see("挖机q明天到1")
        await screen.press("ctrl+s")
        await screen.see("✓ 进展：一组的渠堵了（WT-2026-A0001），已受理")
        await screen.see("回车/j 交办")

    at_desk(taken.root, play)
    assert "进展情况: 挖机q明天到1\n" in taken.text("WT-2026-A0001")


def test_a_doubtful_clock_is_asked_about_before_anything_is_filled_in(taken: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.see("z 进展")
        await screen.press("z")
        await screen.see("电脑现在的日期和时间是准的吗？")
        await screen.press("n")
        await screen.see("没有写入：电脑的时钟是 2026-11-30")
        await screen.press("z")
        await screen.see("电脑现在的日期和时间是准的吗？")
        await screen.press("y", *"挖机明天到")
        await screen.see("挖机明天到")

    at_desk(taken.root, play, day="2026-11-30")


def test_what_is_left_is_kept(taken: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.see("z 进展")
        await screen.press("z")
        await screen.see("：进展")
        await screen.press(*"挖机明天到", "escape")
        await screen.see("没有写入；填过的留着")
        await screen.press("z")
        await screen.see("挖机明天到")

    at_desk(taken.root, play)


def test_several_that_are_marked_take_a_step_in_one_commit(taken: Desk) -> None:
    for _ in range(2):
        taken.lay_open(taken.take_down())
    before = taken.git("rev-parse", "HEAD")

    async def play(screen: Screen) -> None:
        await screen.see("受理了还没交办（3 件）")
        await screen.press("space", "space", "space")
        await screen.see("选中 3 条")
        await screen.press("z")
        await screen.see("3 条")
        await screen.press(*"挖机明天到", "ctrl+s")
        await screen.see("就这样记下吗？")
        assert screen.english == []
        await screen.press("y")
        await screen.see("✓ 进展 3 件")
        await screen.press("u")
        await screen.see("就这样撤销吗？")
        await screen.press("y")
        await screen.see("✓ 已撤销")

    at_desk(taken.root, play, (120, 40))
    assert taken.git("rev-parse", "HEAD~2") == before
    assert "挖机" not in taken.text("WT-2026-A0001")


def test_a_new_record_is_asked_for_by_kind_and_stands_under_the_mark(taken: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.see("回车/j 交办")
        await screen.press("n")
        await screen.see("1 问题")
        await screen.see("3 村")
        await screen.press("2")
        await screen.see("新增走访")
        await screen.press("escape")
        await screen.gone("新增走访")
        await screen.press("5")
        await screen.see("联系户（1 条）")
        await screen.press("n")
        await screen.see("新增联系户")
        await screen.press(*"周大山", "enter")  # the only village stands there
        await screen.see("松坪村")
        await screen.press("ctrl+s")
        await screen.see("✓ 已新增联系户：周大山（HU-A0002）")
        await screen.see("联系户 HU-A0002")

    at_desk(taken.root, play, (120, 40))


def test_each_tab_stands_on_what_was_just_made_there(taken: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.press("3")
        await screen.see("走访 ZF-2026-A0001")
        await screen.press("n")
        await screen.see("新增走访")
        await screen.fill("走访户", "李桂兰", "enter")
        await screen.fill("诉求建议", "路灯不亮")
        await screen.press("ctrl+s")
        await screen.see("现在立一件问题吗？")
        await screen.press("y")
        await screen.see("新增问题")
        await screen.fill("事由", "村口的路灯不亮")
        await screen.press("ctrl+s")
        await screen.see("✓ 已新增问题：村口的路灯不亮（WT-2026-A0002）")
        await screen.press("3")
        await screen.see("走访 ZF-2026-A0002")

    at_desk(taken.root, play, size=(100, 40))


def test_all_that_is_amiss_can_be_read(taken: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.see("今日")
        await screen.press("m")
        await screen.see("j 检查")
        await screen.press("j")
        await screen.see("共 16 处要看一看：")
        await screen.see("行；上下键看，别的键回去")
        await screen.press("end")
        await screen.see("16. 离谱四")
        await screen.gone("下面还有")
        assert screen.english == []

    for name in "一二三四":
        (taken.root / "households" / f"离谱{name}.yaml").write_text("户住: 某\n", encoding="utf-8")
    at_desk(taken.root, play)


def test_what_is_seldom_done_is_in_a_list(taken: Desk) -> None:
    stick = taken.root.parent / "优盘"
    stick.mkdir()
    village = taken.root / "villages" / "CUN-A0001.yaml"
    village.write_text(f"{village.read_text(encoding='utf-8')}备注: 离镇上九里\n", encoding="utf-8")

    async def play(screen: Screen) -> None:
        async def rare(key: str) -> None:
            await screen.press("m")
            await screen.see("还能办：")
            await screen.press(key)

        await screen.see("回车/j 交办")
        await rare("j")
        await screen.see("没有毛病。")
        assert screen.english == []
        await screen.press("escape")
        await rare("b")
        await screen.see("优盘上的文件夹")
        await screen.press(*str(stick), "enter")
        await screen.see("请先按 m")
        await rare("s")
        await screen.see("✓ 收进 CUN-A0001    u 撤销")
        await rare("b")
        await screen.see("优盘上的文件夹")
        await screen.press(*str(stick), "enter")
        await screen.see("读回来核对过：8 条记录")
        await screen.press("escape")
        await rare("l")
        await screen.see("日历，导进手机")
        await screen.press("enter", "enter")  # the first belongs to the digit
        await screen.see("✓ 已做成")
        await rare("u")
        await screen.see("要撤销的是：")
        await screen.press("n")

    at_desk(taken.root, play)
    assert [*(taken.root.parent / "台账文件").glob("期限*.ics")]
    assert [*stick.iterdir()]


def test_a_sheet_that_came_back_is_taken_in_by_what_is_marked(assigned: Desk) -> None:
    path = assigned.root.parent / "交回.xlsx"
    assigned.do("--internal", "ledger", "问题台账", "--to", "镇水利站", "-o", str(path))
    sheet = Department(path)
    sheet.fill("WT-2026-A0001", "本次进展", "挖机到了")
    sheet.fill("WT-2026-A0001", "备注", "别收这个")
    sheet.fill("WT-2026-A0002", "类别", "不能改的")
    sheet.done()

    async def play(screen: Screen) -> None:
        await screen.see("回车/s 签收")
        await screen.press("m")
        await screen.see("还能办：")
        await screen.press("h")
        await screen.see("交回来的表在哪里")
        await screen.press(*str(path), "enter")
        await screen.see("[收] 本次进展：（空） → 挖机到了　记成进展")
        await screen.see("列「类别」：这一栏不能改，没有收")
        assert screen.english == []
        await screen.press("space")
        await screen.see("[　] 备注：（空） → 别收这个　记成更正")
        await screen.press("enter")
        await screen.see("✓ 已收 1 条，1 处    u 撤销")

    at_desk(assigned.root, play)
    assert "进展情况: 挖机到了" in assigned.text("WT-2026-A0001")
    assert "别收这个" not in assigned.text("WT-2026-A0001")


def test_a_record_is_changed_where_it_stands(taken: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.press("5")
        await screen.see("联系户 HU-A0001")
        await screen.press("e")
        await screen.see("修改")
        await screen.see("13900001234")
        assert screen.english == []
        await screen.press("escape")
        await screen.gone("F2")

    at_desk(taken.root, play, (120, 40))


def test_a_village_is_renamed_from_the_roll_and_a_household_ends(taken: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.see("回车/j 交办")
        await screen.press("9")
        await screen.see("村（1 条）")
        await screen.see("村 CUN-A0001")
        await screen.press("g")
        await screen.see("CUN-A0001 松坪村：更名")
        await screen.press(*"大松坪村", "ctrl+s")
        await screen.see("就这样更名吗？")
        assert screen.english == []
        await screen.press("y")
        await screen.see("✓ 松坪村（CUN-A0001）更名为 大松坪村")
        await screen.press("9", "9")  # by turns: units, then people
        await screen.see("党员干部（2 条）")
        await screen.press("5")
        await screen.see("联系户 HU-A0001")
        await screen.press("full_stop", "3")
        await screen.see("HU-A0001 李桂兰：终止")
        await screen.press("3", "ctrl+s")
        await screen.see("李桂兰（HU-A0001）迁出")
        await screen.press("y")
        await screen.see("✓ 李桂兰（HU-A0001）迁出")
        await screen.gone("选：终止")

    at_desk(taken.root, play)
    assert "曾用名" in (taken.root / "villages" / "CUN-A0001.yaml").read_text(encoding="utf-8")
    assert "事由: 迁出" in (taken.root / "households" / "HU-A0001.yaml").read_text(encoding="utf-8")


def test_with_records_marked_the_steps_are_theirs(assigned: Desk) -> None:
    third = assigned.take_down()

    async def play(screen: Screen) -> None:
        await screen.press("2")
        await screen.see(f"问题 {third}")
        await screen.see("l 受理")
        await screen.press("space", "space")
        await screen.see("选中 2 条")
        await screen.see("签收（1 条能）")
        await screen.see("受理（1 条能）")
        await screen.press("escape")
        await screen.press("down", "space", "up", "space")
        await screen.see("签收  ")
        await screen.gone("条能）")

    at_desk(assigned.root, play)


def test_an_extension_is_not_offered_once_the_limit_has_passed(assigned: Desk) -> None:
    for day, offered in (("2026-03-13", True), ("2026-03-20", False)):

        async def play(screen: Screen, offered: bool = offered) -> None:
            await screen.press("2")
            await screen.see("c 催办")
            assert ("延期" in screen.text) is offered

        at_desk(assigned.root, play, day=day)


def test_a_draft_of_a_step_is_not_the_whistle_that_is_written_first(assigned: Desk) -> None:
    repo = Repo.needed(assigned.root)
    Draft(repo, "issue-whistle-WT-2026-A0001", date(2026, 3, 6)).keep({}, {"summary": "两家扯皮"})

    async def play(screen: Screen) -> None:
        await screen.see("有一张没写完的「吹哨」")
        await screen.press("home", "enter")
        await screen.see("y 是")
        await screen.press("y")
        await screen.see("新增吹哨")
        assert "上次没有写完" not in screen.text
        assert "两家扯皮" not in screen.text
        await screen.press("escape")

    at_desk(assigned.root, play)
