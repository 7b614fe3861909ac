"""What scripts are told: plain objects keyed by English names, typed, the page as it was beside them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.desk import TRIAGE, Desk

from lianxin.core.declare.field import FieldSpec
from lianxin.core.declare.kind import Derived, Kind
from lianxin.kinds import KINDS
from lianxin.kinds.path import points
from lianxin.reports.plain import NAME


@pytest.fixture
def taken(desk: Desk) -> str:
    id_ = desk.take_down()
    desk.do("issue", "accept", id_, "--level", "村", *TRIAGE)
    return id_


def test_a_list_is_items_that_say_what_files_hold(desk: Desk, taken: str) -> None:
    said = desk.do("--json", "issue", "list").json
    assert said["schema"] == "lianxin/list-issue/2"
    (item,) = said["data"]["items"]
    assert {name: item[name] for name in ("id", "state", "village", "village_name", "dept", "dept_name")} == {
        "id": taken,
        "state": "已受理",
        "village": "CUN-A0001",
        "village_name": "松坪村",
        "dept": None,
        "dept_name": None,
    }
    (org, *_rest) = desk.do("--json", "org", "list", "名称=镇水利站").json["data"]["items"]
    assert org["department"] is True
    (visit,) = desk.do("--json", "visit", "list").json["data"]["items"]
    assert (visit["households"], visit["households_name"]) == (["HU-A0001"], ["李*"])
    assert desk.do("--json", "activity", "list").json["data"]["items"] == []
    desk.do("issue", "void", taken, "--why", "记重了")
    (gone,) = desk.do("--json", "issue", "list", "--voided").json["data"]["items"]
    assert (gone["id"], gone["state"]) == (taken, "作废")


def test_a_record_is_one_object_with_its_events_and_what_names_it(desk: Desk, taken: str) -> None:
    item = desk.do("--json", "issue", "show", taken).json["data"]["item"]
    assert (item["anonymous"], item["household"], item["household_name"]) == (False, "HU-A0001", "李*")
    assert (item["extensions"], item["co_depts"], item["closed_at"]) == (0, [], None)
    assert [event["step"] for event in item["events"]] == ["受理"]
    assert item["events"][0]["at"].startswith("2026-03-06T")
    household = desk.do("--json", "show", "HU-A0001").json["data"]
    assert {(one["kind"], *one["fields"]) for one in household["named_by"]} >= {("issue", "household")}
    assert household["item"]["phone"] == "139****1234"
    clear = desk.do("--json", "--internal", "show", "HU-A0001").json["data"]["item"]
    assert (clear["head"], clear["phone"], clear["members"]) == ("李桂兰", "13900001234", [])


def test_lines_are_the_items_and_come_one_by_one(desk: Desk, taken: str, tmp_path: Path) -> None:
    other = desk.take_down()
    items = desk.do("--json", "issue", "list").json["data"]["items"]
    lines = desk.do("issue", "list", "-f", "jsonl").out.splitlines()
    assert [json.loads(line) for line in lines] == items
    assert [item["id"] for item in items] == [other, taken]
    desk.do("issue", "list", "-o", str(tmp_path / "一览.jsonl"))
    assert (tmp_path / "一览.jsonl").read_text(encoding="utf-8").splitlines() == lines
    (record,) = desk.do("issue", "show", taken, "-f", "jsonl").out.splitlines()
    assert json.loads(record) == desk.do("--json", "issue", "show", taken).json["data"]["item"]


@pytest.mark.usefixtures("taken")
def test_the_page_stays_and_a_file_of_it_from_before_is_made_again(desk: Desk, tmp_path: Path) -> None:
    page, plain = tmp_path / "页.json", tmp_path / "数.json"
    desk.do("ledger", "问题台账", "-f", "document", "-o", str(page), today="2026-03-07 10:00")
    desk.do("ledger", "问题台账", "-o", str(plain), today="2026-03-07 10:00")
    whole = json.loads(page.read_text(encoding="utf-8"))
    assert whole["schema"] == "lianxin/ledger-issue/1"
    assert whole["data"]["blocks"][0]["rows"][0]["state"] == "已受理"
    assert whole["data"]["provenance"]["recipe"] == "ledger 问题台账 -f json"  # as it stands in older files
    for file in (page, plain):
        assert desk.do("verify", str(file)).out.startswith(f"一致：{file.name}")
    said = desk.do("--json", "verify", str(plain)).json
    assert (said["schema"], said["data"]["same"], said["data"]["differences"]) == ("lianxin/verify/1", True, [])
    desk.do("ledger", "问题台账", "--where", "事由~渠 -- 堵", "-f", "document", "-o", str(page))
    assert "'事由~渠 -- 堵' -f json\"" in page.read_text(encoding="utf-8")
    plain.write_text(plain.read_text(encoding="utf-8").replace("已受理", "已办结"), encoding="utf-8")
    spoilt = desk.say("--json", "--internal", "verify", str(plain))
    assert spoilt.code == 1
    (one,) = spoilt.json["data"]["differences"]
    assert ("已办结" in one["found"], "已受理" in one["made"]) == (True, True)


def test_numbers_are_numbers(desk: Desk, taken: str) -> None:
    (figure,) = [
        one for one in desk.do("--json", "figures", "-p", "2026").json["data"]["items"] if one["figure"] == "新增问题"
    ]
    assert (figure["value"], figure["unit"]) == (1, "件")
    opened = desk.do("--json", "figures", "新增问题", "--open", "-p", "2026").json["data"]
    assert [(one["id"], one["amount"], one["since"]) for one in opened["items"]] == [(taken, 1, "2026-03-02")]
    assert opened["item"]["numerator"] == sum(one["amount"] for one in opened["items"])
    assert opened["period"] == {"since": "2026-01-01", "last": "2026-12-31"}
    (step, *_rest) = desk.do("--json", "next", taken).json["data"]["items"]
    assert step["required"] == [name for name in step["asks"] if name in step["required"]]
    today = desk.do("--json", "today", today="2026-03-09").json["data"]["items"]
    assert [(one["sort"], one["section"], one["id"]) for one in today if one["sort"] == "问题"] == [
        ("问题", "受理了还没交办", taken)
    ]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_no_two_columns_of_a_kind_have_one_key(kind: Kind) -> None:
    specs: list[FieldSpec | Derived] = [*kind.fields, *kind.derived]
    keys = [spec.name for spec in specs] + [NAME.format(spec.name) for spec in specs if points(spec)]
    assert len(set(keys)) == len(keys)
