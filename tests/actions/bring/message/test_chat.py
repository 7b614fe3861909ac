"""A pasted text parted by who wrote what."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.actions.bring.message.chat import Message, messages

TODAY = date(2026, 11, 20)


def _told(text: str) -> list[tuple[str, str, str]]:
    return [(one.who, one.day, one.text) for one in messages(text, TODAY)]


@pytest.mark.parametrize(
    "head",
    [
        "向晚晴 2026/11/16 09:30:21",
        "向晚晴 2026-11-16 9:30",
        "向晚晴  11-16 上午9:30",
        "向晚晴 11月16日 09:30:",
        "2026-11-16 09:30:21 向晚晴",
        "向晚晴：11月16日 9:30",
    ],
)
def test_a_name_and_when_head_what_follows(head: str) -> None:
    assert _told(f"{head}\n渠堵了\n水过不来") == [("向晚晴", "2026-11-16", "渠堵了\n水过不来")]


def test_all_of_one_person_is_one_message_whatever_stands_between() -> None:
    chat = "甲：\n路灯坏了\n\n乙：\n我家也是\n\n甲：\n三天了\n"
    assert _told(chat) == [("甲", "", "路灯坏了\n三天了"), ("乙", "", "我家也是")]


def test_names_and_words_in_one_line() -> None:
    assert _told("甲：路灯坏了\n乙:没水了") == [("甲", "", "路灯坏了"), ("乙", "", "没水了")]


def test_a_line_with_a_day_dates_what_follows() -> None:
    chat = "—————  2026-11-15  —————\n甲 上午8:00\n渠堵了\n—————  昨天  —————\n乙 上午8:00\n没水了"
    assert _told(chat) == [("甲", "2026-11-15", "渠堵了"), ("乙", "2026-11-19", "没水了")]


def test_pictures_and_voices_say_nothing() -> None:
    assert _told("甲：\n[图片]\n渠堵了[动画表情]\n乙：\n[语音] 12秒") == [("甲", "", "渠堵了"), ("乙", "", "12秒")]


def test_a_note_by_labels_is_nobodys_chat() -> None:
    note = "来电记录\n反映人：向晚晴\n联系电话：139 0000 1117\n反映内容：渠堵了：水过不来"
    (one,) = messages(note, TODAY)
    assert (one.who, one.text) == ("", note)
    assert one.noted == {
        "reporter": ("向晚晴", "反映人"),
        "phone": ("139 0000 1117", "联系电话"),
        "words": ("渠堵了：水过不来", "反映内容"),
    }


def test_words_with_a_colon_are_no_name() -> None:
    text = "书记，我说两件事：渠堵了，路灯也坏了"
    assert _told(text) == [("", "", text)]


@given(st.text())
def test_no_line_of_words_is_lost(text: str) -> None:
    words = ("渠堵了", "水过不来")
    whole = "\n".join((*words, "", text.replace(":", "").replace("：", "")))
    told = "\n".join(one.text for one in messages(whole, TODAY))
    assert all(word in told for word in words)


def test_nothing_is_made_of_nothing() -> None:
    assert messages(" \n\n", TODAY) == []
    assert isinstance(messages("渠堵了", TODAY)[0], Message)
