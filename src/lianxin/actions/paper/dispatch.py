"""发文登记: a paper that went out is kept in the ledger, with its number, and the figures it was made of."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from msgspec import Struct

from lianxin.actions.entry.add import Added, add
from lianxin.actions.paper.freeze import freeze
from lianxin.actions.paper.report import Wanted, chosen, spanned
from lianxin.actions.policy.definition import definitions
from lianxin.actions.workspace import Workspace
from lianxin.core.day.period import lasting
from lianxin.core.error import LianxinError, UsageError, reason
from lianxin.formats import format_for
from lianxin.kinds.evidence import EVIDENCE
from lianxin.policies.export import FILL
from lianxin.policies.outline import Rhythm
from lianxin.reports.frozen.recount import standing
from lianxin.storage.book import LedgerBook
from lianxin.storage.git.disk import ordinary
from lianxin.storage.write.apart import joined

_REPORT = "report"


class Asked(Struct, frozen=True):
    """What is to be filed.

    Attributes:
        file: The paper as it went out.
        number: As printed on it; empty for that under which the report is kept.
        about: Records it is about, as typed, where the file does not say.
        wanted: The report that it is, where that is known already.
    """

    file: Path
    number: str = ""
    about: Sequence[str] = ()
    wanted: Wanted | None = None


class Filed(Struct, frozen=True):
    """A paper that is kept.

    Attributes:
        number: Under which it went out; empty for none.
        frozen: Id of the record that keeps its figures; empty for what is no report.
    """

    added: Added
    number: str
    frozen: str = ""


def file_paper(workspace: Workspace, asked: Asked, *, dry_run: bool = False) -> Filed:
    """Keep a paper: the figures of a report are kept first, where that was not done.

    Raises:
        UsageError: Nobody can tell what it is about.
        LianxinError: It cannot be read or kept.
    """
    words = _recipe(asked.file)
    wanted = asked.wanted or _wanted(words)
    if wanted is not None:
        frozen, number, fresh = _kept(workspace, wanted, dry_run=dry_run)
        if fresh and dry_run:
            return Filed(fresh, number, frozen)  # what it would hang on is not there
        shows, about = f"{wanted.name} {wanted.period}", [*asked.about]
    else:
        frozen, number, about = "", "", list(asked.about) or _ids(words)
        shows = Path(words[1]).stem if words[:1] == [FILL] and len(words) > 1 else asked.file.stem
        if not about:
            raise UsageError(f"看不出 {asked.file.name} 是哪件事的，请加 --about 编号")
    number = asked.number or number
    typed: dict[str, str | Sequence[str]] = {
        **({"about": about} if about else {}),
        **({"report": frozen} if frozen else {}),
        "file": str(asked.file),
        "shows": f"{number} {shows}".strip(),
        "day": workspace.today.isoformat(),
        **({"paper": number} if number else {}),
    }
    return Filed(add(workspace, EVIDENCE, typed, dry_run=dry_run), number, frozen)


def _recipe(file: Path) -> list[str]:
    """The words of the command that made it; none for what is not this tool's."""
    try:
        trace = format_for(file.suffix or file.name).trace(joined(file, ordinary(file, follow=True)))
    except UsageError:
        return []  # a form of somebody else's
    except (LianxinError, OSError) as error:
        told = str(error) if isinstance(error, LianxinError) else reason(error)
        raise LianxinError(f"{file} 读不出来（{told}）") from None
    try:
        return shlex.split(trace.recipe) if trace and not trace.hidden else []
    except ValueError:
        return []


def _wanted(words: Sequence[str]) -> Wanted | None:
    """The report that these words make; only those whose period they name can be told again."""
    if words[:1] != [_REPORT] or len(words) < 2:
        return None
    rhythm = next((one for one in Rhythm if words[1] in (one.value, one.name.lower())), None)
    return Wanted(rhythm, _after(words, "--name", "-n"), _after(words, "--period", "-p")) if rhythm else None


def _after(words: Sequence[str], *flags: str) -> str:
    return next((after for flag, after in pairwise(words) if flag in flags), "")


def _ids(words: Sequence[str]) -> list[str]:
    """The records a form was filled from."""
    pairs = pairwise(words)
    return [id_ for flag, id_ in pairs if flag in ("--id", "--issue")] if words[:1] == [FILL] else []


def _kept(workspace: Workspace, wanted: Wanted, *, dry_run: bool) -> tuple[str, str, Added | None]:
    """The record that keeps a report's figures, and its 文号; what was written where there was none."""
    with workspace.book() as book:
        found = _standing(book, wanted)
        number = getattr(book.record(found), "paper", None) if found else None
    if found:
        return found, str(number or ""), None
    froze = freeze(workspace, wanted, dry_run=dry_run)
    return froze.added.id, froze.made.edition.paper_number, froze.added


def _standing(book: LedgerBook, wanted: Wanted) -> str:
    known = definitions(book)
    outline = chosen(known, wanted)
    period = lasting(spanned(book, known, outline, wanted.period))
    return next((id_ for id_, name, span in standing(book) if (name, span) == (outline.name, period)), "")
