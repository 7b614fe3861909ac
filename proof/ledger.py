"""The ledger on trial: a copy of the sample with other people's work in it, and how it stands."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lianxin.storage.git.repo import Repo
from lianxin.storage.station.mark import settle

#: Where ledgers are tried: memory if there is any, since no disk takes part but in the test of power cuts. Programs
#: that run at the same time keep apart; one that starts others tells them where.
SCRATCH = Path(
    os.environ.get("PROOF_SCRATCH")
    or Path("/dev/shm" if os.access("/dev/shm", os.W_OK) else tempfile.gettempdir(), f"lianxin-proof-{os.getpid()}")
)

#: In every record that a command on trial writes.
MARK = "试验记号"
#: In the record that the command after it writes.
NEXT_MARK = "下一步记号"
MARKS = (MARK, NEXT_MARK)
NEXT = ("issue", "progress", "60", "--text", NEXT_MARK)


def stick_of(tree: str) -> Path:
    """Where the two desks of a sample meet."""
    return SCRATCH / f"优盘-{tree}"


#: Beside the copies: a table to take in, a paper to keep, and a sheet that came back, made from the clean sample.
OLD_TABLE, PAPER, RETURNED = "旧表.csv", "验收单.pdf", "交回.xlsx"

TODAY = ("--today", "2026-11-22 10:00")

#: Files that are none of the tool's business, and records in hand.
OTHERS = ("备忘.txt", "说明.txt", "新表.csv", "草稿.md", "households/HU-A0003.yaml", "households/HU-A0004.yaml")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command said."""

    code: int
    text: str


@dataclass(frozen=True, slots=True)
class Since:
    """What a history has more than it had.

    Attributes:
        commits: How many.
        marks: How many lines with the mark of the command on trial.
        following: How many lines with that of the command after it.
        gone: How many lines are no longer there.
        paths: Of the files that were touched.
    """

    commits: int
    marks: int
    following: int
    gone: int
    paths: frozenset[str]


def environment() -> dict[str, str]:
    """Nobody's own settings."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "LIANXIN_", "INJECT_"))}
    return kept | {
        "HOME": str(SCRATCH),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "LANG": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


@dataclass(frozen=True, slots=True)
class Ledger:
    """One copy."""

    root: Path

    def begin(self, *words: str, env: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
        """A command set to work, all its processes in a group of their own."""
        return subprocess.Popen(
            [sys.executable, "-m", "lianxin", *TODAY, *words],
            cwd=self.root,
            env=environment() | dict(env or {}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def say(self, *words: str, env: Mapping[str, str] | None = None, wait: float = 60) -> Answer:
        """A command and its answer; 999 stands for one that hangs."""
        with self.begin(*words, env=env) as process:
            try:
                told, _ = process.communicate(timeout=wait)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                return Answer(999, "")
        return Answer(process.returncode, told.decode(errors="replace"))

    def git(self, *words: str, check: bool = True) -> str:
        """What git prints."""
        done = subprocess.run(
            ["git", "-c", "core.quotepath=off", *words],
            cwd=self.root,
            env=environment(),
            capture_output=True,
            check=False,
        )
        if check and done.returncode:
            raise RuntimeError(f"git {words}: {done.stderr.decode()}")
        return done.stdout.decode(errors="replace")

    def head(self) -> str:
        """HEAD's commit."""
        return self.git("rev-parse", "HEAD").strip()

    def since(self, commit: str) -> Since:
        """What has come on top of a commit."""
        log = self.git("log", "-p", "-U0", "--no-renames", "--format=%x00", f"{commit}..HEAD")
        lines = log.splitlines()
        paths = {line[6:] for line in lines if line.startswith(("+++ b/", "--- a/"))}
        added = [line for line in lines if line.startswith("+") and not line.startswith("+++")]
        gone = [line for line in lines if line.startswith("-") and not line.startswith("---")]
        marks = {word: sum(word in line for line in added) - sum(word in line for line in gone) for word in MARKS}
        return Since(log.count("\0"), marks[MARK], marks[NEXT_MARK], len(gone), frozenset(paths))

    def status(self) -> list[str]:
        """What git says differs, with what is staged."""
        return sorted(self.git("status", "--porcelain=v2", "-uall").splitlines())

    def others(self) -> dict[str, bytes | None]:
        """What stands in the files of other people."""
        return {name: _content(self.root / name) for name in OTHERS}

    def broken(self) -> str:
        """What ``git fsck`` finds, its first line."""
        done = subprocess.run(
            ["git", "fsck", "--full", "--no-dangling", "--no-progress"],
            cwd=self.root,
            env=environment(),
            capture_output=True,
            check=False,
        )
        told = (done.stdout + done.stderr).decode(errors="replace").strip()
        return told.splitlines()[0] if told else str(done.returncode or "")

    def litter(self) -> list[str]:
        """Locks, half-written files and notes that should be gone."""
        return litter(self.root)


def litter(folder: Path) -> list[str]:
    """Locks, half-written files and notes that lie in a folder."""
    found = []
    for path in folder.rglob("*"):
        name = path.name
        mine = name.startswith(("tmp_", ".lianxin-", "fast_import_crash"))
        if mine or name.endswith((".lock", ".intent", ".new", ".child")):
            found.append(str(path.relative_to(folder)))
    return found


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def sample(tree: str) -> Ledger:
    """A copy of the sample to copy from again and again.

    Args:
        tree: ``clean``; ``dirty``, with edits of others staged and not, one record half edited; ``hand``, with records
            edited by hand, well, one of them staged; ``own``, where the record in hand is edited by hand as well;
            ``met``, where another desk has put on the stick what is not here yet; ``clash``, where both wrote a field
            differently and it waits to be settled.
    """
    SCRATCH.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = Ledger(SCRATCH / f"sample-{tree}")
    shutil.rmtree(made.root, ignore_errors=True)
    subprocess.run(
        [sys.executable, "-m", "lianxin", "demo", str(made.root)],
        env=environment(),
        stdout=subprocess.DEVNULL,
        check=True,
    )
    _forget(made)
    if tree in ("met", "clash"):
        _meet(made, stick_of(tree), clash=tree == "clash")
    elif tree != "clean":
        _write(made, {"备忘.txt": "第一行\n", "说明.txt": "第一行\n"})
        made.git("add", "备忘.txt", "说明.txt")
        made.git("commit", "-qm", "别的东西")
        _write(made, {"说明.txt": "第一行\n暂存的一行\n", "新表.csv": "a,b\n"})
        made.git("add", "说明.txt", "新表.csv")
        _write(
            made, {"备忘.txt": "第一行\n没写完的一", "说明.txt": "第一行\n暂存的一行\n又一行\n", "草稿.md": "草稿\n"}
        )
    if tree in ("dirty", "own"):
        _append(made, "households/HU-A0004.yaml", "# 暂存的注释\n")
        made.git("add", "households/HU-A0004.yaml")
        _append(made, "households/HU-A0003.yaml", "半截手工改")
    if tree == "hand":
        for n in (10, 11, 12):
            _append(made, f"households/HU-A{n:04}.yaml", f"# {MARK}\n")
        made.git("add", "households/HU-A0011.yaml")
    if tree == "own":
        _append(made, "issues/2026/WT-2026-A0059.yaml", "# 手工补的一行\n")
    made.say("today")  # the index is there
    _beside(made, tree)
    return made


def _meet(first: Ledger, stick: Path, *, clash: bool) -> None:
    """Another desk of the same book has written, and so has this one since."""
    second = Ledger(SCRATCH / "二台")
    for folder in (second.root, stick):
        shutil.rmtree(folder, ignore_errors=True)
    stick.mkdir()
    field = "HU-A0006" if clash else "HU-A0007"
    for desk, words, code in (
        (first, ("sync", str(stick)), 0),
        (first, ("enter", str(stick), str(second.root)), 0),
        (second, ("edit", "HU-A0006", "--notes", MARK, "--yes"), 0),
        (second, ("issue", "progress", "59", "--text", MARK), 0),
        (second, ("sync",), 0),
        (first, ("edit", field, "--notes", "这边写的", "--yes"), 0),
        *(((first, ("sync",), 1),) if clash else ()),
    ):
        told = desk.say(*words)
        if told.code != code:
            raise RuntimeError(f"{words}: {told.text}")


def _beside(ledger: Ledger, tree: str) -> None:
    """What commands on trial take in."""
    rows = ("户主,所属村,所属组,户类别,备注", *(f"丁某{one},响水坪村,一组,一般,{MARK}" for one in "甲乙丙"))
    (SCRATCH / OLD_TABLE).write_text("\n".join(rows))
    (SCRATCH / PAPER).write_bytes(b"%PDF-1.4\n" + b"0" * 50_000)
    if tree == "clean":
        where = ("-w", "编号=WT-2026-A0059,WT-2026-A0060")
        told = ledger.say("--yes", "ledger", "问题台账", "--to", "岫水水务站", *where, "-o", str(SCRATCH / RETURNED))
        if told.code:
            raise RuntimeError(told.text)
        _filled(SCRATCH / RETURNED)


def _filled(path: Path) -> None:
    """The sheet as a unit sends it back: the last column but the hidden one says what was done since."""
    from openpyxl import load_workbook

    book = load_workbook(path)
    sheet = book.worksheets[0]
    for row in sheet.iter_rows():
        if "-A00" in str(row[-1].value):
            row[-2].value = MARK
    book.save(path)


def _forget(ledger: Ledger) -> None:
    """The sample's long past is taken away, which nothing on trial asks for: every ``fsck`` would go through it all."""
    ledger.git("update-ref", "HEAD", ledger.git("commit-tree", "HEAD^{tree}", "-m", "样例").strip())
    ledger.git("reflog", "expire", "--expire=now", "--all")
    ledger.git("gc", "-q", "--prune=now")


def _write(ledger: Ledger, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (ledger.root / name).write_text(text)


def _append(ledger: Ledger, name: str, text: str) -> None:
    with (ledger.root / name).open("a") as file:
        file.write(text)


def copy(of: Ledger, name: str) -> Ledger:
    """A fresh copy of a sample, times and all."""
    made = Ledger(SCRATCH / name)
    shutil.rmtree(made.root, ignore_errors=True)
    subprocess.run(["cp", "-a", str(of.root), str(made.root)], check=True)
    stands_for(made)
    return made


def stands_for(copied: Ledger) -> None:
    """Let a copy be the desk it was copied from."""
    copied.git("config", "--unset-all", "lianxin.mark", check=False)
    settle(Repo.needed(copied.root))
