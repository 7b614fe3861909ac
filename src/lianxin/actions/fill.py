"""Filling a superior's own blank form, Word or Excel, from the records."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from lianxin.core.asset import asset
from lianxin.core.document import Document, Face, Table, show
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.filter import Filter, Op
from lianxin.core.kind import Kind
from lianxin.formats.fill_tag import row_of
from lianxin.formats.mask import mask
from lianxin.formats.scan import Scan
from lianxin.kinds.path import labels, near, walk
from lianxin.reports.record import listing
from lianxin.storage.book import LedgerBook

#: Suffix → the module of ``formats`` that fills it.
_FILLERS = {".docx": "fill_docx", ".xlsx": "fill_xlsx"}
_REFUSED = {
    ".doc": "旧的 .doc 格式，请在 WPS 或 Word 里另存为 .docx",
    ".xls": "旧的 .xls 格式，请在 WPS 或 Excel 里另存为 .xlsx",
    ".docm": "带宏的文档，宏不能带进来；请另存为 .docx",
    ".xlsm": "带宏的工作簿，宏不能带进来；请另存为 .xlsx",
}


def _filler(form: Path) -> Any:
    suffix = form.suffix.lower()
    if suffix in _REFUSED:
        raise UsageError(f"{form.name} 是{_REFUSED[suffix]}")
    if suffix not in _FILLERS:
        raise UsageError(f"{form.name} 不是 Word 或 Excel 的表，只能填 .docx 和 .xlsx")
    return import_module(f"lianxin.formats.{_FILLERS[suffix]}")


#: The office's own page forms; ``templates/pages`` holds the shipped ones.
FOLDER = "forms"


def form_file(root: Path, word: str) -> Path:
    """The file a form's name stands for: a path, the office's own form of that name, or a shipped one.

    Raises:
        UsageError: There is none; the names known are in the sentence.
    """
    given = Path(word)
    if given.suffix or given.is_file():
        return given
    own = {file.stem: file for file in sorted((root / FOLDER).glob("*")) if file.suffix.lower() in _FILLERS}
    known = {file.stem: file for file in sorted(asset("pages").glob("*.docx"))} | own
    if word not in known:
        raise UsageError(f"没有「{word}」这张表{near(word, known) or '；有 ' + '、'.join(known)}，也可以写文件名")
    return known[word]


def fill(book: LedgerBook, office: str, form: Path, kind: Kind, ids: Sequence[str], face: Face) -> bytes:
    """The form filled from these records, in their order.

    Raises:
        UsageError: It is of another sort, or a tag in it names no field; near names are in the sentence.
        LianxinError: It cannot be read or filled, or something personal is left for the public; nothing was written.
    """
    filler = _filler(form)
    try:
        blank = form.read_bytes()
    except OSError as error:
        raise LianxinError(f"{form} 读不出来（{error.strerror}）") from None
    wanted = filler.tags(blank, form.name).fields
    wrong = [f"「{path}」{near(path.split('.')[0], labels(kind))}" for path in wanted if not walk(kind, path)]
    if wrong:
        raise UsageError(f"{form.name} 里有不认识的标签：{'；'.join(wrong)}。可用的见 lianxin fill --tags {kind.name}")
    columns = tuple(dict.fromkeys(("编号", *wanted)))
    document = listing(book, kind, (Filter(("编号",), Op.EQ, tuple(ids)),), columns=columns)
    masked: Document = mask(document, face)
    if face is Face.PUBLIC:
        Scan(document.names).refuse(masked)
    (table,) = (block for block in masked.blocks if isinstance(block, Table))
    places = {id_: n for n, id_ in enumerate(table.records)}
    rows = []
    for number, id_ in enumerate(ids, start=1):
        row = table.rows[places[id_]]
        texts = [show(value, column.type) for value, column in zip(row, table.columns, strict=True)]
        rows.append(row_of(columns, texts, number))
    beside = {"今天": book.today.isoformat(), "本单位": office}
    made: bytes = filler.fill(blank, form.name, rows, beside)
    return made
