"""The public notice board: built, masked, looked through, and put in place whole."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from lianxin.actions.policy.definition import definitions, figure_named
from lianxin.actions.workspace import Workspace
from lianxin.core.day.period import parse_period
from lianxin.core.document import Document, Face, Heading
from lianxin.core.error import LianxinError, UsageError, reason
from lianxin.formats import format_for
from lianxin.formats.face.mask import mask
from lianxin.formats.face.scan import Scan
from lianxin.formats.paper.trace import Trace
from lianxin.formats.site import Sheet, files
from lianxin.policies.board import board_of
from lianxin.policies.outline import Outline, Rhythm
from lianxin.reports.outline.chart import chart_of
from lianxin.reports.outline.press import Edition, Press
from lianxin.reports.site.board import Page, Shown, pages
from lianxin.storage.book import LedgerBook
from lianxin.storage.write.outlet import refuse
from lianxin.storage.write.switch import finish, link

#: Marks a folder as a board of ours, which may be replaced.
MARK = ".lianxin-site"
_MARKED = b"lianxin site\n"


#: The words that make a board again.
RECIPE = "site"


class Board(Struct, frozen=True, dict=True):
    """Pages with nothing personal in any.

    Attributes:
        sheets: Masked; the first page first.
        host: The unit that answers for it.
    """

    sheets: tuple[Sheet, ...]
    host: str

    @cached_property
    def files(self) -> dict[str, bytes]:
        """Every file of the board by its path."""
        return dict(self.written())

    def written(self, before: Trace | None = None) -> Iterator[tuple[str, bytes]]:
        """Its files one after the other: as made now, or as made of an earlier commit that held the same."""
        sheets = self.sheets if before is None else [_as_of(sheet, before) for sheet in self.sheets]
        yield from files(sheets, self.host)
        yield MARK, _MARKED


def _as_of(sheet: Sheet, before: Trace) -> Sheet:
    document = sheet.document
    origin = before.origin(document.provenance) if document.provenance else None
    return replace(sheet, document=replace(document, provenance=origin))


def build(book: LedgerBook, workspace: Workspace) -> Board:
    """Every file of the board, with nothing personal in any.

    Raises:
        UsageError: ``policy/site.yaml`` names a figure nobody has defined, or no period.
        LianxinError: Something personal is left; the records are named.
    """
    board = board_of(book.policy("site"))
    known = definitions(book)
    cycle = book.cycle()
    title, period = board.title or f"{workspace.office.name}公示栏", parse_period(board.period, book.today, cycle)
    outline = Outline(name=title, rhythm=Rhythm.BULLETIN, title=title, sections=())
    press = Press(book, Edition(outline, period, known, book.context, dict, workspace.office.name))
    shown = Shown(
        title=title,
        host=workspace.office.name,
        figures=[figure_named(known, name) for name in board.figures],
        charts=[chart_of(press, picture) for picture in board.pictures],
        period=period,
        lists=parse_period(board.lists, book.today, cycle),
    )
    made = pages(book, shown)
    scan = Scan(made[0].document.names)
    return Board(tuple(_masked(made, scan)), shown.host)


def _masked(made: Sequence[Page], scan: Scan) -> list[Sheet]:
    """The pages as the public sees them: masked as one document, so that what one page hides no other shows."""
    blocks = [block for page in made for block in (Heading(page.document.title), *page.document.blocks)]
    first = made[0].document
    origin = replace(first.provenance, recipe=RECIPE) if first.provenance else None
    whole = mask(replace(first, blocks=tuple(blocks), provenance=origin), Face.PUBLIC)
    scan.refuse(whole)
    sheets, at = [], 0
    for page in made:
        until = at + 1 + len(page.document.blocks)
        title, *rest = whole.blocks[at:until]
        text = title.text if isinstance(title, Heading) else ""
        document = Document(text, tuple(rest), name="site", provenance=whole.provenance)
        sheets.append(Sheet(page.path, page.label, document, page.search, page.foot))
        at = until
    return sheets


def put(board: Board, folder: Path, root: Path) -> bool:
    """Put a board in place of the one that was there, at once; an unchanged one is left alone.

    Args:
        root: The data folder.

    Returns:
        Whether anything in the folder is other than it was.

    Raises:
        UsageError: The folder holds something that is no board of ours.
        LianxinError: It may not stand there, somebody has put something into it, or it cannot be written; what was
            there is untouched.
    """
    folder = folder.resolve()
    fresh = None
    try:
        if folder.exists() and not _ours(folder):
            raise UsageError(f"{folder} 里有别的东西，不是公示栏，没有动它；请换一个空目录")
        refuse(folder, root, ours=True)
        if _stands(board, folder):
            return False
        _spare(board, folder)
        fresh = Path(tempfile.mkdtemp(prefix=".lianxin-site-", dir=folder.parent))
        _write(board, fresh, folder)
        finish(fresh, folder)
    except OSError as error:
        raise LianxinError(f"{folder} 没有写成（{reason(error)}），原来的没有动；请换个目录或检查权限、空间") from None
    finally:
        if fresh is not None:
            shutil.rmtree(fresh, ignore_errors=True)
    return True


def _ours(folder: Path) -> bool:
    if not folder.is_dir() or folder.is_symlink():
        return False
    return (folder / MARK).is_file() or not any(folder.iterdir())


def _stands(board: Board, folder: Path) -> bool:
    """Whether the folder says this already, be it of an older commit."""
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    index = folder / board.sheets[0].path
    if not index.is_file():
        return False
    before = format_for("html").trace(index.read_bytes())
    for path, content in board.written(before if before and not before.dirty else None):
        if path not in there or (folder / path).read_bytes() != content:
            return False
        there.discard(path)
    return not there


def _spare(board: Board, folder: Path) -> None:
    """Look whether all that is in the folder is of a board's making, for all of it goes.

    Raises:
        LianxinError: Something else is in it.
    """
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_dir() and path.name != ".git":
            continue
        made = name in board.files or (path.suffix == ".js" and path.parent.name == "data")
        if not made and (path.suffix != ".html" or format_for("html").trace(path.read_bytes()) is None):
            raise LianxinError(f"{folder} 里的 {name} 不是公示栏的东西，重写就没有了，没有动；请先把它移到别处")


def _write(board: Board, fresh: Path, folder: Path) -> None:
    """Readable by everybody: it is there to be published. What is as it was stays the very file."""
    for path, content in board.files.items():
        file, old = fresh / path, folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if old.is_file() and not old.is_symlink() and old.read_bytes() == content:
            link(old, file)
        else:
            file.write_bytes(content)
        file.chmod(0o644)
    for made in (fresh, *(path for path in fresh.rglob("*") if path.is_dir())):
        made.chmod(0o755)
