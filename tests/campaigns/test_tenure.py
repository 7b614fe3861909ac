"""People count for the unit, post and roles they had on the day of what is counted; a move leaves the past alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.campaigns.records import Books

pytestmark = pytest.mark.slow  # it takes long

FIGURES = """
  - 名称: 书记走访
    单位: 人次
    计数: {种类: 走访, 展开: 走访人, 筛选: 走访人.身份.身份=县领导, 计: 项, 字段: 走访人}
  - 名称: 农技站走访
    单位: 次
    计数: {种类: 走访, 筛选: 走访人.单位=农技站}
  - 名称: 各单位走访
    单位: 次
    计数: {种类: 走访, 归属: 走访人.单位}
  - 名称: 领导联系点
    单位: 个
    计数: {种类: 结对, 筛选: 甲方.身份.身份=县领导, 止于字段: 结束日期}
  - 名称: 农技站入党
    单位: 人
    计数: {种类: 党员干部, 筛选: 单位=农技站, 期间字段: 入党日期}
  - 名称: 站长走访
    单位: 次
    计数: {种类: 走访, 筛选: 走访人.职务=站长}
"""


@pytest.fixture
def books(tmp_path: Path) -> Books:
    """One man: of the station until June, of the bureau from July on; a county leader from July to September."""
    books = Books(tmp_path / "台账", today="2026-12-31")
    station, bureau = books.org("农技站"), books.org("农业局", "县")
    village = books.village("松坪村")
    home = books.household("李桂兰", village)
    term = {"身份": "县领导", "自": "2026-07-01", "至": "2026-09-30"}
    man = books.person("唐一舟", station, term, 职务="站长", 入党日期="2026-06-01")
    for day in ("2026-05-08", "2026-06-30", "2026-07-01", "2026-09-30", "2026-10-01"):
        books.visit(day, man, home)
    books.pair("领导–联系点", man, village, "2026-05-01")
    figures = books.root / "policy" / "figures.yaml"
    figures.write_text(figures.read_text(encoding="utf-8") + FIGURES, encoding="utf-8")
    books.commit()
    books.do("-y", "person", "edit", man, "--org", bureau, "--post", "副局长", today="2026-07-01")
    return books


def test_a_move_is_kept_with_its_days(books: Books) -> None:
    shown = books.do("show", "RY-A0002").out
    assert "农业局" in shown
    text = (books.root / "people" / "RY-A0002.yaml").read_text(encoding="utf-8")
    assert "任职日期: 2026-07-01" in text
    assert "  - 单位: DW-A0002\n    职务: 站长\n    至: 2026-06-30\n" in text
    assert "没有问题" in books.do("check").out


def test_visits_count_for_the_unit_of_their_day(books: Books) -> None:
    printed = books.figures("2026")
    assert printed["农技站走访"] == "2 次"  # 8 May and 30 June
    assert printed["站长走访"] == "2 次"
    assert printed["农技站入党"] == "1 人"  # he joined while he was there
    listed = books.do("visit", "list", "走访人.单位=农业局", "-f", "csv").out
    assert [day for day in ("05-08", "06-30", "07-01", "09-30", "10-01") if day in listed] == [
        "07-01",
        "09-30",
        "10-01",
    ]
    assert books.do("figures", "各单位走访", "--period", "2026", "--by", "走访人.单位").out


def test_roles_count_while_they_are_held(books: Books) -> None:
    assert books.figures("2026")["书记走访"] == "2 人次"  # 1 July and 30 September
    assert books.figures("2026Q3")["领导联系点"] == "1 个"
    assert books.figures("2026Q2")["领导联系点"] == "0 个"
    assert books.figures("2026")["领导联系点"] == "0 个"


def test_the_second_edit_of_a_day_mends_the_first(books: Books) -> None:
    books.do("-y", "person", "edit", "RY-A0002", "--post", "局长", today="2026-07-01")
    text = (books.root / "people" / "RY-A0002.yaml").read_text(encoding="utf-8")
    assert "职务: 局长" in text
    assert text.count("至: 2026-06-30") == 1
    assert "副局长" not in text


def test_a_move_may_have_been_earlier(books: Books) -> None:
    books.do("-y", "person", "edit", "RY-A0002", "--org", "农技站", "--posted", "2026-10-01")
    text = (books.root / "people" / "RY-A0002.yaml").read_text(encoding="utf-8")
    assert "  - 单位: DW-A0003\n    职务: 副局长\n    自: 2026-07-01\n    至: 2026-09-30\n" in text
    assert books.figures("2026")["农技站走访"] == "3 次"  # 1 October too


def test_a_blank_filled_in_is_no_move(books: Books) -> None:
    books.do("-y", "person", "edit", "RY-A0001", "--post", "办事员")
    assert "履历" not in (books.root / "people" / "RY-A0001.yaml").read_text(encoding="utf-8")


def test_a_past_in_the_wrong_order_is_refused(books: Books) -> None:
    said = books.say("-y", "person", "edit", "RY-A0002", "--org", "农技站", "--posted", "2026-06-01")
    assert said.code == 2
    assert "早于" in said.err
