"""A household: its members as people write them, its moves, whose else its name and telephone are."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.desk import ENVIRONMENT, Desk
from tests.cli.screen import Screen, at_form

from lianxin.cli.form.tasks import add_task, edit_task
from lianxin.kinds import KIND

ADD = ("household", "add", "--head", "蒋大山", "--village", "松坪村")


@pytest.fixture
def town(furnished: Path, tmp_path: Path) -> Desk:
    return Desk.copied(furnished, tmp_path)


def household(desk: Desk, id_: str) -> str:
    return (desk.root / "households" / f"{id_}.yaml").read_text(encoding="utf-8")


def test_a_member_is_told_from_what_they_are(town: Desk) -> None:
    town.do(*ADD, "--members", "蒋小宝 孙子、李秀（妻子，残疾）", "--members", "姓名=蒋二，标签=学生")
    assert (
        "家庭成员:\n  - 姓名: 蒋小宝\n    标签:\n      - 孙子\n  - 姓名: 李秀\n    标签:\n      - 妻子\n      - 残疾\n"
        "  - 姓名: 蒋二\n    标签:\n      - 学生\n"
    ) in household(town, "HU-A0002")
    town.do("household", "edit", "HU-A0002", "--members", "+孙女：蒋小花", "-y")
    assert "  - 姓名: 蒋小花\n    标签:\n      - 孙女\n" in household(town, "HU-A0002")


def test_what_cannot_be_told_apart_is_refused(town: Desk) -> None:
    said = town.say(*ADD, "--members", "蒋小宝 李秀")
    assert said.code == 2
    assert said.err == "家庭成员要写成 姓名（关系），如 蒋小宝（孙子，学生）、李秀 妻子；几个人用顿号隔开\n"


def test_a_column_of_members_tells_what_they_are(town: Desk) -> None:
    sheet = town.root.parent / "户.csv"
    sheet.write_text("户主,所属村,家庭成员\n蒋大山,松坪村,蒋小宝 孙子、李秀（妻子）\n", encoding="utf-8")
    town.do("import", str(sheet), "--kind", "household", "-y")
    assert (
        "家庭成员:\n  - 姓名: 蒋小宝\n    标签:\n      - 孙子\n  - 姓名: 李秀\n    标签:\n      - 妻子\n"
    ) in household(town, "HU-A0002")


def test_a_move_leaves_behind_where_it_was(town: Desk) -> None:
    town.do("village", "add", "--name", "石桥村", "--town", "云岭镇", "--groups", "三组")
    said = town.do(
        "household", "edit", "李桂兰", "--village", "石桥村", "--group", "三组", "--moved", "2026-03-04", "-y"
    )
    assert "换了所属村，联系人没有改，还是原来的；要换的一起改" in said.out
    assert "曾属:\n  - 所属村: CUN-A0001\n    所属组: 一组\n    至: 2026-03-03\n" in household(town, "HU-A0001")
    assert "搬来日期: 2026-03-04\n" in household(town, "HU-A0001")
    lived = town.do("--json", "visit", "list", "走访户.所属村=松坪村").json["data"]["items"]
    assert [one["id"] for one in lived] == ["ZF-2026-A0001"]  # on 2 March it was there


def test_a_village_put_right_leaves_nothing_behind(town: Desk) -> None:
    town.do("village", "add", "--name", "石桥村", "--town", "云岭镇")
    said = town.do("household", "edit", "李桂兰", "--village", "石桥村", "--group", "-", "-y")
    assert "没有写搬来日期，当作所属村原来写错了，从前的事也按新的算；不是写错的，把搬来日期写上" in said.out
    assert "曾属" not in household(town, "HU-A0001")


def test_moves_are_told_in_their_order(town: Desk) -> None:
    town.do("village", "add", "--name", "石桥村", "--town", "云岭镇")
    for village, day in (("石桥村", "2026-03-04"), ("松坪村", "2026-03-02")):
        said = town.say("household", "edit", "李桂兰", "--village", village, "--group", "-", "--moved", day, "-y")
    assert said.code == 2
    assert "曾属要从早到晚：2026-03-01 排在 2026-03-03 后面" in said.err


@pytest.mark.slow
def test_a_comparison_that_is_cut_off_says_how_much_is_left(town: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)

    async def play(screen: Screen) -> None:
        await screen.see("修改")
        await screen.fill("家庭成员", "、".join(f"陈{n}军（儿子，在广东打工）" for n in "一二三四五六七八"), "enter")
        await screen.press("ctrl+s")
        await screen.see("就这样改吗？")
        await screen.see("下面还有")
        for _ in range(40):
            await screen.press("down")
        await screen.gone("下面还有")
        await screen.see("就这样改吗？")
        await screen.press("y")
        await screen.written()

    at_form(town.root, lambda session: edit_task(session, KIND["household"], "HU-A0001"), play)
    assert household(town, "HU-A0001").count("      - 在广东打工\n") == 8


@pytest.mark.slow
def test_the_form_tells_what_goes_with_a_move(town: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def play(screen: Screen) -> None:
        await screen.see("李桂兰")
        assert "搬来日期" not in screen.text
        await screen.fill("所属村", "石桥村")
        await screen.press("enter")
        await screen.see("搬来日期")
        await screen.see("所属村换了，这里还是原来的；要换的一起改")
        await screen.see("哪天搬来现在的村组，从前的事仍算原来的；原来写错的，空着")
        assert screen.english == []

    sit(monkeypatch)
    town.do("village", "add", "--name", "石桥村", "--town", "云岭镇")
    at_form(town.root, lambda session: edit_task(session, KIND["household"], "李桂兰"), play)


@pytest.mark.slow
def test_the_form_tells_whose_else_a_name_and_a_telephone_are(town: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def play(screen: Screen) -> None:
        await screen.see("户主*")
        await screen.fill("户主", "李桂兰")
        await screen.see("已有同名的： 李桂兰（HU-A0001，松坪村，一组）")
        await screen.fill("电话", "139 0000 1234")
        await screen.see("这个电话也是 李桂兰（HU-A0001，松坪村，一组）的")

    sit(monkeypatch)
    at_form(town.root, lambda session: add_task(session, KIND["household"]), play)


@pytest.mark.slow
def test_the_form_tells_how_members_are_written(town: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async def play(screen: Screen) -> None:
        await screen.see("F2 更多")
        await screen.press("f2")
        screen.row("家庭成员").enter()
        await screen.see("写成 姓名（关系），如 蒋小宝（孙子，学生）、李秀 妻子；")
        await screen.see("几个人用顿号隔开")
        await screen.type("蒋小宝 李秀")
        await screen.press("tab")
        await screen.see("「蒋小宝 李秀」分不清哪个是姓名、哪个是关系")

    sit(monkeypatch)
    at_form(town.root, lambda session: add_task(session, KIND["household"]), play, size=(80, 40))


def sit(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
