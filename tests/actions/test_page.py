"""Every shipped page form, filled from the sample township or with a report set in it, says what is kept in golden."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT
from tests.actions.paper import FORMS, GOLDEN, lines, made_of, word
from tests.kept import as_kept

from lianxin.actions.paper.page import page_for, shipped
from lianxin.actions.workspace import Workspace
from lianxin.core.asset import asset, sample
from lianxin.core.document import Document, KeyValues, Pair
from lianxin.core.document import Paragraph as Said
from lianxin.core.error import LianxinError
from lianxin.storage.book import LedgerBook


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("sample") / "data"
    shutil.copytree(sample(), root)
    return Workspace(root, datetime(2026, 11, 22, 9))


@pytest.fixture(scope="module")
def book(office: Workspace) -> Iterator[LedgerBook]:
    with office.book() as opened:
        yield opened


@pytest.fixture
def own(office: Workspace) -> Iterator[Path]:
    """The office's folder of forms, emptied of Word files afterwards."""
    folder = office.root / "forms"
    yield folder
    for file in folder.glob("*.docx"):
        file.unlink()


@pytest.mark.parametrize("name", FORMS)
def test_a_shipped_form_says_what_it_should(name: str, book: LedgerBook, office: Workspace) -> None:
    text = "\n".join(lines(made_of(book, office, name))) + "\n"
    as_kept(GOLDEN / f"{name}.txt", text)


@pytest.mark.parametrize("name", FORMS)
def test_a_shipped_form_looks_by_styles(name: str) -> None:
    made = docx.Document(str(asset("pages", f"{name}.docx")))
    runs = [run for part in made.element.body.iter("{*}r") for run in part.iter("{*}rPr")]
    assert runs == []
    assert {style.name for style in made.styles} >= {"Title", "台账表", "单文"}


def _form(path: Path, *paragraphs: str) -> None:
    path.parent.mkdir(exist_ok=True)
    made = docx.Document(str(shipped("公文")))
    for text in paragraphs:
        made.add_paragraph(text)
    made.save(str(path))


def _rewritten(path: Path, old: bytes, new: bytes) -> None:
    """The same package with one word of its text changed."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace(old, new)
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)


def _said(office: Workspace, name: str, document: Document) -> list[str]:
    return lines(word(document, page_for(office, name)))


DOCUMENT = Document("标题 {{ 1 }} & <二>", (Said("第一段"), Said("第二段")), subtitle="副题")


def test_the_office_own_form_wins_over_the_shipped_one_and_over_its_base(office: Workspace, own: Path) -> None:
    _form(own / "公文.docx", "不印出来的话")
    assert _said(office, "没有的报表", DOCUMENT) == ["标题 {{ 1 }} & <二>", "副题", "第一段", "第二段"]
    _form(own / "简报.docx", "抬头：{{ 本单位 }} {{ 日期 }}", "{{ 标题 }}", "{{ 正文 }}", "{{ 期号 }}落款")
    assert _said(office, "简报", DOCUMENT) == [
        f"抬头：{office.office.name} 2026年11月22日",
        "标题 {{ 1 }} & <二>",
        "第一段",
        "第二段",
        "落款",
    ]


def test_a_bulletin_without_a_masthead_has_no_empty_one(office: Workspace) -> None:
    assert _said(office, "简报", DOCUMENT)[:2] == [DOCUMENT.title, "副题"]
    made = docx.Document(BytesIO(word(DOCUMENT, page_for(office, "简报"))))
    assert [one.style.name for one in made.paragraphs if one.style] == ["Title", "Subtitle", "Normal", "Normal"]


def test_a_form_filled_from_records_is_not_taken_for_a_document(office: Workspace, own: Path) -> None:
    shutil.copy(asset("pages", "吹哨清单.docx"), own)
    assert page_for(office, "吹哨清单") is None
    assert page_for(office, "督办单") is None
    assert page_for(office, "上级/简报") is None


def test_a_lying_form_lets_everything_lie(office: Workspace, book: LedgerBook) -> None:
    made = docx.Document(BytesIO(made_of(book, office, "周报")))
    assert {section.orientation for section in made.sections} == {WD_ORIENT.LANDSCAPE}


@pytest.mark.parametrize(
    ("paragraphs", "told"),
    [
        (("{{ 标题 }}",), "forms/简报.docx 里没有 {{ 正文 }} 这一段"),
        (("上级的表，没有标签",), "没有 {{ 正文 }} 这一段"),
        (("{{ 标提 }}", "{{ 正文 }}"), "「标提」；是不是「标题」"),
        (("内容：{{ 正文 }}",), "要自己占一段"),
        (("{{ 正文 }}", "{{ 正文 }}"), "只写一次"),
        (("{{ 正文 }", "{{ 标题 }}"), "标签写得不对"),
        (("{{ 正文 }}", "{{ 件数 }}"), "用到了这里没有的标签"),
    ],
)
def test_a_form_that_will_not_do_is_named(office: Workspace, own: Path, paragraphs: tuple[str, ...], told: str) -> None:
    _form(own / "简报.docx", *paragraphs)
    with pytest.raises(LianxinError) as refused:
        _said(office, "简报", DOCUMENT)
    assert told in str(refused.value)
    assert "简报.docx" in str(refused.value)


def test_a_base_without_a_style_or_no_word_file_at_all_is_named(office: Workspace, own: Path) -> None:
    docx.Document().save(str(own / "公文.docx"))
    with pytest.raises(LianxinError, match=r"forms/公文.docx 里没有「着重字」这个样式"):
        _said(office, "", Document("题", (KeyValues((Pair("一", "二"),)),)))
    (own / "公文.docx").write_bytes(b"no zip")
    with pytest.raises(LianxinError, match=r"forms/公文.docx 打不开"):
        _said(office, "", DOCUMENT)
    docx.Document().save(str(own / "公文.docx"))
    _rewritten(own / "公文.docx", b"<w:pgSz", b"<w:pgSx")
    with pytest.raises(LianxinError, match=r"forms/公文.docx 没有写纸张"):
        _said(office, "", DOCUMENT)
    _rewritten(own / "公文.docx", b"</w:body>", b"")
    with pytest.raises(LianxinError, match=r"forms/公文.docx 打不开"):
        _said(office, "", DOCUMENT)
    (own / "公文.docx").write_bytes(b"0" * 1_000_001)
    with pytest.raises(LianxinError, match="超过 1 MB"):
        _said(office, "", DOCUMENT)


def test_the_weekly_table_is_signed_under_its_last_rows(book: LedgerBook, office: Workspace) -> None:
    made = made_of(book, office, "周报")
    *_, last, signed = docx.Document(BytesIO(made)).tables
    assert signed.rows[0].cells[0].text == "编制人"
    assert all(one.paragraph_format.keep_with_next for cell in last.rows[-1].cells for one in cell.paragraphs)
    under = [one for one in last._tbl.itersiblings() if one is not signed._tbl][0]  # noqa: RUF015
    assert "keepNext" in under.xml
