"""Steps of two desks of which one bars the other: both stay, somebody chooses, and every desk ends with one book."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.desk import ENVIRONMENT, TODAY, TRIAGE, Desk
from tests.cli.screen import Screen, at_desk
from tests.cli.test_sync import joined, tree

pytestmark = pytest.mark.slow  # it takes long

_LATER = f"{TODAY} 15:40"
_ASSIGN = ("--dept", "镇水利站", "--limit", "5个工作日", "--standard", "不堵")


@pytest.fixture
def crossed(desk: Desk, tmp_path: Path) -> tuple[Desk, Desk, str]:
    """Two desks that have met, after one joined an issue into another and the other gave it to a department."""
    (tmp_path / "优盘").mkdir()
    id_, other = desk.take_down(), desk.take_down()
    for one in (id_, other):
        desk.do("issue", "accept", one, "--level", "村", *TRIAGE)
    desk.do("sync", str(tmp_path / "优盘"))
    second = joined(desk, tmp_path)
    desk.do("issue", "merge", id_, "--into", other)
    second.do("issue", "assign", id_, *_ASSIGN, today=_LATER)
    second.do("issue", "progress", id_, "--text", "和站里说好了", today=_LATER)
    desk.do("sync")
    assert f"{id_}" in second.say("sync", today=_LATER).out
    return desk, second, id_


def again(*desks: Desk) -> None:
    """Both have met, and the same book lies at both."""
    for desk in desks:
        desk.say("sync", today=_LATER)
    assert len({tree(desk) for desk in desks}) == 1


def sound(desk: Desk, id_: str) -> bool:
    """Nothing is wrong with a record but that it may be another's twin."""
    told = desk.say("check", today=_LATER).out
    return f"{id_}.yaml" not in told and "G014" not in told


@pytest.mark.parametrize(("pick", "state"), [("甲", "已并案"), ("乙", "已交办")])
def test_joined_at_one_desk_and_assigned_at_the_other_one_is_chosen(
    crossed: tuple[Desk, Desk, str], pick: str, state: str
) -> None:
    first, second, id_ = crossed
    again(first, second)
    for desk in (first, second):
        assert desk.say("check", today=_LATER).code == 1
        shown = desk.do("--internal", "settle", id_, "--all", "现在", "--dry-run").out
        assert "两台的步骤合不到一起·交办、并案" in shown
    second.do("settle", id_, "--all", pick, today=_LATER)
    assert sound(second, id_)
    assert second.state(id_) == state
    assert "和站里说好了" in second.text(id_)
    again(second, first, second)
    for desk in (first, second):
        assert "没有待定的" in desk.do("settle", today=_LATER).out
        assert "没有查出问题" in desk.do("audit", today=_LATER).out


def test_what_two_desks_choose_differently_is_asked_again_and_no_step_is_lost(
    crossed: tuple[Desk, Desk, str],
) -> None:
    first, second, id_ = crossed
    again(first, second)
    first.do("settle", id_, "--all", "甲", today=_LATER)
    second.do("settle", id_, "--all", "乙", today=_LATER)
    again(first, second, first)
    for desk in (first, second):
        text = desk.text(id_)
        assert ("步骤: 并案" in text, "步骤: 交办" in text) == (True, True)
        assert "G014" in desk.say("check", today=_LATER).out
        assert "没有查出问题" in desk.do("audit", today=_LATER).out
    first.do("settle", id_, "--all", "乙", today=_LATER)
    again(first, second)
    assert second.state(id_) == "已交办"
    assert sound(second, id_)
    assert "没有查出问题" in second.do("audit", today=_LATER).out


def test_a_step_that_was_undone_at_one_desk_comes_back_where_the_others_is_chosen(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "优盘").mkdir()
    id_ = desk.take_down()
    desk.do("issue", "accept", id_, "--level", "村", *TRIAGE)
    desk.do("issue", "assign", id_, *_ASSIGN)
    desk.do("sync", str(tmp_path / "优盘"))
    second = joined(desk, tmp_path)
    desk.do("undo", "--yes")
    second.do("issue", "sign", id_, "--person", "石勇", today=_LATER)
    desk.do("sync")
    assert "去掉交办、签收" in second.say("sync", today=_LATER).out
    second.do("settle", id_, "--all", "乙", today=_LATER)
    assert second.state(id_) == "办理中"
    assert sound(second, id_)
    again(second, desk)
    assert desk.state(id_) == "办理中"
    assert "没有查出问题" in desk.do("audit", today=_LATER).out


def test_at_the_desk_it_is_told_in_a_line_what_counts_with_either_answer(
    crossed: tuple[Desk, Desk, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (ENVIRONMENT | {"LIANXIN_CLOCK": _LATER}).items():
        monkeypatch.setenv(name, value)
    _, second, id_ = crossed

    async def play(screen: Screen) -> None:
        await screen.see("同步（1 处）")
        await screen.see("两台电脑记得不一样，等您定（1 份）")
        await screen.press("home")
        await screen.see("回车 选定用谁的")
        await screen.press("enter")
        await screen.see("用谁的？")
        await screen.see("1 甲：「并案」算数（何小满，A 台 2026-03-06 15:30），「交办」不算")
        await screen.see("2 乙：「交办」算数（何小满，B 台 2026-03-06 15:40），「并案」不算")
        await screen.see("3 现在：都留着，对不上的不算")
        assert screen.english == []
        await screen.press("2")
        await screen.see("用乙")
        await screen.gone("等您定")

    at_desk(second.root, play, day=_LATER)
    assert second.state(id_) == "已交办"
    assert sound(second, id_)


def test_two_that_were_joined_into_each_other_are_found_and_one_is_opened_again(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "优盘").mkdir()
    one, other = desk.take_down(), desk.take_down()
    for id_ in (one, other):
        desk.do("issue", "accept", id_, "--level", "村", *TRIAGE)
    desk.do("sync", str(tmp_path / "优盘"))
    second = joined(desk, tmp_path)
    desk.do("issue", "merge", one, "--into", other)
    desk.do("sync")
    second.do("issue", "merge", other, "--into", one, today=_LATER)
    assert f"并案绕成了圈：{one} → {other} → {one}" in second.say("sync", today=_LATER).out
    told = second.say("check", today=_LATER)
    assert told.code == 1
    assert "D005" in told.out
    assert "选定一件为主案，把它的「并案」用「重办」改回。" in told.out
    second.do("issue", "reopen", one, "--why", "两件互相并了", today=_LATER)
    second.do("check", today=_LATER)
    again(second, desk)
    assert (desk.state(one), desk.state(other)) == ("已受理", "已并案")
