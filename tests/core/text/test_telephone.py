"""A telephone in every writing that people use, taken by a field and found in text by one definition."""

from __future__ import annotations

import pytest

from lianxin.core.text.personal import find
from lianxin.core.text.telephone import mask_phone, read_phone

WRITINGS = {
    "13900001112": [
        "13900001112",
        "139 0000 1112",
        "139-0000-1112",
        "139.0000.1112",
        "139·0000·1112",
        "1390000 1112",
        "139 000 01112",
        "13 90 00 01 11 2",
        "1 3 9 0 0 0 0 1 1 1 2",
        "(139)00001112",
        "139—0000—1112",
        "１３９００００１１１２",
        "１３９　００００　１１１２",
        "139\u200b0000\u200b1112",
        "+8613900001112",
        "+86 139 0000 1112",
        "+86-139-0000-1112",
        "（+86）13900001112",
        "8613900001112",
        "008613900001112",
        "013900001112",
        "一三九零零零零一一一二",
        "一三九-〇〇〇〇-一一一二",
        "幺三九零零零零幺幺幺二",
        "壹叁玖零零零零壹壹壹贰",
    ],
    "0690-8650124": [
        "0690-8650124",
        "06908650124",
        "0690 865 0124",
        "0690 8650 124",
        "(0690)8650124",
        "（0690）8650124",
        "【0690】8650124",
        "0690/8650124",
        "０６９０－８６５０１２４",
        "+86 690 8650124",
        "+86-0690-8650124",
        "〇六九〇八六五〇一二四",
    ],
    "0690-8650124-801": ["0690-8650124-801", "0690-8650124转801", "(0690)8650124 转 801", "06908650124分机801"],
    "8650124": [
        "8650124",
        "865-0124",
        "865 0124",
        "8650-124",
        "8650 124",
        "86 50 124",
        "8 6 5 0 1 2 4",
        "８６５０１２４",
        "八六五零一二四",
    ],
    "86501234": ["86501234", "8650-1234", "8650 1234", "86 50 12 34"],
    "4008123456": ["4008123456", "400-812-3456", "400 812 3456", "400-8123-456"],
}
CASES = [(number, written) for number, every in WRITINGS.items() for written in every]


@pytest.mark.parametrize(("number", "written"), CASES)
def test_a_field_takes_it(number: str, written: str) -> None:
    assert read_phone(written) == number


@pytest.mark.parametrize(("number", "written"), CASES)
@pytest.mark.parametrize("text", ["{}", "张某{}", "打{}找他", "电话：{}。", "（{}）"])
def test_and_text_is_searched_for_it(number: str, written: str, text: str) -> None:
    whole = text.format(written)
    (found,) = find(whole)
    assert whole[found.start : found.end].strip("（）") == written.strip("（）"), number


@pytest.mark.parametrize("text", ["137000", "139000012345", "1390000111", "12345", "0690-865", "无", "", "找他儿子"])
def test_what_is_none(text: str) -> None:
    assert read_phone(text) == ""
    assert mask_phone(text) == "****"


@pytest.mark.parametrize(
    ("written", "masked"),
    [
        ("１３９-0000 1112", "139****1112"),
        ("（０６９０）８６５０１２３", "0690-*****23"),
        ("0690-8650123转801", "0690-*****23"),
        ("400-812-3456", "*****56"),
        ("13900001112；8650123/13900001113", "139****1112、*****23、139****1113"),
        ("139****1112、0690-*****23", "139****1112、0690-*****23"),
    ],
)
def test_how_it_looks_masked(written: str, masked: str) -> None:
    assert mask_phone(written) == masked
