"""Widths and folding."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from lianxin.formats.face.sanitise import visible
from lianxin.formats.width import pad, text_width, wrap, wrap_told

CHINESE = st.text(alphabet="路灯坏了三个多月,。、(《》)abc123 -:\n\uff0c\uff08\uff09\u201c\u201d", max_size=120)
ANY = st.text(max_size=60).map(visible)


@given(CHINESE | ANY, st.integers(2, 50))
def test_folding_keeps_every_character(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join(lines).replace(" ", "").replace("\n", "") == text.replace(" ", "").replace("\n", "")


@given(CHINESE, st.integers(2, 50))
def test_folded_lines_fit(text: str, width: int) -> None:
    assert all(wcswidth(line) <= width for line in wrap(text, width))


@given(CHINESE)
def test_widths_agree_with_wcwidth(text: str) -> None:
    line = text.replace("\n", "")
    assert text_width(line) == wcswidth(line)


def test_words_and_numbers_stay_whole() -> None:
    assert wrap("电话是 13900001234 或 0571-8650123", 20) == ["电话是 13900001234", "或 0571-8650123"]


def test_a_word_longer_than_the_line_is_cut() -> None:
    assert "".join(wrap("https://example.com/a/very/long/path", 10)) == "https://example.com/a/very/long/path"


def test_composed_emoji_stay_whole() -> None:
    family = "👨\u200d👩\u200d👧"
    assert [line.count(family) for line in wrap(family * 4, 5)] == [2, 2]


def test_what_was_found_is_not_read_in_two() -> None:
    for width in range(8, 30):
        assert any("【发文】" in line for line in wrap("登记过的【发文】：周报 2026年第47周", width)), width


def test_padding() -> None:
    assert pad("路灯", 6) == "路灯  "
    assert pad("12", 5, right=True) == "   12"


@given(CHINESE, st.integers(8, 50))
def test_what_is_told_keeps_every_character_and_fits(text: str, width: int) -> None:
    lines = wrap_told(text, width)
    assert "".join(lines).replace(" ", "") == text.replace("\n", "").replace(" ", "")
    assert all(wcswidth(line) <= max(width, len(line) - len(line.lstrip(" ")) + 4) for line in lines)


def test_a_command_that_is_told_of_can_be_copied() -> None:
    assert wrap_told("  没有数据目录；运行 lianxin init 目录 新建一个，再往下做", 30) == [
        "  没有数据目录；运行",
        "  lianxin init 目录 新建一个，",
        "  再往下做",
    ]


def test_a_sentence_in_a_document_keeps_its_commands_whole_too() -> None:
    text = "还可以：加哨、延期、催办、进展、更正、作废；怎么写看 lianxin next CS-2026-A0002"
    assert wrap(text, 66) == [
        "还可以：加哨、延期、催办、进展、更正、作废；怎么写看",
        "lianxin next CS-2026-A0002",
    ]
