"""Everything that is wrong with the data: in files, between records, in forms."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from lianxin.actions.workspace import Workspace
from lianxin.core.error import UsageError
from lianxin.core.problem import Level, Problem
from lianxin.kinds import KINDS
from lianxin.storage.book import LedgerBook
from lianxin.storage.index_store import maker


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found.

    Attributes:
        counts: Chinese label of each kind and how many records it has.
        names: The same by English name.
        hidden: Hints found and not asked for.
    """

    problems: Sequence[Problem]
    counts: Sequence[tuple[str, int]]
    names: Sequence[tuple[str, int]]
    unreadable: int
    hidden: int
    commit: str


def every_problem(book: LedgerBook, workspace: Workspace) -> list[Problem]:
    """Faults of files, of rules across records, of settings and forms, sorted by place."""
    # what rules, settings and forms say does not depend on the day: while no file changes it is asked for once
    kept = book.kept(f"problems {maker('rules', 'reports', 'actions')}", lambda: _beside(book, workspace))
    return sorted({*book.problems(), *(Problem(**one | {"level": Level(one["level"])}) for one in json.loads(kept))})


def _beside(book: LedgerBook, workspace: Workspace) -> str:
    """Faults that no single record file holds, as JSON."""
    from lianxin.actions.form import form_problems
    from lianxin.rules import check_book
    from lianxin.storage.settings import settings_problems

    across = [book.place(finding) for finding in check_book(book)]
    found = [*across, *settings_problems(workspace.root), *form_problems(workspace.root)]
    return json.dumps([asdict(problem) for problem in found], ensure_ascii=False)


def check(book: LedgerBook, workspace: Workspace, paths: Sequence[Path], *, hints: bool = False) -> Checked:
    """Check the whole, and tell of what lies under ``paths`` (all of it when empty).

    Raises:
        UsageError: A path is not in the data folder.
    """
    inside = [_inside(path, workspace.root) for path in paths]
    problems = every_problem(book, workspace)
    if inside:
        problems = [one for one in problems if any(p in ("", one.path) or one.path.startswith(f"{p}/") for p in inside)]
    shown = [problem for problem in problems if hints or problem.level is not Level.HINT]
    found: dict[str, int] = {
        str(kind): count for kind, count in book.sql("SELECT kind, count(*) FROM record GROUP BY kind")
    }
    return Checked(
        shown,
        [(kind.label, found.get(kind.name, 0)) for kind in KINDS],
        [(kind.name, found.get(kind.name, 0)) for kind in KINDS],
        book.unreadable(),
        len(problems) - len(shown),
        book.commit,
    )


def _inside(path: Path, root: Path) -> str:
    for base in (Path.cwd(), root):
        full = (base / path).resolve()
        if full.exists() and full.is_relative_to(root):
            relative = full.relative_to(root).as_posix()
            return "" if relative == "." else relative
    raise UsageError(f"{path} 不在台账目录 {root} 里")
