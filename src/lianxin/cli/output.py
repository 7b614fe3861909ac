"""Where documents go: the screen in clear text, files and pipes masked unless ``--internal``."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from lianxin.core.error import LianxinError, UsageError, reason

if TYPE_CHECKING:
    from lianxin.cli.session import Session
    from lianxin.core.document import Document, Face
    from lianxin.formats import Format
    from lianxin.formats.page import Page

#: What shows documents on a screen.
PRINTING = ("lianxin.formats.mask", "lianxin.formats.to_terminal")


def choose(session: Session, name: str | None, output: Path | None) -> Format:
    """The format asked for: ``--json``, ``-f``, the file's suffix, else the terminal's."""
    from lianxin.formats import format_for

    if name:
        return format_for(name)
    if session.json:
        return format_for("json")
    return format_for(output.suffix) if output and output.suffix else format_for("terminal")


def face_of(session: Session, output: Path | None) -> Face:
    """Clear text on a terminal or when ``--internal`` says so."""
    from lianxin.core.document import Face

    clear = session.clear if output is None else session.internal
    return Face.INTERNAL if clear else Face.PUBLIC


def emit(
    session: Session, document: Document, format_: str | None = None, output: Path | None = None, *, called: str = ""
) -> None:
    """Show a document, or write it to a file.

    Args:
        called: The name of the report or ledger; Word sets it in the page form of that name.

    Raises:
        UsageError: A spreadsheet would go to the screen.
        LianxinError: Something personal is left for the public, or the file cannot be written; what was there is
            untouched.
    """
    from lianxin.core.document import Face
    from lianxin.formats import PAGE_WIDTH, render
    from lianxin.formats.mask import mask

    chosen = choose(session, format_, output)
    if chosen.binary and output is None and sys.stdout.isatty():
        raise UsageError(f"{chosen.title}不能显示在屏幕上，请加 -o 文件{chosen.suffix}")
    face = face_of(session, output)
    color = output is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ
    width = shutil.get_terminal_size((80, 24)).columns if output is None else PAGE_WIDTH
    if output is not None or chosen.name != "terminal":
        document = _traced(session, document, chosen)
    page = None
    if chosen.name == "docx":
        from lianxin.actions.page import page_for, set_on

        page = page_for(session.workspace(), called)
        document = set_on(session.workspace(), document, page)
    masked = mask(document, face)
    if output is not None and face is Face.PUBLIC:
        from lianxin.formats.scan import Scan

        Scan(document.names).refuse(masked)
    note = "（内部件）" if face is Face.INTERNAL else "（姓名电话已隐去，内部件请加 --internal）"
    if output is not None and _stands(masked, chosen, output, page):
        sys.stderr.write(f"{output} 和原来一样，没有重写{note}\n")
        return
    made = render(masked, chosen, width=width, color=color, page=page)
    content = made.encode() if isinstance(made, str) else made
    if output is not None:
        save(output, content)
        sys.stderr.write(f"已写入 {output}{note}\n")
        return
    if isinstance(made, str):
        sys.stdout.write(made if made.endswith("\n") else made + "\n")
    else:
        sys.stdout.buffer.write(made)
    sys.stdout.flush()


def _traced(session: Session, document: Document, format_: Format) -> Document:
    """The document with the words that make it again."""
    from lianxin.cli.session import recipe

    words = recipe(session.words, format_.name)
    if document.provenance is None or not words.isprintable():
        return document
    return replace(document, provenance=replace(document.provenance, recipe=words))


def _stands(document: Document, format_: Format, output: Path, page: Page | None) -> bool:
    """Whether the file on disk says this already, be it of an older commit; then it is left alone."""
    from lianxin.formats import unchanged

    try:
        return unchanged(document, format_, output.read_bytes(), page)
    except OSError:
        return False


def save(path: Path, content: bytes) -> None:
    """Put a whole file in place at once, readable by its owner alone; one that holds the same already is left alone.

    Raises:
        LianxinError: The folder is not there or not writable, or the disk is full.
    """
    with contextlib.suppress(OSError):
        if path.read_bytes() == content:
            return
    try:
        handle, name = tempfile.mkstemp(prefix=".lianxin-", dir=path.parent)
    except OSError as error:
        raise LianxinError(f"{path.parent} 写不进去（{reason(error)}），请换个目录或检查权限") from None
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())  # or a power cut would leave an empty file where the old one was
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise LianxinError(f"{path} 没有写成（{reason(error)}），原来的文件没有动") from None
