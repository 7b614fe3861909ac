from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path

from tests.reports.township import Golden

from lianxin.core.book import Book
from lianxin.core.document import Document, Heading, Paragraph, Table
from lianxin.core.problem import Level, Problem
from lianxin.core.tone import Tone
from lianxin.formats.program.data import data
from lianxin.reports.duty.agenda import Arrear
from lianxin.reports.today.agenda import SECTIONS
from lianxin.reports.today.page import today
from lianxin.reports.today.task import MOST
from lianxin.reports.today.values import today_values
from lianxin.storage.book import open_book


def sections(document: Document) -> dict[str, list[str]]:
    table = next(block for block in document.blocks if isinstance(block, Table))
    starts = [*(start for start, _ in table.groups), len(table.rows)]
    return {
        heading: [str(row[0])[-1] for row in table.rows[start:end]]
        for (start, heading), end in zip(table.groups, starts[1:], strict=True)
    }


def notes(document: Document) -> dict[str, str]:
    table = next(block for block in document.blocks if isinstance(block, Table))
    return {str(row[0])[-1]: str(row[-1]) for row in table.rows}


def under(document: Document, heading: str) -> Table:
    """The table under a heading."""
    blocks = list(document.blocks)
    place = next(n for n, block in enumerate(blocks) if isinstance(block, Heading) and block.text == heading)
    table = blocks[place + 1]
    assert isinstance(table, Table)
    return table


def test_the_page_prints_what_it_did(book: Book, golden: Golden) -> None:
    golden("today", today(book))


def test_the_most_urgent_stands_first(book: Book) -> None:
    assert sections(today(book)) == {
        "已超期（1 件）": ["5"],
        "今天到期（1 件）": ["6"],
        "超时未签收（1 件）": ["4"],
        "等了一天以上没有研判（1 件）": ["3"],
        "要反馈给群众（2 件）": ["7", "8"],
        "等着销号（1 件）": ["2"],
    }


def test_what_is_due_sooner_stands_before_what_waits() -> None:
    assert [section.name for section in SECTIONS][:4] == ["已超期", "今天到期", "明天到期", "超时未签收"]


def test_everything_is_counted_in_the_first_lines(book: Book) -> None:
    first = today(book).blocks[0]
    assert isinstance(first, Paragraph)
    assert first.text == ("已超期 1、今天到期 1、未签收 1、待研判 1、待反馈 2、待销号 1、吹哨 1、整改 2、答应过的事 2")


def test_each_line_says_what_to_do(book: Book) -> None:
    told = notes(today(book))
    assert told["5"] == "超期 4 天，还没有催办"
    assert told["6"] == "欠 工作标准"
    assert told["4"] == "签了就记，没签就催；欠 责任人、办理时限、工作标准"
    assert told["3"] == "登记 4 天了，受理、上报还是解释"
    assert told["7"] == "上次没接通，今天换个钟点再试"
    assert told["8"] == "随 WT-2026-A0007 已有结果，也要答复这位反映人"
    assert told["2"] == "还缺 有心得体会"


def test_departments_that_did_not_come_are_named(book: Book) -> None:
    table = under(today(book), "吹哨")
    assert table.groups == ((0, "部门已超期（1 个）"),)
    assert [(row[2], row[4]) for row in table.rows] == [("镇交通站", "没有报到、办结，超期 18 天")]


def called(folder: Path, now: datetime, text: str) -> list[tuple[str, list[str]]]:
    """What the page says of the whistle when its file reads so."""
    (folder / "whistles" / "2026" / "CS-2026-A0001.yaml").write_text(text, "utf-8")
    with open_book(folder, today=now.date(), now=now) as opened:
        table = under(today(opened), "吹哨")
    starts = [*(start for start, _ in table.groups), len(table.rows)]
    return [
        (heading, [f"{row[2]} {row[4]}" for row in table.rows[start:end]])
        for (start, heading), end in zip(table.groups, starts[1:], strict=True)
    ]


def test_a_whistle_that_waits_for_the_office_or_is_due_today_is_named(folder: Path) -> None:
    whole = (folder / "whistles" / "2026" / "CS-2026-A0001.yaml").read_text("utf-8")
    asked = whole[: whole.index("事件:")]
    approved = whole[: whole.index("  - 编号: c2")]
    day = datetime(2026, 2, 26, 9, 30)
    assert called(folder, day, asked) == [("等本办公室办（1 个）", ["云岭镇党建办 等着批准"])]
    assert called(folder, day, approved) == [("部门今天到期（2 个）", ["镇水务站 该响应了", "镇交通站 该响应了"])]
    (late,) = called(folder, datetime(2026, 2, 27, 9, 0), approved)
    assert late == ("部门已超期（2 个）", ["镇水务站 没有响应、报到，超期 1 天", "镇交通站 没有响应、报到，超期 1 天"])
    other = whole + "".join(
        f"  - 编号: d{n}\n    步骤: {step}\n    时间: 2026-03-04 1{n}:00\n    记录时间: 2026-03-04 1{n}:00\n"
        f"    经办人: RY-A0001\n    部门: DW-A0004\n    {more}\n"
        for n, (step, more) in enumerate(
            (("报到", "到场人: [RY-A0004]"), ("处置", "处置措施: 让出路肩"), ("办结", "办理结果: 路肩让好"))
        )
    )
    told = called(folder, datetime(2026, 3, 5, 9, 0), other)
    assert told == [("等本办公室办（1 个）", ["云岭镇党建办 各部门都办结了，等着结哨"])]


def test_faults_on_the_books_that_are_overdue_or_wait_are_named(book: Book) -> None:
    table = under(today(book), "整改")
    assert [heading for _, heading in table.groups] == ["已逾期（1 项）", "等着验收（1 项）"]
    assert [(row[0], row[3], row[5]) for row in table.rows] == [
        ("ZG-A0001", "石坪村党支部 汤守成", "逾期 10 天，整改中"),
        ("ZG-A0002", "镇交通站", "2026-03-10 报告改好了"),
    ]


def test_faults_in_the_data_are_counted_by_code(book: Book) -> None:
    problems = [
        Problem("issues/a.yaml", 1, 1, "L022", "欠标准"),
        Problem("issues/b.yaml", 1, 1, "L022", "欠标准"),
        Problem("issues/b.yaml", 2, 1, "H001", "缺号", level=Level.HINT),
    ]
    told = [block.text for block in today(book, problems).blocks if isinstance(block, Paragraph)]
    assert "数据里有 2 处要看一看：L022 2 处。请运行 lianxin check。" in told
    assert any(text.startswith("另有 1 条提示") for text in told)


def test_nothing_to_do_is_said(folder: Path) -> None:
    for kept in ("issues", "whistles", "rectifications", "activities", "promises"):
        shutil.rmtree(folder / kept)
    with open_book(folder, today=date(2026, 3, 16), now=datetime(2026, 3, 16, 9, 0)) as book:
        blocks = today(book).blocks
    asked = "走访听到、还没定立不立的 2 次：ZF-2026-A0001（1 件）、ZF-2026-A0002（1 件）。"
    told = Paragraph(f"{asked}立的，运行 lianxin issue add --visit ZF-2026-A0001", Tone.WARNING)
    assert blocks == (Paragraph("今天没有要办的问题。", Tone.GOOD), told)


def test_long_sections_are_cut_and_say_where_the_rest_is(folder: Path) -> None:
    text = (folder / "issues" / "2026" / "WT-2026-A0003.yaml").read_text("utf-8")
    for number in range(100, 100 + MOST):
        id_ = f"WT-2026-A0{number}"
        (folder / "issues" / "2026" / f"{id_}.yaml").write_text(text.replace("WT-2026-A0003", id_), "utf-8")
    with open_book(folder, today=date(2026, 3, 16), now=datetime(2026, 3, 16, 9, 0)) as book:
        document = today(book)
    assert len(sections(document)[f"等了一天以上没有研判（{MOST + 1} 件）"]) == MOST
    table = next(block for block in document.blocks if isinstance(block, Table))
    assert table.notes == ("等了一天以上没有研判还有 1 件没列出，见 lianxin issue list 状态=待研判",)


def test_programs_are_told_which_record_each_thing_stands_in_and_who_has_to_do_it(book: Book) -> None:
    owed = Arrear(
        duty="走访",
        status="已欠",
        subjects=("RY-A0003",),
        who="汤守成",
        gap="差 1 次",
        until="",
        pace="",
        private=False,
    )
    items = data(today_values(book, arrears=[owed]))["items"]
    assert [one["id"] for one in items if one["kind"] == "issue"][:2] == ["WT-2026-A0005", "WT-2026-A0006"]
    told = [(one["sort"], one["kind"], one["id"], *one["who"], *one["who_name"]) for one in items if "who" in one]
    assert told == [
        ("吹哨", "whistle", "CS-2026-A0001", "DW-A0004", "镇交通站"),
        ("整改", "rectification", "ZG-A0001", "DW-A0002", "RY-A0002", "石坪村党支部", "汤守成"),
        ("整改", "rectification", "ZG-A0002", "DW-A0004", "镇交通站"),
        ("答应过的事", "promise", "CN-A0003", "RY-A0005", "裴思远"),
        ("答应过的事", "activity", "HD-2026-A0001", "RY-A0002", "汤守成"),
        ("欠账", "person", "RY-A0003", "RY-A0003", "邹启明"),
    ]
    assert [(one["about"], one["about_name"]) for one in items if "about" in one] == [
        ("CUN-A0001", "石坪村"),
        ("DW-A0004", "镇交通站"),
    ]
