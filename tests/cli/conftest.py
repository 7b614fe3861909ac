"""Ledgers that many tests begin with: each is made once, by real commands, and every test works on its own copy."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.desk import TRIAGE, Desk


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Desk(tmp_path_factory.mktemp("desk") / "台账").furnish().root


@pytest.fixture(scope="session")
def with_issue(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = Desk.copied(furnished, tmp_path_factory.mktemp("issue"))
    desk.take_down()
    return desk.root


@pytest.fixture(scope="session")
def with_accepted(with_issue: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = Desk.copied(with_issue, tmp_path_factory.mktemp("accepted"))
    desk.do("issue", "accept", "WT-2026-A0001", "--level", "村", *TRIAGE, "--at", "2026-03-04 10:00")
    return desk.root


@pytest.fixture
def desk(furnished: Path, tmp_path: Path) -> Desk:
    return Desk.copied(furnished, tmp_path)


@pytest.fixture
def heard(with_issue: Path, tmp_path: Path) -> Desk:
    """A desk with one issue taken down, WT-2026-A0001."""
    return Desk.copied(with_issue, tmp_path)


@pytest.fixture
def taken(with_accepted: Path, tmp_path: Path) -> Desk:
    """A desk with one issue, WT-2026-A0001, that is accepted."""
    return Desk.copied(with_accepted, tmp_path)
