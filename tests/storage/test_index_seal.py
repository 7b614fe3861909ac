"""An index that is not as it was left is made again, whoever wrote into it and however."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.storage.town import ACCEPT, ASSIGN, SIGN, Dump, Town, issue, path_of

from lianxin.storage.git.snapshot import take
from lianxin.storage.index import seal as index_seal
from lianxin.storage.index.remake import Remade, remake


@pytest.fixture
def town(tmp_path: Path) -> Town:
    made = Town(tmp_path / "town")
    made.commit({path_of(n): issue(n, ACCEPT, ASSIGN, SIGN) for n in range(1, 6)})
    return made


def database(town: Town) -> Path:
    (path,) = (town.top / ".git" / "lianxin").glob("index*.db")
    return path


def same_as_afresh(town: Town) -> bool:
    return town.dump() == town.afresh(town.top.parent / "afresh")


def loaded(town: Town) -> int:
    with town.book() as book:
        return book.loaded


def by_hand(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.create_function("as_read", 1, lambda value: value)
    with connection:
        connection.execute(statement)
    connection.close()


def unnoticed(path: Path, statement: str) -> None:
    """As a disk might change it: neither the size nor the time tells of it."""
    by_hand(path, statement)
    index_seal.seal(path)


FORGED = (
    "UPDATE issue SET summary = '别的事由'",
    "UPDATE interval SET state = '办结' WHERE n = 1",
    "DELETE FROM event WHERE n = 2",
    "INSERT INTO called VALUES ('别名', 'issue', 'WT-2026-A0001')",
    "UPDATE file SET blob = 'x'",
    "UPDATE record SET title = '别的'",
    "UPDATE issue SET id = 'WT-2026-A0000' WHERE id = 'WT-2026-A0003'",
)


@pytest.mark.parametrize(
    "statement", [*FORGED, "INSERT INTO kept VALUES ('known', '', '')", "UPDATE meta SET value = 'x'"]
)
def test_a_row_changed_by_hand_is_noticed_at_once(town: Town, statement: str) -> None:
    before = town.dump()
    by_hand(database(town), statement)
    assert town.dump() == before
    assert loaded(town) == 0


@pytest.mark.parametrize("statement", FORGED)
def test_rows_are_known_by_their_digest_too(town: Town, statement: str) -> None:
    before = town.dump()
    unnoticed(database(town), statement)
    connection = sqlite3.connect(database(town))
    changed = {path for path in index_seal.differing(connection) if "WT-" in path}
    connection.close()
    assert changed
    while loaded(town) == 0:  # one issue of five is looked at each time
        pass
    assert town.dump() == before


def test_every_row_is_as_it_was_put_there_after_any_way_of_getting_there(town: Town) -> None:
    loaded(town)
    town.commit({path_of(1): issue(1, ACCEPT), path_of(9): issue(9), path_of(2): "坏: [\n"})
    loaded(town)
    (town.root / path_of(3)).unlink()
    town.commit({path_of(2): issue(2, ACCEPT)})
    town.write({path_of(4): issue(4, summary="没提交的")})
    loaded(town)
    connection = sqlite3.connect(database(town))
    assert index_seal.differing(connection) == []
    connection.close()
    assert index_seal.sealed(database(town))


def flips(town: Town, many: int, settle: Callable[[Path], None]) -> list[Dump]:
    path = database(town)
    good = path.read_bytes()
    chance = random.Random(many)
    found = []
    for _ in range(many):
        spoilt = bytearray(good)
        spoilt[chance.randrange(len(good))] ^= chance.randrange(1, 256)
        path.write_bytes(spoilt)
        settle(path)
        found.append(town.dump())
        path.write_bytes(good)
        index_seal.seal(path)
    return found


def test_a_byte_that_turned_changes_no_answer(town: Town) -> None:
    before = town.dump()
    assert all(dump == before for dump in flips(town, 10, lambda _path: None))


def test_no_byte_that_turned_without_a_trace_breaks_a_command(town: Town) -> None:
    before = town.dump()
    found = flips(town, 20, index_seal.seal)
    assert sum(dump == before for dump in found) > 10  # what chance did not look at is read as it stands


@pytest.mark.parametrize("code", [0o000, 0o400])
def test_a_file_that_may_not_be_read_is_put_aside(town: Town, code: int) -> None:
    before = town.dump()
    database(town).chmod(code)
    assert town.dump() == before


def test_a_folder_in_its_place_is_put_aside(town: Town) -> None:
    before = town.dump()
    database(town).unlink()
    database_folder = town.top / ".git" / "lianxin" / "index.db"
    database_folder.mkdir()
    assert town.dump() == before
    assert database_folder.is_file()


def test_who_comes_last_takes_in_what_was_written_and_seals_it(town: Town) -> None:
    loaded(town)
    with town.book() as reader:
        town.commit({path_of(7): issue(7)})
        assert loaded(town) == 1
        assert reader.sql("SELECT count(*) FROM issue") == [(5,)]
    assert index_seal.sealed(database(town))
    assert loaded(town) == 0


def test_a_copy_of_the_folder_needs_no_new_index(town: Town, tmp_path: Path) -> None:
    loaded(town)
    shutil.copytree(town.top, tmp_path / "copy")
    copy = Town.__new__(Town)
    copy.top = copy.root = tmp_path / "copy"
    assert loaded(copy) == 0


def remade(town: Town) -> Remade:
    return remake(take(town.root))


def test_made_anew_it_tells_what_stood_there_otherwise(town: Town) -> None:
    loaded(town)
    assert remade(town) == Remade(14)
    unnoticed(database(town), "UPDATE issue SET summary = '别的', village = NULL WHERE id = 'WT-2026-A0002'")
    unnoticed(database(town), "DELETE FROM event WHERE record = 'WT-2026-A0004'")
    unnoticed(database(town), "DELETE FROM person WHERE id = 'RY-A0002'")
    town.write({path_of(5): issue(5, summary="没有提交")})
    differing = (("RY-A0002", "整份"), ("WT-2026-A0002", "所属村、事由"), ("WT-2026-A0004", "办理经过"))
    assert remade(town) == Remade(14, "", differing)
    assert remade(town) == Remade(14)
    unnoticed(database(town), "UPDATE record SET title = '别的' WHERE id IN ('WT-2026-A0001', 'WT-2026-A0003')")
    town.commit({path_of(1): issue(1), path_of(9): issue(9)})
    assert remade(town) == Remade(15, "", (("WT-2026-A0003", "名称"),))  # the other was written since
    assert same_as_afresh(town)


def test_what_cannot_be_compared_is_said_so(town: Town) -> None:
    assert remade(town).incomparable == "原来没有索引"
    by_hand(database(town), "UPDATE meta SET value = 'an older one' WHERE key = 'maker'")
    assert "另一版" in remade(town).incomparable
    database(town).write_bytes(b"not a database at all" * 500)
    assert remade(town) == Remade(14, "原来的索引读不出来")
    assert loaded(town) == 0
