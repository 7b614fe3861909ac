"""Hints: told when asked for, answered once with a reason, and told again when the reason is gone."""

from __future__ import annotations

from tests.cli.desk import Desk

VISIT = "ZF-2026-A0001"
PATH = "policy/silenced.yaml"


def hints(desk: Desk) -> list[str]:
    found = desk.do("check", "--hints", "--json").json["data"]["problems"]
    return [f"{one['code']} {one['path']}" for one in found]


def test_a_request_without_an_issue_is_a_hint_and_no_fault(desk: Desk) -> None:
    said = desk.do("check")
    assert "没有问题" in said.out
    assert "另有 1 条提示" in said.out
    assert hints(desk) == [f"H007 visits/2026/{VISIT}.yaml"]


def test_the_morning_page_mentions_hints(desk: Desk) -> None:
    assert "条提示" in desk.do("today").out


def test_an_answered_hint_is_not_told_again(desk: Desk) -> None:
    desk.do("silence", "H007", "ZF-2026-A0001", "--why", "当场已经答复")
    assert hints(desk) == []
    assert "理由: 当场已经答复" in (desk.root / PATH).read_text(encoding="utf-8")
    assert desk.git("log", "-1", "--format=%s").strip() == f"{VISIT} 免提 H007"
    assert desk.git("status", "--porcelain") == ""


def test_the_list_keeps_what_stands_in_it(desk: Desk) -> None:
    (desk.root / PATH).write_text("# 看过的\n免提:\n  - 记录: HU-A0001 # 手记\n    提示: H010\n    理由: 谈过\n")
    desk.do("commit")
    desk.do("silence", "h007", VISIT, "--why", "当场已经答复")
    text = (desk.root / PATH).read_text(encoding="utf-8")
    assert text.startswith("# 看过的\n免提:\n  - 记录: HU-A0001 # 手记\n")
    assert hints(desk) == [f"H011 {PATH}"]


def test_a_hint_that_is_none_is_refused(desk: Desk) -> None:
    for words, told in (
        (("H004", VISIT, "--why", "看过"), "没有 H004 这条提示"),
        (("H007", VISIT, "--why", " "), "要写理由"),
    ):
        said = desk.say("silence", *words)
        assert said.code == 2
        assert told in said.err
    assert not (desk.root / PATH).exists()


def test_a_hand_edited_list_is_not_swept_in(desk: Desk) -> None:
    (desk.root / PATH).write_text("免提:\n  - 记录: HU-A0001\n    提示: H010\n    理由: 谈过\n", encoding="utf-8")
    said = desk.say("silence", "H007", VISIT, "--why", "看过")
    assert said.code == 3
    assert "lianxin commit" in said.err


def test_a_dry_run_writes_nothing(desk: Desk) -> None:
    assert "没有写入" in desk.do("silence", "H007", VISIT, "--why", "看过", "--dry-run").out
    assert not (desk.root / PATH).exists()
