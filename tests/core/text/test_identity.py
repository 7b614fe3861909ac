"""Identity and card numbers are judged by length, day of birth and check digit."""

from __future__ import annotations

import pytest

from lianxin.core.text.identity import identity_fault, is_card, read_identity


@pytest.mark.parametrize(
    "number", ["110101199001011237", "11010119900101012X", "11010119900101012x", "110101900101123"]
)
def test_a_sound_number(number: str) -> None:
    assert identity_fault(number) == ""


def test_its_grouping_does_not_matter() -> None:
    assert read_identity("１１０１ 0119-9001·0101 2x") == "11010119900101012X"


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("11010119900101123", "应为 18 位，这里是 17 位"),
        ("1101011990010112AB", "只能有数字，18 位的末位可以是 X"),
        ("990101199001011237", "开头的「99」不是省份代码"),
        ("110101199002301237", "出生年月日不对"),
        ("110101189912311237", "出生年月日不对"),
        ("110101199001011238", "校验不对：按前 17 位算，末位应为 7"),
    ],
)
def test_a_faulty_one_is_told_why(number: str, fault: str) -> None:
    assert identity_fault(number) == fault


def test_a_card_is_told_by_its_last_digit() -> None:
    assert is_card("6222020200001234562")
    assert not is_card("6222020200001234563")
    assert not is_card("62220202")
