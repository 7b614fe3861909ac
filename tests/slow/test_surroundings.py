"""Every command in every surrounding a machine may have in store: a sentence in Chinese, and never a bug of ours."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.cli.desk import ENVIRONMENT, MINUTE, TODAY, TRIAGE, Desk

from lianxin.storage.git.repo import Repo
from lianxin.storage.station.mark import settle

WORDS = {
    "today": ("today",),
    "check": ("check",),
    "list": ("household", "list"),
    "show": ("household", "show", "HU-A0001"),
    "add": ("person", "add", "--name", "万有福", "--org", "镇水利站", "--post", "干事"),
    "step": ("issue", "accept", "WT-2026-A0001", "--level", "村", *TRIAGE),
    "edit": ("household", "edit", "HU-A0001", "--phone", "13900005555"),
    "export": ("export",),
    "doctor": ("doctor",),
    "verify": ("verify", "../台账.md"),
    "sql": ("sql", "SELECT 编号 FROM 联系户"),
    "log": ("log", "HU-A0001"),
    "undo": ("undo", "--yes"),
    "commit": ("commit",),
}
WRITING = {"add", "step", "edit", "undo"}


@dataclass(frozen=True)
class Place:
    """A surrounding.

    Attributes:
        laid: Done to the ledger beforehand, in its folder.
        run: A shell's words around the command, which is ``"$@"``.
        fine: Commands that work there all the same; none: nobody says.
        root: Only root can make it.
    """

    laid: str = ""
    run: str = 'exec "$@"'
    env: dict[str, str] = field(default_factory=dict)
    fine: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    root: bool = False


ALL = frozenset(WORDS)
READING = ALL - WRITING - {"export", "commit", "verify"}
_OLD = r"""mkdir ../旧; cat > ../旧/git <<'END'
#!/bin/sh
for word; do case "$word" in --version) echo git version 2.25.1; exit 0;; esac; done
unset GIT_CONFIG_COUNT
git=$(PATH=${PATH#*:} command -v git)
for word; do case "$word" in --path-format=*) echo "$word"; esac; done
exec "$git" "$@"
END
chmod +x ../旧/git"""
_READ_ONLY = """unshare -m sh -c 'mount --bind . . && mount -o remount,ro,bind . && cd "$PWD" && exec "$@"' sh "$@" """
_FULL = """unshare -m sh -c 'mount -t tmpfs -o size=4k tmpfs .git/lianxin && dd if=/dev/zero of=.git/lianxin/满 \
2>/dev/null; exec "$@"' sh "$@" """

PLACES = {
    "dubious ownership": Place("chown 12345 . .git", root=True, refused=ALL - {"doctor", "verify"}),
    "bare": Place("git config core.bare true", refused=ALL - {"doctor", "verify"}),
    "read-only": Place(run=_READ_ONLY, root=True, fine=READING, refused=frozenset({"add", "step", "edit"})),
    "unborn": Place("rm -r .git; git init -q -b main", fine=READING - {"log", "verify"}),
    "no branch": Place(": > .git/refs/heads/main", refused=ALL - {"check", "doctor", "verify"}),
    "no HEAD": Place(": > .git/HEAD", refused=ALL - {"check", "doctor", "verify"}),
    "no refs": Place("rm -r .git/refs", refused=ALL - {"check", "doctor", "verify"}),
    "no tree": Place("f=$(git rev-parse HEAD^{tree}); rm -f .git/objects/$(echo $f | sed 's|..|&/|')"),
    "no commit": Place("f=$(git rev-parse HEAD); rm -f .git/objects/$(echo $f | sed 's|..|&/|')"),
    "spoilt object": Place(
        "f=.git/objects/$(git rev-parse HEAD:households/HU-A0001.yaml | sed 's|..|&/|'); chmod u+w $f; echo x > $f"
    ),
    "spoilt index of git": Place(": > .git/index"),
    "spoilt packed refs": Place("git pack-refs --all; echo garbage >> .git/packed-refs"),
    "no stdin": Place(run='exec "$@" <&-', fine=READING | {"add", "step", "edit"}),
    "no stdout": Place(run='exec "$@" >&-'),
    "no stderr": Place(run='exec "$@" 2>&-', fine=READING | {"add", "step", "edit"}),
    "no streams": Place(run='exec "$@" <&- >&- 2>&-'),
    "no HOME": Place(run='unset HOME XDG_CONFIG_HOME XDG_STATE_HOME XDG_CACHE_HOME; exec "$@"', fine=READING),
    "a HOME that is a file": Place(env={"HOME": "/dev/null", "XDG_STATE_HOME": "/dev/null"}, fine=READING),
    "no TMPDIR": Place(env={"TMPDIR": "/nowhere"}, fine=READING | {"add", "step", "edit"}),
    "nowhere to put temporary files": Place(
        run="""unshare -m sh -c 'mount --bind "${LEDGER%/*}" /mnt
for d in /tmp /var/tmp /usr/tmp; do test -d $d && mount -t tmpfs -o ro tmpfs $d; done
cd "/mnt/${LEDGER##*/}" && exec "$@"' sh "$@" """,
        root=True,
    ),
    "deleted working directory": Place(run='mkdir x; cd x; rmdir ../x; exec "$@"', refused=ALL),
    "deleted working directory and data named": Place(
        run='root=$PWD; mkdir x; cd x; rmdir ../x; exec "$@" --data "$root"', refused=ALL
    ),
    "no room for the index": Place(run=_FULL, root=True, fine=READING),
    "linked work tree": Place("git worktree add -q ../另一处", run='cd ../另一处; exec "$@"', fine=READING),
    "linked work tree without its repository": Place(
        "git worktree add -q ../另一处; mv .git ../搬走", run='cd ../另一处; exec "$@"'
    ),
    "no git": Place(env={"PATH": "/nowhere"}, refused=frozenset({"add", "step", "edit", "export", "log", "undo"})),
    "old git": Place(_OLD, run='PATH="$PWD/../旧:$PATH"; export PATH; exec "$@"', refused=ALL - {"doctor", "verify"}),
    # beyond what was asked for
    "few open files": Place(run='ulimit -n 12; exec "$@"'),
    "no file may grow": Place(run='ulimit -f 0; exec "$@"', fine=READING),
    "no memory": Place(run='ulimit -v 120000; exec "$@"'),
    "no more processes": Place(run='exec "$@"'),
    "a file where the tool keeps its things": Place("rm -r .git/lianxin; echo > .git/lianxin", fine=READING),
    "a folder where the index should be": Place("rm -f .git/lianxin/index.db*; mkdir .git/lianxin/index.db"),
    "another index's head": Place("head -c 100 .git/lianxin/index.db > x; mv x .git/lianxin/index.db", fine=READING),
    "a work tree somewhere else": Place("mkdir ../别处; git config core.worktree ../../别处"),
    "folders nobody may enter": Place("chmod 000 households", fine=READING),
    "a locked index": Place(": > .git/index.lock", fine=READING),
    "bytes in the path": Place(run=r"""cp -r . "$(printf '../\261\276')"; cd "$(printf '../\261\276')"; exec "$@" """),
    "blanks and quotes in the path": Place(
        run=r"""cp -r . "../a 'b\"c 台账"; cd "../a 'b\"c 台账"; exec "$@" """, fine=READING
    ),
    "a link to the ledger": Place(run='ln -s "$PWD" ../链接; cd ../链接; exec "$@"', fine=READING),
    "git's own environment": Place(env={"GIT_DIR": "/nowhere", "GIT_WORK_TREE": "/nowhere"}, fine=READING),
    "a locale nobody has": Place(env={"LANG": "zh_CN.GBK", "LC_ALL": "zh_CN.GBK"}, fine=READING),
    "a settings file that is a folder": Place("mkdir y; mv lianxin.yaml y; mv y lianxin.yaml"),
    "a policy that nobody can read": Place("rm policy/limits.yaml; mkdir policy/limits.yaml"),
    "a full disk for the answer": Place(run='exec "$@" >/dev/full'),
}

_ENGLISH = re.compile(r"^(fatal|error|warning|hint|usage|Traceback|sh|OSError)\b", re.MULTILINE)


@pytest.fixture(scope="session")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once; every command works on its own copy."""
    desk = Desk(tmp_path_factory.mktemp("办公室") / "台账").furnish()
    desk.take_down()
    desk.do("ledger", "走访台账", "-o", "../台账.md")
    return desk.root


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
def test_a_sentence_in_every_surrounding(place: str, ledger: Path, tmp_path: Path) -> None:
    around = PLACES[place]
    if around.root and os.getuid() != 0:
        pytest.skip("only root can make it")
    wrong = []
    for name, words in WORDS.items():
        folder = tmp_path / name
        folder.mkdir()
        shutil.copytree(ledger, folder / "台账")
        settle(Repo.needed(folder / "台账"))  # it was moved there
        shutil.copy(ledger.parent / "台账.md", folder)
        done = run(around, folder / "台账", words)
        said = done.stdout.decode(errors="replace") + done.stderr.decode(errors="replace")
        if os.environ.get("SHOW"):
            print(f"--- {place} / {name}: {done.returncode}\n{said[:600]}")
        if fault := amiss(around, name, done.returncode, done.stderr.decode(errors="replace"), said):
            wrong.append(f"{name}: {fault}\n{said[:1000]}")
        subprocess.run(("chmod", "-R", "u+rwx", str(folder)), check=False)
        shutil.rmtree(folder)
    assert not wrong, "\n".join(wrong)


def run(around: Place, root: Path, words: tuple[str, ...]) -> subprocess.CompletedProcess[bytes]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "LIANXIN_"))}
    environment |= ENVIRONMENT | {"LIANXIN_CLOCK": f"{TODAY} {MINUTE}", "LEDGER": str(root)}
    if around.laid:
        subprocess.run(["sh", "-c", around.laid], cwd=root, env=environment, capture_output=True, check=False)
    shell = ["/bin/sh", "-c", around.run, "sh", sys.executable, "-m", "lianxin", *words]
    return subprocess.run(
        shell, cwd=root, env=environment | around.env, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )


def amiss(around: Place, name: str, code: int, errors: str, said: str) -> str:
    """What is wrong with an answer."""
    if code not in (0, 1, 2, 3, 5):
        return f"exit code {code}"
    if found := _ENGLISH.search(said):
        return f"English: {found[0]}"
    told = [line for line in errors.splitlines() if line.strip() and not re.search("[一-龥]", line)]
    if told and code:
        return f"English: {told[0]}"
    if name in around.fine and code not in (0, 1):
        return "refused"
    if name in around.refused and code not in (2, 3):
        return "not refused"
    return ""
