"""Nobody is picked out for the public by what is internal of him, whatever picks; what was asked for is veiled."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.campaigns.records import CLERK, Books
from tests.cli.desk import Said, lianxin

pytestmark = pytest.mark.slow  # it takes long

POOR, RICH, CHILD = "丁桂花", "柳青山", "秋菊"
HOMES = ("HU-A0001", "HU-A0002")
FIGURES = """
  - 名称: 低保户走访
    单位: 户
    计数: {种类: 走访, 展开: 走访户, 筛选: 走访户.户类别=低保, 计: 不同, 字段: 走访户, 期间字段: 不限}
  - 名称: 住址数
    单位: 户
    计数: {种类: 联系户, 期间字段: 不限}
  - 名称: 桂花家
    单位: 户
    计数: {种类: 联系户, 筛选: [户主~桂花, 备注~秋菊], 期间字段: 不限}
"""
FORMS = {
    "低保": "种类: 联系户\n筛选: 户类别=低保\n列: [编号, 户主]\n",
    "排": "种类: 联系户\n排序: [-户类别, 编号]\n列: [编号, 户主]\n",
    "生": "种类: 党员干部\n期间字段: 出生日期\n列: [编号, 姓名]\n",
    "秋": "种类: 联系户\n筛选: 家庭成员.姓名~秋菊\n列: [编号, 户主]\n",
}


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Books:
    """Two households, one of them poor, each visited once."""
    made = Books(tmp_path_factory.mktemp("picked") / "台账", today="2027-01-10")
    village = made.village("松坪村")
    for head, sort, home in ((POOR, "低保", "一组38号"), (RICH, "一般", "一组12号")):
        home_id = made.household(head, village, 户类别=sort, 住址=home, 家庭成员=[{"姓名": f"丁{CHILD}"}])
        made.visit("2026-03-02", CLERK, home_id)
    figures = made.root / "policy" / "figures.yaml"
    figures.write_text(figures.read_text(encoding="utf-8").rstrip() + FIGURES, encoding="utf-8")
    (made.root / "forms").mkdir(exist_ok=True)
    for name, text in FORMS.items():
        (made.root / "forms" / f"{name}.yaml").write_text(f"名称: {name}\n{text}", encoding="utf-8")
    made.commit()
    return made


def say(books: Books, *words: str) -> Said:
    return lianxin(*words, cwd=books.root, today=books.today)


@pytest.mark.parametrize(
    "words",
    [
        ("household", "list", "户类别!=一般"),
        ("household", "list", "household.category=低保", "category>=困难"),
        ("household", "list", "家庭成员~低保"),
        ("visit", "list", "走访户.户类别=低保"),
        ("pairing", "list", "乙方.户类别=低保"),
        ("issue", "list", "联系户.住址~38号"),
        ("handbook", "-w", "联系户.户类别=低保"),
        ("ledger", "低保"),
        ("ledger", "排"),
        ("ledger", "生", "-p", "1950"),
    ],
)
def test_nobody_is_picked_by_what_is_internal(books: Books, words: tuple[str, ...]) -> None:
    found = say(books, *words)
    assert (found.code, found.out, "请加 --internal" in found.err) == (2, "", True), found
    assert "38号" not in found.err


def test_inside_all_may_be_asked(books: Books) -> None:
    assert POOR in books.do("--internal", "ledger", "低保").out
    assert RICH not in books.do("--internal", "household", "list", "住址~38号").out


@pytest.mark.parametrize(
    ("words", "number"),
    [
        (("figures", "低保户走访"), "1"),
        (("figures", "低保户走访", "--open"), "低保户走访 1 户"),
        (("figures", "低保户走访", "--by", "走访户"), "1"),
        (("figures", "低保户走访", "--by", "编号"), "1"),
        (("duties", "困难户走访"), "1"),
    ],
)
def test_the_number_is_told_and_not_the_list(books: Books, words: tuple[str, ...], number: str) -> None:
    told = books.do(*words, "-f", "md").out
    assert number in told
    assert not [one for one in ("丁*", "柳*", *HOMES, "ZF-", "2026-03-02") if one in told], told


def test_how_many_each_cadre_has_seen_is_a_number_too(books: Books) -> None:
    assert "| 何小满 | 1 |" in books.do("figures", "低保户走访", "--by", "走访人", "-f", "md").out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("household", "list", "户主~桂花", "家庭成员.姓名~秋菊"), "户主含****；家庭成员的姓名含****"),
        (("ledger", "秋"), "家庭成员的姓名含****"),
        (("visit", "list", "走访户=丁桂花,HU-A0001", "诉求建议~桂花"), "走访户为****或HU-A0001；诉求建议含****"),
        (("figures", "桂花家", "--open"), "户主含****，备注含****"),
        (("handbook", "-w", "原话~桂花", "-w", "反映人~秋菊"), ""),
    ],
)
def test_what_was_looked_for_is_printed_nowhere(
    books: Books, words: tuple[str, ...], told: str, tmp_path: Path
) -> None:
    out = tmp_path / "出.html"
    books.do(*words, "-o", str(out))
    made = out.read_text(encoding="utf-8")
    assert [one for one in ("桂花", "秋菊") if one in made.replace("figures 桂花家", "").replace("桂花家", "")] == []
    assert told in made
    seen = books.say("verify", str(out))
    asked = any("~" in word for word in words)  # what a form or figure looks for is in the ledger, and asked again
    assert ("命令里有姓名电话，已经隐去" in seen.err, seen.out.startswith("一致")) == (asked, not asked), seen


def test_the_list_of_an_export_tells_no_more_than_its_files(books: Books, tmp_path: Path) -> None:
    own = books.copy(tmp_path / "台账")
    profile = (
        "方案:\n  - 名称: 试\n    目录: ../出\n    输出:\n      - {命令: household list 户主~桂花, 文件: 户.csv}\n"
    )
    (own.root / "policy" / "exports.yaml").write_text(profile, encoding="utf-8")
    own.commit()
    own.do("export", "试")
    for path in (tmp_path / "出").iterdir():
        assert "桂花" not in path.read_text(encoding="utf-8"), path.name


def test_a_frozen_report_does_not_tell_whose_its_numbers_are(books: Books, tmp_path: Path) -> None:
    own = books.copy(tmp_path / "台账")
    (own.root / "reports").mkdir()
    grid = "名称: 月报\n种类: 月报\n标题: 月报\n节:\n  - 标题: 表\n    分组表: {对象: 走访户, 列: [低保户走访]}\n"
    (own.root / "reports" / "月报.yaml").write_text(grid, encoding="utf-8")
    own.commit()
    out = own.do("report", "monthly", "-p", "2026-03", "--freeze", "--yes", "-f", "md").out
    shown = own.do("show", "BB-A0001", "-f", "md").out + own.do("sql", "SELECT * FROM 报表").out
    assert [one for one in HOMES if one in out + shown] == []
    assert f"走访户={HOMES[0]}" in own.do("--internal", "show", "BB-A0001").out
