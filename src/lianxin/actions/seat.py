"""Who sits at this desk, and who else may."""

from __future__ import annotations

from lianxin.actions.workspace import Workspace
from lianxin.core.book import Query
from lianxin.core.error import LianxinError
from lianxin.core.filter import Filter, Op
from lianxin.kinds import KIND
from lianxin.storage.book import LedgerBook
from lianxin.storage.station.mark import letter_of


def seated(book: LedgerBook, workspace: Workspace) -> str:
    """In whose name is written, and which desk this is."""
    try:
        who = book.title(workspace.actor(book))
    except LianxinError:  # writing tells what is wanting
        who = "没有写明"
    return f"经办人 {who}" + (f"（{letter_of(book.repo)} 台）" if book.repo else "")


def sitters(book: LedgerBook, workspace: Workspace) -> list[tuple[str, str]]:
    """The office's own people who may sit here, each with his name, whoever sits here now first."""
    try:
        here = workspace.actor(book)
    except LianxinError:
        here = ""
    found: list[str] = []
    if office := workspace.office.org:
        there = (Filter(("单位",), Op.EQ, (office,)), Filter(("存续",), Op.EQ, ("存续",)))
        found = book.select(Query(KIND["person"], ("编号",), there, sort=("编号",)))[1]
    return [(id_, book.title(id_)) for id_ in dict.fromkeys((*filter(None, (here,)), *found))]
