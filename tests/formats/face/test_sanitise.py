"""What data may not do to a surface."""

from __future__ import annotations

import json
import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from tests.formats.demo import HOSTILE

from lianxin.formats.face.sanitise import (
    CELL_LIMIT,
    for_csv,
    for_html,
    for_json,
    for_markdown,
    for_terminal,
    for_xlsx,
    from_csv,
    visible,
)

EVIL = st.text(alphabet=st.characters(categories=["Cc", "Cf", "Zl", "Zp", "Lo", "Po", "Sm"]), max_size=40)
FORMULA = st.text(alphabet="'=+-@ \t\n\uff1d\uff0b\uff0d\uff20019E/x", max_size=12)


@given(EVIL)
def test_nothing_unseen_is_left(text: str) -> None:
    for surface in (for_terminal, for_html, for_markdown, for_csv, for_xlsx):
        left = [c for c in surface(text) if unicodedata.category(c) in ("Cc", "Zl", "Zp") and c != "\n"]
        assert left == []


@given(EVIL)
def test_no_direction_mark_is_left(text: str) -> None:
    marks = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff")
    assert not marks & set(visible(text))
    assert not marks & set(for_json(json.dumps(text, ensure_ascii=False)))


def test_line_breaks_are_one_sort() -> None:
    assert visible("一\r\n二\r三\u2028四\x85五") == "一\n二\n三\n四\n五"


def test_rare_characters_and_emoji_are_left_alone() -> None:
    text = "𬭚䶮𠮷😀👨\u200d👩\u200d👧"
    assert visible(text) == text


@given(FORMULA | st.text(max_size=20))
def test_csv_quoting_comes_off_again(text: str) -> None:
    assert from_csv(for_csv(text)) == visible(text)


@given(FORMULA)
def test_no_csv_text_begins_like_a_formula(text: str) -> None:
    assert for_csv(text).lstrip(" \n")[:1] not in (
        "=",
        "+",
        "-",
        "@",
        "\uff1d",
        "\uff0b",
        "\uff0d",
        "\uff20",
        "\t",
        "\r",
    )


def test_csv_keeps_digits() -> None:
    assert [for_csv(text) for text in ("0138", "110101199001011234", "3-4", "1E5")] == [
        "'0138",
        "'110101199001011234",
        "'3-4",
        "'1E5",
    ]
    assert [for_csv(text) for text in ("13900001234", "石桥村", "12", "2026-03-02", "'x")] == [
        "13900001234",
        "石桥村",
        "12",
        "2026-03-02",
        "'x",
    ]


@given(st.text(max_size=40))
def test_json_text_reads_back_letter_for_letter(text: str) -> None:
    assert json.loads(for_json(json.dumps(text, ensure_ascii=False))) == text


def test_hostile_texts_survive_json() -> None:
    assert json.loads(for_json(json.dumps(HOSTILE, ensure_ascii=False))) == list(HOSTILE)


def test_too_long_for_a_cell_says_so() -> None:
    cut = for_xlsx("长" * (CELL_LIMIT + 1))
    assert len(cut) == CELL_LIMIT
    assert cut.endswith("请看原件）")
    assert for_xlsx("长" * CELL_LIMIT) == "长" * CELL_LIMIT
    rare = for_xlsx("\U00020bb7" * (CELL_LIMIT // 2 + 1))  # two units each
    assert len(rare.encode("utf-16-le")) <= 2 * CELL_LIMIT
    assert rare.endswith("请看原件）")
    assert for_xlsx("\U00020bb7" * (CELL_LIMIT // 2)) == "\U00020bb7" * (CELL_LIMIT // 2)
