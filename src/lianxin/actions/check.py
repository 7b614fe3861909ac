"""Everything that is wrong with the data: in files, between records, in forms."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import count
from operator import attrgetter
from pathlib import Path

from msgspec import Struct
from msgspec.structs import fields, replace

from lianxin.actions.workspace import MARK, Workspace
from lianxin.core.code import CODES
from lianxin.core.error import UsageError
from lianxin.core.problem import Fault, Finding, Level, Problem, spelt
from lianxin.kinds import ARCHIVE, BRIEFS, BY_FOLDER
from lianxin.policies.station import PATH as STATIONS
from lianxin.storage import DEFINING, UNSETTLED
from lianxin.storage.book import LedgerBook
from lianxin.storage.git.difference import no_file
from lianxin.storage.index.worker import aside

#: A problem as it is kept: its fields in their order, the level and the veiled message last.
_KEPT = attrgetter(*(field.name for field in fields(Problem)))


class Checked(Struct, frozen=True):
    """What a check found.

    Attributes:
        counts: Chinese label of each kind and how many records it has.
        names: The same by English name.
        missing: Records of the commit whose files are gone.
        edited: Files that differ from the commit.
        hidden: Hints found and not asked for.
    """

    problems: Sequence[Problem]
    counts: Sequence[tuple[str, int]]
    names: Sequence[tuple[str, int]]
    unreadable: int
    missing: int
    edited: int
    hidden: int
    commit: str


def every_problem(book: LedgerBook, workspace: Workspace, *, hints: bool = True) -> list[Problem]:
    """Faults of files, of rules across records, of settings and forms, and of what git sees, sorted by place.

    Args:
        hints: They will be shown; else they are only counted, and nobody looks for their lines.
    """
    # what rules, settings and forms say does not depend on the day: while no file changes it is asked for once
    name = "problems and hints" if hints else "problems"
    from lianxin.reports.retention import check as overdue

    layers = ("rules", "reports", "policies", "actions")
    kept = book.kept(name, lambda: _beside(book, workspace, hints=hints), *layers)
    beside = {(*said, Level(level), veiled) for *said, level, veiled in json.loads(kept)}
    found = {*map(_KEPT, (*book.problems(), *book.differences(), *_strange(book), *_unsettled(book))), *beside}
    found |= {_KEPT(book.place(one) if hints else _unplaced(book, one, n)) for n, one in enumerate(overdue(book))}
    return [Problem(*one) for one in sorted(found)]


def _strange(book: LedgerBook) -> list[Problem]:
    """What stands where a file is read and is none: git does not tell of pipes and of empty folders."""
    places = (*BY_FOLDER, *DEFINING, STATIONS, ARCHIVE)
    return [no_file(spelt(path)) for place in places for path in book.strange(place)]


def _unsettled(book: LedgerBook) -> Iterator[Problem]:
    """What two desks wrote differently, and nobody has settled."""
    if files := book.files(UNSETTLED):
        from lianxin.storage.merge.unsettled import problems

        for path, data in files:
            yield from problems(path, data)


def _beside(book: LedgerBook, workspace: Workspace, *, hints: bool) -> str:
    """Faults that no single record file holds, as JSON."""
    from lianxin.actions.archive.seal import broken
    from lianxin.actions.policy.hush import hush
    from lianxin.rules import check_book

    with aside(lambda: policy_problems(book, workspace)) as policies:  # they are files alone: no table is asked
        findings = dict.fromkeys(check_book(book))
        numbers = count()  # in place of a column, so that no two become one
        across = [
            book.place(one) if hints or not _is_hint(one) else _unplaced(book, one, next(numbers)) for one in findings
        ]
        found = [*hush(book, across), *policies(), *_remarks(book, workspace), *_loose(book), *broken(book)]
    return json.dumps([*map(_KEPT, found)], ensure_ascii=False)


def _remarks(book: LedgerBook, workspace: Workspace) -> Iterator[Problem]:
    """Words of settings, policies and forms that are not read as they look."""
    from lianxin.storage.read.loading import remarks

    yield from remarks(MARK, workspace.read(MARK) or b"")
    for folder in DEFINING:
        for path, data in book.files(folder):
            yield from remarks(path, data)


def _loose(book: LedgerBook) -> Iterator[Problem]:
    """Pictures and papers that lie in the ledger's folder and belong to nothing."""
    from lianxin.rules.attached import loose

    code = CODES["D029"]
    for path in loose(book):
        yield Problem(path, 1, 1, code.id, "没有哪一份佐证记着这个文件", code.remedy, "", code.level)


def _is_hint(finding: Finding) -> bool:
    return CODES[finding.code].level is Level.HINT


def _unplaced(book: LedgerBook, finding: Finding, col: int) -> Problem:
    """A hint that is only counted."""
    return Problem(book.path_of(finding.record), 0, col, finding.code, finding.message, level=Level.HINT)


def policy_problems(book: LedgerBook, workspace: Workspace) -> list[Problem]:
    """Faults of settings, forms, policies and campaigns."""
    from lianxin.actions.policy.definition import definition_problems
    from lianxin.actions.policy.form import form_problems
    from lianxin.actions.policy.suggest import matching_problems
    from lianxin.storage.settings import settings_problems
    from lianxin.storage.station.claim import problems as station_problems

    found = [*settings_problems(workspace.read(MARK) or b""), *station_problems(workspace.read(STATIONS))]
    found += [*form_problems(book), *matching_problems(book)]
    return [*found, *calendar_problems(book, workspace), *definition_problems(book)]


def calendar_problems(book: LedgerBook, workspace: Workspace) -> list[Problem]:
    """Years of the office's own calendar that lack statutory holidays."""
    from lianxin.storage.index.policy import CALENDAR
    from lianxin.storage.read.loading import place

    found = [
        Fault(
            "P049",
            ("年份", str(year)),
            f"{year} 年自己写了放假安排，里面没有{'、'.join(missing)}，这些日子会算作工作日",
        )
        for year, missing in book.context.calendar.incomplete()
    ]
    return place(found, CALENDAR, workspace.read(CALENDAR) or b"") if found else []


def check(book: LedgerBook, workspace: Workspace, paths: Sequence[Path], *, hints: bool = False) -> Checked:
    """Check the whole, and tell of what lies under ``paths`` (all of it when empty).

    Raises:
        UsageError: A path is not in the data folder.
    """
    inside = [_inside(path, workspace.root) for path in paths]
    problems = every_problem(book, workspace, hints=hints)
    if inside:
        problems = [one for one in problems if any(p in ("", one.path) or one.path.startswith(f"{p}/") for p in inside)]
    shown = [problem for problem in problems if hints or problem.level is not Level.HINT]
    found: dict[str, int] = {
        str(kind): many for kind, many in book.sql("SELECT kind, count(*) FROM record WHERE NOT voided GROUP BY kind")
    }
    return Checked(
        shown,
        [(kind.label, found.get(kind.name, 0)) for kind in BRIEFS],
        [(kind.name, found.get(kind.name, 0)) for kind in BRIEFS],
        book.unreadable(),
        book.missing(),
        sum(1 for path in book.dirty if (workspace.root / path).exists()),
        len(problems) - len(shown),
        book.commit,
    )


def public(book: LedgerBook, problems: Sequence[Problem]) -> list[Problem]:
    """The problems as they are told where others may read along: no line of a file, nobody's name or number."""
    if not problems:
        return []
    from lianxin.actions.veiled import Outward

    outward = Outward(book)
    return [replace(one, message=outward.told(one), excerpt="", veiled="") for one in problems]


def _inside(path: Path, root: Path) -> str:
    there = [full for base in (Path.cwd(), root) if (full := (base / path).resolve()).exists()]
    for full in there:
        if full.is_relative_to(root):
            relative = full.relative_to(root).as_posix()
            return "" if relative == "." else relative
    if there:
        raise UsageError(f"{path} 不在台账目录 {root} 里")
    raise UsageError(f"没有「{path}」这个文件或目录，请核对名字；台账目录是 {root}")
