"""Two and three desks that write apart and meet on sticks, some killed while they do: ``python -m proof.desks``.

Each history is made up at random: steps, corrections, edits, new records, records voided at two desks, whole commands
taken back, choices settled. Afterwards the same book must lie at every desk, with every step once, and every field that
two desks wrote differently shown with both values. ``--short`` takes a few.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from lianxin.actions.change.undo import undo
from lianxin.actions.check import every_problem
from lianxin.actions.sync.settle import Pick, settle, unsettled
from lianxin.actions.sync.sync import sync
from lianxin.actions.workspace import DESK, Workspace
from lianxin.cli.boundary import run
from lianxin.core.error import LianxinError
from lianxin.core.problem import Level
from lianxin.storage.git.repo import Repo, object_id
from lianxin.storage.merge.choice import of_steps, steps_of
from lianxin.storage.merge.tree import bases, together
from lianxin.storage.merge.unsettled import unsettled_of
from lianxin.storage.read.reading import read_yaml
from lianxin.storage.write.journal import Change, Journal, NewCommit, Written
from lianxin.storage.write.text.writing import edit_text
from proof.forked import apart
from proof.ledger import SCRATCH, environment
from proof.table import Row, keep

#: So many desks, and so many histories of each.
MANY, WHOLE, SHORT = (2, 3), (200, 50), (24, 6)
#: So many are tried at a time.
_PARTS = 2
LETTERS = "ABC"
#: Three desks meet now on one, now on the other.
STICKS = ("stick", "other")
BEGIN = datetime(2026, 3, 6, 9, 0)
ISSUES = [f"issues/2026/WT-2026-A{n:04}.yaml" for n in (1, 2, 3)]
HOMES = [f"households/HU-A{n:04}.yaml" for n in (1, 2)]
PEOPLE = [f"RY-A{n:04}" for n in (1, 2, 3, 4)]
#: What may be wrong in the end: what waits for a choice, and a step that another has made unlawful.
MAY_BE = ("G014", "L")

EVENT = """\
  - 编号: {id}
    步骤: {step}
    时间: {at}
    记录时间: {at}
    经办人: RY-A0001
"""
MORE = {
    "进展": "    进展情况: 第{id}趟去看过\n",
    "更正": "    字段: 事由\n    新值: 渠堵了{id}\n    理由: 记错了\n",
    "作废": "    理由: 登重了{id}\n",
}
VISIT = """\
编号: {id}
日期: 2026-03-05
走访人:
  - RY-A0001
走访户:
  - HU-A0001
所属村: CUN-A0001
走访方式: 入户
所见所闻: 记了{id}
"""


@dataclass
class Desk:
    """One desk, and what it was told to write.

    Attributes:
        numbers: The last number of a visit.
        last: The events and files of its last command.
    """

    root: Path
    letter: str
    numbers: int = 0
    last: tuple[list[str], list[str]] = field(default_factory=lambda: ([], []))

    def workspace(self, now: datetime) -> Workspace:
        """Its ledger, in the hands of a command of its own."""
        return Workspace(self.root, now, command=os.urandom(5).hex())

    def repo(self) -> Repo:
        """Its repository."""
        return Repo.needed(self.root)


@dataclass
class Book:
    """What all desks have written together."""

    random: Random
    desks: list[Desk]
    now: datetime = BEGIN
    events: dict[str, str] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    done: Counter[str] = field(default_factory=Counter)

    def minute(self) -> datetime:
        """The next one."""
        self.now += timedelta(minutes=1)
        return self.now

    def write(self, desk: Desk) -> None:
        """One command: some records changed at one stroke."""
        now, written = self.minute(), Written(os.urandom(5).hex(), self.now, ((DESK, desk.letter),))
        journal = Journal(desk.repo(), desk.root, written)
        texts: dict[str, str] = {}
        events: list[str] = []
        files: list[str] = []
        for _ in range(self.random.randint(1, 4)):
            self.random.choice((self._event, self._edit, self._edit, self._add))(desk, now, texts, events, files)
        if texts:
            with journal.locked():
                changes = [Change(path, text, journal.read(path)) for path, text in texts.items()]
                journal.commit([NewCommit(changes, "记下", (("Step", "edit"),))])
        desk.last = (events, files)

    def _event(self, desk: Desk, now: datetime, texts: dict[str, str], events: list[str], _files: list[str]) -> None:
        path = self.random.choice(ISSUES)
        id_, step = self.random.randbytes(5).hex(), self.random.choice(("进展", "进展", "进展", "更正", "作废"))
        text = texts.get(path) or (desk.root / path).read_text(encoding="utf-8")
        if "步骤: 作废" in text:
            return  # nobody goes on with it
        head = "" if "\n事件:" in text else "事件:\n"
        at = now.strftime("%Y-%m-%d %H:%M")
        texts[path] = text + head + EVENT.format(id=id_, step=step, at=at) + MORE[step].format(id=id_)
        self.events[id_] = path
        events.append(id_)
        self.done[step] += 1

    def _edit(self, desk: Desk, _now: datetime, texts: dict[str, str], _events: list[str], _files: list[str]) -> None:
        path = self.random.choice(HOMES)
        text = texts.get(path) or (desk.root / path).read_text(encoding="utf-8")
        label = self.random.choice(("电话", "备注", "联系人", "户类别"))
        known = read_yaml(text.encode()).get("联系人", [])
        value: Any = {
            "电话": f"139{self.random.randint(0, 99999999):08}",
            "备注": f"看过 {self.random.randint(0, 999)} 回",
            "户类别": self.random.choice(("一般", "低保", "五保")),
            "联系人": sorted({*known} ^ {self.random.choice(PEOPLE[1:])}),
        }[label]
        texts[path] = edit_text(text, {label: value})
        self.done[label] += 1

    def _add(self, desk: Desk, _now: datetime, texts: dict[str, str], _events: list[str], files: list[str]) -> None:
        desk.numbers += 1
        id_ = f"ZF-2026-{desk.letter}{desk.numbers:04}"
        path = f"visits/2026/{id_}.yaml"
        texts[path] = VISIT.format(id=id_)
        files.append(path)
        self.files.add(path)
        self.done["走访"] += 1

    def take_back(self, desk: Desk) -> None:
        """Its last command taken back, where that can be done."""
        if not any(desk.last):
            return
        try:
            found = undo(desk.workspace(self.minute()))
        except LianxinError:
            return
        events, files = desk.last
        if {one.path for one in found.changes} >= {self.events[one] for one in events} | {*files}:
            for one in events:
                self.events.pop(one, None)
            self.files -= {*files}
            desk.last = ([], [])
            self.done["撤销"] += 1

    def choose(self, desk: Desk) -> None:
        """Something that waits for a choice is settled."""
        workspace = desk.workspace(self.minute())
        with workspace.book() as book:
            found = unsettled(book)
        if found:
            one = self.random.choice(found)
            names = dict.fromkeys("·".join(question.place) or "整份" for question in one.questions)
            picked = {name: self.random.choice((Pick.FIRST, Pick.SECOND)) for name in names}
            settle(workspace, one.id, picked)
            for question in one.questions:
                if of_steps(
                    question.place
                ):  # of steps that cannot both count the other side's go, and its own come back
                    other = steps_of(question.sides[picked["·".join(question.place)] is Pick.FIRST].value)
                    for step in other.wrote:
                        self.events.pop(step["编号"], None)
                    self.events |= {step["编号"]: one.path for step in other.took}
            self.done["选定"] += 1

    def meet(self, desk: Desk, stick: Path, *, killed: bool = False) -> None:
        """One sync; killed at some moment, and then once more."""
        now = self.minute()
        if killed:
            self._killed(lambda: sync(desk.workspace(now), str(stick)))
        sync(desk.workspace(now), str(stick))

    def _killed(self, work: Callable[[], object]) -> None:
        pid = os.fork()
        if pid == 0:
            os.setsid()
            try:
                work()
            finally:
                os._exit(0)
        time.sleep(self.random.uniform(0.0, 0.35))
        try:
            os.killpg(pid, 9)
            self.done["断掉"] += 1
        except ProcessLookupError:
            pass
        os.waitpid(pid, 0)


def made(folder: Path) -> None:
    """Three desks that have met, with a few records."""
    os.environ.update(environment() | {"LIANXIN_CLOCK": f"{BEGIN:%Y-%m-%d %H:%M}"})
    first, stick = folder / "A", folder / STICKS[0]
    for name in STICKS:
        (folder / name).mkdir(parents=True)

    def say(*words: str, at: Path | None = first) -> None:
        said = run([*(("--data", str(at)) if at else ()), "--yes", *words])
        if said not in (0, 1):
            raise RuntimeError(f"{words}: {said}")

    say(
        "init",
        str(first),
        "--name",
        "甲镇",
        "--org",
        "甲镇党委",
        "--clerk",
        "何小满",
        "--started",
        "2025-01-01",
        at=None,
    )
    say("village", "add", "--name", "松坪村", "--town", "甲镇", "--groups", "一组")
    for name in ("石勇", "林立", "周平"):
        say("person", "add", "--name", name, "--org", "甲镇党委")
    for head in ("李桂兰", "张有田"):
        say("household", "add", "--head", head, "--village", "松坪村", "--group", "一组", "--contacts", "何小满")
    for number in (1, 2, 3):
        words = (
            "--channel",
            "电话",
            "--village",
            "松坪村",
            "--level",
            "村",
            "--anonymous",
            "是",
            "--raised",
            "2026-03-05",
        )
        say("issue", "add", *words, "--words", f"渠堵了{number}", "--summary", f"渠堵了{number}")
    say("sync", str(folder / STICKS[1]))
    say("sync", str(stick))
    for letter in LETTERS[1:]:
        say("enter", str(stick), str(folder / letter), at=None)
    say("sync", str(stick))


def tried(seed: int, many: int, base: Path, folder: Path) -> tuple[list[str], Counter[str]]:
    """What is wrong after one history, and what was done in it."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(base, folder)
    random, sticks = Random(seed), [folder / name for name in STICKS[: many - 1]]
    book = Book(random, [Desk(folder / letter, letter) for letter in LETTERS[:many]])
    for _ in range(2):
        for desk in book.desks:
            book.write(desk)
            if random.random() < 0.3:
                book.take_back(desk)
        for desk in random.sample(book.desks, many):
            book.meet(desk, random.choice(sticks), killed=random.random() < 0.25)
        if random.random() < 0.3:
            book.take_back(random.choice(book.desks))
        if random.random() < 0.5:
            book.choose(random.choice(book.desks))
    for desk in (*book.desks, *book.desks[:-1]):
        book.meet(desk, sticks[0])
    return [f"{seed}：{one}" for one in judged(book)], book.done


def judged(book: Book) -> Iterator[str]:
    """What is wrong."""
    repos = [desk.repo() for desk in book.desks]
    heads = {repo.head() for repo in repos}
    if len(heads) != 1:
        yield "各台的台账不一样"
    for repo in repos:
        if repo.run("status", "--porcelain"):
            yield f"{repo.top.name} 台有没收进来的"
    repo, desk = repos[0], book.desks[0]
    head = repo.head()
    found = Counter[str]()
    for path, data in _versions(repo, head).items():
        for event in _values(data).get("事件", []):
            found[event["编号"]] += 1
            if book.events.get(event["编号"]) != path:
                yield f"{path} 多了 {event['编号']}"
    for id_ in book.events:
        if found[id_] != 1:
            yield f"{id_} 有 {found[id_]} 次"
    held = {one.path for one in repo.tree(head, "visits")}
    if held != book.files:
        yield f"走访 {sorted(held ^ book.files)}"
    workspace = desk.workspace(book.minute())
    with workspace.book() as ledger:
        for problem in every_problem(ledger, workspace, hints=False):
            if problem.level is Level.ERROR and not problem.code.startswith(MAY_BE):
                yield f"{problem.path} {problem.code} {problem.message}"
    for merge in repo.run("rev-list", "--merges", head).decode().split():
        yield from _merge(book, repo, merge)


def _merge(book: Book, repo: Repo, merge: str) -> Iterator[str]:
    """What is wrong with one merge: read anew, by rules written anew."""
    one, other = repo.run("rev-parse", f"{merge}^1", f"{merge}^2").decode().split()
    turned = together(repo, other, one).files
    changed = {path.path: path.oid for path in repo.between(other, merge)}
    if changed != {path: "" if data is None else object_id(data, len(merge)) for path, data in turned.items()}:
        yield f"{merge[:8]} 倒过来合，不是同样的文件"
    shared = bases(repo, one, other)
    if len(shared) != 1:
        return
    versions = [_versions(repo, commit) for commit in (*shared, one, other, merge)]
    for path in (*HOMES, *ISSUES):
        base, mine, theirs, now = (_values(version.get(path)) for version in versions)
        for label in {*base, *mine, *theirs, *now}:
            yield from _field(book, repo, merge, path, label, *(side.get(label) for side in (base, mine, theirs, now)))


def _field(
    book: Book, repo: Repo, merge: str, path: str, label: str, base: Any, mine: Any, theirs: Any, now: Any
) -> Iterator[str]:
    if label in ("事件", "联系人"):
        before, one, other, after = ({_known(part) for part in side or []} for side in (base, mine, theirs, now))
        if after != (one & other) | ((one | other) - before):
            yield f"{merge[:8]} {path} {label}"
        return
    wanted = theirs if mine == base else mine if theirs in (base, mine) else base
    if now != wanted:
        yield f"{merge[:8]} {path} {label}：{now}，该是 {wanted}"
    if len({str(base), str(mine), str(theirs)}) == 3:
        book.done["两边不一样"] += 1
        data = repo.blob(merge, f"unsettled/{Path(path).name}")
        asked = unsettled_of(data).questions if data else ()
        if not any({side.value for side in one.sides} == {mine, theirs} for one in asked if one.place == (label,)):
            yield f"{merge[:8]} {path} {label} 两边不一样，没有说出来"


def _versions(repo: Repo, commit: str) -> dict[str, bytes]:
    """What the files hold in a commit that two desks write to."""
    held = [one for one in repo.tree(commit) if one.path in (*HOMES, *ISSUES)]
    return dict(zip((one.path for one in held), repo.blobs((one.oid for one in held), 1 << 20), strict=True))


def _values(data: bytes | None) -> dict[str, Any]:
    return read_yaml(data) if data else {}


def _known(part: Any) -> str:
    return str(part["编号"] if isinstance(part, dict) else part)


def main() -> None:
    """Try, and tell."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--keep", action="store_true")
    told = parser.parse_args()
    counts = SHORT if told.short else WHOLE
    SCRATCH.mkdir(exist_ok=True)
    works = [apart(partial(_part, n, counts)) for n in range(_PARTS)]
    parts = [work.result() for work in works]
    shutil.rmtree(SCRATCH, ignore_errors=True)
    rows = []
    for many, count in zip(MANY, counts, strict=True):
        found = [one for part in parts for one in part[str(many)][0]]
        done = sum((Counter(part[str(many)][1]) for part in parts), Counter[str]())
        what = "、".join(f"{name} {number}" for name, number in done.most_common())
        rows.append(Row(f"{'两' if many == 2 else '三'}台各记各的，再合起来", count, len(found), what))
        print(f"{rows[-1].measure}：{count} 段历史，违反 {len(found)}；{what}", *found, sep="\n")
    if told.keep:
        keep("desks", rows)
    sys.exit(any(row.broken for row in rows))


def _part(part: int, counts: Sequence[int]) -> dict[str, Any]:
    """Every so many-th history: by the number of desks, what is wrong and what was done."""
    base, folder = SCRATCH / f"{part}-base", SCRATCH / f"{part}-desks"
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        made(folder)
    folder.rename(base)
    told: dict[str, Any] = {}
    for many, count in zip(MANY, counts, strict=True):
        found, done = [], Counter[str]()
        for seed in range(part, count, _PARTS):
            bad, what = tried(1000 * many + seed, many, base, folder)
            found += bad
            done += what
        told[str(many)] = (found, done)
    return told


if __name__ == "__main__":
    main()
