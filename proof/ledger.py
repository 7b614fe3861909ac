"""The ledger on trial: a copy of the sample with other people's work in it, and how it stands."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

#: Where ledgers are tried: memory if there is any, since no disk takes part but in the test of power cuts.
SCRATCH = Path("/dev/shm" if os.access("/dev/shm", os.W_OK) else tempfile.gettempdir(), "lianxin-proof")

#: In every record that a command on trial writes.
MARK = "试验记号"
#: In the record that the command after it writes.
NEXT_MARK = "下一步记号"
NEXT = ("issue", "progress", "60", "--text", NEXT_MARK)

TODAY = ("--today", "2026-11-22 10:00")

#: Files that are none of the tool's business, and records in hand.
OTHERS = ("备忘.txt", "说明.txt", "新表.csv", "草稿.md", "households/HU-A0003.yaml", "households/HU-A0004.yaml")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command said."""

    code: int
    text: str


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

    def say(self, *words: str, env: Mapping[str, str] | None = None, wait: float = 60) -> Answer:
        """A command, all its processes in a group of their own; 999 stands for one that hangs."""
        command = [sys.executable, "-m", "lianxin", *TODAY, *words]
        try:
            done = subprocess.run(
                command,
                cwd=self.root,
                env=environment() | dict(env or {}),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=wait,
                start_new_session=True,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Answer(999, "")
        return Answer(done.returncode, (done.stdout + done.stderr).decode(errors="replace"))

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

    def commits(self, since: str) -> int:
        """How many commits HEAD has come on since another."""
        return int(self.git("rev-list", "--count", f"{since}..HEAD"))

    def marks(self, word: str = MARK) -> int:
        """How often a word stands in HEAD's files."""
        found = self.git("grep", "-c", "-F", word, "HEAD", "--", check=False)
        return sum(int(line.rpartition(":")[2]) for line in found.splitlines())

    def status(self) -> list[str]:
        """What git says differs."""
        return [line for line in self.git("status", "--porcelain", "-uall").splitlines() if line]

    def others(self) -> dict[str, bytes | None]:
        """What stands in the files of other people."""
        return {name: _content(self.root / name) for name in OTHERS}

    def staged(self) -> list[str]:
        """What other people have staged."""
        return sorted(line for line in self.git("ls-files", "-s").splitlines() if line.endswith(OTHERS))

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
        found = []
        for path in self.root.rglob("*"):
            name = path.name
            mine = name.startswith(("tmp_", ".lianxin-", "fast_import_crash"))
            if mine or name.endswith((".lock", ".intent", ".new", ".child")):
                found.append(str(path.relative_to(self.root)))
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
            edited by hand, well.
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
    if tree != "clean":
        _write(made, {"备忘.txt": "第一行\n", "说明.txt": "第一行\n"})
        made.git("add", "备忘.txt", "说明.txt")
        made.git("commit", "-qm", "别的东西")
        _write(made, {"说明.txt": "第一行\n暂存的一行\n", "新表.csv": "a,b\n"})
        made.git("add", "说明.txt", "新表.csv")
        _write(
            made, {"备忘.txt": "第一行\n没写完的一", "说明.txt": "第一行\n暂存的一行\n又一行\n", "草稿.md": "草稿\n"}
        )
    if tree == "dirty":
        _append(made, "households/HU-A0004.yaml", "# 暂存的注释\n")
        made.git("add", "households/HU-A0004.yaml")
        _append(made, "households/HU-A0003.yaml", "半截手工改")
    if tree == "hand":
        for n in (10, 11, 12):
            _append(made, f"households/HU-A{n:04}.yaml", f"# {MARK}\n")
        made.git("add", "households/HU-A0011.yaml")
    made.say("today")  # the index is there
    return made


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
    return made


@dataclass(frozen=True, slots=True)
class Command:
    """A writing command, on which tree it is tried, and what must have been done there before."""

    name: str
    words: Sequence[str]
    tree: str = "dirty"
    before: Sequence[str] = ()


_HEARD = ("--day", "2026-11-21", "--visitors", "RY-A0001", "--village", "响水坪村", "--people", "李某", "--way", "电话")
_TOLD = ("--raised", "2026-11-21", "--channel", "电话", "--village", "响水坪村", "--words", "水管坏了", "--level", "镇")

_FRESH = ("household", "add", "--head", "丁某某", "--village", "响水坪村", "--yes")

#: Every writing command there is.
COMMANDS = (
    Command("step", ("issue", "progress", "59", "--text", MARK)),
    Command("step-clean", ("issue", "progress", "59", "--text", MARK), "clean"),
    Command("assign", ("issue", "assign", "69", "--dept", "岫水水务站", "--limit", "5个工作日", "--standard", MARK)),
    Command("finish", ("rectification", "finish", "ZG-A0006", "--result", MARK)),
    Command("add-visit", ("visit", "add", *_HEARD, "--heard", MARK)),
    Command("add-issue", ("issue", "add", *_TOLD, "--summary", MARK, "--anonymous", "是")),
    Command("edit", ("edit", "HU-A0005", "--notes", MARK, "--yes")),
    Command("amend", ("edit", "WT-2026-A0059", "--summary", MARK, "--why", "写错了", "--yes")),
    Command("commit", ("commit",), "hand"),
    Command("freeze", ("report", "weekly", "--freeze"), "hand"),
    Command("silence", ("silence", "H002", "WT-2026-A0003", "--why", MARK)),
    Command("void", ("household", "void", "HU-A0081", "--reason", MARK, "--yes"), before=_FRESH),
    Command("undo", ("undo", "--yes"), "clean", ("issue", "progress", "59", "--text", MARK)),
)
