"""``duties`` and ``score`` as the clerk types them."""

from __future__ import annotations

from typing import Any

from tests.cli.desk import Desk


def tables(desk: Desk, *words: str) -> list[list[dict[str, Any]]]:
    blocks = desk.do("--internal", *words, "-f", "document").json["data"]["blocks"]
    return [block["rows"] for block in blocks if block["type"] == "table"]


def test_duties_of_a_new_office_are_evaluated(desk: Desk) -> None:
    rows = {row["duty"]: row for row in tables(desk, "duties")[0]}
    assert rows["村务公开"]["bound"] == 1  # its one village
    assert rows["村务公开"]["nothing"] == 1
    assert rows["联户党员走访"]["bound"] == 0


def test_one_duty_opens_to_its_records(desk: Desk) -> None:
    desk.do("edit", "李桂兰", "--category", "困难")
    stands, opened = tables(desk, "duties", "困难户走访", "--open")
    assert [(row["subject"], row["done"], row["status"]) for row in stands] == [("李桂兰", 1, "已完成")]
    assert [row["id"] for row in opened] == ["ZF-2026-A0001"]
    masked = desk.do("duties", "困难户走访").out
    assert ("（内部）" in masked, "李*" in masked, "HU-A0001" in masked) == (
        True,
        False,
        False,
    )  # who is poor is not told


def test_one_subject_and_those_behind(desk: Desk) -> None:
    (own,) = tables(desk, "duties", "--village", "松坪村")
    assert [row["duty"] for row in own] == ["村务公开"]
    assert "没有落后的" in desk.do("duties", "--behind").out
    late = desk.do("duties", "村务公开", "--period", "2025Q4").out
    assert "已欠" in late


def test_a_wrong_name_is_answered_with_near_ones(desk: Desk) -> None:
    said = desk.say("duties", "村务公布")
    assert said.code == 2
    assert "是不是「村务公开」" in said.err
    said = desk.say("score", "先锋")
    assert said.code == 2
    assert "先锋指数" in said.err


def test_a_duty_that_cannot_be_counted_is_named(desk: Desk) -> None:
    policy = desk.root / "policy" / "duties.yaml"
    policy.write_text(
        "职责:\n  - 名称: 走村\n    计数: {种类: 走访, 筛选: 走防方式=入户}\n    至少: 1\n", encoding="utf-8"
    )
    said = desk.say("duties")
    assert said.code == 2
    assert "职责「走村」数不出来" in said.err
    assert "走访方式" in said.err
    assert "policy/duties.yaml:3" in desk.say("check").out
    assert "今日事项" in desk.do("today").out


def test_scores_are_listed_computed_and_explained(desk: Desk) -> None:
    names = [row["scheme"] for row in tables(desk, "score")[0]]
    assert names == ["先锋指数", "单位综合成绩", "村级定级", "支部四有"]
    graded = ("appraisal", "add", "--whom", "松坪村", "--period", "2025", "--scheme", "村级定级")
    points = [f"--items=项目={item},得分=18" for item in ("领导班子好", "党员队伍好")]
    desk.do(*graded, "--decided", "2026-01-08", *points)
    (rows, *_lists) = tables(desk, "score", "村级定级", "--period", "2025")
    assert [(row["subject"], row["total"], row["grade"]) for row in rows] == [("松坪村", 36, "—")]
    assert "手工 18（KH-A0001）" in desk.do("score", "村级定级", "--period", "2025", "--explain", "松坪村").out


def test_the_morning_page_tells_what_is_owed(desk: Desk) -> None:
    page = desk.do("today", today="2026-03-25").out
    assert "走访和职责欠账" in page
    assert "村务公开" in page
    assert "走访和职责欠账" not in desk.do("today").out
