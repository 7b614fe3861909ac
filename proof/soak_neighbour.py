"""Four writers on one issue, and steps in a row, while a neighbour commits files of his own with plain git."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from proof.forked import apart, meanwhile, say
from proof.ledger import Ledger, copy, environment, sample
from proof.table import Row
from proof.trial import WRITTEN

ISSUE = "WT-2026-A0059"
FILE = f"issues/2026/{ISSUE}.yaml"
WRITERS = 4
#: The neighbour's files, and what his commits are called.
THEIRS = ("邻居.txt", "邻居/账.csv")
SUBJECT = "邻居的提交"


def writers(steps: int, seed: int) -> Row:
    """So many steps in all, by four at once; a violation is a step refused, lost or doubled, or a foreign path."""
    ledger = _ledger()
    start = ledger.head()
    each = steps // WRITERS
    with meanwhile(lambda going: _commits(ledger, going, pause=0.05)) as theirs:
        begun = [apart(lambda k=k: _steps(ledger, f"{seed}写{k}", each)) for k in range(WRITERS)]  # type: ignore[misc]
        told = [one.result() for one in begun]
    faults = list(_accounted(ledger, start, [pair for one in told for pair in one]))
    _tell(faults)
    said = f"4 人各 {each} 步写同一个问题，邻居同时用 git 提交 {theirs[0]} 次；不丢、不重、不拒绝、不夹带"
    return Row("多人同时写，旁边有人提交", len(told) * each, len(faults), said)


def neighbours(commits: int, seed: int) -> Row:
    """So many foreign commits while steps are taken; a violation is one that takes a step away or with it."""
    ledger = _ledger()
    start = ledger.head()
    with meanwhile(lambda going: _steps(ledger, f"{seed}步", going=going)) as told:
        made = _commits(ledger, None, commits)
    faults = list(_accounted(ledger, start, told[0]))
    _tell(faults)
    said = (
        f"commit -am、commit -- 文件、commit 暂存的，轮着来，同时接连记了 {len(told[0])} 步；没有一步从 HEAD 里被带走"
    )
    return Row("别人的 git commit 与记录抢时间", made, len(faults), said)


def _ledger() -> Ledger:
    ledger = copy(sample("clean"), "soak")
    (ledger.root / "邻居").mkdir()
    for name in THEIRS:
        (ledger.root / name).write_text("0\n")
    ledger.git("add", *THEIRS)
    ledger.git("commit", "-qm", SUBJECT)
    ledger.git("config", "gc.autoDetach", "false")  # nothing is to run on when we are done
    return ledger


def _steps(ledger: Ledger, name: str, count: int = 1 << 30, going: Path | None = None) -> list[tuple[str, int, str]]:
    """Steps in a row: each one's mark, exit code, and what was said if it is not fine."""
    told = []
    n = 0
    while n < count and (going is None or going.exists()):
        n += 1
        # the file is to stay under its limit
        id_ = ISSUE if going is None or n % 2 else ("WT-2026-A0060", "WT-2026-A0061", "WT-2026-A0056")[n // 2 % 3]
        mark = f"标{name}之{n}号"
        answer = say(ledger, "issue", "progress", id_, "--text", mark)
        told.append((mark, answer.code, answer.text.strip()[-200:] if answer.code else ""))
    return told


def _commits(ledger: Ledger, going: Path | None, count: int = 1 << 30, pause: float = 0) -> int:
    """The neighbour's commits, in three manners in turn; where our lock is in his way he tries the next."""
    made = n = 0
    while made < count and (going is None or going.exists()):
        n += 1
        name = THEIRS[n % 2]
        with (ledger.root / name).open("a") as file:
            file.write(f"{n}\n")
        whole, staged = ("commit", "-qam", SUBJECT), ("commit", "-qm", SUBJECT)
        way = (whole, (*staged, "--", name), staged)[n // 2 % 3]
        if way == staged:
            ledger.git("add", name, check=False)
        done = subprocess.run(["git", *way], cwd=ledger.root, env=environment(), capture_output=True, check=False)
        made += done.returncode == 0
        time.sleep(pause)
    return made


def _accounted(ledger: Ledger, start: str, told: list[tuple[str, int, str]]) -> Iterator[str]:
    """What is wrong in the end."""
    found: Counter[str] = Counter(ledger.git("grep", "-h", "-o", "-E", "标[0-9]+.*号", "HEAD", "--").split())
    for mark, code, said in told:
        if code in WRITTEN and found[mark] != 1:
            yield f"{mark}: said to be written, and stands there {found[mark]} times"
        if code not in WRITTEN and found[mark]:
            yield f"{mark}: said not to be written, and stands there"
        if code:
            yield f"{mark}: {code} {said}"
    for subject, paths in _history(ledger, start):
        his = subject == SUBJECT
        strange = [path for path in paths if (path in THEIRS) != his]
        if strange or not paths:
            yield f"{subject}: {strange[:3]}"
    if status := [line for line in ledger.status() if not line.endswith(THEIRS)]:
        yield f"differs from HEAD: {status[:3]}"
    if left := ledger.litter():
        yield f"left behind: {left[:3]}"
    if told_ := ledger.broken():
        yield f"repository broken: {told_}"
    if (code := say(ledger, "check").code) != 0:
        yield f"check says {code}"


def _history(ledger: Ledger, start: str) -> Iterator[tuple[str, list[str]]]:
    """Each commit since: its subject, and the files it changed."""
    for block in ledger.git("log", "--format=%x00%s", "--name-only", f"{start}..HEAD").split("\0")[1:]:
        subject, *paths = [line for line in block.split("\n") if line]
        yield subject, paths


def _tell(faults: list[str]) -> None:
    for fault in faults[:40]:
        sys.stdout.write(f"  {fault}\n")
