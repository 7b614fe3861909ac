"""The screen: folded, aligned, never cut, never obeyed."""

from __future__ import annotations

import re

import pytest
from tests.formats.demo import HOSTILE, LEDGER, WORDS, document, hostile_table, ledger, small_table
from wcwidth import wcswidth

from lianxin.core.document import Column, Document, Heading, KeyValues, Pair, Paragraph, Table
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType
from lianxin.formats import render
from lianxin.formats.face.sanitise import visible

_SGR = re.compile(r"\x1b\[[0-9;]*m")


def screen(made: Document, width: int | None = None, *, color: bool = False) -> str:
    output = render(made, "terminal", width=width, color=color)
    assert isinstance(output, str)
    return output


@pytest.mark.parametrize("width", [20, 33, 40, 60, 80, 120, 200])
@pytest.mark.parametrize("color", [False, True])
def test_no_line_is_wider_than_the_screen(width: int, color: bool) -> None:
    lines = [_SGR.sub("", line) for line in screen(document(), width, color=color).splitlines()]
    assert max(map(wcswidth, lines)) <= width
    assert min(map(wcswidth, lines)) >= 0


@pytest.mark.parametrize("width", [20, 40, 80, 120, 200])
def test_nothing_is_cut(width: int) -> None:
    shown = re.sub(r"\s", "", screen(document(), width))
    assert shown.count(re.sub(r"\s", "", WORDS)) >= 3 if width >= 40 else "路灯" in shown
    assert "…" not in shown


def test_colour_only_when_asked() -> None:
    assert "\x1b" not in screen(document())
    coloured = screen(document(), color=True)
    assert "\x1b[1;31m" in coloured
    assert _SGR.sub("", coloured) == screen(document())


def test_no_control_reaches_the_terminal() -> None:
    shown = _SGR.sub("", screen(document(), 120, color=True))
    unseen = [c for c in shown if c != "\n" and (ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or c in "\u202e\u202c\u200b")]
    assert unseen == []
    assert "<U+001B>[31m" in shown
    assert "<U+202E>" in shown


def test_hostile_text_is_shown_whole() -> None:
    shown = screen(Document("怪", (hostile_table(),)), 200)
    missing = [text for text in HOSTILE for line in visible(text).split("\n") if line not in shown]
    assert missing == []


def columns_of(line: str, starts: list[int]) -> list[str]:
    """Cut a line at display columns."""
    cells, start = [], 0
    for end in [*starts[1:], 10_000]:
        cell, used = "", start
        while line and used < end:
            cell, line, used = cell + line[0], line[1:], used + wcswidth(line[0])
        assert used <= end or not line
        cells.append(cell)
        start = end
    return cells


def test_columns_align() -> None:
    table = Table(
        (Column("编号", "id", FieldType.REF), Column("所属村组", "village"), Column("件数", "n", FieldType.INTEGER)),
        [("WT-2026-A0001", "石桥村三组", 7), ("WT-2026-A0002", "𬭚䶮村", 1234), ("短", "A社区", None)],
        totals=("", "合计", 1241),
    )
    lines = screen(Document("题", (table,)), 80).splitlines()[2:]
    starts = [0, 15, 27]
    assert columns_of(lines[0], starts) == ["编号           ", "所属村组    ", "件数"]
    assert columns_of(lines[2], starts) == ["WT-2026-A0001  ", "石桥村三组  ", "   7"]
    assert columns_of(lines[3], starts) == ["WT-2026-A0002  ", "𬭚䶮村      ", "1234"]
    assert columns_of(lines[4], starts)[:2] == ["短             ", "A社区"]
    assert columns_of(lines[6], starts) == [" " * 15, "合计        ", "1241"]


def test_long_text_folds_inside_its_column() -> None:
    lines = screen(Document("题", (small_table(),)), 120).splitlines()
    start = next(n for n, line in enumerate(lines) if "规划建设办" in line)
    assert lines[start + 1].startswith(" " * 60)
    assert lines[start + 1].strip()


def test_marks_do_not_begin_a_line() -> None:
    for width in range(20, 60):
        lines = screen(Document("题", (Paragraph(WORDS * 2),)), width).splitlines()[2:]
        assert [line for line in lines if line[:1] in ("\uff0c", "\u3002", ",", "。")] == []


def test_a_table_too_wide_becomes_cards() -> None:
    shown = screen(ledger(2), 80)
    assert "── 1. WT-2026-A0001 ─" in shown
    first, second = shown.split("── 2. ")
    for column in LEDGER:
        assert column.label[:4] in first
    assert "未填：备注\n" in second  # nobody fills in the others that are empty
    assert "路灯" in shown


def test_cards_of_one_record_go_by_what_tells_them_apart() -> None:
    columns = tuple(Column(label, label) for label in ("哨号", "部门", "处置措施", "备注", "评语"))
    rows = [("CS-2026-A0001", dept, "清" * 40, "无" * 30, "有" * 40) for dept in ("水务站", "交通站")]
    shown = screen(Document("题", (Table(columns, rows, ["CS-2026-A0001"] * 2),)), 40)
    assert "── 1. 水务站 ─" in shown
    assert "── 2. 交通站 ─" in shown
    several = [*rows, ("CS-2026-A0002", "水务站", "清" * 40, "无" * 30, "有" * 40)]
    ids = [row[0] for row in several]
    assert "── 2. CS-2026-A0001 交通站 ─" in screen(Document("题", (Table(columns, several, ids),)), 40)


def test_cards_put_short_values_side_by_side() -> None:
    line = next(line for line in screen(ledger(1), 120).splitlines() if "联系电话" in line)
    assert line.count("  ") >= 1
    assert [word for word in ("联系电话", "13900000000") if word not in line] == []
    pairs = next(line for line in screen(ledger(1), 120).splitlines() if "所属村组" in line)
    assert [word for word in ("石桥村一组", "反映人", "张满仓") if word not in pairs] == []


def test_rows_that_fold_are_set_apart() -> None:
    assert "┄" in screen(Document("题", (small_table(),)), 100)


def test_an_empty_table_says_so() -> None:
    assert "没有符合条件的记录" in screen(Document("题", (Table((Column("列", "a"),), []),)))


def test_headings_differ_by_level() -> None:
    shown = screen(Document("题", tuple(Heading(f"级{n}", n) for n in (1, 2, 3, 4))), 40)
    assert [line.split("级")[0] for line in shown.splitlines() if "级" in line] == ["━━ ", "■ ", "□ ", "· "]


def test_tones_colour_cells_pairs_and_paragraphs() -> None:
    made = Document(
        "题", (small_table(), KeyValues((Pair("灯", "逾期", tone=Tone.ALARM),)), Paragraph("小字", Tone.MUTED))
    )
    shown = screen(made, 140, color=True)
    assert "\x1b[1;31m已逾期\x1b[0m" in shown
    assert "\x1b[1;31m逾期\x1b[0m" in shown
    assert "\x1b[2m小字\x1b[0m" in shown


@pytest.mark.parametrize("width", [20, 33, 40, 60, 80])
def test_rows_that_would_fold_stand_in_two_lines_where_the_table_says_how(width: int) -> None:
    columns = (Column("编号", "id"), Column("事由", "summary"), Column("谁", "who"), Column("说明", "note"))
    rows = [("WT-2026-A0044", "安置小区五号楼电梯三天两头停", "水务站 汤清泉", "超期 37 天，已催办 2 次")]
    table = Table(columns, rows, groups=((0, "已超期（1 件）"),), below=("note", "who"))
    lines = screen(Document("题", (table,)), width).splitlines()
    assert max(map(wcswidth, lines)) <= width
    expected = {
        80: [
            "【已超期（1 件）】",
            "WT-2026-A0044  安置小区五号楼电梯三天两头停",
            "  超期 37 天，已催办 2 次  水务站 汤清泉",
        ],
        40: ["               头停", "  超期 37 天，已催办 2 次  水务站 汤清泉"],
        20: ["WT-2026-A0044", "  安置小区五号楼电梯", "  三天两头停"],
    }
    assert "\n".join(expected.get(width, [])) in "\n".join(lines)
    assert "事由" in screen(Document("题", (table,)), 120)
