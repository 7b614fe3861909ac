"""Which Word file a document is set in: the office's form of that name, a shipped one, or the office's base."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from lianxin.actions.workspace import Workspace
from lianxin.core.asset import asset
from lianxin.core.document import Document
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.measure import lettered
from lianxin.core.value import day_text
from lianxin.formats.fill.sound import sound
from lianxin.formats.paper.own import BODY, HEAD, Page
from lianxin.kinds.path import near
from lianxin.storage import MAX_BYTES

#: The office's base, for documents that have no form of their own.
BASE = "公文"
_FOLDER = "forms"


def shipped(name: str) -> Path:
    """The shipped form of a name, for the office to have a copy of; ``公文`` is the base of all documents.

    Raises:
        UsageError: There is none; the names known are in the sentence.
    """
    known = {file.stem: file for file in sorted(asset("pages").glob("*.docx"))}
    known[BASE] = asset("formats", "document.docx")
    if name not in known:
        raise UsageError(f"自带的表里没有「{name}」{near(name, known) or '；有 ' + '、'.join(known)}")
    return known[name]


def own_place(workspace: Workspace, name: str) -> Path:
    """Where the office's own form of a name stands.

    Raises:
        UsageError: There is one already, or a commit of the past is being read.
    """
    workspace.writable()
    path = workspace.root / _FOLDER / f"{name}.docx"
    if path.exists():
        raise UsageError(f"{_FOLDER}/{path.name} 已经有了，直接改它就行；要重新抄一份，先把它移走")
    return path


def page_for(workspace: Workspace, name: str = "") -> Page | None:
    """What a document is set in; None when the office has nothing of its own to say.

    Args:
        name: What the document is called: a report, a ledger; empty for one without a name.

    Raises:
        LianxinError: The office's file is too large, broken, or no form for a document.
    """
    if name and Path(name).name == name:
        own = f"{_FOLDER}/{name}.docx"
        data = _read(workspace, own)
        if data is not None and _is_page(data, own):
            return _page(workspace, own, data)
        file = asset("pages", f"{name}.docx")
        if data is None and file.is_file():
            data = file.read_bytes()
            return _page(workspace, file.name, data) if _is_page(data, file.name) else _base(workspace)
    return _base(workspace)


def _base(workspace: Workspace) -> Page | None:
    own = f"{_FOLDER}/{BASE}.docx"
    data = _read(workspace, own)
    return replace(_page(workspace, own, data), bare=True) if data is not None else None


def _page(workspace: Workspace, name: str, data: bytes) -> Page:
    return Page(name, data, office=workspace.office.name, day=day_text(workspace.today))


def _read(workspace: Workspace, path: str) -> bytes | None:
    data = workspace.read(path)
    if data is not None and len(data) > MAX_BYTES:
        raise LianxinError(f"{path} 超过 1 MB，版式不该这么大；请把里面的图片压小")
    if data is not None:
        sound(data, path)
    return data


def _is_page(data: bytes, where: str) -> bool:
    """Whether a file is a form for a document, and not one to be filled from records.

    Raises:
        LianxinError: It has lost its place for the blocks, or asks for what no document has.
    """
    from lianxin.formats.fill.docx import tags

    found = tags(data, where)
    asked = dict.fromkeys((*found.fields, *found.lists))
    strange = [one for one in asked if one not in (BODY, *HEAD)]
    if BODY in asked and strange:
        wrong = "；".join(f"「{one}」{near(one, (BODY, *HEAD))}" for one in strange)
        raise LianxinError(f"{where} 里有不认识的标签：{wrong}。可写 {'、'.join((BODY, *HEAD))}")
    if BODY not in asked and not strange:
        raise LianxinError(f"{where} 里没有 {{{{ {BODY} }}}} 这一段，不知道内容放在哪里；请补上，或把这个文件移走")
    return BODY in asked


def set_on(workspace: Workspace, document: Document, page: Page | None) -> Document:
    """The document, saying by which page form it was set, and whether that differs from the commit's."""
    origin = document.provenance
    if page is None or origin is None:
        return document
    form = "，".join(filter(None, (origin.form, f"版式 {Path(page.name).stem} {lettered(page.data.hex())}")))
    own = page.name.startswith(f"{_FOLDER}/")
    committed = replace(workspace, at=origin.commit).read(page.name) if own and origin.commit else page.data
    return replace(document, provenance=replace(origin, form=form, dirty=origin.dirty or committed != page.data))
