from __future__ import annotations

from datetime import datetime

import pytest
from tests.reports.township import Golden

from lianxin.core.book import Book
from lianxin.core.document import Document, KeyValues, Paragraph, Table, Timeline
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.field import Privacy
from lianxin.core.filter import parse_filters
from lianxin.core.kind import Kind
from lianxin.kinds import KIND, KINDS
from lianxin.reports.log import Commit, log
from lianxin.reports.record import listing, show


def pairs(document: Document) -> dict[str, object]:
    return {pair.label: pair.value for block in document.blocks if isinstance(block, KeyValues) for pair in block.pairs}


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize(
    "id_",
    ["CUN-A0001", "DW-A0003", "RY-A0003", "HU-A0001", "JD-A0001", "ZF-2026-A0001", "WT-2026-A0004", "CS-2026-A0001"],
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
    assert "没有填：身份证号、住址、备注" in paragraphs(show(book, "HU-A0001"))


def test_an_issue_says_where_it_stands_and_what_may_be_done(book: Book) -> None:
    document = show(book, "WT-2026-A0004")
    told = pairs(document)
    assert (told["状态"], told["责任部门"]) == ("已交办", "镇交通站")
    (steps,) = [text for text in paragraphs(document) if text.startswith("下一步可以")]
    assert "签收(sign)" in steps
    assert "退回(return)" in steps
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
    assert "这份记录还没有提交过。" in paragraphs(log(book, "CUN-A0001", []))
