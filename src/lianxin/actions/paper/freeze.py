"""定稿: the figures of a report become a record of their own, with the commit they were computed from."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct

from lianxin.actions.entry.add import Added, checked
from lianxin.actions.entry.number import next_id
from lianxin.actions.paper.report import Made, Wanted, make
from lianxin.actions.retry import retried
from lianxin.actions.workspace import Workspace, author
from lianxin.core.day.period import Period, lasting
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.measure import lettered
from lianxin.kinds.frozen import FROZEN
from lianxin.reports.figure.behind import behind
from lianxin.reports.frozen.recount import standing
from lianxin.reports.origin import uncounted
from lianxin.reports.outline.press import Printed
from lianxin.storage.book import LedgerBook
from lianxin.storage.write.journal import Change, NewCommit
from lianxin.storage.write.text.writing import record_text


class Froze(Struct, frozen=True):
    """A report and the record that keeps its figures."""

    made: Made
    added: Added
    superseded: str


@retried
def freeze(workspace: Workspace, wanted: Wanted, *, dry_run: bool = False) -> Froze:
    """Make a report and keep its figures; one for the same period that was kept before stays, and is superseded.

    Raises:
        UsageError: It is one person's part of a report, or there is no such report.
        LianxinError: There are edits without a commit, or records that cannot be read.
    """
    if wanted.who:
        raise UsageError("每人一份的报表要整册定稿，不要写 --for")
    journal = workspace.journal()
    with journal.locked(), workspace.book(repo=journal.repo) as book:
        _ready(book)
        actor = workspace.actor(book)
        made = make(book, workspace, wanted)
        report, period = made.edition.outline.name, lasting(made.edition.period)
        before = [id_ for id_, name, span in standing(book) if (name, span) == (report, period)]
        values: dict[str, Any] = {
            "编号": next_id(FROZEN, journal, book, workspace.today.year),
            "报表": report,
            "期间": period,
            "编制日期": workspace.today.isoformat(),
            "提交": book.commit,
            "数字": [_figure(book, one, made.edition.period) for one in made.page.printed],
            "更正说明": [one.text(book.title) for one in made.differences],
            **({"文号": number} if (number := made.edition.paper_number) else {}),
            **({"取代": before[-1]} if before else {}),
            **({"口径": words} if (words := _definitions(made)) else {}),
        }
        record = checked(FROZEN, values, workspace)
        path, text = FROZEN.path_of(values["编号"]), record_text(FROZEN, record)
        superseded = before[-1] if before else ""
        if dry_run:
            return Froze(made, Added(values["编号"], path, text, ""), superseded)
        entry = NewCommit(
            [Change(path, text, None)],
            f"{values['编号']} 定稿：{report} {period}",
            (("Record", values["编号"]), ("Step", "freeze"), ("Actor", actor)),
            author(book, actor),
        )
        return Froze(made, Added(values["编号"], path, text, journal.commit([entry])), superseded)


def _ready(book: LedgerBook) -> None:
    edited = [path for path in book.dirty if path.endswith(".yaml")]
    if edited:
        raise LianxinError(f"还有没入账的改动（{edited[0]} 等 {len(edited)} 个文件），请先运行 lianxin commit 再定稿")
    if told := uncounted(book):
        raise LianxinError(f"有 {told}，数字不全；请运行 lianxin check 改好再定稿")


def _figure(book: LedgerBook, one: Printed, period: Period) -> Mapping[str, str]:
    """One figure as its record keeps it."""
    kept = {"名称": one.name, "数值": one.value, "分子": _amount(one.numerator)}
    if one.subject:
        kept["归属"] = one.subject
    if one.denominator is not None:
        kept["分母"] = _amount(one.denominator)
    if one.figure is None:
        return kept
    rows = behind(book, one.figure.numerator, one.subject, period)
    kept["记录数"] = str(len({row.record for row in rows}))
    return kept | {"口径版本": one.figure.version, "口径版本号": one.figure.digest}


def _amount(value: Decimal) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _definitions(made: Made) -> str | None:
    """Every figure's definition in twelve letters, and the arrangement of weeks and months."""
    digests = sorted({one.figure.digest for one in made.page.printed if one.figure})
    return "，".join(filter(None, (lettered("".join(digests)) if digests else "", made.edition.cycle))) or None
