"""What is hidden from the public is not found for it: no answer tells that a name or a number is in the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from tests.privacy.planted import IDENTITIES, NAMES, PHONES, Planter, told

from lianxin.actions.find.find import Wanted, find
from lianxin.core.document import Document, Face
from lianxin.core.text.pinyin import spelling
from lianxin.formats import render
from lianxin.formats.face.mask import mask
from lianxin.formats.face.scan import Scan
from lianxin.kinds import KIND
from lianxin.reports.own_matter import own_matters
from lianxin.storage.book import LedgerBook, open_book

pytestmark = pytest.mark.slow  # it takes long

NOW = datetime(2026, 12, 18, 9, 0)
#: In no record.
NONSENSE = "龘靐齉"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LedgerBook]:
    root: Path = Planter().township(tmp_path_factory.mktemp("planted") / "data")
    with open_book(root, today=date(2026, 12, 18), now=NOW) as opened:
        yield opened


def _public(book: LedgerBook, *words: str, most: int = 20, plain: bool = False) -> Document:
    made = mask(find(book, Wanted(words, most=most), Face.PUBLIC, plain=plain), Face.PUBLIC)
    Scan(find(book, Wanted(words, most=most), Face.PUBLIC, plain=plain).names).refuse(made)
    return made


def _text(document: Document) -> str:
    made = render(document, "json" if document.plain else "md", width=100)
    return made.decode() if isinstance(made, bytes) else str(made)


@pytest.mark.parametrize("n", range(0, len(NAMES), 11))
def test_nobody_is_found_by_name_or_number(book: LedgerBook, n: int) -> None:
    nothing = _text(_public(book, NONSENSE))
    for secret in (NAMES[n], NAMES[n][1:], PHONES[n], PHONES[n][3:9], IDENTITIES[n], spelling(NAMES[n])):
        assert _text(_public(book, secret)) == nothing, secret
        assert _text(_public(book, secret, plain=True)) == _text(_public(book, NONSENSE, plain=True)), secret
    assert NAMES[n] in _text(find(book, Wanted((NAMES[n],)), Face.INTERNAL)).replace("【", "").replace("】", "")


@pytest.mark.parametrize("words", [("水",), ("来电",), ("一",), ("证号", "来电"), ("min",), ("WT",)])
def test_what_is_found_betrays_nobody(book: LedgerBook, words: tuple[str, ...]) -> None:
    for plain in (False, True):
        assert told(_text(_public(book, *words, most=200, plain=plain))) == []


def test_what_somebody_said_of_his_own_matter_is_not_found(book: LedgerBook) -> None:
    own = own_matters(book)
    for id_ in sorted(own)[:12]:
        words, summary = book.sql("SELECT words, summary FROM issue WHERE id = ?", (id_,))[0]
        for secret in (str(words)[:6], str(summary)[:6]):
            assert id_ not in _text(_public(book, secret, most=200)), (id_, secret)
            assert id_ in _text(find(book, Wanted((secret,), most=200), Face.INTERNAL))


def test_what_is_internal_is_not_found(book: LedgerBook) -> None:
    rows = book.sql("SELECT id, notes FROM household WHERE notes IS NOT NULL ORDER BY id LIMIT 8")
    assert rows
    for id_, notes in rows:
        assert id_ not in _text(_public(book, str(notes)[:5], most=200))
        assert id_ in _text(find(book, Wanted((str(notes)[:5],), most=200), Face.INTERNAL))


def test_what_is_hidden_puts_nothing_first(book: LedgerBook) -> None:
    """The order is that of what may be seen."""
    kind = KIND["household"]
    found = find(book, Wanted(("闵",), kind, most=500), Face.INTERNAL)
    assert "HU-A9001" in _text(found)
    assert "HU-A9001" not in _text(_public(book, "璟骁"))
