"""Nine packs in many offices: each pooled figure is the sum of the offices' own, and of what stands in the files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from bench.generate import TODAY
from bench.offices import generate_offices, packs

from lianxin.actions.county.rollup import rollup
from lianxin.actions.policy.definition import definitions
from lianxin.core.day.period import parse_period
from lianxin.reports.county.pooled import Pooled
from lianxin.reports.figure.figured import evaluate
from lianxin.storage.book import open_book
from lianxin.storage.county.pool import RollUp

NOW = datetime.combine(TODAY, datetime.min.time())
Sides = dict[str, tuple[Decimal, Decimal | None]]


@pytest.fixture(
    scope="module",
    params=[2, pytest.param(30, marks=pytest.mark.slow)],  # thirty take long
)
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


def reckoned(county: Path, period: str) -> Sides:
    """Each figure over all offices, one book after the other."""
    found: dict[str, list[tuple[Decimal, Decimal | None]]] = defaultdict(list)
    for path in offices(county):
        with open_book(path, today=TODAY, now=NOW) as book:
            known = definitions(book)
            assert sorted(known.campaigns) == packs()
            for name, figure in known.figures.items():
                one = evaluate(book, figure.model_copy(update={"against": None}), parse_period(period, TODAY))
                found[name].append((one.numerator, one.denominator))
    return {
        name: (sum((own for own, _ in each), Decimal(0)), whole([of for _, of in each])) for name, each in found.items()
    }


def whole(denominators: list[Decimal | None]) -> Decimal | None:
    given = [one for one in denominators if one is not None]
    return sum(given, Decimal(0)) if given else None


def pooled(county: Path, period: str) -> Sides:
    found: Sides = {}
    for group in Pooled(RollUp(county / "汇总"), period, TODAY).groups():
        assert group.figure.name not in found, "by one definition in every office"
        numerator = sum((one.numerator for one in group.shares), Decimal(0))
        found[group.figure.name] = (numerator, whole([one.denominator for one in group.shares]))
    return found


def records(county: Path, folder: str) -> Iterator[dict[str, Any]]:
    for office in offices(county):
        for path in sorted((office / folder).rglob("*.yaml")):
            yield yaml.load(path.read_bytes(), Loader=yaml.BaseLoader)  # noqa: S506 - every value as it is written


def test_every_figure_of_the_packs_is_the_sum_of_the_offices_own(county: Path) -> None:
    for period in ("2026", "2026Q1"):
        apart = reckoned(county, period)
        assert len(apart) > 200
        assert pooled(county, period) == apart
        told = [name for name, (numerator, _of) in apart.items() if numerator]
        assert len(told) > 50, "of most nothing would be proved"


def test_the_sums_are_what_stands_in_the_files(county: Path) -> None:
    found = pooled(county, "2026")
    visits = [one for one in records(county, "visits") if one["日期"].startswith("2026")]
    assert found["走访次数"][0] == len(visits) > 0
    projects = [pay for one in records(county, "projects") for pay in one.get("拨付", ())]
    paid = sum((Decimal(pay["金额"]) for pay in projects if pay["日期"].startswith("2026")), Decimal(0))
    assert found["项目拨付资金"][0] == paid > 0
    raised = [one for one in records(county, "issues") if date.fromisoformat(one["反映时间"][:10]).year == 2026]
    void = [one for one in raised if any(event["步骤"] == "作废" for event in one.get("事件", ()))]
    assert found["并案前问题"][0] == len(raised) - len(void) > 0
