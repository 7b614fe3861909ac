"""Two hundred names, telephones and ID-card numbers in every text field: none of them in any public byte."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import pytest
from tests.privacy.planted import IDENTITIES, NAMES, PEOPLE, PHONES, Planter, told

from lianxin.actions.paper.calendar import made as calendar
from lianxin.actions.paper.report import Wanted, make
from lianxin.actions.paper.site import build
from lianxin.actions.policy.arrears import arrears
from lianxin.actions.policy.definition import definitions
from lianxin.actions.policy.duty import fulfilled
from lianxin.actions.policy.form import forms
from lianxin.actions.policy.score import schemes
from lianxin.actions.workspace import Workspace
from lianxin.core.day.period import parse_period
from lianxin.core.declare.kind import Kind
from lianxin.core.document import Document, Face, Table
from lianxin.formats import FORMATS, render
from lianxin.formats.face.mask import mask
from lianxin.formats.face.scan import Scan
from lianxin.formats.fill.tag import tags_of
from lianxin.kinds import KIND, KINDS
from lianxin.reports.duty.page import duties_page, duty_page
from lianxin.reports.figure.page import opened_values
from lianxin.reports.fill.tag import tags
from lianxin.reports.fill.tagged import asked_of, tagged
from lianxin.reports.issue.handbook import handbook
from lianxin.reports.ledger.ledger import ledger
from lianxin.reports.ledger.listing import listing
from lianxin.reports.pairing.card import cards
from lianxin.reports.pairing.card import document as card_document
from lianxin.reports.record.log import log
from lianxin.reports.record.page import show
from lianxin.reports.record.whole import whole
from lianxin.reports.score.page import score_page
from lianxin.reports.score.scored import scored
from lianxin.reports.today.values import today_values
from lianxin.storage.book import LedgerBook, open_book

pytestmark = pytest.mark.slow  # it takes long

NOW = datetime(2026, 12, 18, 9, 0)

#: Paper takes longer, see tests/slow; of a page the formats for programs all say the same.
QUICK = [format_ for format_ in FORMATS if format_.name not in ("pdf", "docx", "jsonl", "document")]
#: What values go into.
PLAIN = [format_ for format_ in FORMATS if format_.plain]


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Planter().township(tmp_path_factory.mktemp("planted") / "data")


@contextmanager
def opened(root: Path) -> Iterator[LedgerBook]:
    with open_book(root, today=date(2026, 12, 18), now=NOW) as book:
        yield book


def documents(book: LedgerBook, root: Path) -> Iterator[tuple[str, Document]]:
    """Whatever holds records and may be handed out."""
    for name, form in forms(book).items():
        yield f"ledger {name}", ledger(book, form)
    for kind in KINDS:
        yield f"{kind.name} list", listing(book, kind)
        every = listing(book, kind, columns=[spec.label for spec in kind.fields] + [one.label for one in kind.derived])
        yield f"{kind.name} list, every column", every
        for (id_,) in book.sql("SELECT id FROM record WHERE kind = ? ORDER BY id LIMIT 1", (kind.name,)):
            yield f"show {id_}", show(book, str(id_))
    yield from for_programs(book)
    issues = [str(id_) for (id_,) in book.sql("SELECT id FROM issue ORDER BY id LIMIT 12")]
    yield "handbook", handbook(book, issues)
    yield "card", card_document(book, cards(book))
    yield "calendar", calendar(book)
    for outline in definitions(book).outlines.values():
        if not outline.subject:
            made = make(book, Workspace(root, NOW), Wanted(outline.rhythm, outline.name, "2026"))
            yield f"report {outline.name}", made.page.document


def for_programs(book: LedgerBook) -> Iterator[tuple[str, Document]]:
    """The same as values."""
    unrolled = ((name, form) for name, form in forms(book).items() if form.unroll)
    yield from ((f"values of ledger {name}", ledger(book, form, plain=True)) for name, form in unrolled)
    for kind in KINDS:
        columns = [*(spec.label for spec in kind.fields), *(one.label for one in kind.derived)]
        yield f"values of {kind.name} list", listing(book, kind, columns=columns, plain=True)
        for (id_,) in book.sql("SELECT id FROM record WHERE kind = ? ORDER BY id LIMIT 1", (kind.name,)):
            yield f"values of {id_}", whole(book, str(id_))
            yield f"trail of {id_}", log(book, str(id_), (), plain=True)
    known, year = definitions(book), parse_period("2026", book.today)
    for figure in known.figures.values():
        yield f"values of figure {figure.name}", opened_values(book, figure, year)
    found = fulfilled(book, [], span=None)
    yield "values of duties", duties_page(book, found, opened=True, plain=True)
    yield from (("values of a duty", duty_page(book, one, opened=True, plain=True)) for one in found)
    for scheme in schemes(book).values():
        yield f"values of score {scheme.name}", score_page(book, scored(book, scheme, year), plain=True)
    yield "values of today", today_values(book, arrears=arrears(book))
    yield "values of calendar", calendar(book, plain=True)


def whole_text(content: bytes) -> str:
    """Every byte as text, packages unpacked."""
    if not content.startswith(b"PK"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return "\n".join(package.read(name).decode(errors="replace") for name in package.namelist())


def every_tag(kind: Kind) -> str:
    """A form that asks for all there is."""
    (table,) = tags(kind).blocks
    assert isinstance(table, Table)
    loop = "{% endfor %}{%"
    text = "".join(str(row[0]) for row in table.rows).replace("{%", loop)
    return text.replace(loop, "{%", 1) + ("{% endfor %}" if loop in text else "")


def test_every_kind_is_planted(planted: Path) -> None:
    planter = Planter()
    planter.township(planted.parent / "again")
    assert len(planter.fields) > 60
    assert {field.split(".")[0] for field in planter.fields} >= {kind.model.__name__ for kind in KINDS} - {"Frozen"}
    with opened(planted) as book:
        assert book.unreadable() == 0
        heads = {str(head) for (head,) in book.sql("SELECT head FROM household")}
    assert heads >= set(NAMES)
    assert len(set(NAMES)) == len(set(PHONES)) == len(set(IDENTITIES)) == PEOPLE


def test_the_inner_face_shows_them(planted: Path) -> None:
    with opened(planted) as book:
        clear = whole_text(str(render(show(book, "HU-A9001"), "md")).encode())
    assert told(clear)


def test_nobody_is_betrayed_in_any_format(planted: Path) -> None:
    betrayed = []
    with opened(planted) as book:
        for name, document in documents(book, planted):
            masked = mask(document, Face.PUBLIC)
            Scan(document.names).refuse(masked)
            for format_ in PLAIN if document.plain else QUICK:
                made = render(masked, format_, width=100)
                found = told(whole_text(made if isinstance(made, bytes) else made.encode()))
                if found:
                    betrayed.append((name, format_.name, found[:3]))
    assert betrayed == []


def test_nobody_is_betrayed_in_a_filled_form(planted: Path) -> None:
    betrayed = []
    with opened(planted) as book:
        for kind in KINDS:
            found = tags_of(every_tag(kind), kind.label)
            asked = asked_of(kind, found.fields, found.lists)
            ids = [str(id_) for (id_,) in book.sql("SELECT id FROM record WHERE kind = ? ORDER BY id", (kind.name,))]
            if not ids:
                continue
            filled = tagged(book, kind, ids, asked)
            masked = mask(filled, Face.PUBLIC)
            Scan(filled.names).refuse(masked)
            left = [told(str(render(masked, "md"))), asked.wrong]
            betrayed += [(kind.name, left)] if any(left) else []
    assert betrayed == []


def test_nobody_is_betrayed_on_the_notice_board(planted: Path) -> None:
    with opened(planted) as book:
        board = build(book, Workspace(planted, NOW))
    texts = {path: content.decode() for path, content in board.files.items() if not path.endswith(".jpg")}
    assert (len(texts), {path for path, text in texts.items() if told(text)}) == (
        len(board.files) - 1,
        set(),
    )  # one of two pictures is of somebody's own matter
    assert "闵*" in board.files["projects.html"].decode()
    rows = "".join(text for path, text in texts.items() if path.startswith("data/issues-"))
    sounds = {one for one in texts["data/sounds.js"] if one >= "\u3400"}
    assert sounds
    assert sounds <= {*rows}  # what sounds can be searched is what may be read


def test_a_board_shows_no_field_that_is_not_open(planted: Path) -> None:
    from lianxin.core.declare.field import Privacy
    from lianxin.reports.column import find
    from lianxin.reports.site.matter import MATTERS

    columns = [find(KIND[matter.kind], label) for matter in MATTERS for label in matter.columns]
    assert len(columns) > 25
    assert {column.privacy for column in columns if column} == {Privacy.OPEN}
    assert planted.is_dir()
