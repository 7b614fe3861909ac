"""Small counts beside each other, by values worked out by hand."""

from __future__ import annotations

import pytest

from lianxin.core.chance import beyond_chance


@pytest.mark.parametrize(
    ("now", "then", "tests", "found"),
    [
        (0, 0, 1, False),
        (5, 0, 1, False),  # 2 / 2**5 = 0.0625
        (6, 0, 1, True),  # 2 / 2**6 = 0.03125
        (6, 0, 2, False),  # of two questions each has half the level
        (0, 6, 1, True),
        (12, 4, 1, False),  # 2 * 2517 / 2**16 = 0.0768
        (13, 3, 1, True),  # 2 * 697 / 2**16 = 0.0213
        (400, 300, 1, True),
    ],
)
def test_a_difference_is_told_only_beyond_chance(now: int, then: int, tests: int, found: bool) -> None:
    assert beyond_chance(now, then, 30, 30, tests) is found


def test_a_longer_span_is_expected_to_hold_more() -> None:
    assert beyond_chance(20, 5, 30, 30)
    assert not beyond_chance(20, 5, 120, 30)
