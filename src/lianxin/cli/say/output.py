"""Where documents go: the screen in clear text, files and pipes masked unless ``--internal``."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from lianxin.cli.run.saying import tell, turned
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.look import APART
from lianxin.storage.write.apart import split
from lianxin.storage.write.left import remember
from lianxin.storage.write.outlet import STDOUT, send, streamed, there

if TYPE_CHECKING:
    from lianxin.cli.run.session import Session
    from lianxin.core.document import Document, Face
    from lianxin.formats import Format
    from lianxin.formats.paper.own import Page

#: What shows documents on a screen.
PRINTING = ("lianxin.formats.face.mask", "lianxin.formats.to_terminal")


def choose(session: Session, name: str | None, output: Path | None) -> Format:
    """The format asked for: ``--json``, ``-f``, the file's suffix, else the terminal's."""
    from lianxin.formats import format_for

    if name:
        return format_for(name)
    if session.json:
        return format_for("json")
    return format_for(output.suffix) if output and output.suffix else format_for("terminal")


def for_programs(session: Session, name: str | None, output: Path | None) -> bool:
    """Whether what is asked for is values rather than a page."""
    return choose(session, name, output).plain


def face_of(session: Session, output: Path | None) -> Face:
    """Clear text on a terminal or when ``--internal`` says so."""
    from lianxin.core.document import Face

    clear = session.clear if output in (None, STDOUT) else session.internal
    return Face.INTERNAL if clear else Face.PUBLIC


def emit(
    session: Session,
    document: Document,
    format_: str | None = None,
    output: Path | None = None,
    *,
    called: str = "",
    most: str = "",
    again: bool = True,
) -> None:
    """Show a document, or write it to a file.

    Args:
        called: The name of the report or ledger; Word sets it in the page form of that name.
        most: Show no more than fits a screen, and say that this command shows all.
        again: It may be made again by its words, which it then bears; what is of many books may not.

    Raises:
        UsageError: A spreadsheet would go to the screen.
        LianxinError: Something personal is left for the public, or the file cannot be written; what was there is
            untouched.
    """
    from lianxin.core.document import Face
    from lianxin.formats import PAGE_WIDTH, Options, render
    from lianxin.formats.face.mask import mask
    from lianxin.formats.paper.foot import alarm
    from lianxin.formats.screen.reworded import reworded

    output = None if output == STDOUT else output
    chosen = choose(session, format_, output)
    if chosen.binary and output is None and sys.stdout.isatty():
        raise UsageError(f"{chosen.title}不能显示在屏幕上，请加 -o 文件{chosen.suffix}")
    face = face_of(session, output)
    color = output is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ
    width = shutil.get_terminal_size((80, 24)).columns if output is None else PAGE_WIDTH
    if again and (output is not None or chosen.name != "terminal"):
        document = _traced(session, document, chosen)
    page = None
    if chosen.name == "docx" and (again or session.root is not None):
        from lianxin.actions.paper.page import page_for, set_on

        page = page_for(session.workspace(), called)
        document = set_on(session.workspace(), document, page)
    if output is None and chosen.name == "terminal":
        document, most = reworded(document, turned), turned(most)
    masked = mask(document, face)
    if face is Face.PUBLIC:
        from lianxin.formats.face.scan import Scan

        Scan(document.names).refuse(masked)
    note = "（内部件）" if face is Face.INTERNAL else "（姓名电话已隐去，内部件请加 --internal）"
    if output is not None and _stands(masked, chosen, output, page):
        tell(f"{output} 和原来一样，没有重写{note}\n")
        return
    if output is None and (pieces := chosen.pieces(masked, Options())) is not None:
        sys.stdout.writelines(pieces)
        sys.stdout.flush()
        return
    made = render(masked, chosen, width=width, color=color, page=page)
    content = made.encode() if isinstance(made, str) else made
    if output is not None:
        save(session, output, content)
        tell(f"已写入 {'、'.join(map(str, split(output, content)))}{note}\n")
        return
    if isinstance(made, str):
        made, _, told = made.partition(APART)
        if told and (loud := alarm(masked.provenance)):
            tell(f"{loud}\n")
        made = _one_screen(made, most) if most and chosen.name == "terminal" and sys.stdout.isatty() else made
        sys.stdout.write(made if made.endswith("\n") else made + "\n")
    else:
        sys.stdout.buffer.write(made)
    sys.stdout.flush()


def lines_of(document: Document, width: int = 76) -> list[str]:
    """A document as the lines a person at the terminal reads."""
    from lianxin.core.document import Face
    from lianxin.formats import format_for, render
    from lianxin.formats.face.mask import mask
    from lianxin.formats.screen.reworded import reworded

    document = reworded(document, turned)
    return str(render(mask(document, Face.INTERNAL), format_for("terminal"), width=width, color=False)).splitlines()


def _one_screen(text: str, command: str) -> str:
    """As much of a text as a screen holds beside the next prompt, cut before a row, and what shows the rest."""
    lines, room = text.splitlines(), shutil.get_terminal_size((80, 24)).lines - 1
    if len(lines) <= room:
        return text
    end = room - 1
    while end > 1 and (lines[end].startswith(" ") or lines[end - 1].startswith("【")):
        end -= 1
    return "\n".join([*lines[:end], f"…… 还有 {len(lines) - end} 行，看全部：{command}"])


def _traced(session: Session, document: Document, format_: Format) -> Document:
    """The document with the words that make it again."""
    from lianxin.cli.run.line import recipe

    words = recipe(session.words, format_.name)
    if document.provenance is None or not words.isprintable():
        return document
    return replace(document, provenance=replace(document.provenance, recipe=words))


def _stands(document: Document, format_: Format, output: Path, page: Page | None) -> bool:
    """Whether the file on disk says this already, be it of an older commit; then it is left alone."""
    from lianxin.formats import unchanged

    held = there(output)
    return held is not None and unchanged(document, format_, held, page)


def save(session: Session, path: Path, content: bytes) -> None:
    """Write a file, a pipe, a device or the screen; a file that holds the same already is left alone.

    Raises:
        UsageError: A binary file would go to the screen.
        LianxinError: It cannot be written; or the file there is not ours, or was worked on, and nobody let it go.
    """
    if path == STDOUT:
        if sys.stdout.isatty():
            raise UsageError("这种文件不能显示在屏幕上，请用 -o 写明文件名")
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    from lianxin.formats.ours import seals

    held = there(path)
    if held == content:
        return
    if not session.yes and not streamed(path) and any(one.exists() for one in split(path, content)):
        _spare(session, path, held, content)
    send(path, content)
    if not streamed(path) and not seals(content):
        remember(session.root, path, content)


def _spare(session: Session, path: Path, held: bytes | None, content: bytes) -> None:
    """Ask before a file goes that is not this tool's, or that somebody has worked on since it was written.

    Where it was this tool's, what was changed in it is shown, and what is new is written beside it.

    Raises:
        LianxinError: It was not let go.
    """
    from lianxin.cli.say.edited import bears_trace, beside, edits, untouched

    if held is not None and untouched(session.root, path, held):
        return
    told = f"{path} 写出以后有人改过，或不是 lianxin 写的"
    ours = not session.at and bears_trace(path, held)
    if ours and (changed := edits(session, path)):
        tell("".join(f"{line}\n" for line in (f"{path} 写出以后改过的地方：", *changed)))
    if session.interactive:
        from lianxin.cli.run.prompt import confirm

        if confirm(f"{told}。盖掉它吗？", doubtful=ours):
            return
    if not ours:
        raise LianxinError(f"{told}，没有盖掉；请换个文件名，真要盖掉就加 --yes")
    fresh = beside(session.root, path)
    send(fresh, content)
    remember(session.root, fresh, content)
    raise LianxinError(f"{told}，没有盖掉；新的写在 {fresh}，把改过的地方抄过去就行，真要盖掉就加 --yes")
