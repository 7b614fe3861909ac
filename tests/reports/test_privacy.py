"""Nothing a report builds lets a villager's name or number out on the outward face."""

from __future__ import annotations

import pytest
from tests.reports.township import ROOT, form

from lianxin.core.book import Book
from lianxin.core.document import Document, Face
from lianxin.formats import render
from lianxin.formats.face.mask import mask
from lianxin.kinds import KINDS
from lianxin.reports.issue.handbook import chosen, handbook
from lianxin.reports.ledger.ledger import ledger
from lianxin.reports.ledger.listing import listing
from lianxin.reports.record.log import log
from lianxin.reports.record.page import show
from lianxin.reports.today.page import today

SECRETS = ["阮大山", "阮二山", "阮小溪", "费长顺", "谷雨花", "柳三思", "柳四端", "柳五常", "卫春耕"]
NUMBERS = ["13800010001", "13800010003", "13800010006", "13800010007"]
HARDSHIP = ["靠几亩果园", "一家四口", "低保 |", "7 幢 302"]


def out(document: Document) -> str:
    text = render(mask(document, Face.PUBLIC), "md")
    assert isinstance(text, str)
    return text


def leaks(text: str) -> list[str]:
    return [secret for secret in (*SECRETS, *NUMBERS, *HARDSHIP) if secret in text]


@pytest.mark.parametrize("name", sorted(path.stem for path in (ROOT / "templates" / "ledgers").glob("*.yaml")))
def test_ledgers(book: Book, name: str) -> None:
    assert leaks(out(ledger(book, form(name)))) == []


def test_handbooks(book: Book) -> None:
    text = out(handbook(book, chosen(book)))
    assert leaks(text) == []
    assert "三组引水渠" in text


def test_pages_of_single_records(book: Book) -> None:
    ids = [str(id_) for (id_,) in book.sql("SELECT id FROM record ORDER BY id")]
    assert {id_: found for id_ in ids if (found := leaks(out(show(book, id_))))} == {}
    assert {id_: found for id_ in ids if (found := leaks(out(log(book, id_, []))))} == {}


def test_lists_and_the_morning_page(book: Book) -> None:
    assert {kind.name: found for kind in KINDS if (found := leaks(out(listing(book, kind))))} == {}
    assert leaks(out(today(book))) == []
