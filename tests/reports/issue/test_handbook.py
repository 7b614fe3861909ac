from __future__ import annotations

import pytest
from tests.reports.township import Golden

from lianxin.core.book import Book
from lianxin.core.day.period import parse_period
from lianxin.core.declare.field import Privacy
from lianxin.core.document import Contents, Cover, Document, Heading, KeyValues, PageBreak, Paragraph, Table, Timeline
from lianxin.core.filter import parse_filters
from lianxin.core.tone import Tone
from lianxin.reports.issue.handbook import chosen, handbook, page
from lianxin.reports.record.page import show

LONGEST = "WT-2026-A0001"


def headings(document: Document, level: int = 2) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Heading) and block.level == level]


def tables(document: Document) -> dict[str, Table]:
    return {block.caption: block for block in document.blocks if isinstance(block, Table)}


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize("number", range(1, 10))
def test_every_page_prints_what_it_did(book: Book, golden: Golden, number: int) -> None:
    id_ = f"WT-2026-A000{number}"
    document = page(book, id_)
    assert headings(document, 1)[0].startswith(id_)
    golden(f"handbook/{id_}", document)


def test_the_bound_volume_prints_what_it_did(book: Book, golden: Golden) -> None:
    golden("handbook/石坪村", handbook(book, chosen(book, village="CUN-A0001"), whose=["石坪村"]))


def test_a_finished_issue_has_all_five(book: Book) -> None:
    document = page(book, LONGEST)
    assert headings(document)[:5] == [
        "一、有问题描述（有）",
        "二、有受理情况（有）",
        "三、有办理状态（有）",
        "四、有结果反馈（有）",
        "五、有心得体会（有）",
    ]
    assert "销号" in headings(document)


def test_what_is_missing_is_said_plainly(book: Book) -> None:
    document = page(book, "WT-2026-A0003")
    alarms = [block.text for block in document.blocks if isinstance(block, Paragraph) and block.tone is Tone.ALARM]
    assert alarms == [
        "缺：没写何人、何时、何地、何因、经过。",
        "缺：还没有受理。",
        "缺：还没有办理结果。",
        "缺：还没有反馈。",
        "缺：还没有写心得体会。",
    ]


def test_the_whole_chain_is_there(book: Book) -> None:
    document = page(book, LONGEST)
    found = tables(document)
    assert [row[1:] for row in found["退回 1 次"].rows] == [("镇交通站", "陆清和", "渠是水务站管的，本站只管路")]
    assert any("跳过春节 9 天" in str(row[-1]) for row in found["时限"].rows)
    assert len(found["反馈 3 次"].rows) == 3
    assert {"逐级上报", "交办", "延期", "暂缓", "催办 1 次", "办结 2 次", "举一反三", "登记后的更正"} <= set(found)
    assert [row[0] for row in found["哨单 CS-2026-A0001：三组引水渠改线要交通、水务一起定"].rows] == [
        "镇水务站",
        "镇交通站",
    ]
    (course,) = [block for block in document.blocks if isinstance(block, Timeline)]
    assert course.entries[0].label == "登记"
    assert [entry.at for entry in course.entries] == sorted(entry.at for entry in course.entries)
    assert len(course.entries) == 23


def test_the_visit_that_led_to_it_is_shown(book: Book) -> None:
    pairs = [pair for block in page(book, LONGEST).blocks if isinstance(block, KeyValues) for pair in block.pairs]
    told = {pair.label: pair for pair in pairs}
    assert told["来自走访"].value == "ZF-2026-A0001"
    assert told["走访户"].privacy is Privacy.NAME
    assert told["诉求建议"].value == "盼着把渠和路都修了"


def test_the_persons_own_words_are_marked_private(book: Book) -> None:
    words = [block for block in page(book, LONGEST).blocks if isinstance(block, Paragraph) and "原话" in block.text]
    assert [block.privacy for block in words] == [Privacy.STORY]


def test_late_entries_say_so(book: Book) -> None:
    course = next(block for block in page(book, LONGEST).blocks if isinstance(block, Timeline))
    signed = next(entry for entry in course.entries if entry.label == "签收")
    assert signed.text.endswith("（2026-02-06 08:40 补录）")


def test_anonymous_issues_have_no_reporter(book: Book) -> None:
    document = page(book, "WT-2026-A0005")
    head = next(block for block in document.blocks if isinstance(block, Table))
    told = {column.label: value for column, value in zip(head.columns, head.rows[0], strict=True)}
    assert told["反映人"] == "匿名"
    assert "联系电话" not in told
    assert "反映人不愿留名，按匿名登记。" in paragraphs(document)


def test_of_the_five_elements_anonymity_excuses_all_and_the_page_says_so(book: Book) -> None:
    anonymous, named = page(book, "WT-2026-A0005"), page(book, "WT-2026-A0008")
    for document, said, mark in ((anonymous, "没有记，匿名的可以不写", "有"), (named, "没有记", "缺")):
        pairs = {
            pair.label: pair.value for block in document.blocks if isinstance(block, KeyValues) for pair in block.pairs
        }
        assert {pairs[label] for label in ("何人", "何时", "何地", "何因", "经过")} == {said}
        assert any(
            isinstance(block, Heading) and block.text == f"一、有问题描述（{mark}）" for block in document.blocks
        )
    told = paragraphs(show(book, "WT-2026-A0005"))
    assert "可以不填：何人、何时、何地、何因、经过" in told
    assert not any("何因" in one for one in told if one.startswith("没有填"))


def test_a_volume_has_cover_contents_summary_and_one_issue_a_page(book: Book) -> None:
    ids = chosen(book)
    document = handbook(book, ids, whose=["云岭镇"], period=parse_period("2026Q1", book.today))
    assert isinstance(document.blocks[0], Cover)
    assert "共 8 件" in document.blocks[0].lines
    assert any(isinstance(block, Contents) for block in document.blocks)
    assert headings(document, 1) == [
        "汇总",
        *(text for text in headings(document, 1) if text.startswith("WT-")),
    ]
    assert len(ids) == 8
    assert sum(isinstance(block, PageBreak) for block in document.blocks) == 1 + len(ids)
    summary = next(block for block in document.blocks if isinstance(block, Table))
    assert summary.notes == ("共 8 件，五有齐全 1 件。",)
    assert next(row for row in summary.rows if row[0] == LONGEST)[-1] == "5/5"


def test_an_empty_volume_says_so(book: Book) -> None:
    assert "没有符合条件的问题。" in paragraphs(handbook(book, []))


def test_issues_are_chosen_by_village_person_period_and_filter(book: Book) -> None:
    assert chosen(book, village="CUN-A0001") == [LONGEST, "WT-2026-A0005", "WT-2026-A0006", "WT-2026-A0004"]
    assert chosen(book, person="RY-A0005") == [LONGEST]
    assert chosen(book, person="RY-A0004") == [LONGEST]
    assert chosen(book, period=parse_period("2026-02", book.today)) == ["WT-2026-A0002", "WT-2026-A0005"]
    assert chosen(book, filters=parse_filters(["类别=水利"])) == [LONGEST, "WT-2026-A0006"]
