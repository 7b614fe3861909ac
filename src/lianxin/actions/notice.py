"""What the morning page says beside the records: exports that failed or are late, a backup that is too old."""

from __future__ import annotations

from lianxin.actions.backup.kept import late
from lianxin.actions.export.run import notices as exports
from lianxin.actions.workspace import Workspace
from lianxin.core.error import LianxinError
from lianxin.storage.book import LedgerBook


def notices(book: LedgerBook, workspace: Workspace) -> list[str]:
    """A sentence each."""
    try:
        old = late(workspace, book.repo)
    except LianxinError:  # the check says what is wrong with the settings
        old = ""
    return [*exports(book), *filter(None, (old,))]
