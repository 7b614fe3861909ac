"""What the public may be asked in SQL holds nothing internal and names nobody, however it is asked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from tests.cli.desk import lianxin
from tests.privacy.planted import Planter, told

from lianxin.actions.sql.public import open_columns, open_connection
from lianxin.core.declare.field import FieldSpec, Privacy
from lianxin.core.declare.kind import Derived, Kind
from lianxin.kinds import KIND, KINDS
from lianxin.storage.book import LedgerBook, open_book

pytestmark = pytest.mark.slow  # it takes long


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LedgerBook]:
    root = Planter().township(tmp_path_factory.mktemp("planted") / "data")
    with open_book(root, today=date(2026, 12, 18), now=datetime(2026, 12, 18, 9)) as found:
        yield found


def answer(book: LedgerBook, statement: str) -> str:
    connection = open_connection(book, statement)
    try:
        return "\n".join(str(row) for row in connection.execute(statement))
    finally:
        connection.close()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_nothing_private_is_in_a_public_view(book: LedgerBook, kind: Kind) -> None:
    whole = answer(book, f"SELECT * FROM {kind.label}")
    assert told(whole) == []
    columns: tuple[FieldSpec | Derived, ...] = (*kind.fields, *kind.derived)
    private = {spec.label for spec in columns if spec.privacy in HIDDEN}
    assert not private & {one.label for one in open_columns(kind)}
    for label in private - {one.label for one in open_columns(kind)}:
        for form in ("{}", "substr({}, 1, 1)", "hex({})", "count({})"):
            with pytest.raises(sqlite3.Error, match="no such column"):
                answer(book, f"SELECT {form.format(label)} FROM {kind.label}")
    with pytest.raises(sqlite3.Error, match="no such table"):
        answer(book, f'SELECT * FROM "{kind.name}"')


HIDDEN = (Privacy.INTERNAL, Privacy.IDENTITY, Privacy.ADDRESS)


def test_views_can_still_be_joined_and_counted(book: LedgerBook) -> None:
    counted = answer(book, "SELECT v.名称, count(*) FROM 问题 AS i JOIN 村 AS v ON v.编号 = i.所属村 GROUP BY 1")
    assert len(counted.splitlines()) > 3
    assert "青篙村" in counted
    names = {label for kind in ("household", "person", "visit") for label in labels(KIND[kind])}
    assert not names & {"户类别", "住址", "身份证号", "家庭成员", "家庭情况", "实际困难", "帮扶情况"}
    assert {"户主", "所属村", "姓名", "职务", "走访方式"} <= names


def labels(kind: Kind) -> set[str]:
    return {one.label for one in open_columns(kind)}


@pytest.mark.parametrize(
    "statement",
    [
        "ATTACH 'x.db' AS x",
        "PRAGMA query_only = 0",
        "DELETE FROM 问题",
        "SELECT load_extension('x')",
        "CREATE TABLE x (y)",
    ],
)
def test_it_can_only_be_read(book: LedgerBook, statement: str) -> None:
    with pytest.raises(sqlite3.Error):
        answer(book, statement)


def test_a_pipe_and_a_file_are_public_and_the_inner_face_is_asked_for(tmp_path: Path) -> None:
    town = tmp_path / "镇"
    assert lianxin("demo", str(town), cwd=tmp_path).code == 0
    question = "SELECT 户类别, 住址 FROM 联系户"
    for more in ((), ("-o", str(tmp_path / "答.csv")), ("-f", "json")):
        said = lianxin("sql", question, *more, cwd=town)
        assert (said.code, "--internal" in said.err, said.out) == (2, True, ""), said
    assert "低保" in lianxin("--internal", "sql", question, cwd=town).out
    said = lianxin("sql", "SELECT 户主 FROM 联系户", "-o", str(tmp_path / "户.csv"), cwd=town)
    assert said.code == 0
    assert lianxin("verify", str(tmp_path / "户.csv"), cwd=town).code == 0
