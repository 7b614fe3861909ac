from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from tests.storage.town import ACCEPT, ASSIGN, NOW, PERSON, SIGN, VILLAGE, Town, event, issue, path_of

from lianxin.core.error import LianxinError, UsageError
from lianxin.core.problem import Finding
from lianxin.kinds import kind_of
from lianxin.kinds.household import Household
from lianxin.kinds.issue.life import Life
from lianxin.kinds.issue.record import Issue
from lianxin.kinds.issue.state import State
from lianxin.storage.book import LedgerBook, open_book


@pytest.fixture
def town(tmp_path: Path) -> Town:
    made = Town(tmp_path / "town")
    made.write(
        {
            path_of(7): issue(7, ACCEPT, ASSIGN, SIGN),
            path_of(8): issue(8),
            path_of(7, 2025): issue(7, day="2025-12-30", summary="去年的"),
            path_of(9, 2025): issue(9, day="2025-12-30"),
            path_of(10007): issue(10007),
            "people/RY-A0007.yaml": PERSON.replace("RY-A0001", "RY-A0007").replace("秦小满", "秦大满"),
            "people/RY-A0008.yaml": PERSON.replace("RY-A0001", "RY-A0008").replace("秦小满", "秦大满"),
            "villages/CUN-B0002.yaml": VILLAGE.replace("CUN-A0001", "CUN-B0002").replace("柳溪村", "松岭村"),
        }
    )
    made.commit()
    return made


@pytest.fixture
def book(town: Town) -> Iterator[LedgerBook]:
    with town.book() as opened:
        yield opened


@pytest.mark.parametrize(
    ("word", "kind", "id_"),
    [
        ("WT-2026-A0007", "", "WT-2026-A0007"),
        ("wt-a7", "", "WT-2026-A0007"),
        ("WT7", "", "WT-2026-A0007"),
        ("A7", "issue", "WT-2026-A0007"),  # this year's before last year's
        ("A7", "", ""),  # but a person has the number too
        ("0008", "issue", "WT-2026-A0008"),
        ("8", "issue", "WT-2026-A0008"),
        ("2025-A7", "issue", "WT-2025-A0007"),
        ("A9", "issue", "WT-2025-A0009"),  # there is none this year
        ("A10007", "", "WT-2026-A10007"),
        ("B2", "", "CUN-B0002"),
        ("村书记", "", ""),
        ("秦小满", "", "RY-A0001"),
        ("秦小满", "person", "RY-A0001"),
        ("秦小满", "village", ""),
        ("秦大满", "person", ""),  # there are two of them
        ("柳溪村", "", "CUN-A0001"),
        ("丁有田", "household", "HU-A0001"),
        ("A0099", "", ""),
        ("HU-A7", "issue", ""),
    ],
)
def test_words_become_ids(book: LedgerBook, word: str, kind: str, id_: str) -> None:
    if id_:
        assert book.resolve(word, kind) == id_
        assert book.resolve(f" {word} ", kind) == id_
    else:
        with pytest.raises(UsageError, match=word):
            book.resolve(word, kind)


def test_several_matches_are_all_shown(book: LedgerBook) -> None:
    with pytest.raises(UsageError, match="「A7」不止一个：RY-A0007 秦大满（党政办）、WT-2026-A0007 水渠漏水第7处"):
        book.resolve("A7")
    with pytest.raises(UsageError, match="没有叫「秦小漫」的党员干部；是不是「秦小满」"):
        book.resolve("秦小漫", "person")
    with pytest.raises(UsageError, match="没有编号是「A99」的问题"):
        book.resolve("A99", "issue")


def test_records_come_back_whole(book: LedgerBook) -> None:
    found = book.record("WT-2026-A0007")
    assert isinstance(found, Issue)
    assert [event.id for event in found.events] == ["a1", "a2", "a3"]
    household = book.record("HU-A0001")
    assert isinstance(household, Household)
    assert household.members[0].name == "丁小禾"
    assert book.title("HU-A0001") == "丁有田"
    assert book.title("HU-A0099") == "HU-A0099"
    assert kind_of("HU-A0001").name == "household"


def test_lives_are_folded_under_the_limits_in_force(book: LedgerBook) -> None:
    life = book.life("WT-2026-A0007", Life)
    assert life.state is State.HANDLING
    assert life.due == datetime(2026, 3, 9, 23, 59)
    assert book.context.limits.warn == 2
    with pytest.raises(LianxinError, match="联系户没有办理经过"):
        book.fold("HU-A0001")


def test_what_is_not_there_or_cannot_be_read_is_refused_by_name(town: Town) -> None:
    town.write({path_of(8): "编号: [\n"})
    with town.book() as book:
        with pytest.raises(LianxinError, match="没有 WT-2026-A0055 这份记录"):
            book.record("WT-2026-A0055")
        with pytest.raises(LianxinError, match=r"issues/2026/WT-2026-A0008.yaml 读不出来.*lianxin check"):
            book.record("WT-2026-A0008")
        with pytest.raises(LianxinError, match="不是任何一种记录的编号"):
            book.record("啥")
        assert book.unreadable() == 1


def test_problems_stand_at_their_lines_sorted_and_by_level(town: Town) -> None:
    spoilt = event("b1", "办结", "2026-03-02 10:00", "办理结果: 早了")
    town.write({path_of(8): issue(8, spoilt), path_of(1): issue(1) + "多余: 一\n", "issues/杂.txt": "x"})
    with town.book() as book:
        found = [(one.path, one.line, one.code[0]) for one in book.problems()]
        assert found == [(path_of(1), 12, "F"), (path_of(8), 14, "L"), ("issues/杂.txt", 1, "Y")]
        assert [one.path for one in book.problems("警告")] == ["issues/杂.txt"]
        assert book.problems("提示") == []
        assert book.unreadable() == 1
        assert book.dirty == (path_of(1), path_of(8), "issues/杂.txt")


def test_facts_in_the_future_are_faults_until_the_day_has_come(town: Town) -> None:
    town.commit({path_of(8): issue(8, event("c1", "受理", "2026-03-20 10:00", "受理层级: 镇"))})
    for day, codes in ((16, ["F023", "F023"]), (20, ["F023", "F023"]), (21, [])):
        with town.book(now=datetime(2026, 3, day, 9, 0)) as book:
            assert [one.code for one in book.problems()] == codes
    with town.book() as book:
        assert [(one.line, one.excerpt.strip()) for one in book.problems()] == [
            (15, "时间: 2026-03-20 10:00"),
            (16, "记录时间: 2026-03-20 10:00"),
        ]


def test_findings_of_rules_get_their_line(book: LedgerBook) -> None:
    problem = book.place(Finding("R005", "WT-2026-A0007", ("事件", 1, "责任部门"), "没有这个单位"))
    assert (problem.path, problem.line, problem.code) == (path_of(7), 27, "R005")
    assert problem.excerpt.strip() == "责任部门: DW-A0001"


def test_a_commit_of_the_past_is_read_as_it_was(town: Town) -> None:
    head = town.git("rev-parse", "HEAD").strip()
    town.commit({path_of(8): issue(8, summary="后来改的"), "policy/limits.yaml": "预警: 1个工作日\n"})
    town.write({path_of(8): issue(8, summary="还没提交的")})
    with town.book(commit=head) as book:
        assert (book.commit, list(book.dirty)) == (head, [])
        assert book.title("WT-2026-A0008") == "水渠漏水第8处"
        assert book.record("WT-2026-A0008").model_dump()["summary"] == "水渠漏水第8处"
        assert book.context.limits.warn == 2
    with town.book(commit="HEAD") as book:
        assert book.title("WT-2026-A0008") == "后来改的"
        assert book.context.limits.warn == 1
    with town.book() as book:
        assert book.title("WT-2026-A0008") == "还没提交的"
        assert book.commit == town.git("rev-parse", "HEAD").strip()
    with pytest.raises(LianxinError, match="找不到提交"), town.book(commit="--all"):
        pass


def test_policies_are_read_as_text(town: Town) -> None:
    town.write({"policy/categories.yaml": "类别:\n  - 水利\n", "policy/indicators.yaml": "坏: [\n"})
    with town.book() as book:
        assert book.policy("categories") == {"类别": ["水利"]}
        assert book.policy("indicators") is None
        assert book.policy("duties") is None


def test_statements_from_outside_see_the_views_of_the_day_asked_for(town: Town) -> None:
    wanted = "SELECT 编号, 状态, 预警灯, 逾期天数 FROM 问题 WHERE 责任部门 = 'DW-A0001'"
    with town.book() as book:
        assert book.connection.execute(wanted).fetchall() == [("WT-2026-A0007", "办理中", "已逾期", 7)]
        assert book.connection.execute("SELECT 户主 FROM 联系户").fetchall() == [("丁有田",)]
        assert book.connection.execute("SELECT 步骤 FROM 事件 WHERE 编号 = 'WT-2026-A0007'").fetchall()[0] == ("受理",)
    with open_book(town.root, today=date(2026, 3, 5), now=datetime(2026, 3, 5, 9, 0)) as book:
        assert book.connection.execute(wanted).fetchall() == [("WT-2026-A0007", "办理中", "即将到期", None)]


@pytest.mark.parametrize("dirty", [False, True])
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM issue",
        "INSERT INTO problem SELECT * FROM problem",
        "DROP VIEW 问题",
        "CREATE TABLE mine (a)",
        "COMMIT",
        "ROLLBACK",
        "ATTACH DATABASE 'other.db' AS other",
        "PRAGMA query_only = OFF",
        "PRAGMA writable_schema = ON",
        "VACUUM INTO 'copy.db'",
        "SELECT load_extension('x')",
    ],
)
def test_statements_from_outside_can_only_read(town: Town, statement: str, dirty: bool) -> None:
    if dirty:
        town.write({path_of(8): issue(8, summary="还没提交")})
    with town.book() as book:
        with pytest.raises(sqlite3.DatabaseError):
            book.connection.execute(statement)
        assert len(book.sql("SELECT * FROM issue")) == 5
    assert town.base() == town.dump(commit="HEAD")


def test_the_index_can_be_read_by_other_programs(town: Town) -> None:
    with town.book():
        pass
    (path,) = (town.top / ".git/lianxin").glob("*.db")
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    assert connection.execute("SELECT count(*) FROM 问题 WHERE 状态 = '办理中'").fetchall() == [(1,)]
    connection.close()


def test_a_warm_book_imports_nothing_heavy(town: Town) -> None:
    with town.book():
        pass
    code = (
        "import sys; from datetime import datetime; from pathlib import Path\n"
        "from lianxin.storage.book import open_book\n"
        f"now = datetime.fromisoformat('{NOW.isoformat()}')\n"
        f"with open_book(Path({str(town.root)!r}), today=now.date(), now=now) as book:\n"
        "    assert book.loaded == 0 and book.resolve('A8', 'issue')\n"
        "    book.problems()\n"
        "print({'holidays', 'yaml', 'ruamel.yaml', 'rich', 'jinja2', 'difflib', 'tempfile'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("CUN-2026-A0001", "没有编号是「CUN-2026-A0001」的村；是不是「CUN-A0001」？"),
        ("WT-2019-A0008", "没有编号是「WT-2019-A0008」的问题；是不是「WT-2026-A0008」？"),
        ("WT-2026-A00007", "没有编号是「WT-2026-A00007」的问题；像它的有 WT-2026-A0007、WT-2025-A0007"),
        ("DW-A0999", "没有编号是「DW-A0999」的单位；可用 lianxin org list 看看有哪些"),
    ],
)
def test_an_id_in_another_form_is_none_but_nearly(book: LedgerBook, word: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        book.resolve(word)
