"""What is said in a sentence names nobody where others than the clerk may read it."""

from __future__ import annotations

import pytest
from tests.cli.desk import Desk


@pytest.mark.parametrize(
    "words",
    [
        "show 李桂",
        "household show 李桂蓝",
        "visit add --day 2026-03-02 --visitors 何小满 --households 李桂篮 --way 入户 --requests 无",
        "household list 联系人=李桂兰",
    ],
)
def test_a_suggestion_into_a_pipe_names_nobody(desk: Desk, words: str) -> None:
    said = desk.say(*words.split())
    assert said.code in (0, 2, 3)
    assert "李桂兰" not in said.err + said.out
    if "是不是" in said.err:
        assert "李*" in said.err
    assert "李桂兰" in desk.say("--internal", "household", "show", "李桂蓝").err


def test_several_of_one_name_are_told_apart_by_their_ids(desk: Desk) -> None:
    desk.do("household", "add", "--head", "李桂兰", "--village", "松坪村", "--group", "二组", "--contacts", "何小满")
    said = desk.say("household", "show", "李桂兰")
    assert said.code == 2
    assert "李桂兰" not in said.err
    assert "HU-A0001" in said.err
    assert "HU-A0002" in said.err


def test_likely_one_and_dry_runs_name_nobody(desk: Desk) -> None:
    again = ("household", "add", "--head", "李桂兰", "--village", "松坪村", "--group", "一组", "--phone", "13900001234")
    said = desk.say("--dry-run", *again)
    assert not [secret for secret in ("李桂兰", "13900001234") if secret in said.out + said.err], said
    assert "李桂兰" in desk.say("--internal", "--dry-run", *again).out


def test_next_masks_with_the_whole_list(desk: Desk) -> None:
    id_ = desk.take_down()
    desk.do("issue", "edit", id_, "--summary", "李桂兰家渠堵了，电话13900001234", "--why", "写清楚")
    for words in (("next", id_), ("today",), ("issue", "list"), ("show", id_)):
        said = desk.do(*words)
        assert not [secret for secret in ("李桂兰", "13900001234") if secret in said.out], words


def test_of_several_at_one_stroke_too(desk: Desk) -> None:
    ids = [desk.take_down(), desk.take_down()]
    said = desk.say("issue", "accept", *ids, "--level", "村", "--as", "王不留行")
    assert said.code == 2
    assert "王不留行" not in said.err


def test_help_breaks_no_command(desk: Desk) -> None:
    for words in (("--help",), ("edit", "--help")):
        assert "lianxin edit 编号 --字段 新值" in desk.do(*words, env={"COLUMNS": "80"}).out
