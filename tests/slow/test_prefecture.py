"""The county of 一带三结对 at its full size: 18 800 people received, 16 400 problems accepted, 15 600 done."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.campaigns.prefecture import county, figures


@pytest.mark.slow
def test_every_figure_agrees_to_the_unit(tmp_path: Path) -> None:
    books = county(tmp_path / "台账", 1)
    printed, expected = books.figures("2026"), figures(1)
    assert {name: printed[name] for name in expected} == expected
