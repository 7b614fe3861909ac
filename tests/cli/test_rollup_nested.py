"""A prefecture pools counties by their own roll-ups: sums of sums that still open to office, record and commit."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.cli.desk import Desk, Said, lianxin
from tests.cli.test_rollup import ALONE, County, visited

LIST = """名称: 甘北州
单位:
- 名称: 岫水县
  层级: 县
  位置: ../县/汇总
- 名称: 州直
  位置: ../直/台账
"""


class Prefecture:
    """A folder beside that of a county and of an office of its own, with the list of both."""

    def __init__(self, folder: Path, county: County, own: Desk) -> None:
        self.folder, self.county, self.own = folder, county, own
        folder.mkdir(exist_ok=True)
        (folder / "offices.yaml").write_text(LIST, encoding="utf-8")

    def say(self, *words: str) -> Said:
        return lianxin(*words, cwd=self.folder)

    def rolled(self, *words: str, code: int = 0) -> list[Any]:
        said = self.say("--json", "汇总", *ALONE, *words)
        assert said.code == code, said.out + said.err
        found: list[Any] = said.json["data"]["offices"]
        return found

    def items(self, *words: str) -> list[Any]:
        said = self.say("--json", *words, "--rollup", "汇总")
        assert said.code == 0, said.err
        found: list[Any] = said.json["data"]["items"]
        return found

    @property
    def manifest(self) -> Any:
        return json.loads((self.folder / "汇总" / "manifest.json").read_bytes())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, furnished: Path, with_accepted: Path) -> Prefecture:
    """Rolled up, for whoever only looks."""
    folder = tmp_path_factory.mktemp("made")
    for name in ("县", "县/一", "县/二", "直"):
        (folder / name).mkdir()
    first, second = Desk.copied(with_accepted, folder / "县" / "一"), Desk.copied(furnished, folder / "县" / "二")
    visited(second)
    found = Prefecture(folder / "州", County(folder / "县", first, second), Desk.copied(with_accepted, folder / "直"))
    found.county.rolled()
    assert [one["standing"] for one in found.rolled()] == ["读到了", "读到了"]
    return found


@pytest.fixture
def prefecture(tmp_path: Path, made: Prefecture) -> Prefecture:
    """The same once more, for whoever changes something."""
    shutil.copytree(made.folder.parent, tmp_path, dirs_exist_ok=True)
    first, second, own = (Desk.moved(tmp_path / name / "台账") for name in ("县/一", "县/二", "直"))
    return Prefecture(tmp_path / "州", County(tmp_path / "县", first, second), own)


def test_a_pooled_figure_of_pooled_parts_opens_to_office_record_and_commit(made: Prefecture) -> None:
    alone = {
        one["figure"]: one for one in made.county.say("--json", "figures", "--rollup", "汇总").json["data"]["items"]
    }
    own = {one["figure"]: one for one in made.own.do("--json", "figures").json["data"]["items"]}
    pooled = {one["figure"]: one for one in made.items("figures")}
    assert list(pooled) == list(alone)
    for name, one in pooled.items():
        for side in ("numerator", "denominator"):
            values = [of[name][side] for of in (alone, own) if of[name][side] is not None]
            assert one[side] == (sum(values) if values else None), (name, side)
    rows = made.items("figures", "走访次数")
    assert [(one["office"], one["value"]) for one in rows] == [("岫水县", 3), ("州直", 1)]
    opened = made.items("figures", "走访次数", "--open")
    heads = [desk.git("rev-parse", "HEAD").strip()[:10] for desk in (made.county.first, made.county.second)]
    last = made.own.git("rev-parse", "HEAD").strip()[:10]
    assert [(one["office"], one["record"], one["commit"]) for one in opened] == [
        ("岫水县·云岭镇", "ZF-2026-A0001", heads[0]),
        ("岫水县·北坡镇", "ZF-2026-A0001", heads[1]),
        ("岫水县·北坡镇", "ZF-2026-A0002", heads[1]),
        ("州直", "ZF-2026-A0001", last),
    ]
    for office, many in (("岫水县", 3), ("岫水县·北坡镇", 2), ("州直", 1)):
        assert len(made.items("figures", "走访次数", "--open", "--office", office)) == many
    said = made.say("figures", "走访次数", "--open", "--office", "南坡镇", "--rollup", "汇总")
    assert (said.code, "没有「南坡镇」，有 岫水县、州直" in said.err) == (2, True)
    said = made.say("figures", "走访次数", "--open", "--office", "岫水县·南坡镇", "--rollup", "汇总")
    assert (said.code, "没有「南坡镇」，有 云岭镇、北坡镇" in said.err) == (2, True)


def test_of_a_county_only_sums_are_held(made: Prefecture) -> None:
    county, _own = made.manifest["offices"]
    assert {part["path"].partition("/")[0] for part in county["parts"]} == {"sums", "duties"}
    assert (county["within"]["folder"], county["within"]["offices"]) == ("../../县/汇总", 2)
    assert [one["kept"] for one in made.rolled()] == [True, True]
    before = made.manifest
    (made.folder / "汇总" / "manifest.json").unlink()
    made.rolled()
    assert made.manifest == before


def test_reports_duties_and_ledgers_are_of_all_offices(made: Prefecture) -> None:
    said = made.say("report", "annual", "--rollup", "汇总")
    assert said.code == 0, said.err
    assert "岫水县" in said.out
    duties = made.say("duties", "--rollup", "汇总")
    assert duties.code == 0, duties.err
    issues = made.items("ledger", "问题台账", "-p", "本年")
    assert [one["office"] for one in issues] == ["岫水县·云岭镇", "州直"]
    text = made.say("ledger", "问题台账", "--rollup", "汇总").out
    assert "岫水县·云岭镇（1 条" in text


def test_a_county_that_made_its_own_anew_opens_only_after_this_one_is_made_anew(prefecture: Prefecture) -> None:
    visited(prefecture.county.second, "2026-03-06")
    prefecture.county.rolled()
    assert [one["value"] for one in prefecture.items("figures", "走访次数")] == [3, 1]
    said = prefecture.say("figures", "走访次数", "--open", "--rollup", "汇总")
    assert (said.code, "「岫水县」自己的汇总不在了，或加进来以后又做过" in said.err) == (3, True)
    assert len(prefecture.items("figures", "走访次数", "--open", "--office", "州直")) == 1
    prefecture.rolled()
    assert [one["value"] for one in prefecture.items("figures", "走访次数")] == [4, 1]
    assert len(prefecture.items("figures", "走访次数", "--open")) == 5


def test_who_is_not_of_now_in_a_county_is_told(prefecture: Prefecture) -> None:
    (prefecture.county.folder / "二").rename(prefecture.county.folder / "三")
    prefecture.county.rolled(code=1)
    told = prefecture.rolled(code=1)[0]
    assert told["standing"] == "有的不是现在的"
    assert told["why"] == "里面 北坡镇（沿用上次）；请看县里的汇总"
    assert [one["value"] for one in prefecture.items("figures", "走访次数")] == [3, 1]
    assert "岫水县：里面 北坡镇（沿用上次）" in prefecture.say("figures", "--rollup", "汇总").out


def test_what_offices_of_a_county_count_otherwise_is_not_added_up(prefecture: Prefecture) -> None:
    policy = prefecture.county.second.root / "policy" / "figures.yaml"
    name = "  - 名称: 走访次数\n"
    policy.write_text(policy.read_text(encoding="utf-8").replace(name, f"{name}    版本: '9'\n"), encoding="utf-8")
    prefecture.county.second.do("commit", "--yes")
    prefecture.county.rolled()
    prefecture.rolled()
    listed = [one for one in prefecture.items("figures") if one["figure"] == "走访次数"]
    assert [(one["offices"], one["value"]) for one in listed] == [(2, 2), (1, 2)]
    said = prefecture.say("figures", "走访次数", "--rollup", "汇总").out
    assert "岫水县（一部分）、州直 是“" in said
    assert prefecture.say("report", "annual", "--rollup", "汇总").code == 0


@pytest.mark.slow
def test_a_county_that_cannot_be_taken_is_named_and_its_last_good_part_stays(prefecture: Prefecture) -> None:
    county = prefecture.county.folder
    (file,) = (county / "汇总" / "sums" / "period=2026" / "office=北坡镇").glob("*.parquet")
    (county / "offices.yaml").write_text("个人信息: 是\n" + (county / "offices.yaml").read_text(encoding="utf-8"))
    prefecture.county.rolled()
    told = prefecture.rolled(code=1)[0]
    assert (told["standing"], "收了个人信息，这里不收" in told["why"]) == ("沿用上次", True)
    (county / "offices.yaml").write_text(
        (county / "offices.yaml").read_text(encoding="utf-8").removeprefix("个人信息: 是\n")
    )
    prefecture.county.rolled()
    visited(prefecture.county.first)
    prefecture.county.rolled()
    file.write_bytes(b"PAR1")
    assert "文件没有了或坏了" in prefecture.rolled(code=1)[0]["why"]
    assert [one["value"] for one in prefecture.items("figures", "走访次数")] == [3, 1]
    prefecture.county.rolled()
    assert [one["standing"] for one in prefecture.rolled()] == ["读到了", "读到了"]
    told = prefecture.rolled("--period", "2024", code=1)[0]
    assert "它的汇总没有收 2024" in told["why"]


def test_a_province_opens_through_the_prefecture_to_the_office(made: Prefecture) -> None:
    province = made.folder.parent / "省"
    province.mkdir()
    (province / "offices.yaml").write_text("名称: 省\n单位:\n- 名称: 甘北州\n  位置: ../州/汇总\n", encoding="utf-8")
    rolled = lianxin("汇总", cwd=province)
    assert (rolled.code, "下面 3 个单位" in rolled.out) == (0, True), rolled.err
    words = ("--json", "figures", "走访次数", "--rollup", "汇总")
    assert lianxin(*words, cwd=province).json["data"]["items"][0]["value"] == 4
    opened = lianxin(*words, "--open", cwd=province).json["data"]["items"]
    assert [one["office"] for one in opened] == ["甘北州·岫水县·云岭镇", *["甘北州·岫水县·北坡镇"] * 2, "甘北州·州直"]


def test_a_roll_up_does_not_list_itself(prefecture: Prefecture) -> None:
    text = LIST.replace("../县/汇总", "汇总")
    (prefecture.folder / "offices.yaml").write_text(text, encoding="utf-8")
    assert "这份汇总自己" in prefecture.rolled(code=1)[0]["why"]
