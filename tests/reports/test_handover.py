"""The pack for a successor: everything open is in it, with what comes next and when."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from msgspec.structs import replace

from lianxin.actions.paper.handover import gathered
from lianxin.actions.workspace import Workspace
from lianxin.core.asset import asset, sample
from lianxin.core.day.period import Cycle
from lianxin.core.document import Document, Face, Heading, KeyValues, Paragraph, Table
from lianxin.formats import FORMATS, render
from lianxin.formats.face.mask import mask
from lianxin.policies.outline import Outline, Rhythm
from lianxin.reports.handover.month import Due, month_table
from lianxin.reports.handover.pack import Pack, handover
from lianxin.storage.book import LedgerBook, open_book

NOW = datetime(2026, 11, 23, 9, 0)


@pytest.fixture(scope="module")
def township(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[LedgerBook, Pack]]:
    root = tmp_path_factory.mktemp("sample") / "data"
    shutil.copytree(sample(), root)
    shutil.copy(asset("policy", "exports.yaml"), root / "policy" / "exports.yaml")
    with open_book(root, today=NOW.date(), now=NOW) as book:
        yield book, gathered(book, Workspace(root, NOW))


@pytest.fixture(scope="module")
def made(township: tuple[LedgerBook, Pack]) -> Document:
    return handover(*township)


def under(document: Document, title: str) -> list[Table]:
    found: list[Table] = []
    heading = ""
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            heading = block.text
        elif isinstance(block, Table) and title in heading:
            found.append(block)
    return found


def test_every_open_issue_is_there_with_what_comes_next(township: tuple[LedgerBook, Pack], made: Document) -> None:
    (table,) = under(made, "没有销号的问题")
    open_ = {id_ for (id_,) in township[0].sql("SELECT id FROM issue WHERE base_state NOT IN ('已销号', '作废')")}
    assert set(table.records) == open_
    assert all(row[-1] for row in table.rows)
    first = [str(row[-1]).partition("：")[0] for row in table.rows]
    assert first[0] == "已超期"
    assert first == sorted(first, key=first.index)


def test_everything_promised_is_there_late_or_not(township: tuple[LedgerBook, Pack], made: Document) -> None:
    ids = {str(row[0]) for table in under(made, "答应过的事") for row in table.rows}
    owed = {id_ for (id_,) in township[0].sql("SELECT id FROM promise WHERE kept IS NULL")}
    assert owed
    assert owed <= ids


def test_duties_hints_customs_and_exports_are_told(township: tuple[LedgerBook, Pack], made: Document) -> None:
    overview, pressing = under(made, "走访和职责欠账")
    assert [row[0] for row in overview.rows] == [one.duty.name for one in township[1].duties if one.cycle]
    assert all(row[5] in ("落后", "已欠", "超出") for row in pressing.rows)
    (places,) = under(made, "没说清")
    assert len(places.rows) == len(township[1].problems)
    (customs,) = under(made, "自己的规矩")
    assert ("forms/县月报问题表.yaml", "本单位自己的台账表单") in customs.rows
    assert not [row for row in customs.rows if row[0] == "policy/exports.yaml"]
    (exports,) = under(made, "自动出的文件")
    assert [row[0] for row in exports.rows] == ["每天", "每周"]


def test_standing_meetings_come_round(made: Document) -> None:
    (table,) = under(made, "经常开的会")
    for _sort, count, last, _gap, coming, note in table.rows:
        assert isinstance(count, int)
        assert isinstance(last, date)
        assert isinstance(coming, date)
        assert count > 1
        assert last < coming
        assert (note == "该安排了") is (coming <= NOW.date())


def test_the_month_is_in_order_and_has_every_limit(township: tuple[LedgerBook, Pack], made: Document) -> None:
    (table,) = under(made, "一个月怎么过")
    days = [row[0] for row in table.rows if row[0]]
    assert days == sorted(set(days))
    told = {row[4] for row in table.rows if row[2] == "问题到期"}
    last = (NOW.date() + timedelta(days=30)).isoformat()
    due = township[0].sql(
        "SELECT id FROM issue WHERE base_state IN ('已交办', '办理中') AND base_due BETWEEN ?1 AND ?2 || ' 23:59'",
        (NOW.date().isoformat(), last),
    )
    assert told == {id_ for (id_,) in due}
    assert [row[2] for row in table.rows].count("出周报") == 5


def test_weeks_of_ones_own_make_other_days(township: tuple[LedgerBook, Pack]) -> None:
    outline = Outline(name="周报", rhythm=Rhythm.WEEKLY, title="周报", sections=(), subject=None)
    table = month_table(township[0], [outline], Cycle(weekday=4), [Due(NOW.date(), "甲", "乙", "丙")])
    assert table.rows[0] == (NOW.date(), "周一", "甲", "乙", "丙")
    assert {row[1] for row in table.rows[1:]} == {"周五"}


def test_nothing_to_hand_over_is_said(township: tuple[LedgerBook, Pack]) -> None:
    book, pack = township
    empty = replace(pack, duties=(), problems=(), outlines=(), customs=(), exports=())
    blocks = handover(book, empty).blocks
    texts = [block.text for block in blocks if isinstance(block, Paragraph)]
    assert texts.count("没有。") >= 3
    assert "都照自带的，没有改过。" in texts
    assert isinstance(blocks[0], KeyValues)


@pytest.mark.parametrize("format_", [one for one in FORMATS if one.name != "pdf"], ids=lambda one: one.name)
def test_the_pack_renders_and_is_masked(township: tuple[LedgerBook, Pack], made: Document, format_: object) -> None:
    output = render(mask(made, Face.PUBLIC), format_)  # type: ignore[arg-type]
    assert output
    if isinstance(output, str):
        heads = [str(name) for (name,) in township[0].sql("SELECT head FROM household")]
        assert not [name for name in heads if name in output]
