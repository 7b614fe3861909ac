"""The copy of her workbook that tells at each cell what is wrong with it; the workbook itself is never touched."""

from __future__ import annotations

import hashlib
from pathlib import Path

from lianxin.actions.bring.bring import Brought
from lianxin.actions.bring.memory import named, remember, remembered
from lianxin.actions.bring.page import notes_of
from lianxin.actions.bring.table import NOTED
from lianxin.actions.bring.workbook import Asked
from lianxin.actions.workspace import Workspace
from lianxin.formats.xlsx.noted import noted
from lianxin.storage.git.repo import Repo
from lianxin.storage.write.outlet import there


def copy_of(data: bytes, asked: Asked, brought: Brought) -> bytes:
    """The workbook with every fault and remark beside its cell.

    Args:
        data: The workbook's own bytes.
        asked: What was to be taken in.
        brought: What came of it.
    """
    heads = {read.table.sheet: read.table.row for read in brought.reading.tables}
    return noted(data, asked.sheets, notes_of(brought.troubles), heads, NOTED)


def place_for(workspace: Workspace, file: Path) -> Path:
    """Beside the workbook: in place of the copy of before, unless somebody has worked on that."""
    repo = Repo.needed(workspace.root)
    known = remembered(repo).names
    for number in range(1, 1000):
        path = file.with_name(f"{file.stem}-问题{number if number > 1 else ''}.xlsx")
        held = there(path)
        if not path.exists() or (held is not None and known.get(_key(path)) == _digest(held)):
            return path
    return file.with_name(f"{file.stem}-问题.xlsx")


def made(workspace: Workspace, path: Path, content: bytes) -> None:
    """Keep in mind what was written, so that it is known again as nobody's work."""
    remember(Repo.needed(workspace.root), {}, {_key(path): _digest(content)})


def _key(path: Path) -> str:
    return named(str(path.resolve()), "副本")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:20]
