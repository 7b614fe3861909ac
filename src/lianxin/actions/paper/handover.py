"""What a successor needs besides the records: duties as they stand, faults, and what the office does in its own way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from lianxin.actions.check import every_problem
from lianxin.actions.policy.definition import definitions
from lianxin.actions.policy.duty import fulfilled
from lianxin.actions.workspace import Workspace
from lianxin.core.asset import asset
from lianxin.policies.definitions import Definitions
from lianxin.policies.export import Exports
from lianxin.reports.handover.pack import Pack
from lianxin.reports.handover.section import Custom
from lianxin.storage.book import LedgerBook
from lianxin.storage.settings import load_model

_EXPORTS = "policy/exports.yaml"


def gathered(book: LedgerBook, workspace: Workspace) -> Pack:
    """The pack's facts.

    Raises:
        UsageError: A duty cannot be counted.
    """
    known, office = definitions(book), workspace.office
    data = book.file(_EXPORTS)
    exports = load_model(Exports, "导出", _EXPORTS, data)[0] if data is not None else None
    return Pack(
        office.name,
        book.title(office.clerk) if office.clerk else "",
        fulfilled(book),
        every_problem(book, workspace),
        list(known.outlines.values()),
        book.cycle(),
        list(_customs(book, known)),
        exports.profiles if exports else (),
    )


def _customs(book: LedgerBook, known: Definitions) -> Iterator[Custom]:
    """Every policy that differs from the shipped one, and every form and report of its own."""
    for campaign in known.campaigns:
        yield Custom(f"campaigns/{campaign}/", f"参加的活动：{known.title(campaign)}")
    for path, data in book.files("policy"):
        shipped = asset("policy", PurePosixPath(path).name)
        if not shipped.is_file():
            yield Custom(path, "本单位自己的规定")
        elif shipped.read_bytes() != data:
            yield Custom(path, "在自带的上面改过")
    for folder, what in (("forms", "台账表单"), ("reports", "报表提纲")):
        for path, _data in book.files(folder):
            yield Custom(path, f"本单位自己的{what}")
