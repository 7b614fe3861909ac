"""Offices pooled: sums of sums that open to records, what has not changed left alone, whoever fails named and kept."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet
from tests.cli.desk import Desk, Said, lianxin

LIST = """名称: 岫水县
单位:
- 名称: 云岭镇
  层级: 镇
  位置: 一/台账
- 名称: 北坡镇
  位置: 二/台账
"""

#: An office at a time, in the process of the command.
ALONE = ("--at-once", "1")


class County:
    """A folder with the books of two offices and the list of them."""

    def __init__(self, folder: Path, first: Desk, second: Desk) -> None:
        self.folder, self.first, self.second = folder, first, second
        (folder / "offices.yaml").write_text(LIST, encoding="utf-8")

    def say(self, *words: str) -> Said:
        return lianxin(*words, cwd=self.folder)

    def rolled(self, *words: str, code: int = 0) -> Any:
        said = self.say("--json", "汇总", *ALONE, *words)
        assert said.code == code, said.out + said.err
        return said.json["data"]

    def figure(self, name: str, *words: str) -> Any:
        return self.say("--json", "figures", name, "--rollup", "汇总", *words).json["data"]

    def files(self) -> dict[str, bytes]:
        inside = self.folder / "汇总"
        return {
            str(path.relative_to(inside)): path.read_bytes()
            for path in inside.rglob("*")
            if path.is_file() and "books" not in path.parts
        }


def visited(desk: Desk, day: str = "2026-03-05") -> None:
    desk.do(*f"visit add --day {day} --visitors 何小满 --households 李桂兰 --way 入户".split())


def of(folder: Path, first: Path, second: Path) -> County:
    """A county of copies of two ledgers."""
    (folder / "一").mkdir()
    (folder / "二").mkdir()
    return County(folder, Desk.copied(first, folder / "一"), Desk.copied(second, folder / "二"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, furnished: Path, with_accepted: Path) -> County:
    """Rolled up, by a process an office, for whoever only looks."""
    found = of(tmp_path_factory.mktemp("made"), with_accepted, furnished)
    rolled = found.say("--json", "汇总").json["data"]
    assert [one["standing"] for one in rolled["offices"]] == ["读到了", "读到了"]
    return found


@pytest.fixture
def county(tmp_path: Path, made: County) -> County:
    """The same once more, for whoever changes something."""
    shutil.copytree(made.folder / "汇总", tmp_path / "汇总")
    return of(tmp_path, made.first.root, made.second.root)


def test_each_figure_is_the_sum_of_the_offices_own_and_opens_to_their_records(made: County) -> None:
    own = [desk.do("--json", "figures").json["data"]["items"] for desk in (made.first, made.second)]
    names = [one["figure"] for one in own[0]]
    assert len(names) > 20
    pooled = {one["figure"]: one for one in made.say("--json", "figures", "--rollup", "汇总").json["data"]["items"]}
    assert list(pooled) == names
    for first, second in zip(*own, strict=True):
        for side in ("numerator", "denominator"):
            values = [one[side] for one in (first, second) if one[side] is not None]
            told = pooled[first["figure"]][side]
            assert told == (sum(values) if values else None), (first["figure"], side)
    opened = made.figure("走访次数", "--open")["items"]
    assert [(one["office"], one["record"]) for one in opened] == [
        ("云岭镇", "ZF-2026-A0001"),
        ("北坡镇", "ZF-2026-A0001"),
    ]
    heads = [desk.git("rev-parse", "HEAD").strip() for desk in (made.first, made.second)]
    assert [one["commit"] for one in opened] == [head[:10] for head in heads]


def test_what_has_not_changed_is_the_very_file(county: County) -> None:
    county.rolled()
    before = county.files()
    assert county.rolled()["changed"] is False
    assert county.files() == before
    county.second.do(
        *["visit", "add", "--day", "2026-03-05", "--visitors", "何小满", "--households", "李桂兰", "--way", "入户"]
    )
    again = county.rolled()
    assert [one["standing"] for one in again["offices"]] == ["读到了", "读到了"]
    assert [one["kept"] for one in again["offices"]] == [True, False]
    after = county.files()
    moved = set(before.keys() ^ after.keys())
    assert moved
    assert all("office=北坡镇" in path for path in moved)
    assert county.figure("走访次数")["items"][0]["value"] == 2


def test_what_a_run_that_died_left_half_written_is_swept(county: County) -> None:
    county.rolled()
    before = county.files()
    part = next(name for name in before if name.endswith(".parquet"))
    (county.folder / "汇总" / part).with_name(".lianxin-abc.tmp").write_bytes(b"half")
    county.rolled()
    assert county.files() == before


def test_an_office_that_fails_is_named_and_its_last_good_part_stays(county: County) -> None:
    county.second.do(
        *["visit", "add", "--day", "2026-03-05", "--visitors", "何小满", "--households", "李桂兰", "--way", "入户"]
    )
    county.rolled()
    before = county.figure("走访次数")["items"]
    county.second.git("reset", "-q", "--hard", "HEAD~1")
    county.second.do(
        *["visit", "add", "--day", "2026-03-04", "--visitors", "何小满", "--households", "李桂兰", "--way", "电话"]
    )
    told = county.rolled(code=1)["offices"][1]
    assert (told["standing"], "接不上" in told["why"]) == ("沿用上次", True)
    assert county.figure("走访次数")["items"] == before
    said = county.say("figures", "走访次数", "--rollup", "汇总")
    assert "北坡镇：它的经过和上次读的接不上" in said.out
    assert county.rolled("--again", "北坡镇")["offices"][1]["standing"] == "读到了"
    (county.folder / "二").rename(county.folder / "三")
    assert county.rolled(code=1)["offices"][1]["standing"] == "沿用上次"


def test_what_is_counted_otherwise_is_not_added_up(county: County) -> None:
    policy = county.second.root / "policy" / "figures.yaml"
    text = policy.read_text(encoding="utf-8")
    name = "  - 名称: 走访次数\n"
    assert text.count(name) == 1
    policy.write_text(text.replace(name, f"{name}    版本: '9'\n"), encoding="utf-8")
    county.second.do("commit", "--yes")
    county.rolled()
    said = county.say("figures", "走访次数", "--rollup", "汇总")
    assert "“走访次数”各单位口径不一样，没有加在一起" in said.out
    assert "北坡镇 是“" in said.out
    assert "（第 9 版）" in said.out
    listed = county.say("--json", "figures", "--rollup", "汇总").json["data"]["items"]
    assert [one["offices"] for one in listed if one["figure"] == "走访次数"] == [1, 1]


def test_columns_are_typed_and_say_their_chinese_names(made: County) -> None:
    (file,) = (made.folder / "汇总" / "records" / "kind=issue" / "office=云岭镇").glob("*.parquet")
    schema = parquet.read_schema(file)
    days = {one.name for one in schema if str(one.type).startswith(("date32", "timestamp"))}
    assert {"taken", "raised", "due"} <= days
    assert schema.field("state").metadata[b"label"].decode() == "状态"
    assert {"phone", "words", "reporter"}.isdisjoint(schema.names)
    (facts,) = (made.folder / "汇总" / "facts" / "period=2026" / "office=云岭镇").glob("*.parquet")
    rows = parquet.read_table(facts, partitioning=None).to_pylist()
    assert {row["amount"] for row in rows} >= {Decimal(1)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("名称: 县\n单位:\n- 名称: 北 坡\n  位置: 二\n", "不能做文件夹名"),
        ("名称: 县\n单位:\n- 名称: 北坡\n  位置: 二\n- 名称: 北坡\n  位置: 三\n", "写了两次"),
        ("名称: 县\n单位:\n- 名称: 北坡\n", "offices.yaml:3"),
        ("名称: 县\n单位:\n- 名称: 北坡\n  位置: https://u:s3cret@h/b.git\n", "位置只能是文件夹"),
        ("名称: 县\n单位:\n- 名称: 北坡\n  位置: ssh://u:s3cret@h/b.git\n", "不要写口令"),
    ],
)
def test_a_faulty_list_is_told_by_its_line(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "offices.yaml").write_text(text, encoding="utf-8")
    told = lianxin("汇总", cwd=tmp_path)
    assert told.code == 3
    assert said in told.err
    assert "s3cret" not in told.err
    assert not (tmp_path / "汇总").exists()
