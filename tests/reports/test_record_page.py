from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from tests.reports.township import Golden

from lianxin.core.book import Book
from lianxin.core.declare.field import Privacy
from lianxin.core.declare.kind import Kind
from lianxin.core.document import Document, KeyValues, Paragraph, Table, Timeline
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.filter import parse_filters
from lianxin.kinds import KIND, KINDS
from lianxin.reports.ledger.listing import listing
from lianxin.reports.record.log import Commit, log
from lianxin.reports.record.page import show
from lianxin.reports.today.page import today
from lianxin.storage.book import open_book


def pairs(document: Document) -> dict[str, object]:
    return {pair.label: pair.value for block in document.blocks if isinstance(block, KeyValues) for pair in block.pairs}


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize(
    "id_",
    [
        *("CUN-A0001", "DW-A0003", "RY-A0003", "HU-A0001", "JD-A0001", "ZF-2026-A0001", "WT-2026-A0004"),
        *("CS-2026-A0001", "HD-2026-A0001", "CN-A0002", "XM-A0001", "CP-A0001", "ZG-A0001", "KH-A0002"),
    ],
)
def test_every_kind_can_be_shown(book: Book, golden: Golden, id_: str) -> None:
    golden(f"show/{id_}", show(book, id_))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_can_be_listed(book: Book, golden: Golden, kind: Kind) -> None:
    assert kind in KINDS
    golden(f"list/{kind.name}", listing(book, kind))


def test_fields_stand_in_their_order_with_references_by_name(book: Book) -> None:
    told = pairs(show(book, "HU-A0001"))
    assert list(told) == ["编号", "户主", "所属村", "所属组", "户类别", "电话", "联系人"]
    assert told["所属村"] == "石坪村（CUN-A0001）"
    assert told["联系人"] == "汤守成（RY-A0002）、裴思远（RY-A0005）"


def test_empty_fields_are_named(book: Book) -> None:
    assert "没有填：搬来日期、身份证号、住址、致富项目、备注" in paragraphs(show(book, "HU-A0001"))


def test_an_issue_says_where_it_stands_and_what_may_be_done(book: Book) -> None:
    document = show(book, "WT-2026-A0004")
    told = pairs(document)
    assert (told["状态"], told["责任部门"]) == ("已交办", "镇交通站")
    (steps,) = [text for text in paragraphs(document) if text.startswith("下一步")]
    first, others = steps.split("\n")
    assert first == "下一步：签收（lianxin issue sign WT-2026-A0004）"
    assert others.startswith("还可以：上报、解释疏导、")
    assert "办结" not in steps
    assert any(isinstance(block, Timeline) for block in document.blocks)


def test_a_void_issue_offers_nothing(book: Book) -> None:
    assert "已作废，编号保留，不再办理。" in paragraphs(show(book, "WT-2026-A0009"))


def test_records_that_point_here_are_listed_by_kind(book: Book) -> None:
    referring = [table for table in tables(show(book, "CUN-A0001")) if table.caption]
    captions = [table.caption for table in referring]
    assert "问题（5 条）" in captions
    assert "联系户（2 条）" in captions
    households = referring[captions.index("联系户（2 条）")]
    assert households.columns[1].privacy is Privacy.NAME
    assert {row[2] for row in households.rows} == {"所属村"}


def test_a_household_is_not_named_in_the_title(book: Book) -> None:
    document = show(book, "HU-A0001")
    assert "阮大山" not in document.title + document.subtitle


def test_unknown_ids_are_refused(book: Book) -> None:
    with pytest.raises(LianxinError, match="XX"):
        show(book, "XX-A0001")
    with pytest.raises(LianxinError):
        show(book, "CUN-A9999")


def test_a_list_takes_filters_and_columns(book: Book) -> None:
    document = listing(book, KIND["issue"], parse_filters(["状态=待研判,已交办"]), columns=("编号", "状态"))
    (table,) = tables(document)
    assert list(table.rows) == [("WT-2026-A0004", "已交办"), ("WT-2026-A0003", "待研判")]
    assert table.notes == ("共 2 条。",)
    with pytest.raises(UsageError, match="「状态」"):
        listing(book, KIND["issue"], columns=("状太",))


def test_the_log_holds_commits_and_steps(book: Book) -> None:
    commits = [Commit("0123456789abcdef", datetime(2026, 3, 13, 10, 0), "甘晓岚", "销号 WT-2026-A0001")]
    document = log(book, "WT-2026-A0001", commits)
    assert list(tables(document)[0].rows) == [
        (datetime(2026, 3, 13, 10, 0), "0123456789", "甘晓岚", "销号 WT-2026-A0001")
    ]
    assert any(isinstance(block, Timeline) for block in document.blocks)
    assert "这份记录还没有收进台账。" in paragraphs(log(book, "CUN-A0001", []))


def test_a_whistle_shows_its_list_and_whether_its_issues_know_of_it(book: Book) -> None:
    document = show(book, "CS-2026-A0001")
    told = pairs(document)
    assert (told["状态"], told["预警灯"], told["逾期部门"]) == ("处置中", "已逾期", "镇交通站")
    answers, issues = tables(document)[:2]
    assert [(row[0], row[1]) for row in answers.rows] == [("镇水务站", "已办结"), ("镇交通站", "已响应")]
    assert [(row[0], row[3]) for row in issues.rows] == [("WT-2026-A0001", "CS-2026-A0001")]
    next_ = "下一步：报到（lianxin whistle arrive CS-2026-A0001）\n还可以：加哨、"
    assert any(text.startswith(next_) for text in paragraphs(document))


def test_a_whistle_that_its_issue_does_not_know_of_says_so(folder: Path) -> None:
    path = folder / "whistles" / "2026" / "CS-2026-A0001.yaml"
    path.write_text(path.read_text("utf-8").replace("[WT-2026-A0001]", "[WT-2026-A0001, WT-2026-A0004]"), "utf-8")
    with open_book(folder, today=date(2026, 3, 16), now=datetime(2026, 3, 16, 9, 0)) as book:
        issues = tables(show(book, "CS-2026-A0001"))[1]
    assert [row[3] for row in issues.rows] == ["CS-2026-A0001", "没有记"]


def test_the_course_of_a_whistle_begins_with_who_was_called(book: Book) -> None:
    (course,) = [block for block in show(book, "CS-2026-A0001").blocks if isinstance(block, Timeline)]
    first, approval = course.entries[:2]
    assert (first.label, first.text) == ("吹哨", "云岭镇党建办吹哨，请 镇水务站、镇交通站 报到，镇水务站牵头")
    assert "镇交通站 应响应期限 2026-02-26 11:00 应报到期限 2026-02-26 17:00" in approval.text
    assert "响应时限" not in approval.text


def test_a_rectification_says_how_far_it_is_from_being_struck_off(book: Book) -> None:
    document = show(book, "ZG-A0001")
    told = pairs(document)
    assert (told["状态"], told["退回次数"], told["逾期天数"], told["预警灯"]) == ("整改中", 1, 10, "已逾期")
    (course,) = [block for block in document.blocks if isinstance(block, Timeline)]
    assert [one.label for one in course.entries] == ["挂账", "进展", "整改完成", "验收"]


def test_two_returns_suggest_a_whistle_on_the_page_of_the_issue(folder: Path) -> None:
    path = folder / "issues" / "2026" / "WT-2026-A0004.yaml"
    back = "".join(
        f"  - 编号: {at[-2:]}{step}\n    步骤: {step}\n    时间: {at}:00\n    记录时间: {at}:00\n"
        f"    经办人: RY-A0001\n    {more}\n"
        for at in ("2026-03-13 15", "2026-03-13 16")
        for step, more in (("退回", "理由: 不归我们"), ("交办", "责任部门: DW-A0003"))
    )
    path.write_text(path.read_text("utf-8").rstrip() + "\n" + back, "utf-8")
    with open_book(folder, today=date(2026, 3, 16), now=datetime(2026, 3, 16, 9, 0)) as book:
        assert "已退回 2 次，像是要几家一起办，可以考虑吹哨：lianxin whistle add --issues WT-2026-A0004" in paragraphs(
            show(book, "WT-2026-A0004")
        )
        assert any("已退回 2 次" in str(row[-1]) for row in tables(today(book))[0].rows)
