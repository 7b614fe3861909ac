"""Definitions and campaigns: packs put into an office's data, files laid over each other, faults at their lines."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from tests.cli.desk import Desk, lianxin

from lianxin.actions.begin.campaign import packs
from lianxin.actions.policy.definition import definitions
from lianxin.policies.definitions import Definitions
from lianxin.storage.book import open_book

NOW = datetime(2026, 3, 6, 9, 0)

FIGURES = "数字:\n  - 名称: 走访篇数\n    单位: {unit}\n    计数: {{种类: 走访}}\n"
CAMPAIGN = "名称: 冬季行动\n说明: 入冬走访\n自: 2026-01-01\n至: 2026-03-31\n"
OUTLINE = "名称: {name}\n种类: 月报\n标题: {title}\n节:\n  - 标题: 一\n    文字: 无\n"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "台账")


def write(desk: Desk, files: dict[str, str]) -> None:
    for path, text in files.items():
        (desk.root / path).parent.mkdir(parents=True, exist_ok=True)
        (desk.root / path).write_text(text, "utf-8")


def enforce(desk: Desk, *names: str) -> None:
    office = desk.root / "lianxin.yaml"
    head = office.read_text("utf-8").partition("活动:")[0]
    office.write_text(head + "活动:\n" + "".join(f"  - {name}\n" for name in names), "utf-8")


def known(desk: Desk, commit: str = "") -> Definitions:
    with open_book(desk.root, today=NOW.date(), now=NOW, commit=commit) as book:
        return definitions(book)


def test_a_pack_comes_with_the_ledger_or_later(tmp_path: Path) -> None:
    first, second = packs()[:2]
    root = tmp_path / "台账"
    words = ["--name", "云岭镇党建办", "--org", "云岭镇党委", "--clerk", "何小满"]
    made = lianxin("init", str(root), *words, "--campaign", first, cwd=tmp_path)
    assert (made.code, first in made.out) == (0, True)
    # what the office has changed stays as it is, comments too
    (root / "lianxin.yaml").write_text("# 我们的台账\n" + (root / "lianxin.yaml").read_text("utf-8"), "utf-8")
    desk = Desk.__new__(Desk)
    desk.root = root
    joined = lianxin("init", str(root), "--campaign", second, cwd=tmp_path)
    assert joined.code == 0, joined.err
    assert desk.git("status", "--short") == ""
    said = desk.git("log", "-2", "--format=%s").splitlines()
    assert said == [f"开展活动：{second}", "lianxin 手工修改文件"]
    text = (root / "lianxin.yaml").read_text("utf-8")
    assert text.startswith("# 我们的台账\n")
    assert f"活动:\n  - {first}\n  - {second}\n" in text
    assert tuple(known(desk).campaigns) == (first, second)
    again = lianxin("init", str(root), "--campaign", second, cwd=tmp_path)
    assert (again.code, "已经在用了" in again.err) == (2, True)


def test_all_packs_together_check_clean(tmp_path: Path) -> None:
    root = tmp_path / "台账"
    words = [word for name in packs() for word in ("--campaign", name)]
    lianxin("init", str(root), "--name", "办", "--org", "镇", "--clerk", "何小满", *words, cwd=tmp_path)
    said = lianxin("check", cwd=root)
    assert (said.code, "没有问题" in said.out) == (0, True), said.out


def test_an_unknown_pack_names_those_there_are(tmp_path: Path) -> None:
    said = lianxin(
        "init", str(tmp_path / "x"), "--name", "办", "--org", "镇", "--clerk", "何", "--campaign", "无此", cwd=tmp_path
    )
    assert said.code == 2
    assert not [name for name in packs() if name not in said.err]
    assert not (tmp_path / "x").exists()


def test_outlines_of_one_name_the_office_before_the_campaign(desk: Desk) -> None:
    pack = {
        "campaigns/冬季/campaign.yaml": CAMPAIGN,
        "campaigns/冬季/reports/月.yaml": OUTLINE.format(name="甲", title="活动的"),
    }
    write(desk, {**pack, "campaigns/冬季/reports/乙.yaml": OUTLINE.format(name="乙", title="活动的")})
    enforce(desk, "冬季")
    write(desk, {"reports/甲.yaml": OUTLINE.format(name="甲", title="自己的")})
    found = known(desk)
    assert {name: found.outlines[name].title for name in ("甲", "乙")} == {"甲": "自己的", "乙": "活动的"}
    assert {name: found.origins[name] for name in ("甲", "乙")} == {"甲": "本单位", "乙": "冬季"}
    assert found.title("冬季") == "冬季行动"


def test_a_campaign_that_is_not_listed_is_not_in_force(desk: Desk) -> None:
    write(desk, {"campaigns/冬季/campaign.yaml": CAMPAIGN, "campaigns/冬季/figures.yaml": FIGURES.format(unit="篇")})
    assert "走访篇数" not in known(desk).figures
    enforce(desk, "冬季")
    assert known(desk).sources["走访篇数"] == "冬季"


def test_the_same_definition_twice_is_one_two_different_ones_are_a_fault(desk: Desk) -> None:
    for name in ("冬季", "春季"):
        pack = {
            f"campaigns/{name}/campaign.yaml": CAMPAIGN,
            f"campaigns/{name}/figures.yaml": FIGURES.format(unit="篇"),
        }
        write(desk, pack)
    enforce(desk, "冬季", "春季")
    assert desk.say("check").code == 0
    write(desk, {"campaigns/春季/figures.yaml": FIGURES.format(unit="次")})
    said = desk.say("check")
    assert (said.code, "campaigns/春季/figures.yaml:2:9 P037" in said.out) == (1, True), said.out
    assert known(desk).figures["走访篇数"].unit == "篇"


def test_definitions_are_those_of_the_commit_that_is_read(desk: Desk) -> None:
    write(desk, {"policy/figures.yaml": FIGURES.format(unit="篇")})
    desk.git("add", "-A")
    desk.git("commit", "-qm", "数字")
    commit = desk.git("rev-parse", "HEAD").strip()
    write(
        desk,
        {"policy/figures.yaml": FIGURES.format(unit="次"), "reports/甲.yaml": OUTLINE.format(name="甲", title="题")},
    )
    assert (known(desk).figures["走访篇数"].unit, "甲" in known(desk).outlines) == ("次", True)
    then = known(desk, commit)
    assert (then.figures["走访篇数"].unit, "甲" in then.outlines) == ("篇", False)


def test_words_and_limits_of_a_campaign_are_laid_over_the_offices_own(desk: Desk) -> None:
    words = "类别:\n  - 名称: 冬季用煤\n"
    limits = "签收: 1个工作日\n办理:\n  - 类别: 道路交通\n    时限: 20个工作日\n"
    write(desk, {"campaigns/冬季/campaign.yaml": CAMPAIGN, "campaigns/冬季/categories.yaml": words})
    with open_book(desk.root, today=NOW.date(), now=NOW) as book:
        rule = str(book.context.limits.rule("道路交通", "一般"))
    write(desk, {"campaigns/冬季/limits.yaml": limits})
    enforce(desk, "冬季")
    with open_book(desk.root, today=NOW.date(), now=NOW) as book:
        listed = [entry["名称"] for entry in (book.policy("categories") or {})["类别"]]
        assert (listed[-1], len(listed) > 10) == ("冬季用煤", True)
        assert str(book.context.limits.rule("道路交通", "一般")) != rule
        assert str(book.context.limits.rule("土地山林", "一般")) == "10个工作日"
    # what cannot be understood is told of under the campaign's own file
    write(desk, {"campaigns/冬季/categories.yaml": "类别:\n  - 名字: 冬季用煤\n"})
    assert "campaigns/冬季/categories.yaml:2:5 F001" in desk.say("check").out
    write(desk, {"campaigns/冬季/categories.yaml": words})
    write(desk, {"campaigns/冬季/limits.yaml": "签收: 很快\n"})
    said = desk.say("check")
    assert (said.code, "campaigns/冬季/limits.yaml:1:1 P010" in said.out) == (1, True), said.out
