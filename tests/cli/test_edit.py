"""``edit`` of what keeps events: corrections, all of them or none."""

from __future__ import annotations

import pytest
from tests.cli.desk import Desk

WHY = ("--why", "登记时写错", "--yes")


def test_two_corrections_are_refused_together(desk: Desk) -> None:
    id_ = desk.take_down()
    before, head = desk.text(id_), desk.git("rev-parse", "HEAD")
    for words in (("--raised", "2026-03-01", "--phone", "123"), ("--phone", "123", "--raised", "2026-03-01")):
        said = desk.say("issue", "edit", id_, *words, *WHY)
        assert (said.code, "不像电话号码" in said.err) == (3, True), said
        assert (desk.text(id_), desk.git("rev-parse", "HEAD")) == (before, head)


def test_two_corrections_are_written_together_each_in_its_commit(desk: Desk) -> None:
    id_ = desk.take_down()
    desk.do("--dry-run", "issue", "edit", id_, "--raised", "2026-03-01", "--phone", "13900005678", *WHY)
    head = desk.git("rev-parse", "HEAD").strip()
    said = desk.do("--json", "issue", "edit", id_, "--raised", "2026-03-01", "--phone", "13900005678", *WHY)
    assert sorted(said.json["data"]["fields"]) == ["反映时间", "联系电话"]
    subjects = desk.git("log", "--format=%s|%(trailers:key=Step,valueonly,separator=%x2C)", f"{head}..").splitlines()
    assert subjects == [f"{id_} 更正|amend"] * 2
    assert said.json["data"]["commit"] == desk.git("rev-parse", "HEAD").strip()
    assert not desk.git("status", "--porcelain")
    shown = desk.do("--internal", "show", id_).out
    assert ("2026-03-01" in shown, "13900005678" in shown) == (True, True)
    assert desk.do("check").code == 0


def test_a_hand_edit_goes_first(desk: Desk) -> None:
    id_ = desk.take_down()
    path = desk.root / "issues" / "2026" / f"{id_}.yaml"
    path.write_text("# 与本人核对过\n" + desk.text(id_), encoding="utf-8")
    desk.do("issue", "edit", id_, "--raised", "2026-03-01", "--phone", "-", *WHY)
    subjects = desk.git("log", "-3", "--format=%s").splitlines()
    assert subjects == [f"{id_} 更正", f"{id_} 更正", f"{id_} 手工修改问题"]
    assert not desk.git("status", "--porcelain")


@pytest.mark.parametrize(
    ("written", "changed", "label", "flag"),
    [
        ("原话: 上头那截渠淤得水都过不来", "原话: 渠不通", "原话", "--words"),
        ("反映时间: 2026-03-02", "反映时间: 2026-03-01", "反映时间", "--raised"),
        ("反映人: 李桂兰\n", "反映人: 李桂花\n", "反映人", "--reporter"),
    ],
)
def test_what_was_taken_down_is_not_rewritten_by_hand(
    desk: Desk, written: str, changed: str, label: str, flag: str
) -> None:
    id_ = desk.take_down()
    path = desk.root / "issues" / "2026" / f"{id_}.yaml"
    before = desk.text(id_)
    assert written in before
    path.write_text(before.replace(written, changed), encoding="utf-8")
    for words in (("commit",), ("issue", "progress", id_, "--text", "看过了")):
        refused = desk.say(*words)
        assert refused.code == 3
        assert f"登记的「{label}」被改了" in refused.err
        assert f"lianxin issue edit {id_} {flag} 新值 --why 理由" in refused.err
    path.write_text(before, encoding="utf-8")
    assert "没有手工改动" in desk.do("commit").out


@pytest.mark.parametrize(("flag", "held", "other"), [("--category", "一般", "五保"), ("--head", "李桂兰", "李桂花")])
def test_a_trial_outside_says_the_same_whether_a_hidden_field_changes_or_not(
    desk: Desk, flag: str, held: str, other: str
) -> None:
    trials = [desk.do("household", "edit", "HU-A0001", flag, value, "--dry-run") for value in (held, other)]
    assert trials[0] == trials[1]
    assert "试运行" in trials[0].out
