"""The public notice board: built, masked, looked through, and put in place whole."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from lianxin.actions.definition import definitions, figure_named
from lianxin.actions.workspace import Workspace
from lianxin.core.dataclass import dataclass
from lianxin.core.document import Document, Face, Heading
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.period import parse_period
from lianxin.formats.mask import mask
from lianxin.formats.scan import Scan
from lianxin.formats.site import Sheet, files
from lianxin.policies.board import board_of
from lianxin.policies.cycle import cycle_of
from lianxin.reports.site import Page, Shown, pages
from lianxin.storage.book import LedgerBook

#: Marks a folder as a board of ours, which may be replaced.
MARK = ".lianxin-site"
_MARKED = b"lianxin site\n"


@dataclass(frozen=True, slots=True)
class Board:
    """What was made.

    Attributes:
        changed: Whether anything in the folder is other than it was.
    """

    files: Mapping[str, bytes]
    changed: bool = True


def build(book: LedgerBook, workspace: Workspace) -> Board:
    """Every file of the board, with nothing personal in any.

    Raises:
        UsageError: ``policy/site.yaml`` names a figure nobody has defined, or no period.
        LianxinError: Something personal is left; the records are named.
    """
    board = board_of(book.policy("site"))
    known = definitions(book)
    cycle = cycle_of(book.policy("reports"))
    shown = Shown(
        title=board.title or f"{workspace.office.name}公示栏",
        figures=[figure_named(known, name) for name in board.figures],
        period=parse_period(board.period, book.today, cycle),
        lists=parse_period(board.lists, book.today, cycle),
    )
    made = pages(book, shown)
    scan = Scan(made[0].document.names)
    sheets = _masked(made, scan)
    written = files(sheets) | {MARK: _MARKED}
    return Board(written)


def _masked(made: Sequence[Page], scan: Scan) -> list[Sheet]:
    """The pages as the public sees them: masked as one document, so that what one page hides no other shows."""
    blocks = [block for page in made for block in (Heading(page.document.title), *page.document.blocks)]
    whole = mask(replace(made[0].document, blocks=tuple(blocks)), Face.PUBLIC)
    scan.refuse(whole)
    sheets, at = [], 0
    for page in made:
        until = at + 1 + len(page.document.blocks)
        title, *rest = whole.blocks[at:until]
        text = title.text if isinstance(title, Heading) else ""
        document = Document(text, tuple(rest), name="site", provenance=whole.provenance)
        sheets.append(Sheet(page.path, page.label, document, page.bars, page.search))
        at = until
    return sheets


def put(board: Board, folder: Path) -> Board:
    """Put a board in place of the one that was there, at once; an unchanged one is left alone.

    Raises:
        UsageError: The folder holds something that is no board of ours.
        LianxinError: It cannot be written; what was there is untouched.
    """
    folder = folder.resolve()
    if folder.exists() and not _ours(folder):
        raise UsageError(f"{folder} 里有别的东西，不是公示栏，没有动它；请换一个空目录")
    if _same(board, folder):
        return Board(board.files, changed=False)
    fresh = None
    try:
        fresh = Path(tempfile.mkdtemp(prefix=".lianxin-site-", dir=folder.parent))
        _write(board, fresh)
        _swap(fresh, folder)
    except OSError as error:
        raise LianxinError(f"{folder} 没有写成（{error.strerror}），原来的没有动；请换个目录或检查权限、空间") from None
    finally:
        if fresh is not None:
            shutil.rmtree(fresh, ignore_errors=True)
    return board


def _ours(folder: Path) -> bool:
    if not folder.is_dir() or folder.is_symlink():
        return False
    return (folder / MARK).is_file() or not any(folder.iterdir())


def _same(board: Board, folder: Path) -> bool:
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    if there != set(board.files):
        return False
    return all((folder / path).read_bytes() == content for path, content in board.files.items())


def _write(board: Board, fresh: Path) -> None:
    """Readable by everybody: it is there to be published."""
    for path, content in board.files.items():
        file = fresh / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        file.chmod(0o644)
    for made in (fresh, *(path for path in fresh.rglob("*") if path.is_dir())):
        made.chmod(0o755)


def _swap(fresh: Path, folder: Path) -> None:
    if not folder.exists():
        fresh.rename(folder)
        return
    old = fresh.with_name(f"{fresh.name}-old")
    folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
