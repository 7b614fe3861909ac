"""How a form is left, refused, begun anew, and what it leads to: what it says of that is so."""

from __future__ import annotations

import os
from datetime import datetime

import pytest
from tests.cli.desk import ENVIRONMENT, Desk
from tests.cli.screen import Asked, Screen, at_desk, at_form

from lianxin.cli.form.tasks import add_task, edit_task, step_task
from lianxin.kinds import KIND

pytestmark = pytest.mark.slow  # it takes long


@pytest.fixture(autouse=True)
def _as_hers(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


def new(kind: str, **typed: str | list[str]) -> Asked:
    return lambda session: add_task(session, KIND[kind], typed)


def step(name: str) -> Asked:
    (one,) = (one for one in KIND["issue"].lifecycle.steps if one.name == name)  # type: ignore[union-attr]
    return lambda session: step_task(session, KIND["issue"], one, "1")


def drafts(desk: Desk) -> list[str]:
    return [one.name for one in (desk.root / ".git" / "lianxin").glob("*.draft/*.json")]


def test_a_namesake_elsewhere_is_told_of_and_nothing_is_asked(desk: Desk) -> None:
    desk.do("village", "add", "--name", "柳树坳", "--town", "云岭镇")
    told = "外村另有同名的户主 李桂兰：HU-A0001（松坪村，一组，电话尾号 1234）"

    async def play(screen: Screen) -> None:
        await screen.see("户主*")
        await screen.fill("户主", "李桂兰")
        await screen.fill("所属村", "柳树坳", "enter")
        await screen.see(told)
        await screen.write()

    id_ = at_form(desk.root, new("household"), play, size=(80, 40)).id
    said = desk.do("household", "add", "--head", "李桂兰", "--village", "柳树坳", "--group", "三组").out
    assert "外村另有同名的户主：HU-A0001（松坪村，一组）；选户时看清村组" in said
    assert "1234" not in said

    async def change(screen: Screen) -> None:
        await screen.fill("户主", "李桂英")
        await screen.fill("户主", "李桂兰")
        await screen.press("ctrl+s")
        await screen.see("外村另有同名的户主 李桂兰：HU-A0001")

    desk.do("household", "edit", id_, "--head", "李桂香", "-y")
    at_form(desk.root, lambda session: edit_task(session, KIND["household"], id_), change, size=(80, 40))


def test_a_form_is_begun_anew_whatever_was_typed(heard: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.see("进展情况*")
        await screen.press("f4")
        await screen.see("还没有填什么")
        await screen.type("挖机明天到")
        await screen.press("f4")
        await screen.see("刚填的都不要，从头填吗？")
        await screen.press("y")
        await screen.gone("挖机明天到")
        await screen.at("进展情况")
        assert screen.row("进展情况").text == ""
        await screen.press("escape")

    at_form(heard.root, step("progress"), play)
    assert drafts(heard) == []


def test_nothing_is_said_to_be_kept_where_nothing_was_typed(heard: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.press("2")
        await screen.see("l 受理")
        for key in ("n", "l"):  # a new issue with nothing known of it, a step with what is offered
            await screen.press(key)
            await screen.see("Ctrl-S 写入")
            await screen.press("ctrl+c")
            await screen.see("或者再按一次 Ctrl-C")
            assert "填过的留着" not in screen.text
            await screen.press("escape")
            await screen.see("没有写入")
            assert "填过的留着" not in screen.text
        await screen.press("n")
        await screen.see("Ctrl-S 写入")
        await screen.type("李")
        await screen.press("escape")
        await screen.see("没有写入；填过的留着，再来按 F6 接着填")

    at_desk(heard.root, play)


def test_what_was_known_of_it_is_not_typed(desk: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.at("事由")
        await screen.press("escape")

    at_form(desk.root, new("issue", visit="1"), play)
    assert drafts(desk) == []


def test_what_keeps_it_from_being_struck_off_stands_there(taken: Desk) -> None:
    taken.do(
        "issue", "assign", "1", "--dept", "镇水利站", "--person", "石勇", "--standard", "通", "--limit", "5个工作日"
    )
    taken.do("issue", "sign", "1", "-y")
    taken.do("issue", "resolve", "1", "--result", "清了六十米", "-y")
    taken.do("issue", "feedback", "1", "--how", "入户", "--solved", "解决", "--satisfied", "满意", "-y")

    async def play(screen: Screen) -> None:
        await screen.press("ctrl+s")
        await screen.see("五有还缺：有心得体会")
        assert "回车 下一项" not in screen.text
        await screen.press("enter")
        await screen.see("写不了，还缺什么写在上面；按 Esc 离开")
        await screen.see("五有还缺：有心得体会")
        await screen.press("escape")

    at_form(taken.root, step("close"), play)
    assert drafts(taken) == []


def test_a_whistle_that_is_wanted_is_written_on_the_way(taken: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.see("再按 1 吹哨")
        await screen.press("2")
        await screen.see("问题：在办的（1 件）")
        await screen.see("再按 1 吹哨")
        await screen.press("full_stop")
        await screen.see("办哪一步？")
        (key,) = (line.split()[1] for line in screen.lines if line.strip(" │").endswith(" 吹哨"))
        await screen.press(key.strip("│"))
        await screen.see("还没有写着这件问题的哨单，现在写一张吗？")
        await screen.press("y")
        await screen.see("新增吹哨")
        assert screen.row("问题").text == screen.row("事项").text == "一组的渠堵了"
        await screen.fill("吹哨单位", "云岭镇党委", "enter")
        await screen.fill("牵头部门", "水利", "enter")
        await screen.fill("报到部门", "水利", "enter")
        await screen.see("「一组的渠堵了」已受理 → 已交办")
        await screen.press("ctrl+s")
        await screen.see("✓ 已新增吹哨")

    at_desk(taken.root, play)
    assert "哨单: CS-2026-A0001\n" in taken.text("WT-2026-A0001")


def test_a_whistle_moves_its_issue_at_one_stroke(taken: Desk) -> None:
    taken.do("issue", "triage", "1", "--urgency", "紧急", "-y")
    before = taken.git("rev-list", "--count", "HEAD")

    async def play(screen: Screen) -> None:
        await screen.fill("问题", "渠堵", "enter")
        await screen.see("紧急程度     紧急")
        assert screen.row("事项").text == "一组的渠堵了"
        await screen.fill("吹哨单位", "云岭镇党委", "enter")
        await screen.fill("牵头部门", "水利", "enter")  # it is listed by itself
        await screen.see("「一组的渠堵了」已受理 → 已交办")
        await screen.see("办结期限 2026-03-")
        await screen.write()

    at_form(taken.root, lambda session: add_task(session, KIND["whistle"], {}), play)
    assert "哨单: CS-2026-A0001\n" in taken.text("WT-2026-A0001")
    assert taken.state("WT-2026-A0001") == "已交办"
    assert int(taken.git("rev-list", "--count", "HEAD")) == int(before) + 1
    taken.do("check")
    taken.do("audit")
    taken.do("undo", "-y")
    assert taken.state("WT-2026-A0001") == "已受理"
    assert "哨单" not in taken.text("WT-2026-A0001")
    assert not [*(taken.root / "whistles").rglob("*.yaml")]


def test_the_desk_tells_of_a_form_that_was_left_and_goes_on_with_it(heard: Desk) -> None:
    async def leave(screen: Screen) -> None:
        await screen.fill("所见所闻", "秧栽下去了", "escape")

    async def amend(screen: Screen) -> None:
        await screen.fill("更正理由", "听错了", "escape")

    async def play(screen: Screen) -> None:
        await screen.see("没写完的（2 张）")
        await screen.see("有一张没写完的「走访」（3月6日 09:12）")
        await screen.see("有一张没写完的「修改」（3月6日 08:30）")
        await screen.see("回车 接着填")
        await screen.press("enter")
        await screen.see("上次没有写完，填过的还在这里")
        assert screen.row("所见所闻").text == "秧栽下去了"
        await screen.fill("走访户", "李桂", "enter")
        await screen.press("ctrl+s")
        await screen.see("✓ 已新增走访")
        await screen.press("1")
        await screen.see("没写完的（1 张）")
        await screen.press("home", "enter")
        await screen.see("上次没有写完，填过的还在这里")
        assert screen.row("更正理由").text == "听错了"
        await screen.press("f4", "y")
        await screen.gone("上次没有写完")
        await screen.press("escape")
        await screen.gone("没写完的（1 张）")

    at_form(heard.root, lambda session: edit_task(session, KIND["issue"], "1"), amend)
    at_form(heard.root, new("visit"), leave)
    for name, left in (("visit-add", datetime(2026, 3, 6, 9, 12)), ("issue-edit-*", datetime(2026, 3, 6, 8, 30))):
        (path,) = (heard.root / ".git" / "lianxin").glob(f"*.draft/{name}.json")
        os.utime(path, (left.timestamp(), left.timestamp()))
    at_desk(heard.root, play)
    assert drafts(heard) == []
