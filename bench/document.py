"""Whole documents beside the library that makes them, and the notice board."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.process import run
from bench.work import TOOL, Work
from lianxin.formats.paper.typeface import faces

HERE = Path(__file__).parent
MATERIAL = (sys.executable, str(HERE / "material.py"))
ALONE = (sys.executable, str(HERE / "alone.py"))

#: The page form that is filled for every issue.
PAGE = "民情手册"

#: Megabytes that a ledger may take as a workbook.
SHEET = 150

#: No township with more issues is bound in a volume.
BOUND = 1000


def documents(folder: Path, size: int) -> list[Work]:
    """Pages of a small township, a ledger of a large one."""
    if size > BOUND:
        return [_document(folder, ("ledger", "问题台账"), "xlsx", ("ledger", "问题台账"), 1.6)]
    bound = [_document(folder, ("handbook",), format_, ("handbook",), 2.0) for format_ in ("html", "docx", "pdf")]
    return [*bound, _document(folder, ("fill", PAGE, "--where", "状态!=作废"), "docx", ("page", PAGE), 2.0)]


def _document(folder: Path, words: Sequence[str], format_: str, material: Sequence[str], target: float) -> Work:
    """A document that ``words`` make, beside what the library alone makes of the material."""
    made = folder.parent / f"{folder.name}.{'.'.join(material)}"
    own = made / f"own.{format_}"
    what, *more = material
    return Work(
        f"documents: {' '.join(words[:2])} -f {format_}",
        (*TOOL, *words, "-o", own),
        ((*ALONE, format_, made),),
        target,
        before=lambda: own.unlink(missing_ok=True),
        prepare=lambda: run((*MATERIAL, what, folder, made, *more), folder),
        busy=True,
        most=SHEET if format_ == "xlsx" else 0,
        without="" if format_ != "pdf" or faces().chinese else "这台机器没有中文字体",
    )


def notice_board(folder: Path) -> tuple[float, float]:
    """Seconds for the whole notice board, and kilobytes of its first page."""
    board = folder.with_suffix(".site")
    shutil.rmtree(board, ignore_errors=True)
    spent = run([*TOOL, "site", board], folder)
    return spent.elapsed, (board / "index.html").stat().st_size / 1024
