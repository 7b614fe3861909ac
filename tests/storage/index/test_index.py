from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import shutil
import sqlite3
import stat
from collections.abc import Callable
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from tests.storage.town import ACCEPT, ASSIGN, NOW, SIGN, Dump, Town, event, issue, path_of

from lianxin.core.error import LianxinError
from lianxin.storage.book import open_book


@pytest.fixture
def town(tmp_path: Path) -> Town:
    made = Town(tmp_path / "town")
    made.commit({path_of(n): issue(n, ACCEPT, ASSIGN) for n in range(1, 6)})
    return made


def loaded(town: Town) -> int:
    with town.book() as book:
        return book.loaded


def database(town: Town) -> Path:
    (path,) = (town.top / ".git" / "lianxin").glob("index*.db")
    return path


def same_as_afresh(town: Town) -> bool:
    return town.dump() == town.afresh(town.top.parent / "copy")


def test_only_what_git_names_is_read_again(town: Town) -> None:
    everything = loaded(town)
    assert everything == 14
    assert loaded(town) == 0
    town.commit({path_of(1): issue(1, ACCEPT), path_of(6): issue(6)})
    town.git("mv", path_of(2), path_of(7))
    assert loaded(town) == 3  # two of the commit, the moved one laid over
    assert loaded(town) == 1
    town.git("reset", "-q", "--hard")
    assert loaded(town) == 0


def test_a_commit_outside_the_data_folder_reads_nothing(tmp_path: Path) -> None:
    town = Town(tmp_path / "town", inside="data")
    town.commit({path_of(1): issue(1)})
    loaded(town)
    (town.top / "别的.txt").write_text("不相干")
    town.commit()
    assert loaded(town) == 0
    assert same_as_afresh(town)


def test_two_data_folders_of_one_repository_keep_apart(tmp_path: Path) -> None:
    first = Town(tmp_path / "town", inside="甲")
    first.commit({path_of(1): issue(1)})
    second = Town(tmp_path / "town", inside="乙")
    second.commit({path_of(2): issue(2)})
    assert [row[0] for row in first.dump()["issue"]] == ["WT-2026-A0001"]
    assert [row[0] for row in second.dump()["issue"]] == ["WT-2026-A0002"]
    assert loaded(first) == loaded(second) == 0


def test_edits_are_laid_over_and_forgotten(town: Town) -> None:
    loaded(town)
    base = town.base()
    town.write({path_of(1): issue(1, summary="改过的事由"), path_of(9): issue(9)})
    (town.root / path_of(2)).unlink()
    with town.book() as book:
        assert book.title("WT-2026-A0001") == "改过的事由"
        assert book.sql("SELECT id FROM issue WHERE id IN ('WT-2026-A0002', 'WT-2026-A0009')") == [("WT-2026-A0009",)]
        assert book.loaded == 2
    assert town.base() == base
    assert same_as_afresh(town)


def test_every_table_speaks_of_the_edited_state(town: Town) -> None:
    loaded(town)
    text = issue(1, ACCEPT, ASSIGN, SIGN, village=2)
    town.write({path_of(1): text + "多余的键: 甲\n"})
    with town.book() as book:
        assert book.unreadable() == 1
        for table, column in (("event", "record"), ("interval", "record"), ("reference", "source"), ("record", "id")):
            assert book.sql(f"SELECT count(*) FROM {table} WHERE {column} = 'WT-2026-A0001'") == [(0,)]
    town.write({path_of(1): text})
    with town.book() as book:
        assert book.unreadable() == 0
        assert book.sql("SELECT count(*) FROM event WHERE record = 'WT-2026-A0001'") == [(3,)]
        wanted = "SELECT field, target FROM reference WHERE source = 'WT-2026-A0001' ORDER BY 1, 2"
        assert ("village", "CUN-A0002") in book.sql(wanted)
        assert ("events.dept", "DW-A0001") in book.sql(wanted)
        stays = book.sql("SELECT state, since, until FROM interval WHERE record = 'WT-2026-A0001' ORDER BY n")
        assert stays[-1] == ("办理中", "2026-03-02 15:00", None)
        assert [stay[0] for stay in stays] == ["待研判", "已受理", "已交办", "办理中"]


def test_an_unborn_branch_is_read_from_disk(tmp_path: Path) -> None:
    town = Town(tmp_path / "town")
    town.write({path_of(1): issue(1)})
    assert same_as_afresh(town)
    assert town.base()["issue"] == []
    town.commit()
    assert same_as_afresh(town)
    assert loaded(town) == 0


def test_an_orphan_branch_starts_from_nothing(town: Town) -> None:
    loaded(town)
    town.git("checkout", "-q", "--orphan", "新")
    town.git("rm", "-rq", "--cached", ".")
    assert same_as_afresh(town)
    assert town.base()["issue"] == []


def test_a_linked_work_tree_has_its_own_index(town: Town, tmp_path: Path) -> None:
    loaded(town)
    town.git("worktree", "add", "-q", str(tmp_path / "other"), "-b", "另一支")
    other = Town.__new__(Town)
    other.top = other.root = tmp_path / "other"
    other.commit({path_of(1): issue(1, summary="另一支的")})
    assert other.dump() == other.afresh(tmp_path / "copy")
    assert (loaded(town), loaded(other)) == (0, 0)


def test_nothing_is_written_into_the_data_folder_and_others_may_not_read_it(town: Town) -> None:
    before = sorted(path.name for path in town.root.iterdir())
    loaded(town)
    assert sorted(path.name for path in town.root.iterdir()) == before
    assert town.git("status", "--porcelain") == ""
    folder = database(town).parent
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(database(town).stat().st_mode) == 0o600


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _garbage(path: Path) -> None:
    path.write_bytes(b"not a database at all" * 500)


def _foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE meta (key TEXT, value TEXT)")
    connection.close()


def _short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:8192])


def _other_tool(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE meta SET value = 'an older one' WHERE key = 'maker'")
        connection.execute("DELETE FROM issue")
    connection.close()


@pytest.mark.parametrize("spoil", [_empty, _garbage, _foreign, _short, _other_tool, Path.unlink])
def test_a_spoilt_index_is_made_again_without_a_word(town: Town, spoil: Callable[[Path], None]) -> None:
    loaded(town)
    spoil(database(town))
    assert same_as_afresh(town)
    assert loaded(town) == 0


def _spoil_events(town: Town) -> None:
    path = database(town)
    content = bytearray(path.read_bytes())
    with sqlite3.connect(path) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'event'").fetchone()
    connection.close()
    content[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    path.write_bytes(content)


@pytest.mark.parametrize("removable", [True, False])
def test_damage_found_in_the_middle_of_a_question_is_mended(town: Town, removable: bool) -> None:
    loaded(town)
    _spoil_events(town)
    with town.book() as book:
        assert book.sql("SELECT count(*) FROM issue") == [(5,)]
        if not removable:
            database(town).with_name("index.db-journal").mkdir()
        assert book.sql("SELECT max(n), count(data) FROM event WHERE record LIKE 'WT-%'") == [(1, 10)]
    assert same_as_afresh(town)


def test_damage_found_while_edits_are_laid_over_is_mended(town: Town) -> None:
    loaded(town)
    path = database(town)
    with sqlite3.connect(path) as connection:
        pages = [
            page for (page,) in connection.execute("SELECT rootpage FROM sqlite_master WHERE name LIKE 'reference%'")
        ]
    connection.close()
    content = bytearray(path.read_bytes())
    for page in pages:
        content[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    path.write_bytes(content)
    town.write({path_of(1): issue(1, summary="改过的事由")})
    assert same_as_afresh(town)
    assert loaded(town) == 1


def test_without_a_place_for_the_index_memory_serves(town: Town) -> None:
    (town.top / ".git" / "lianxin").write_text("a file where the folder should be")
    town.write({path_of(1): issue(1, summary="没处放")})
    assert same_as_afresh(town)


def test_limits_in_force_are_the_ones_on_disk(town: Town) -> None:
    wanted = "SELECT warn_on FROM issue WHERE id = 'WT-2026-A0001'"
    with town.book() as book:
        assert book.sql(wanted) == [("2026-03-05",)]
    town.write({"policy/limits.yaml": "预警: 1个工作日\n"})
    with town.book() as book:
        assert book.sql(wanted) == [("2026-03-06",)]
    assert loaded(town) == 0
    town.commit()
    assert loaded(town) == 0
    town.git("revert", "--no-edit", "HEAD")
    with town.book() as book:
        assert book.sql(wanted) == [("2026-03-05",)]


def test_a_faulty_policy_is_a_problem_and_the_defaults_stand(town: Town) -> None:
    town.commit({"policy/limits.yaml": "预警: 很快\n", "policy/calendar.yaml": "办公时间: [没写完\n"})
    for _ in range(2):
        with town.book() as book:
            found = {(problem.path, problem.code[0]) for problem in book.problems()}
            assert found == {("policy/limits.yaml", "P"), ("policy/calendar.yaml", "Y")}
            assert book.sql("SELECT warn_on FROM issue WHERE id = 'WT-2026-A0001'") == [("2026-03-05",)]


def test_a_pruned_commit_is_made_up_for_by_comparing_trees(town: Town) -> None:
    loaded(town)
    town.write({path_of(1): issue(1, summary="改写了历史"), path_of(8): issue(8)})
    (town.root / path_of(3)).unlink()
    town.git("add", "-A")
    town.git("commit", "-q", "--amend", "-m", "改写")
    town.git("reflog", "expire", "--expire=now", "--all")
    town.git("gc", "-q", "--prune=now")
    assert loaded(town) == 2
    assert same_as_afresh(town)


def test_a_shallow_clone_can_be_read(town: Town, tmp_path: Path) -> None:
    town.commit({path_of(6): issue(6)})
    town.git("clone", "-q", "--depth=1", f"file://{town.top}", str(tmp_path / "clone"))
    clone = Town.__new__(Town)
    clone.top = clone.root = tmp_path / "clone"
    assert clone.dump() == town.dump()


def test_a_missing_object_is_refused_by_name(town: Town) -> None:
    oid = town.git("rev-parse", f"HEAD:{path_of(1)}").strip()
    (town.top / ".git/objects" / oid[:2] / oid[2:]).unlink()
    (town.root / path_of(1)).unlink()
    with pytest.raises(LianxinError, match="git fsck"):
        loaded(town)


def test_the_same_bytes_on_disk_stand_in_for_a_missing_object(town: Town) -> None:
    oid = town.git("rev-parse", f"HEAD:{path_of(1)}").strip()
    (town.top / ".git/objects" / oid[:2] / oid[2:]).unlink()
    assert "WT-2026-A0001" in {row[0] for row in town.dump()["issue"]}


def test_checkouts_with_other_line_ends_hold_the_same_records(town: Town) -> None:
    town.git("config", "core.autocrlf", "true")
    shutil.rmtree(town.root / "issues")
    town.git("checkout", "-q", "--", ".")
    assert b"\r\n" in (town.root / path_of(1)).read_bytes()
    town.write({path_of(2): issue(2, summary="改过的").replace("\n", "\r\n")})
    with town.book() as book:
        assert book.dirty == (path_of(2),)
        assert book.title("WT-2026-A0002") == "改过的"


def test_a_submodule_where_records_stand_is_reported(town: Town, tmp_path: Path) -> None:
    other = Town(tmp_path / "other")
    other.commit()
    town.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(other.top), "issues/2025")
    town.commit()
    with town.book() as book:
        assert [(one.code, one.path) for one in book.problems()] == [("Y037", "issues/2025")]


def test_many_files_are_read_by_several_processes_with_the_same_result(tmp_path: Path) -> None:
    town = Town(tmp_path / "town")
    spoilt = event("x", "办结", "2026-03-01 10:00", "办理结果: 不合次序")
    town.commit({path_of(n): issue(n, ACCEPT, spoilt) if n % 7 else "坏: [\n" for n in range(1, 900)})
    told: list[tuple[int, int]] = []
    with open_book(
        town.root, today=NOW.date(), now=NOW, progress=lambda done, total: told.append((done, total))
    ) as book:
        assert book.sql("SELECT count(*) FROM issue") == [(771,)]
        assert book.unreadable() == 128
    assert told[-1] == (908, 909)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert same_as_afresh(town)


def test_a_refusal_met_by_one_of_several_processes_ends_them_all(tmp_path: Path) -> None:
    town = Town(tmp_path / "town")
    town.commit({path_of(n): issue(n, ACCEPT, ASSIGN, SIGN) for n in range(1, 1200)})
    oid = town.git("rev-parse", f"HEAD:{path_of(3)}").strip()
    (town.top / ".git/objects" / oid[:2] / oid[2:]).unlink()
    (town.root / path_of(3)).unlink()
    with pytest.raises(LianxinError, match="git fsck"):
        loaded(town)


def _open_at(town: Town, start: Barrier, pipe: multiprocessing.connection.Connection) -> None:
    start.wait()
    pipe.send(town.dump())
    pipe.close()


def _together(town: Town, count: int) -> list[Dump]:
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(count)
    pipes, processes = [], []
    for _ in range(count):
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_open_at, args=(town, start, theirs))
        process.start()
        pipes.append(ours)
        processes.append(process)
    dumps = [pipe.recv() for pipe in pipes]
    for process in processes:
        process.join()
    return dumps


@pytest.mark.parametrize("dirty", [False, True])
def test_commands_at_the_same_moment_do_not_hinder_each_other(town: Town, dirty: bool) -> None:
    if dirty:
        town.write({path_of(1): issue(1, summary="还没提交")})
    expected = town.afresh(town.top.parent / "copy")
    assert _together(town, 3) == [expected] * 3  # all of them cold
    town.commit({path_of(2): issue(2, summary="又一件")})
    if dirty:
        town.write({path_of(3): issue(3, summary="也没提交")})
    expected = town.afresh(town.top.parent / "copy")
    assert _together(town, 3) == [expected] * 3  # all of them behind


def test_an_open_book_keeps_its_state_and_hinders_nobody(town: Town) -> None:
    town.write({path_of(1): issue(1, summary="第一个写的")})
    with town.book() as first:
        town.write({path_of(1): issue(1, summary="第二个写的")})
        with town.book() as second:  # the first one holds the base for writing
            assert second.title("WT-2026-A0001") == "第二个写的"
        assert first.title("WT-2026-A0001") == "第一个写的"
    town.git("checkout", "-q", ".")
    with town.book() as reader:
        town.commit({path_of(2): issue(2, summary="提交了")})
        assert town.dump() == town.afresh(town.top.parent / "copy")
        assert reader.title("WT-2026-A0002") == "水渠漏水第2处"


def test_a_killed_builder_leaves_nothing_in_the_way(town: Town) -> None:
    folder = town.top / ".git" / "lianxin"
    folder.mkdir()
    (folder / "index.new").write_bytes(os.urandom(5000))
    (folder / "index.held").touch()
    assert same_as_afresh(town)
    assert loaded(town) == 0


def kept(town: Town, made: list[str], text: str = "甲") -> str:
    def make() -> str:
        made.append(text)
        return text

    with town.book() as book:
        return book.kept("算出来的", make)


def test_what_was_made_of_the_same_files_is_kept(town: Town) -> None:
    made: list[str] = []
    assert [kept(town, made) for _ in range(3)] == ["甲"] * 3
    assert made == ["甲"]
    town.commit({path_of(1): issue(1)})
    assert kept(town, made, "乙") == kept(town, made, "丙") == "乙"


def test_nothing_is_kept_while_a_file_differs(town: Town) -> None:
    made: list[str] = []
    town.write({path_of(1): issue(1)})
    kept(town, made)
    town.git("checkout", "-q", ".")
    town.write({"forms/新表.yaml": "名称: 新表\n"})
    kept(town, made)
    town.write({".gitignore": "forms/\n"})
    kept(town, made)
    assert made == ["甲"] * 3
    shutil.rmtree(town.root / "forms")
    town.commit()
    assert kept(town, made, "乙") == kept(town, made, "丙") == "乙"


def test_years_once_learned_stay_with_the_base(town: Town) -> None:
    loaded(town)
    with town.book() as book:
        book.context.calendar.add_workdays(NOW.date(), 5)
        assert book.context.calendar.learned == {}


def test_years_that_many_files_make_known_stay_with_the_base(tmp_path: Path) -> None:
    town = Town(tmp_path / "town")
    town.commit({path_of(n): issue(n, ACCEPT, ASSIGN) for n in range(1, 700)})
    loaded(town)
    with town.book() as book:
        book.context.calendar.add_workdays(NOW.date(), 5)
        book.context.calendar.add_workdays(NOW.date(), 250)
        assert book.context.calendar.learned == {}


def test_a_folder_called_after_no_year_hinders_nobody(tmp_path: Path) -> None:
    town = Town(tmp_path / "town")
    stray = {"issues/99999/WT-9999-A0001.yaml": issue(1, ACCEPT, ASSIGN)}
    town.commit({path_of(n): issue(n, ACCEPT, ASSIGN) for n in range(1, 700)} | stray)
    with town.book() as book:
        assert book.sql("SELECT count(*) FROM issue") == [(699,)]
        assert [one.path for one in book.problems()] == [*stray]
    assert same_as_afresh(town)


def test_many_files_are_read_by_several_processes_to_the_same_end(town: Town) -> None:
    many = range(10, 660)
    files = {f"people/RY-A{n:04}.yaml": f"编号: RY-A{n:04}\n姓名: 甲{n}\n单位: DW-A0001\n" for n in many}
    town.commit({**files, "people/RY-A0333.yaml": "编号: RY-A0333\n姓名: 甲\n性别: 男\n"})
    with town.book() as book:
        found = book.sql("SELECT id, name, org FROM person WHERE id >= 'RY-A0010' ORDER BY id")
        problems = [problem.path for problem in book.problems()]
    assert found == [(f"RY-A{n:04}", f"甲{n}", "DW-A0001") for n in many if n != 333]
    assert set(problems) == {"people/RY-A0333.yaml"}
