"""Nightly exports while the clerk goes on writing: each file equals its named commit; nothing new, nothing written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.actions.nightly import Nights
from tests.cli.desk import ENVIRONMENT

pytestmark = pytest.mark.slow  # it takes long


@pytest.fixture
def nights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Nights]:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    mask = os.umask(0o077)
    yield Nights(tmp_path, 2026)
    os.umask(mask)


def test_a_week_of_nights(nights: Nights) -> None:
    for what in (0.1, 0.3, 0.2, 0.6, 0.8, 0.92, 0.97):
        nights.night(what)
    assert (nights.failed, nights.quiet) == (2, 1)  # the fifth night begins a week: its file is new
    assert nights.made_again(3) > 3


@pytest.mark.slow
def test_a_year_of_nights(nights: Nights) -> None:
    for _ in range(365):
        nights.night(nights.office.chance.random())
    assert nights.failed > 20
    assert nights.quiet > 100
    assert len(nights.written) > 365
    assert nights.made_again(80) > 80


@pytest.mark.slow
def test_exports_while_somebody_writes(nights: Nights) -> None:
    with nights.office.written_meanwhile():
        for _ in range(40):
            nights.exported()
    commits = {commit for _path, commit in nights.written}
    assert len(commits) > 20
    assert nights.made_again(60) > 60
