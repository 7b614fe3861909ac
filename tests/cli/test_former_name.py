"""A village or unit that was renamed is called in each record what it was called on its day."""

from __future__ import annotations

from tests.cli.desk import TRIAGE, Desk

from lianxin.kinds import KINDS
from lianxin.kinds.ending import RENAMED


def test_the_kinds_that_bear_other_names_are_those_declared() -> None:
    assert tuple(kind.name for kind in KINDS if kind.column("former")) == RENAMED


def test_what_was_written_before_bears_the_name_of_its_day(desk: Desk) -> None:
    id_ = desk.take_down()
    desk.do("issue", "accept", id_, "--level", "村", *TRIAGE, "--at", "2026-03-05 09:00")
    given = ("--person", "石勇", "--limit", "5个工作日", "--standard", "通水", "--at", "2026-03-05 10:00")
    desk.do("issue", "assign", id_, "--dept", "镇水利站", *given)
    desk.do("village", "rename", "松坪村", "--name", "云坪村", "--on", "2026-03-06")
    desk.do("org", "rename", "镇水利站", "--name", "镇水务中心", "--on", "2026-03-06")
    desk.do("visit", "add", "--day", "今天", "--visitors", "何小满", "--households", "李桂兰", "--way", "入户")
    visits = desk.do("visit", "list", "--columns", "编号,所属村").out
    assert [line.split()[1] for line in visits.splitlines() if line.startswith("ZF-")] == ["云坪村", "松坪村"]
    ledger = desk.do("--internal", "ledger", "走访台账", "-f", "md").out
    assert ("松坪村" in ledger, "云坪村" in ledger) == (True, True)
    assert "镇水利站" in desk.do("issue", "list", "--columns", "编号,责任部门").out
    for words in (("show", id_), ("show", id_, "--json"), ("handbook", id_)):
        page = desk.do(*words, "--internal").out
        assert ("镇水利站" in page, "镇水务中心" in page) == (True, False), page
    for words in (("show", "ZF-2026-A0001"), ("show", "ZF-2026-A0001", "--json")):
        page = desk.do(*words).out
        assert ("松坪村" in page, "云坪村" in page) == (True, False), page
    # one is found by both names, and grouped by what it was called
    for name in ("松坪村", "云坪村"):
        assert desk.do("visit", "list", f"所属村={name}").out.count("ZF-") == 2
    assert "云坪村" in desk.do("show", "CUN-A0001").out
    by = ("figures", "走访次数", "--by", "所属村", "--period")
    before, now = desk.do(*by, "2026-03-01..2026-03-05").out, desk.do(*by, "2026-03").out
    assert ("松坪村" in before, "云坪村" in before, "云坪村" in now) == (True, False, True), before + now
    desk.do("check")


def test_taking_a_new_name_back_says_what_goes_from_the_former_ones(desk: Desk) -> None:
    desk.do("village", "rename", "松坪村", "--name", "松平村", "--on", "2026-03-02", "-y")
    said = desk.do("--internal", "undo", "--dry-run").out
    assert "  名称：松平村 → 松坪村\n" in said
    assert "  曾用名里不再有：名称 松坪村，至 2026-03-01\n" in said
