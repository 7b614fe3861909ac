"""发文登记: a paper that went out is kept in the ledger, with its number, and the figures it was made of."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from lianxin.actions.entry.add import Added, add
from lianxin.actions.paper.freeze import freeze
from lianxin.actions.paper.report import Wanted, chosen, series_of, spanned
from lianxin.actions.policy.definition import definitions
from lianxin.actions.workspace import Workspace
from lianxin.core.day.period import lasting
from lianxin.core.error import LianxinError, UsageError, reason
from lianxin.formats import format_for
from lianxin.kinds.evidence import EVIDENCE, SUBJECTS
from lianxin.policies.export import FILL
from lianxin.policies.outline import Rhythm
from lianxin.reports.frozen.recount import standing
from lianxin.reports.outline.number import bearers
from lianxin.reports.outline.spoken import spoken
from lianxin.storage.book import LedgerBook
from lianxin.storage.git.disk import ordinary
from lianxin.storage.git.repo import object_id
from lianxin.storage.write.apart import joined

_REPORT = "report"
_NUMBER = "--number", "--文号"
_ALIKE = "SELECT id FROM evidence WHERE digest = ? AND (paper IS NOT NULL OR report IS NOT NULL)"
_OF_REPORT = "SELECT id FROM frozen WHERE report = ? AND period = ?"


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
        LianxinError: It cannot be read or kept, or was filed before.
    """
    words = _recipe(asked.file)
    _fresh(workspace, asked.file)
    wanted = asked.wanted or _wanted(words)
    given = asked.number.strip() or _after(words, *_NUMBER)
    _free(workspace, wanted, given, asked.about or _ids(words))
    if wanted is not None:
        frozen, number, fresh = _kept(workspace, replace(wanted, number=given), dry_run=dry_run)
        if fresh and dry_run:
            return Filed(fresh, given or number, frozen)  # what it would hang on is not there
        shows, about = _told(workspace, wanted), [*asked.about]
    else:
        frozen, number, about = "", "", list(asked.about) or _ids(words)
        shows = Path(words[1]).stem if words[:1] == [FILL] and len(words) > 1 else asked.file.stem
        if not about:
            raise UsageError(f"看不出 {asked.file.name} 是哪件事的，请加 --about 编号")
    number = given or number
    typed: dict[str, str | Sequence[str]] = {
        **({"about": about} if about else {}),
        **({"report": frozen} if frozen else {}),
        "file": str(asked.file),
        "shows": f"{number} {shows}".strip(),
        "day": workspace.today.isoformat(),
        **({"paper": number} if number else {}),
    }
    return Filed(add(workspace, EVIDENCE, typed, dry_run=dry_run), number, frozen)


def _fresh(workspace: Workspace, file: Path) -> None:
    """Let no paper be filed twice.

    Raises:
        LianxinError: This very file was filed before.
    """
    with workspace.book() as book:
        digest = object_id(joined(file, ordinary(file, follow=True)), len(book.commit) or 40)
        for (id_,) in book.sql(_ALIKE, (digest,)):
            if getattr(book.record(str(id_)), "voided", None) is None:
                raise LianxinError(f"这份文已经登记在 {id_} 了，不用再登记；改过的另存一份再登记")


def printed_on(file: Path) -> str:
    """The 文号 that stands on a file of ours, where it was said when it was made."""
    try:
        return _after(_recipe(file), *_NUMBER)
    except LianxinError:
        return ""


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
        known = definitions(book)
        numbered = series_of(known, chosen(known, wanted)) is not None
    if found:
        return found, str(number or ""), None
    froze = freeze(workspace, wanted if numbered else replace(wanted, number=""), dry_run=dry_run)
    return froze.added.id, froze.made.edition.paper_number, froze.added


def _standing(book: LedgerBook, wanted: Wanted) -> str:
    asked = _asked(book, wanted)
    return next((id_ for id_, *report in standing(book) if tuple(report) == asked), "")


def _told(workspace: Workspace, wanted: Wanted) -> str:
    """Report and period as they are said."""
    with workspace.book() as book:
        known = definitions(book)
        outline = chosen(known, wanted)
        return f"{outline.name} {spoken(spanned(book, known, outline, wanted.period))}"


def _asked(book: LedgerBook, wanted: Wanted) -> tuple[str, str]:
    """Report and period as its record keeps them."""
    known = definitions(book)
    outline = chosen(known, wanted)
    return outline.name, lasting(spanned(book, known, outline, wanted.period))


def _free(workspace: Workspace, wanted: Wanted | None, number: str, about: Sequence[str]) -> None:
    """Look whether a number may stand on this paper.

    Raises:
        LianxinError: Another paper bears it; the sentence says which.
    """
    if not number:
        return
    with workspace.book() as book:
        if wanted:
            own = {str(id_) for (id_,) in book.sql(_OF_REPORT, _asked(book, wanted))}
        else:
            own = {book.resolve(word, *SUBJECTS) for word in about}
        for id_ in bearers(book, number):
            record = book.record(id_)
            ties = {id_, getattr(record, "report", None), *getattr(record, "about", ())}
            if not own & ties:
                raise LianxinError(f"文号 {number} 已经用在{_called(book, id_)}上；请换一个号重出一份，再登记")


def _called(book: LedgerBook, id_: str) -> str:
    """What a paper that bears a number is, as one would ask for it."""
    shows = getattr(book.record(id_), "shows", None) or book.title(id_)
    return f"「{shows}」（{id_}）" if shows and shows != id_ else f" {id_} "
