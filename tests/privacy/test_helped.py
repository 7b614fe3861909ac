"""What a household was given, what for and how much, is told to nobody outside; sums over several of them are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.campaigns.records import CLERK, Books
from tests.cli.desk import Said, lianxin

pytestmark = pytest.mark.slow  # it takes long

HELPED, OTHER, NEAR, TAG = "丁桂花", "柳青山", "邵白石", "独居老人"
#: What only an indicator, a sum or a word about what was given can tell.
TOLD = ("助学", "731", "学费", "慰问金 500", "415", TAG)
FIGURES = """
  - 名称: 助学款
    单位: 元
    计数: {种类: 走访, 展开: 帮扶, 筛选: 帮扶.指标=助学, 计: 合计, 字段: 帮扶.数量}
  - 名称: 送出去的
    单位: 元
    计数: {种类: 走访, 计: 合计, 字段: 帮扶.数量}
"""
FORM = "名称: 助学名单\n种类: 走访\n筛选: 帮扶.指标=助学\n列: [编号, 户主]\n"


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Books:
    """Three households in two villages, each given money on a visit; one of them has a child at school."""
    made = Books(tmp_path_factory.mktemp("helped") / "台账", today="2027-01-10")
    first, second = made.village("松坪村"), made.village("石桥村")
    given = (
        (HELPED, first, [{"指标": "助学", "数量": "731", "说明": "孙女的学费"}, {"指标": "慰问金", "数量": "500"}]),
        (OTHER, first, [{"指标": "慰问金", "数量": "415"}]),
        (NEAR, second, [{"指标": "慰问金", "数量": "1200"}]),
    )
    for head, village, helps in given:
        home = made.household(head, village, 家庭成员=[{"姓名": f"{head}母", "标签": [TAG]}])
        made.visit("2026-03-02", CLERK, home, 帮扶=helps)
    figures = made.root / "policy" / "figures.yaml"
    figures.write_text(figures.read_text(encoding="utf-8").rstrip() + FIGURES, encoding="utf-8")
    (made.root / "forms").mkdir(exist_ok=True)
    (made.root / "forms" / "助学名单.yaml").write_text(FORM, encoding="utf-8")
    made.commit()
    return made


def say(books: Books, *words: str) -> Said:
    return lianxin(*words, cwd=books.root, today=books.today)


def found_in(text: str) -> list[str]:
    """What of it stands in a text; digests may hold any number."""
    told = re.sub(r"\b[0-9a-f]{8,}\b", "", text)
    return [one for one in TOLD if one in told]


@pytest.mark.parametrize(
    "words",
    [
        ("visit", "list", "--columns", "编号,走访户,帮扶"),
        ("visit", "list", "--columns", "走访户,帮扶.指标,帮扶.数量,帮扶.说明,帮扶情况"),
        ("visit", "list", "--columns", "all"),
        ("visit", "show", "1"),
        ("household", "show", HELPED),
        ("household", "list", "--columns", "户主,家庭成员,家庭成员.标签"),
        ("visit", "list", "--columns", "走访户.家庭成员"),
        ("ledger", "--all"),
        ("ledger", "慰问台账"),
    ],
)
@pytest.mark.parametrize("format_", ["md", "json", "document"])
def test_no_surface_tells_it_of_anybody(books: Books, words: tuple[str, ...], format_: str) -> None:
    inside = say(books, "--internal", *words, "-f", format_)
    told = say(books, *words, "-f", format_)
    assert (inside.code, told.code) in ((0, 0), (2, 2)), told
    assert found_in(told.out.replace("助学名单", "")) == [], told.out


@pytest.mark.parametrize(
    "words",
    [
        ("visit", "list", "帮扶.指标=助学"),
        ("visit", "list", "帮扶.数量>=600"),
        ("visit", "list", "helps.thing~学费"),
        ("visit", "list", "帮扶~助学"),
        ("ledger", "慰问台账", "-w", "帮扶.指标=助学"),
        ("ledger", "助学名单"),
    ],
)
def test_nobody_is_picked_by_it(books: Books, words: tuple[str, ...]) -> None:
    found = say(books, *words)
    assert (found.code, found.out, "--internal" in found.err) == (2, "", True), found
    assert say(books, "--internal", *words).code == 0


def test_it_is_not_asked_in_sql(books: Books) -> None:
    found = say(books, "sql", "SELECT 帮扶 FROM 走访")
    assert (found.code, found.out) == (2, "")
    assert "是不是「帮扶」" not in found.err
    assert "助学" in say(books, "--internal", "sql", "SELECT 帮扶 FROM 走访").out


def test_the_ledger_of_what_was_given_says_to_whom_and_what_it_came_to(books: Books) -> None:
    """Who has a row is told by a masked name, as in any ledger; what each was given is not, the sum is."""
    told = books.do("ledger", "慰问台账", "-f", "md").out
    rows = [line for line in told.splitlines() if "| 2026-03-02 |" in line]
    assert [re.findall(r"[丁柳邵]\\\*", row) for row in rows] == [["丁\\*"], ["柳\\*"], ["邵\\*"]]
    assert all("（内部）" in row for row in rows)
    assert "**2 115**" in told
    assert "帮扶.指标=慰问金" in told
    assert books.do("--json", "ledger", "慰问台账").json["data"]["totals"] == {"helps_quantity": 2115}


@pytest.mark.parametrize("narrowed", [f"走访户={HELPED}", "所属村=石桥村"])
def test_a_sum_over_one_household_is_what_it_was_given(books: Books, narrowed: str) -> None:
    told = books.do("ledger", "慰问台账", "-w", narrowed, "-f", "md").out
    assert ("500" in told, "1 200" in told) == (False, False), told
    assert "500" in books.do("--internal", "ledger", "慰问台账", "-w", f"走访户={HELPED}", "-f", "md").out


def test_public_totals_are_told_and_not_of_whom(books: Books) -> None:
    """What a number opens to has its amounts, and nothing that tells whose they are."""
    assert "731" in books.do("figures", "助学款", "-p", "2026").out
    for figure, amount in (("助学款", "731"), ("送出去的", "1 231")):
        by_village = books.do("figures", figure, "-p", "2026", "--by", "所属村", "-f", "md").out
        assert ("| 松坪村 | 1 646 |" in by_village) == (figure == "送出去的")
        for words in (("--open",), ("--by", "走访户"), ("--by", "编号")):
            told = books.do("figures", figure, "-p", "2026", *words, "-f", "md").out
            assert (amount in told, "（内部）" in told) == (True, True), told
            assert [one for one in ("丁", "柳", "邵", "ZF-", "HU-", "2026-03-02") if one in told] == [], told


def test_it_comes_into_no_file(books: Books, tmp_path: Path) -> None:
    out = tmp_path / "慰问.xlsx"
    books.do("ledger", "慰问台账", "-o", str(out))
    assert say(books, "verify", str(out)).out.startswith("一致")
    books.do("site", str(tmp_path / "公示栏"))
    board = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "公示栏").rglob("*.html"))
    assert found_in(board) == []
