"""Two desks and a stick: what each wrote comes together, and what they wrote differently is settled by choosing."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.cli.desk import ENVIRONMENT, MINUTE, TODAY, TRIAGE, Desk
from tests.cli.screen import Screen, at_desk

pytestmark = pytest.mark.slow  # it takes long


@pytest.fixture
def desks(desk: Desk, tmp_path: Path) -> tuple[Desk, Desk]:
    """Two desks of one book that have met on a stick."""
    (tmp_path / "优盘").mkdir()
    desk.do("sync", str(tmp_path / "优盘"))
    return desk, joined(desk, tmp_path)


def joined(desk: Desk, folder: Path, name: str = "二台") -> Desk:
    second = Desk.__new__(Desk)
    second.root = folder / name
    desk.do("enter", str(folder / "优盘"), str(second.root))
    return second


def tree(desk: Desk) -> str:
    assert desk.git("status", "--short") == ""
    return desk.git("rev-parse", "HEAD^{tree}").strip()


def step(desk: Desk, id_: str, note: str) -> None:
    desk.do("issue", "progress", id_, "--text", note)


def test_what_each_desk_wrote_is_at_both_and_a_second_sync_has_nothing_to_do(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    id_ = first.take_down()
    first.do("sync")
    second.do("sync")
    step(first, id_, "去看过了")
    step(second, id_, "村里来过电话")
    second.do("visit", "add", "--day", "2026-03-05", "--visitors", "何小满", "--households", "李桂兰", "--way", "入户")
    assert "1 条新走访" in second.do("sync").out
    said = first.do("sync").out
    assert "1 条新走访：ZF-2026-B0001 2026-03-05 入户" in said
    assert "1 件问题有进展" in said
    second.do("sync")
    assert tree(first) == tree(second)
    assert "没有查出问题" in first.do("audit").out
    told = first.do("--internal", "log", id_).out
    assert "去看过了" in told
    assert "村里来过电话" in told
    head = first.git("rev-parse", "HEAD")
    assert "这里没有新的要送" in first.do("sync").out
    assert first.git("rev-parse", "HEAD") == head


def test_a_field_that_both_changed_waits_at_both_desks_until_one_chooses(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    for desk, phone in ((first, "13900005555"), (second, "13900007777")):
        desk.do("household", "edit", "HU-A0001", "--phone", phone)
    first.do("sync")
    for desk in (second, first):
        said = desk.say("sync")
        assert said.code == 1
        assert "等您定（lianxin settle）：\n  HU-A0001 李*：电话\n" in said.out
        assert "G014" in (checked := desk.say("check")).out
        assert checked.code == 1
        assert "G014 1 处" in desk.do("today").out
        shown = desk.do("--internal", "settle", "HU-A0001", "--take", "电话=乙", "--dry-run")
        assert "试运行" in shown.out
    listed = first.do("--internal", "settle").out
    assert [phone in listed for phone in ("13900001234", "13900005555", "13900007777")] == [True] * 3
    first.do("settle", "HU-A0001", "--take", "电话=甲")
    first.do("check")
    chosen = first.do("--internal", "show", "HU-A0001").out
    first.do("sync")
    second.do("sync")
    assert tree(first) == tree(second)
    assert second.do("--internal", "show", "HU-A0001").out == chosen
    assert list(second.root.glob("unsettled/*")) == []
    assert "没有查出问题" in second.do("audit").out


def test_at_the_desk_both_versions_are_shown_with_whose_they_are_and_one_is_chosen(
    desks: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (ENVIRONMENT | {"LIANXIN_CLOCK": f"{TODAY} {MINUTE}"}).items():
        monkeypatch.setenv(name, value)
    first, second = desks
    for desk, phone in ((first, "13900005555"), (second, "13900007777")):
        desk.do("household", "edit", "HU-A0001", "--phone", phone)
    first.do("sync")

    async def play(screen: Screen) -> None:
        await screen.see("同步（1 处）")
        await screen.see("这里记的还有 1 笔没有送去")
        await screen.press("end")
        await screen.see("回车 现在同步")
        await screen.press("enter")
        await screen.see("和哪里同步")
        await screen.press("enter")
        await screen.see("HU-A0001 李桂兰：电话")
        assert screen.english == []
        await screen.press("escape")
        await screen.see("这里记的都送去了")
        await screen.press("home")
        await screen.see("两台电脑记得不一样，等您定（1 份）")
        await screen.see("回车 选定用谁的")
        await screen.press("enter")
        await screen.see("的「电话」用谁的？")
        await screen.see("1 原：13900001234")
        await screen.see("13900005555（何小满，A 台 2026-03-06 15:30）")
        await screen.see("13900007777（何小满，B 台 2026-03-06 15:30）")
        await screen.press("3")
        await screen.see("选定了：「电话」用乙")
        await screen.gone("等您定")
        await screen.see("这里记的还有 1 笔没有送去")
        assert screen.english == []

    at_desk(second.root, play)
    second.do("check")


def test_a_step_no_longer_lawful_after_the_others_stays_and_is_found(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    id_ = first.take_down()
    first.do("sync")
    second.do("sync")
    for desk in desks:
        desk.do("issue", "void", id_, "--why", "登重了")
    first.do("sync")
    said = second.say("sync")
    assert said.code == 1
    assert f"{id_}.yaml" in said.out
    assert second.say("check").code == 1
    first.say("sync")
    assert tree(first) == tree(second)


def test_without_the_stick_work_goes_on_and_the_next_sync_makes_up_for_it(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    stick = next(first.root.parent.glob("优盘"))
    stick.rename(stick.with_name("拔了"))
    said = first.say("sync")
    assert said.code == 3
    assert "优盘插好了吗" in said.err
    id_ = first.take_down()
    stick.with_name("拔了").rename(stick)
    first.do("sync")
    assert f"1 条新问题：{id_}" in second.do("sync").out


def test_git_itself_puts_records_together_by_the_driver_and_stops_loudly_without(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    id_ = first.take_down()
    first.do("sync")
    second.do("sync")
    step(first, id_, "去看过了")
    step(second, id_, "村里来过电话")
    first.do("sync")
    second.git("fetch", "-q", "origin")
    path = next(second.root.glob(f"issues/*/{id_}.yaml"))
    before = path.read_bytes()
    second.git("config", "--remove-section", "merge.lianxin")
    assert "还没有设好合并的办法" in second.say("issue", "progress", id_, "--text", "试", "--dry-run").err
    assert "还没有设好合并的办法" in second.say("doctor").out
    with pytest.raises(subprocess.CalledProcessError):
        second.git("merge", "-q", "origin/main")
    assert "UU " in second.git("status", "--short")
    assert b"<<<<<<<" in path.read_bytes()
    second.git("merge", "--abort")
    assert path.read_bytes() == before
    shutil.rmtree(second.root)
    third = joined(first, first.root.parent)
    step(third, id_, "又去了一趟")
    step(first, id_, "也去了一趟")
    first.do("sync")
    third.git("fetch", "-q", "origin")
    third.do("sync")  # sets up the driver too
    assert "记录按步骤和栏目合" in third.say("doctor").out
    step(third, id_, "第三趟")
    step(first, id_, "第四趟")
    first.do("sync")
    third.git("fetch", "-q", "origin")
    third.git("merge", "-q", "--no-edit", "origin/main")
    told = path.read_text(encoding="utf-8")
    assert "第三趟" in told
    assert "第四趟" in told


def test_over_ssh_it_is_the_same_and_who_logs_in_is_not_told(desks: tuple[Desk, Desk], tmp_path: Path) -> None:
    first, second = desks
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "ssh").write_text('#!/bin/sh\nfor last; do :; done\nexec sh -c "$last"\n')
    (programs / "ssh").chmod(0o755)
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    address = f"secret@county:{next((tmp_path / '优盘').glob('*.git'))}"
    id_ = first.take_down()
    said = first.do("sync", address, env={"PATH": path})
    assert "secret" not in said.out + said.err
    assert f"1 条新问题：{id_}" in second.do("sync", address, env={"PATH": path}).out
    assert tree(first) == tree(second)
    (programs / "ssh").write_text("#!/bin/sh\necho 'ssh: Could not resolve hostname county' >&2\nexit 255\n")
    said = first.say("sync", env={"PATH": path})
    assert (said.code, "连不上" in said.err) == (3, True)
    assert "secret" not in said.err


def test_what_was_sent_is_undone_by_a_step_that_travels_and_a_sync_is_never_undone(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    id_ = first.take_down()
    step(first, id_, "去看过了")
    first.do("sync")
    second.do("sync")
    second.do("household", "edit", "HU-A0001", "--phone", "13900005555")
    step(first, id_, "记错了的一趟")
    first.do("sync")
    second.do("sync")
    first.do("sync")
    said = first.do("undo", "--yes")
    assert "记错" not in first.do("--internal", "log", id_).out
    assert "下次同步" in said.out
    first.do("sync")
    second.do("sync")
    assert "记错" not in second.do("--internal", "log", id_).out
    assert "去看过了" in second.do("--internal", "log", id_).out
    assert tree(first) == tree(second)


_REQUEST = ("--why", "本人申请", "--paper", "申〔2026〕1号", "--yes")
_AFTER = f"2027-01-15 {MINUTE}"


def test_whoever_was_taken_out_at_one_desk_stays_out_whatever_was_written_at_the_other(
    desks: tuple[Desk, Desk],
) -> None:
    first, second = desks
    id_ = first.take_down()
    first.lay_open(id_)
    first.do("issue", "progress", id_, "--text", "和李桂兰看过渠")
    for desk in (first, second):
        desk.do("sync")
    first.do("household", "erase", "HU-A0001", *_REQUEST)
    second.do("household", "edit", "HU-A0001", "--phone", "13900007777", "--notes", "搬了家")
    second.do("issue", "progress", id_, "--text", "又去看了")
    for desk in (second, first, second):
        assert "等您定" not in desk.do("sync").out
    for desk in (first, second):
        assert "李桂兰" not in desk.text(id_) + desk.do("--internal", "show", "HU-A0001").out
        assert "1390000" not in desk.do("--internal", "show", "HU-A0001").out
        assert "又去看了" in desk.text(id_)
    assert tree(first) == tree(second)
    assert "没有查出问题" in first.do("audit").out


def test_what_two_desks_do_to_a_closed_year_comes_together(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    first.do("household", "add", "--head", "王小二", "--village", "松坪村", "--group", "一组", "--yes")
    seen = ("--day", "2026-03-04", "--visitors", "何小满", "--way", "入户")
    first.do("visit", "add", *seen, "--households", "王小二", "--family", "王小二一个人过")
    first.do("visit", "edit", "ZF-2026-A0001", "--family", "李桂兰带着孙子")
    first.do("household", "add", "--head", "赵老六", "--village", "松坪村", "--group", "一组", "--yes")
    first.do("visit", "add", *seen, "--households", "赵老六", "--family", "赵老六腿脚不便")
    first.do("--yes", "archive", "2026", today=_AFTER)
    for desk in (first, second):
        desk.do("--yes", "sync", today=_AFTER)
    first.do("household", "erase", "HU-A0001", *_REQUEST, today=_AFTER)
    second.do("household", "erase", "王小二", *_REQUEST, today=_AFTER)
    for desk in (first, second, first):
        assert "等您定" not in desk.do("--yes", "sync", today=_AFTER).out
    assert tree(first) == tree(second)
    noted = (first.root / "archive" / "withdrawn.txt").read_text(encoding="utf-8")
    assert (noted.count("注销 HU-"), "没有问题" in first.do("check", today=_AFTER).out) == (2, True)
    # one opens it, the other has somebody taken out of it meanwhile
    first.do("--yes", "archive", "2026", "--withdraw", "--why", "补一句", today=_AFTER)
    second.do("household", "erase", "赵老六", *_REQUEST, today=_AFTER)
    for desk in (second, first, second):
        assert "等您定" not in desk.do("--yes", "sync", today=_AFTER).out
    assert tree(first) == tree(second)
    assert not (first.root / "archive" / "2026").exists()
    assert "赵老六" not in (first.root / "visits" / "2026" / "ZF-2026-A0003.yaml").read_text(encoding="utf-8")
    assert "没有问题" in second.do("check", today=_AFTER).out
    assert "没有查出问题" in second.do("audit", today=_AFTER).out


def test_a_year_that_both_desks_close_is_one_and_what_the_other_went_on_with_stays_outside(
    desks: tuple[Desk, Desk],
) -> None:
    first, second = desks
    seen = ("--day", "2026-03-04", "--visitors", "何小满", "--households", "李桂兰", "--way", "入户")
    first.do("visit", "add", *seen)
    first.do("sync")
    second.do("sync")
    second.do("visit", "add", "--day", "2026-03-05", *seen[2:])
    first.do("--yes", "archive", "2026", today=_AFTER)
    second.do("--yes", "visit", "edit", "ZF-2026-A0001", "--family", "后来又问了", today=_AFTER)
    for desk in (first, second, first):
        assert "等您定" not in desk.do("--yes", "sync", today=_AFTER).out
    assert tree(first) == tree(second)
    found = {one.relative_to(first.root).as_posix() for one in first.root.rglob("ZF-*.yaml")}
    assert found == {
        "archive/2026/visits/2026/ZF-2026-A0002.yaml",
        "visits/2026/ZF-2026-A0001.yaml",
        "visits/2026/ZF-2026-B0001.yaml",
    }
    for desk in (first, second):
        desk.do("--yes", "archive", "2026", today=_AFTER)
    first.do("--yes", "sync", today=_AFTER)
    for desk in (second, first):
        assert "等您定" not in desk.do("--yes", "sync", today=_AFTER).out
    assert tree(first) == tree(second)
    assert len([*first.root.glob("archive/2026/visits/2026/*.yaml")]) == 3
    assert "没有问题" in first.do("check", today=_AFTER).out
    assert "没有查出问题" in second.do("audit", today=_AFTER).out


def test_what_a_sync_that_was_killed_has_left_is_no_hindrance(desks: tuple[Desk, Desk], tmp_path: Path) -> None:
    first, second = desks
    git = first.root / ".git"
    (mine,) = git.glob("refs/remotes/*/main")
    (there,) = (tmp_path / "优盘").rglob("refs/heads/main")
    half = git / "objects" / "pack" / "tmp_pack_half"
    second.do("household", "edit", "HU-A0001", "--notes", "新的")
    second.do("sync")
    (git / "lianxin" / "fetching").touch()
    left = (mine.with_name("main.lock"), half, there.with_name("main.lock"))
    for lock in left:
        lock.touch()
    first.do("person", "edit", "石勇", "--notes", "也是新的")
    assert (left[0].exists(), half.exists()) == (False, False)
    assert "1 条党员干部有改动" in first.do("sync").out
    assert not left[2].exists()
    assert tree(first) == tree_after(second)


def tree_after(desk: Desk) -> str:
    desk.do("sync")
    return tree(desk)


def test_a_desk_whose_clock_is_a_year_off_is_told_of_and_nothing_is_lost(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    id_ = first.take_down()
    first.do("sync")
    second.do("sync")
    refused = second.say("issue", "progress", id_, "--text", "明年的", today="2027-03-06")
    assert (refused.code, "走快了" in refused.err) == (3, True)
    sure = second.do("-y", "issue", "progress", id_, "--text", "明年的", today="2027-03-06")
    assert "走快了" in sure.err
    second.do(
        "-y",
        "visit",
        "add",
        "--day",
        "2026-03-05",
        "--visitors",
        "何小满",
        "--households",
        "李桂兰",
        "--way",
        "入户",
        today="2027-03-06",
    )
    second.do("-y", "sync", today="2027-03-06")
    step(first, id_, "今年的")
    told = first.say("sync").out
    assert "B 台有 2 笔记在还没到的时间（最晚 2027-03-06 15:30），那台的时钟走快了" in told
    back = second.say("-y", "sync", today="2027-03-06").out
    assert "A 台有" in back
    assert "记得比它前面的还早" in back
    assert tree(first) == tree(second)
    text = first.text(id_)
    assert ("今年的" in text, "明年的" in text) == (True, True)
    # the desk that was ahead is named, and never the one that joined what it had written; also once that day is over
    for day, how in ((TODAY, "还没到"), ("2027-04-01", "还晚")):
        found = first.say("audit", "--whole", today=day).out
        assert ("A015" in found, how in found, "比前一笔还早" in found) == (True, True, False)


def test_of_one_step_that_both_desks_took_one_is_chosen_and_both_orders_end_alike(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    id_ = first.take_down()
    first.do("issue", "accept", id_, "--level", "村", *TRIAGE)
    first.do("sync")
    second.do("sync")
    assign = ("issue", "assign", id_, "--dept", "镇水利站", "--limit", "5个工作日", "--standard")
    first.do(*assign, "不堵")
    step(first, id_, "去看过了")
    second.do(*assign, "通水", today=f"{TODAY} 15:35")
    first.do("sync")
    assert "：两台各记了一步·交办" in second.say("sync").out
    shown = second.do("--internal", "settle", id_, "--dry-run", "--all", "现在").out
    assert "试运行" in shown
    first.say("sync")
    assert tree(first) == tree(second)
    assert second.say("check").code == 1
    second.do("settle", id_, "--all", "甲")
    text = second.text(id_)
    assert ("不堵" in text, "通水" in text, "去看过了" in text) == (True, False, True)
    assert "没有问题" in second.do("check").out
    told = second.do("audit").out
    assert "没有查出问题" in told
    assert second.state(id_) == "已交办"
    second.do("sync")
    first.do("sync")
    assert tree(first) == tree(second)
    assert "没有待定的" in first.do("settle").out
    assert "没有查出问题" in first.do("audit").out


def test_what_the_other_desk_adds_to_whoever_was_taken_out_goes_too(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    first.do("household", "erase", "HU-A0001", *_REQUEST)
    second.do("household", "edit", "HU-A0001", "--address", "松坪村一组十七号", "--members", "姓名=李小河，标签=学生")
    for desk in (second, first, second):
        assert "等您定" not in desk.do("sync").out
    for desk in (first, second):
        text = desk.do("--internal", "show", "HU-A0001").out
        assert ("十七号" in text, "李小河" in text) == (False, False)
        assert "学生" in text  # she is counted on
    assert tree(first) == tree(second)
    assert "没有问题" in first.do("check").out
    assert "没有查出问题" in first.do("audit").out


def test_a_year_is_not_put_away_while_two_desks_say_something_else_of_it(desks: tuple[Desk, Desk]) -> None:
    first, second = desks
    for desk, told in ((first, "渠堵了"), (second, "渠塌了")):
        desk.do("visit", "edit", "ZF-2026-A0001", "--family", told)
    first.do("sync")
    assert second.say("sync").code == 1
    first.say("sync")
    refused = first.say("--yes", "archive", "2026", today=_AFTER)
    assert (refused.code, "ZF-2026-A0001两台电脑记得不一样" in refused.err, "lianxin settle" in refused.err) == (
        3,
        True,
        True,
    )
    # the other desk chose, and put it away before this one had heard of it
    second.do("--yes", "settle", "ZF-2026-A0001", "--all", "乙", today=_AFTER)
    second.do("--yes", "archive", "2026", today=_AFTER)
    second.do("--yes", "sync", today=_AFTER)
    first.do("--yes", "sync", today=_AFTER)
    assert "没有待定的" in first.do("settle", today=_AFTER).out
    assert tree(first) == tree(second)


def test_nobody_is_taken_out_over_an_open_question_and_none_stays_open_of_whoever_was(
    desks: tuple[Desk, Desk], tmp_path: Path
) -> None:
    first, second = desks
    third = joined(second, tmp_path, "三台")
    for desk, phone in ((first, "13900005555"), (second, "13900006666")):
        desk.do("household", "edit", "HU-A0001", "--phone", phone)
    first.do("sync")
    assert second.say("sync").code == 1
    refused = second.say("household", "erase", "HU-A0001", *_REQUEST)
    assert (refused.code, "lianxin settle HU-A0001" in refused.err) == (3, True)
    third.do("household", "erase", "HU-A0001", *_REQUEST)
    for desk in (third, second, first):
        assert "等您定" not in desk.do("sync").out
        assert not [*desk.root.glob("unsettled/*")]
        assert "1390000" not in desk.do("--internal", "show", "HU-A0001").out
    third.do("sync")
    assert tree(first) == tree(second) == tree(third)
    assert "没有查出问题" in first.do("audit").out
