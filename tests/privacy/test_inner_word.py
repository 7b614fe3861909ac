"""That somebody is a poor Party member is nobody's business outside: no cell says so, and nobody is picked by it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.campaigns.records import ORG, Books
from tests.cli.desk import Said, lianxin

pytestmark = pytest.mark.slow  # it takes long

WORD, HELPED, ALONE, HELPER = "困难党员", "柳青山", "邵白石", "石勇"
#: Their ids.
POOR = ("RY-A0002", "RY-A0003")
FIGURE = """
  - 名称: 困难党员数
    单位: 人
    计数: {种类: 党员干部, 展开: 身份, 筛选: 身份.身份=困难党员, 期间字段: 不限}
"""
FORM = """种类: 党员干部
筛选: [身份.身份=困难党员]
列: [编号, 姓名, 身份.身份, 身份.自]
"""
ROLES = """种类: 党员干部
展开: 身份
列: [姓名, 身份.身份]
"""


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Books:
    """Two poor members, one of whom has a second role and is helped."""
    made = Books(tmp_path_factory.mktemp("inner") / "台账", "一带三结对", today="2027-01-10")
    poor = {"身份": WORD, "自": "2025-02-03"}
    helped = made.person(HELPED, ORG, poor, {"身份": "老党员", "自": "2020-07-01"})
    made.person(ALONE, ORG, poor)
    made.pair("党员–党员", made.person(HELPER, ORG), helped, "2026-01-05")
    figures = made.root / "policy" / "figures.yaml"
    figures.write_text(figures.read_text(encoding="utf-8").rstrip() + FIGURE, encoding="utf-8")
    (made.root / "forms").mkdir(exist_ok=True)
    for name, text in (("名册", FORM), ("身份表", ROLES)):
        (made.root / "forms" / f"{name}.yaml").write_text(f"名称: {name}\n{text}", encoding="utf-8")
    made.commit()
    return made


def said(books: Books, *words: str, today: str = "") -> Said:
    found = lianxin(*words, cwd=books.root, today=today or books.today)
    assert found.code == 0, found.err
    return found


def row(books: Books, name: str, *words: str) -> dict[str, object]:
    items: list[dict[str, object]] = said(books, "--json", *words).json["data"]["items"]
    return next(one for one in items if name in one.values())


def test_no_cell_says_so(books: Books) -> None:
    assert row(books, HELPED, "person", "list")["roles"] == ["（内部）", "老党员 2020-07-01"]
    assert row(books, ALONE, "person", "list")["roles"] == ["（内部）"]
    shown = [one for one in said(books, "person", "show", HELPED, "-f", "md").out.splitlines() if "党员 |" in one]
    assert shown == ["| 老党员 |  |  |  |  |  | 2020-07-01 |  |"]
    assert row(books, ALONE, "ledger", "身份表")["roles_role"] == "（内部）"
    assert '["（内部）", {"身份": "老党员", "自": "2020-07-01"}]' in said(books, "sql", "SELECT 身份 FROM 党员干部").out
    counted = "SELECT count(*) FROM 党员干部 WHERE 身份 LIKE '%困难%'"
    assert said(books, "--json", "sql", counted).json["data"]["items"] == [{"count(*)": 0}]


def test_inside_all_stays(books: Books) -> None:
    assert row(books, ALONE, "--internal", "person", "list", f"身份.身份={WORD}")["roles"] == [f"{WORD} 2025-02-03"]
    assert ALONE in said(books, "--internal", "duties", "困难党员有人帮").out
    assert f"| {ALONE} | {WORD} | 2025-02-03 |" in said(books, "--internal", "ledger", "名册", "-f", "md").out


@pytest.mark.parametrize(
    "words",
    [
        ("person", "list", "身份.身份=困难党员"),
        ("person", "list", "身份.身份!=困难 党员"),
        ("person", "list", "身份.身份=村书记,困难党员"),
        ("person", "list", "身份.身份>=老党员"),
        ("person", "list", "身份.身份~困难"),
        ("person", "list", "身份~困难党员 2025"),
        ("person", "list", "roles.role=困难党员"),
        ("pairing", "list", "乙方.身份.身份=困难党员"),
        ("ledger", "身份表", "-w", "身份.身份=困难党员"),
        ("handbook", "-w", "责任人.身份.身份=困难党员"),
    ],
)
def test_nobody_is_picked_by_it(books: Books, words: tuple[str, ...]) -> None:
    found = lianxin(*words, cwd=books.root, today=books.today)
    assert (found.code, found.out, f"「{words[-1]}」会按内部的内容挑出人来" in found.err) == (2, "", True), found
    assert lianxin("--internal", *words, cwd=books.root, today=books.today).code in (0, 1)


def test_other_roles_may_be_asked_for(books: Books) -> None:
    found = said(books, "person", "list", "身份.身份=老党员", "身份.身份~老党", "身份.身份!=", "-f", "md").out
    assert HELPED in found
    assert ALONE not in found


@pytest.mark.parametrize(
    "words",
    [
        ("figures", "困难党员数", "--open"),
        ("figures", "困难党员数", "--by", "编号"),
        ("figures", "困难党员数", "--by", "姓名"),
        ("duties", "-p", "2026"),
        ("duties", "困难党员有人帮"),
        ("duties", "困难党员有人帮", "-p", "2026", "--open"),
        ("today",),
    ],
)
@pytest.mark.parametrize("format_", ["md", "json"])
def test_what_is_counted_by_it_names_nobody(books: Books, words: tuple[str, ...], format_: str, tmp_path: Path) -> None:
    out = tmp_path / f"出.{format_}"
    said(books, *words, "-o", str(out), today="2026-12-20" if words == ("today",) else "")
    told = out.read_text(encoding="utf-8")
    assert not [one for one in (HELPED, ALONE, *POOR) if one in told], told
    assert "（内部）" in told


def test_a_form_that_picks_by_it_is_refused_alone_and_names_nobody_among_others(books: Books, tmp_path: Path) -> None:
    refused = lianxin("ledger", "名册", cwd=books.root, today=books.today)
    assert (refused.code, refused.out, "台账「名册」按内部的内容筛选" in refused.err) == (2, "", True), refused
    out = tmp_path / "出.md"
    said(books, "ledger", "名册", "身份表", "-o", str(out))
    told = out.read_text(encoding="utf-8")
    assert ([one for one in POOR if one in told], "共2条" in told) == ([], True), told


def test_of_one_it_is_not_told_which_duty_binds_him(books: Books) -> None:
    told = said(books, "duties", "--who", ALONE, "-p", "2026", "--open", "-f", "md").out
    assert ("有人帮" in told, "已欠" in told, "公示件里不问某一个人的" in told) == (False, False, True)
    other = said(books, "duties", "--who", HELPER, "-p", "2026", "--open", "-f", "md").out
    assert other.replace(HELPER, ALONE).splitlines()[1:-2] == told.splitlines()[1:-2], other
    assert "有人帮" in said(books, "--internal", "duties", "--who", ALONE, "-p", "2026", "-f", "md").out

    asked = ("duties", "困难党员有人帮", "--who", ALONE, "-p", "2026")
    refused = lianxin(*asked, cwd=books.root, today=books.today)
    assert (refused.code, refused.out, "--internal" in refused.err) == (2, "", True)
    assert ALONE in said(books, "--internal", *asked).out


def test_an_edit_does_not_say_it_either(books: Books, tmp_path: Path) -> None:
    own = books.copy(tmp_path / "台账")
    told = said(own, "person", "edit", POOR[1], "--roles", "+身份=党代表", "--dry-run").out
    assert ("党代表" in told, WORD in told) == (False, False), told  # nor whether he already has what is typed
