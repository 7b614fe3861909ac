"""The same issues in the tools that others keep such books with, beside ours in the same run, where installed.

hledger, Taskwarrior and recutils are Debian packages; beancount and doorstop are looked for in ``build/peers`` too, a
virtual environment of whoever wants to compare. Where one is missing, its row says so.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import partial
from pathlib import Path

from bench.generate import TODAY
from bench.process import Command
from bench.work import TOOL, Work
from lianxin.storage.book import open_book

#: Stands between our command and the other tool in the name of a work.
BESIDE = " ÷ "
#: Where beancount and doorstop may stand beside PATH.
PEERS = Path(__file__).resolve().parents[1] / "build" / "peers" / "bin"
#: Doorstop takes minutes where the others take seconds, Taskwarrior to take in what it is to list.
_DOORSTOP, _TASKS, _ALL = 1_000, 16_400, 1_000_000
_ISSUES = "SELECT id, raised, summary, base_state FROM issue ORDER BY id"
_EVENTS = "SELECT record, at, step FROM event WHERE record GLOB 'WT-*' ORDER BY at, record, n"


@dataclass(frozen=True, slots=True)
class Case:
    """One issue, as far as every tool can say it."""

    id: str
    day: str
    title: str
    state: str


@dataclass(frozen=True, slots=True)
class Issues:
    """All of a township, and what was done about them: (issue, day, step)."""

    cases: Sequence[Case]
    steps: Sequence[tuple[str, str, str]]

    @classmethod
    def of(cls, folder: Path) -> Issues:
        """Those of a repository."""
        with open_book(folder, today=TODAY, now=datetime.combine(TODAY, time())) as book:
            cases = [Case(*(str(word or "") for word in row)) for row in book.sql(_ISSUES)]
            steps = [(str(id_), str(at)[:10], str(step)) for id_, at, step in book.sql(_EVENTS)]
        return cls(cases, steps)


def journal(issues: Issues) -> str:
    """For hledger: each step a transaction."""
    taken = [(case.id, case.day, "登记") for case in issues.cases]
    return "\n".join(f"{day} {id_} {step}\n    {step}  1\n    全部\n" for id_, day, step in (*taken, *issues.steps))


def ledger(issues: Issues) -> str:
    """For beancount: the same, its accounts under one of the five it knows."""
    names = {step: f"Assets:S{n}" for n, step in enumerate(sorted({step for _, _, step in issues.steps} | {"登记"}))}
    opened = "".join(f"1990-01-01 open {name}\n" for name in (*names.values(), "Equity:All"))
    taken = [(case.id, case.day, "登记") for case in issues.cases]
    made = (
        f'{day} * "{id_}" "{step}"\n  {names[step]}  1 CASE\n  Equity:All\n'
        for id_, day, step in (*taken, *issues.steps)
    )
    return opened + "\n".join(made)


def tasks(issues: Issues) -> str:
    """For Taskwarrior: a task an issue."""
    done = {"已销号", "作废"}
    return "".join(
        json.dumps(
            {
                "uuid": f"00000000-0000-4000-8000-{n:012d}",
                "description": f"{case.id} {case.title}",
                "entry": f"{case.day.replace('-', '')[:8]}T010000Z",
                "status": "completed" if case.state in done else "pending",
            }
            | ({"end": f"{TODAY:%Y%m%d}T010000Z"} if case.state in done else {}),
            ensure_ascii=False,
        )
        + "\n"
        for n, case in enumerate(issues.cases)
    )


def records(issues: Issues) -> str:
    """For recutils: a record an issue."""
    head = "%rec: Issue\n%key: Id\n%mandatory: Day Title State\n\n"
    return head + "\n".join(
        f"Id: {case.id}\nDay: {case.day}\nTitle: {case.title.splitlines()[0]}\nState: {case.state}\n"
        for case in issues.cases
    )


def _items(issues: Issues, folder: Path) -> None:
    """For doorstop: a file an issue, in a repository of its own."""
    subprocess.run(["git", "init", "-q", folder], check=True)
    settings = "settings:\n  digits: 5\n  prefix: WT\n  sep: ''\n"
    (folder / ".doorstop.yml").write_text(settings, encoding="utf-8")
    for n, case in enumerate(issues.cases, 1):
        fields = "active: true\nderived: false\nheader: ''\nlinks: []\nnormative: true\nref: ''\nreviewed: null\n"
        text = f"{fields}level: {n}.0\ntext: {json.dumps(case.title, ensure_ascii=False)}\n"
        (folder / f"WT{n:05d}.yml").write_text(text, encoding="utf-8")


def _tasked(issues: Issues, folder: Path, program: str) -> tuple[str, ...]:
    """Taskwarrior's words for its own data, which it has taken in."""
    words = (program, f"rc:{folder}/rc", f"rc.data.location={folder}", "rc.confirmation=0", "rc.verbose=nothing")
    folder.mkdir()
    (folder / "rc").touch()
    subprocess.run([*words, "import", "-"], input=tasks(issues).encode(), check=True, capture_output=True)
    return words


def peers(folder: Path, size: int) -> list[Work]:
    """Each tool's own check or list, beside ours of the same issues.

    Args:
        folder: The township.
        size: How many issues it has.
    """
    made = folder.with_suffix(".peers")
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    check, listed = (*TOOL, "check"), (*TOOL, "issue", "list")
    issues = Issues.of(folder)

    def text(name: str, content: str) -> Path:
        (made / name).write_text(content, encoding="utf-8")
        return made / name

    def doorstop(program: str) -> Command:
        (made / "doorstop").mkdir()
        _items(issues, made / "doorstop")
        return ("env", "-C", made / "doorstop", program)

    known: tuple[tuple[str, Command, float, str, int, Callable[[str], Command]], ...] = (
        ("check", check, 1.0, "hledger", _ALL, lambda at: (at, "-f", text("a.journal", journal(issues)), "check")),
        ("check", check, 0.34, "bean-check", _ALL, lambda at: (at, text("a.beancount", ledger(issues)))),
        ("check", check, 0.02, "doorstop", _DOORSTOP, doorstop),
        ("issue list", listed, 1.0, "task", _TASKS, lambda at: (*_tasked(issues, made / "task", at), "all")),
        (
            *("issue list 状态=办理中", (*listed, "状态=办理中"), 1.0, "recsel", _ALL),
            lambda at: (at, "-t", "Issue", "-e", "State = '办理中'", text("a.rec", records(issues))),
        ),
    )
    works = []
    for own, command, target, program, most, words in known:
        cold = own == "check"
        name = f"{'cold ' if cold else ''}{own}{BESIDE}{program}"
        found = shutil.which(program, path=f"{PEERS}{os.pathsep}{os.environ['PATH']}")
        if found is None or size > most:
            without = f"{program} 没有装" if found is None else f"只比到 {most:,} 件"
            works.append(Work(name, command, (), without=without))
        else:
            works.append(Work(name, command, (words(found),), target, before=partial(_forget, folder, cold=cold)))
    return works


def _forget(folder: Path, *, cold: bool) -> None:
    """Take the index away where the check is to be cold."""
    if cold:
        shutil.rmtree(folder / ".git" / "lianxin", ignore_errors=True)
