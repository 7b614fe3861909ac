"""What the morning page says beside the records: exports that failed or are late, a backup that is too old."""

from __future__ import annotations

from collections import Counter

from lianxin.actions.backup.kept import late
from lianxin.actions.export.run import notices as exports
from lianxin.actions.workspace import Workspace
from lianxin.core.error import LianxinError
from lianxin.reports.retention import due
from lianxin.storage.book import LedgerBook


def notices(book: LedgerBook, workspace: Workspace) -> list[str]:
    """A sentence each."""
    try:
        old = late(workspace, book.repo)
    except LianxinError:  # the check says what is wrong with the settings
        old = ""
    return [*exports(book), *filter(None, (old, _due(book)))]


def _due(book: LedgerBook) -> str:
    """How many records hold what identifies somebody longer than they may; empty for none."""
    counts = Counter(one.label for one in due(book))
    told = "、".join(f"{label} {count}" for label, count in counts.items())
    return f"有 {counts.total()} 份记录的个人信息到期该注销（{told}），运行 lianxin check --hints 看" if told else ""
