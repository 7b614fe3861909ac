"""What a box offers in which a record is chosen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from tests.cli.desk import Desk

from lianxin.actions.entry.offer import Offer, offers
from lianxin.kinds import KIND
from lianxin.storage.book import LedgerBook, open_book

HOUSEHOLD, VISITORS = (
    next(spec for spec in KIND[kind].fields if spec.name == name)
    for kind, name in (("issue", "household"), ("visit", "visitors"))
)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LedgerBook]:
    desk = Desk(tmp_path_factory.mktemp("offer") / "台账").furnish()
    for name, group, phone in (("李桂兰", "二组", "13900005678"), ("查小平", "一组", "13900004321")):
        desk.do(
            *("household", "add", "--head", name, "--village", "松坪村"), "--group", group, "--phone", phone, "--yes"
        )
    desk.do("org", "edit", "镇水利站", "--secretary", "石勇")
    desk.do("person", "add", "--name", "马小跑", "--org", "镇水利站", "--post", "办事员")
    desk.do("household", "void", "HU-A0003", "--why", "登错了")
    desk.do("household", "add", "--head", "查小平", "--village", "松坪村", "--group", "二组", "--phone", "13900008888")
    with open_book(Path(desk.root), today=date(2026, 3, 6), now=datetime(2026, 3, 6, 15, 30)) as book:
        yield book


def _offered(typed: str, book: LedgerBook) -> list[Offer]:
    return offers(typed, book, HOUSEHOLD)


def test_namesakes_are_told_apart(book: LedgerBook) -> None:
    assert _offered("李桂兰", book) == [
        Offer("HU-A0002", "李桂兰", "松坪村 二组 电话尾号 5678"),
        Offer("HU-A0001", "李桂兰", "松坪村 一组 电话尾号 1234"),
    ]


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("lgl", ["HU-A0002", "HU-A0001"]),
        ("5678", ["HU-A0002"]),
        ("A0001", ["HU-A0001"]),
        ("zhaxp", ["HU-A0004"]),
        ("里桂兰", ["HU-A0002", "HU-A0001"]),
        ("", ["HU-A0004", "HU-A0002", "HU-A0001"]),
        ("何小满", []),
    ],
)
def test_by_name_pinyin_and_the_tails_of_numbers(book: LedgerBook, typed: str, ids: list[str]) -> None:
    assert [one.id for one in _offered(typed, book)] == ids


def test_the_field_says_of_which_kinds(book: LedgerBook) -> None:
    found = offers("hxm", book, VISITORS)
    assert [(one.id, one.title) for one in found] == [("RY-A0001", "何小满")]
    assert len(offers("", book, VISITORS, most=1)) == 1


def test_heads_of_units_come_first_where_somebody_decides(book: LedgerBook) -> None:
    extend = KIND["issue"].lifecycle.step("extend")  # type: ignore[union-attr]
    approved = next(spec for spec in extend.asks if spec.name == "approved")  # type: ignore[union-attr]
    assert [one.title for one in offers("", book, approved)] == ["石勇", "马小跑", "何小满"]
    assert [one.title for one in offers("", book, VISITORS)] == ["马小跑", "石勇", "何小满"]
    assert offers("hxm", book, approved)[0].title == "何小满"
