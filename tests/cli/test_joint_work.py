"""Activities, promises, projects, surveys, appraisals, cards and suggestions, as typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.desk import Desk, lianxin

pytestmark = pytest.mark.slow  # it takes long

ASKED = "--about 松坪村 --subject 村级党组织 --day 2026-03-04 --handed-out 30"
NEW = (
    ("activity", "HD-2026-A0001", "--name 清沟 --sort 义务清洁 --day 2026-03-05 --hosts 镇水利站 --attendance 12"),
    ("promise", "CN-A0001", "--who 石勇 --to 松坪村 --text 三月底前清完渠 --made 2026-03-02 --due 2026-03-31"),
    (
        "project",
        "XM-A0001",
        "--name 修渠 --sort 公益项目 --village 松坪村 --applied 2026-02-10 --planned 年份=2026，金额=30000",
    ),
    (
        "survey",
        "CP-A0001",
        f"{ASKED} --returned 29 --valid 29 --answers 选项=满意，份数=25 --answers 选项=不满意，份数=4",
    ),
    (
        "appraisal",
        "KH-A0001",
        "--whom 石勇 --period 2025 --scheme 先锋指数 --items 项目=联户走访，得分=20 --decided-by 镇水利站",
    ),
)


@pytest.mark.parametrize(("kind", "id_", "words"), NEW, ids=[kind for kind, _id, _words in NEW])
def test_each_kind_is_added_listed_shown_and_edited_like_any_other(desk: Desk, kind: str, id_: str, words: str) -> None:
    assert id_ in desk.do(kind, "add", *words.split()).out
    assert id_ in desk.do(kind, "list").out
    assert desk.do(kind, "edit", id_, "--notes", "记一笔").code == 0
    assert "记一笔" in desk.do(kind, "show", id_, "--internal").out
    assert desk.say("check").code == 0


def test_what_does_not_add_up_is_refused_before_it_is_written(desk: Desk) -> None:
    said = desk.say("survey", "add", *f"{ASKED} --returned 31 --valid 29 --answers 选项=满意，份数=25".split())
    assert said.code == 2
    assert "收回份数 31 多于发放份数 30" in said.err
    assert "各选项相加是 25 份" in said.err
    assert not list(desk.root.glob("surveys/*"))


def test_frozen_figures_are_written_by_the_tool_alone(desk: Desk) -> None:
    told = desk.do("frozen", "--help").out
    assert "list" in told
    assert " add " not in told
    assert desk.say("frozen", "add").code == 2
    assert desk.do("frozen", "list").code == 0


def test_suggestions_use_the_rules_that_came_with_the_ledger(desk: Desk) -> None:
    assert (desk.root / "policy" / "pairing.yaml").is_file()
    desk.do("org", "add", "--name", "县商务局", "--level", "县", "--sector", "经济")
    document = desk.do("pairing", "suggest", "--json").json["data"]
    assert [*document["item"].values()] == [1, 0, 1, 1, 1, 0]
    shown = desk.do("pairing", "suggest").out
    assert "县商务局" in shown
    before = sorted(desk.root.rglob("*.yaml"))
    parties = ("--first", "县商务局", "--second", "松坪村")
    desk.do("pairing", "add", "--nature", "单位–村", *parties, "--since", "2026-03-06")
    assert "每个村都有单位结对了" in desk.do("pairing", "suggest").out
    assert len(sorted(desk.root.rglob("*.yaml"))) == len(before) + 1


def test_a_card_is_masked_in_a_file_and_clear_inside(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "卡.md"
    desk.do("card", "李桂兰", "-o", str(out))
    assert "13900001234" not in out.read_text("utf-8")
    assert "13900001234" in desk.do("card", "李桂兰", "--internal").out


def test_the_sample_has_records_of_every_kind_and_no_fault() -> None:
    root = Path(__file__).parents[2]
    said = lianxin("--data", "data", "check", "--json", cwd=root, today="2026-11-22")
    assert said.code == 0, said.out


def test_a_number_is_not_given_out_again_though_its_file_was_deleted(desk: Desk) -> None:
    words = ("village", "add", "--town", "云岭镇", "--name")
    desk.do(*words, "甲村")
    (desk.root / "villages" / "CUN-A0002.yaml").unlink()
    said = desk.do("--json", *words, "乙村")
    assert said.json["data"]["id"] == "CUN-A0003"
    assert "甲村" in desk.git("show", "HEAD:villages/CUN-A0002.yaml")
