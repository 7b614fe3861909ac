"""Nine packs in many offices: each pooled figure is the sum of the offices' own, and of what stands in the files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from bench.generate import TODAY
from bench.offices import generate_offices, packs
from proof.county import NOW, pooled, reckoned

from lianxin.actions.county.rollup import rollup
from lianxin.actions.policy.definition import definitions
from lianxin.storage.book import open_book

#: Whole townships are made, and counted twice.
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=[2, 30])
def county(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("offices") / "县"
    generate_offices(folder, request.param)
    done = rollup(folder / "offices.yaml", folder / "汇总", NOW)
    assert [one.why for one in done.manifest.offices] == [""] * request.param
    return folder


def offices(county: Path) -> Iterator[Path]:
    for path in sorted(county.iterdir()):
        if (path / "lianxin.yaml").is_file():
            yield path


def records(county: Path, folder: str) -> Iterator[dict[str, Any]]:
    for office in offices(county):
        for path in sorted((office / folder).rglob("*.yaml")):
            yield yaml.load(path.read_bytes(), Loader=yaml.BaseLoader)  # noqa: S506 - every value as it is written


def test_every_figure_of_the_packs_is_the_sum_of_the_offices_own(county: Path) -> None:
    with open_book(next(offices(county)), today=TODAY, now=NOW) as book:
        assert sorted(definitions(book).campaigns) == packs()
    for period in ("2026", "2026Q1"):
        apart = reckoned(list(offices(county)), period)
        assert len(apart) > 200
        assert pooled(county / "汇总", period) == apart
        told = [name for name, (numerator, _of) in apart.items() if numerator]
        assert len(told) > 50, "of most nothing would be proved"


def test_the_sums_are_what_stands_in_the_files(county: Path) -> None:
    found = pooled(county / "汇总", "2026")
    visits = [one for one in records(county, "visits") if one["日期"].startswith("2026")]
    assert found["走访次数"][0] == len(visits) > 0
    projects = [pay for one in records(county, "projects") for pay in one.get("拨付", ())]
    paid = sum((Decimal(pay["金额"]) for pay in projects if pay["日期"].startswith("2026")), Decimal(0))
    assert found["项目拨付资金"][0] == paid > 0
    raised = [one for one in records(county, "issues") if date.fromisoformat(one["反映时间"][:10]).year == 2026]
    void = [one for one in raised if any(event["步骤"] == "作废" for event in one.get("事件", ()))]
    assert found["并案前问题"][0] == len(raised) - len(void) > 0
