"""Where words stand in a text, and as much around them as says what it is about."""

from __future__ import annotations

import pytest

from lianxin.core.text.excerpt import Word, around, marked


@pytest.mark.parametrize(
    ("word", "text", "shown"),
    [
        ("水", "到了晚上水就上不来", "到了晚上【水】就上不来"),
        ("张三", "张　三家没水", "【张　三】家没水"),
        ("买买提", "阿卜杜拉·买买提家", "阿卜杜拉·【买买提】家"),
        ("2.5", "水压２．５公斤，不是25公斤", "水压【２．５】公斤，不是25公斤"),
        ("led", "装了ＬＥＤ灯", "装了【ＬＥＤ】灯"),
        ("水水", "水水水水水", "【水水】【水水】水"),
        ("没有", "到了晚上水就上不来", "到了晚上水就上不来"),
    ],
)
def test_what_was_found_is_marked_as_it_was_written(word: str, text: str, shown: str) -> None:
    assert marked(text, Word.of(word).within(text)) == shown


def test_a_name_is_marked_where_it_sounds_so() -> None:
    assert marked("岫水供电所", Word.of("gds").heard("岫水供电所")) == "岫水【供电所】"
    assert Word.of("g").letters == ""
    assert Word.of("供电").heard("岫水供电所") == []


def test_spans_that_overlap_are_one() -> None:
    assert marked("主管老化", [(0, 3), (2, 4)]) == "【主管老化】"


def _around(text: str, word: str) -> str:
    kept, spans = around(text, Word.of(word).within(text))
    return marked(kept, spans)


def test_a_long_text_is_cut_between_sentences_else_between_clauses() -> None:
    other = "这里说的是另外一件不相干的事情"
    assert (
        _around(f"{other}，{other}，{other}。渠边的柳树倒了，压着线。{other}", "柳树") == "渠边的【柳树】倒了，压着线。"
    )
    assert _around(f"{other}，{other}，渠边的柳树倒了，{other}，{other}", "柳树") == "渠边的【柳树】倒了，"
    assert _around("渠边的柳树倒了\n压着线", "压着") == "渠边的柳树倒了\n【压着】线"  # short enough to stand whole


def test_what_has_no_stops_is_cut_all_the_same() -> None:
    shown = _around("甲" * 400 + "渠" + "乙" * 400, "渠")
    assert "【渠】" in shown
    assert len(shown) < 130
