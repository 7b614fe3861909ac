from __future__ import annotations

import subprocess
from datetime import datetime
from pathlib import Path

import pytest
from bench.county import CAMPAIGNS, generate_county
from bench.generate import TODAY

from lianxin.actions.policy.definition import definition_problems, definitions
from lianxin.actions.policy.duty import fulfilled
from lianxin.kinds import KINDS
from lianxin.rules import check_book
from lianxin.storage.book import open_book

NOW = datetime.combine(TODAY, datetime.min.time())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("bench") / "county"
    generate_county(made, 120, 220)
    return made


def test_a_county_has_every_kind_and_no_fault(folder: Path) -> None:
    with open_book(folder, today=TODAY, now=NOW) as book:
        assert book.problems() == []
        assert [found for found in check_book(book) if not found.code.startswith("H")] == []  # hints there may be
        assert definition_problems(book) == []
        assert book.sql("SELECT count(*) FROM issue") == [(120,)]
        assert book.sql("SELECT count(*) FROM visit") == [(220,)]
        kept = {kind for (kind,) in book.sql("SELECT DISTINCT kind FROM record")}
        assert kept == {kind.name for kind in KINDS} - {"frozen", "evidence"}


def test_its_campaigns_are_in_force_and_their_duties_bind_somebody(folder: Path) -> None:
    with open_book(folder, today=TODAY, now=NOW) as book:
        known = definitions(book)
        assert tuple(known.campaigns) == CAMPAIGNS
        bound = {one.duty.name for one in fulfilled(book) if one.stands}
        assert bound == {one.value.name for one in known.duties.values()}


def test_the_same_seed_makes_the_same_county(folder: Path, tmp_path: Path) -> None:
    generate_county(tmp_path / "twin", 120, 220)
    heads = [
        subprocess.run(["git", "rev-parse", "HEAD"], cwd=one, capture_output=True, check=True).stdout
        for one in (folder, tmp_path / "twin")
    ]
    assert heads[0] == heads[1]
