"""Every duty and score that is shipped, on the sample township: what it says is the sum of what it opens to."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

import pytest
from tests.reports.township import ROOT

from lianxin.core.day.period import parse_period
from lianxin.policies.campaign import Campaign
from lianxin.policies.duty import Duties, Duty
from lianxin.policies.score import Scheme, Scores
from lianxin.reports.duty.count import Counter
from lianxin.reports.duty.cycle import chosen, cycles
from lianxin.reports.duty.fulfilment import fulfilment
from lianxin.reports.score.scored import scored
from lianxin.storage.book import LedgerBook, open_book
from lianxin.storage.read.reading import read_yaml

TODAY = date(2026, 11, 22)

Known = dict[str, tuple[Duty, Campaign | None]]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LedgerBook]:
    root = tmp_path_factory.mktemp("sample") / "data"
    shutil.copytree(ROOT / "data", root)
    with open_book(root, today=TODAY, now=datetime(2026, 11, 22, 9)) as opened:
        yield opened


def duties() -> Known:
    """The base's, and every campaign's."""
    found: Known = {}
    for file in sorted((ROOT / "templates").rglob("duties.yaml")):
        pack = file.with_name("campaign.yaml")
        runs = (
            Campaign.model_validate(read_yaml(pack.read_bytes()), by_alias=True, by_name=False)
            if pack.exists()
            else None
        )
        for one in Duties.model_validate(read_yaml(file.read_bytes()), by_alias=True, by_name=False).duties:
            found[one.name] = (one, runs)
    return found


def schemes() -> dict[str, Scheme]:
    return {
        one.name: one
        for file in sorted((ROOT / "templates").rglob("scores.yaml"))
        for one in Scores.model_validate(read_yaml(file.read_bytes()), by_alias=True, by_name=False).schemes
    }


@pytest.mark.parametrize("name", duties())
def test_a_duty_is_the_sum_of_what_it_opens_to(book: LedgerBook, name: str) -> None:
    known = duties()
    duty, runs = known[name]
    found = fulfilment(book, duty, runs, TODAY, others=known, calendar=book.context.calendar)
    assert len({stand.subject for stand in found.stands}) == len(found.stands)
    if duty.parts or found.cycle is None:
        assert all(len(stand.pieces) <= len(duty.parts) for stand in found.stands)
        return
    counter = Counter(book, duty, TODAY)
    rows = counter.rows(found.cycle)
    for stand in found.stands:
        own = [row for row in rows if not duty.who or row.subject == stand.subject]
        assert sum((row.amount for row in own), Decimal(0)) == stand.amount


@pytest.mark.parametrize("name", [name for name, (duty, _runs) in duties().items() if not duty.parts])
def test_looking_back_at_once_and_cycle_by_cycle_come_to_the_same(book: LedgerBook, name: str) -> None:
    duty, runs = duties()[name]
    counter = Counter(book, duty, TODAY)
    two_years = parse_period("2025-01-01..2026-11-22", TODAY)
    _current, earlier = chosen(cycles(duty, runs, two_years, TODAY), TODAY)
    for cycle, once in zip(earlier, counter.history(earlier), strict=True):
        alone = counter.done(cycle)
        for subject in counter.bound(cycle):
            assert once.pair(subject) == alone.pair(subject)


@pytest.mark.parametrize("name", schemes())
@pytest.mark.parametrize("period", ["2025", "2026"])
def test_a_counted_item_is_the_sum_of_what_it_opens_to(book: LedgerBook, name: str, period: str) -> None:
    found = scored(book, schemes()[name], parse_period(period, TODAY))
    assert found.lines
    for line in found.lines:
        for point in line.points:
            if point.item.counted and not point.item.out_of:
                rows = book.counted(point.item.counted, found.span, line.subject)
                assert sum((row.amount for row in rows), Decimal(0)) == point.amount
        ranks = [one.rank for one in found.lines if one.rank is not None]
        assert ranks == sorted(ranks)


def test_the_sample_is_as_the_hand_counts_it(book: LedgerBook) -> None:
    known = duties()
    graded = fulfilment(book, *known["二类以上的村"], TODAY).stands[0]
    # twelve villages were graded in January: 示范 1, 一类 4, 二类 3; seventy in a hundred are nine
    assert (int(graded.amount), int(graded.total or 0), int(graded.gap)) == (8, 12, 1)
    villages = scored(book, schemes()["村级定级"], parse_period("2025", TODAY))
    assert [(book.title(line.subject), int(line.total or 0), line.grade) for line in villages.lines[:3]] == [
        ("龙须塘村", 95, "示范"),
        ("莲荷畈村", 91, "一类"),
        ("青篙村", 88, "一类"),
    ]
