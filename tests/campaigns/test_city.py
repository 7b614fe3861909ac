"""百局联百村 at full size: the table of the year agrees with the known totals to the unit."""

from __future__ import annotations

import pytest
from tests.campaigns.city import MORE_ACTIVISTS, PRINTED, build
from tests.campaigns.records import Books

pytestmark = pytest.mark.slow  # it takes long


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Books:
    """76 bureaus and 76 villages, some 2,800 records."""
    return build(tmp_path_factory.mktemp("city") / "books")


def test_every_record_of_the_city_is_sound(books: Books) -> None:
    assert books.say("check").code == 0


def test_the_table_agrees_to_the_unit(books: Books) -> None:
    rows = _printed(books)
    assert {name: rows[name][0] for name in PRINTED} == PRINTED


def test_activists_are_compared_with_the_year_before(books: Books) -> None:
    assert _printed(books)["联村入党积极分子"][1:] == (MORE_ACTIVISTS, "上年同期")


def test_every_bureau_has_one_village_and_every_village_a_bureau(books: Books) -> None:
    duties = books.duties()
    assert duties["一个单位联一个村"] == (76, 76, 0)
    assert duties["村村有单位联"] == (76, 76, 0)


#: One of each way of counting: things met once, entries of a list, spells, households, payments, indicators, a rate.
OPENED = (
    "联村单位",
    "联村领导到联系点",
    "联村入党积极分子",
    "联村走访贫困户",
    "联村建设资金",
    "联村代办服务",
    "联村党组织满意率",
)


@pytest.mark.parametrize("name", OPENED)
def test_what_a_figure_opens_to_adds_up_to_it(books: Books, name: str) -> None:
    data = books.do("--json", "figures", name, "--open", "--period", "2026").json["data"]
    for label, part in (("numerator", "分子"), ("denominator", "分母")):
        assert sum(row["amount"] for row in data["items"] if row["part"] == part) == (data["item"][label] or 0)
    assert data["items"]


def test_the_report_tells_the_table(books: Books) -> None:
    told = books.report("annual", "联村年报", "--period", "2026")
    for phrase in (
        "76个",
        "450名",
        "142",
        "38人次",
        "231项",
        "182项",
        "201户",
        "40200元",
        "1280000元",
        "97.63%",
        "98.55%",
    ):
        assert phrase in told


def _printed(books: Books) -> dict[str, tuple[str, str | None, str | None]]:
    blocks = books.do("figures", "--period", "2026", "-f", "document").json["data"]["blocks"]
    rows = [row for block in blocks if block["type"] == "table" for row in block["rows"]]
    return {row["figure"]: (row["value"], row.get("change"), row.get("against")) for row in rows}
