"""What is written differently and reads the same is compared as the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.core.text.fold import DOTS, fold, folded


@pytest.mark.parametrize(
    "written",
    [
        "张三",
        "张 三",
        "张\u3000三",
        "张\u00a0三",
        "张\u2009三",
        "张\u200b三",
        "张\u00ad三",
        "张\ufeff三",
        "张\ufe00三",
        "张\U000e0100三",
        " 张\n三\t",
        *(f"张{dot}三" for dot in DOTS),
    ],
)
def test_blanks_and_dots_part_nothing(written: str) -> None:
    assert fold(written) == "张三"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("李⼭", "李山"),  # a Kangxi radical, as PDFs give it
        ("⻢⻓⻛", "马长风"),  # radicals that Unicode does not call the same
        ("\uf9e1", "李"),  # a compatibility ideograph
        ("（Ａ１）", "(A1)"),
        ("……", "......".replace(".", "")),
        ("Élise", "Elise"),
        ("E\u0301lise", "Elise"),
        ("响水坪村（三组）", "响水坪村(三组)"),
    ],
)
def test_forms_are_one(written: str, read: str) -> None:
    assert fold(written) == read


@given(st.text(alphabet=st.sampled_from("张三李⼭ \u3000\u200b·．，（A1１…½㎡é\u0301⻢")))
def test_a_folded_text_knows_where_it_stood(text: str) -> None:
    made = folded(text)
    assert made.text == fold(text)
    for place, character in enumerate(made.text):
        start, end = made.span(place, place + 1)
        assert end == start + 1
        assert character in fold(text[start:end])
    assert fold(fold(text)) == fold(text)
