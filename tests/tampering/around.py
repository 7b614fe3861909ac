"""Git's own folder, what lies elsewhere, the index, the files at hand."""

from __future__ import annotations

import sqlite3
import subprocess
import zlib
from collections.abc import Callable, Iterator
from functools import partial

from tests.tampering.case import (
    CLOSED,
    FROZEN,
    GOOD,
    MORE,
    ONE,
    OPEN,
    THREE,
    TWO,
    Case,
)
from tests.tampering.hand import Forger


def gits_own() -> Iterator[Case]:
    """What git is told to show otherwise, and where its branch goes."""

    def replaced(what: str, hand: Forger) -> None:
        if what == "HEAD":
            other = hand.made(hand.git("rev-parse", "HEAD^{tree}"), "另一种说法", "HEAD~1")
        else:
            other = hand.git("hash-object", "-w", "--stdin", told=hand.read(CLOSED).replace("满意", "很满意").encode())
        hand.git("replace", what, other)

    for name, what in (("commit", "HEAD"), ("file", f"HEAD:{CLOSED}")):
        yield f"replaced-{name}", partial(replaced, what), "A021", ""

    def grafted(hand: Forger) -> None:
        two = hand.git("rev-parse", "HEAD~2", "HEAD~9").split()
        hand.write(".git/info/grafts", " ".join(two) + "\n")

    def blind(flag: str, word: str, hand: Forger) -> None:
        hand.git("update-index", f"--{flag}", CLOSED)
        hand.write(CLOSED, hand.read(CLOSED).replace("满意度: 满意", f"满意度: {word}满意"))

    yield "grafted", grafted, "A022", ""
    yield "shallow", lambda hand: hand.write(".git/shallow", hand.git("rev-parse", "HEAD~9") + "\n"), "A023", ""
    for flag in ("assume-unchanged", "skip-worktree"):
        yield flag, partial(blind, flag, ""), "A024", ONE
        yield f"{flag}-and-changed", partial(blind, flag, "不"), "A001", ONE


def signatures() -> Iterator[Case]:
    """A signature of something else, and none where one is asked for."""

    def signed(hand: Forger) -> None:
        key = hand.root.parent / "钥匙"
        subprocess.run(("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)), check=True)
        sign = (
            "-c",
            "gpg.format=ssh",
            "-c",
            f"user.signingKey={key}",
            "commit-tree",
            "-S",
            "HEAD^{tree}",
            "-p",
            "HEAD",
        )
        told = hand.git("cat-file", "commit", hand.git(*sign, told=b"x\n"))
        text = hand.read(OPEN) + MORE
        commit = hand.made(hand.tree("HEAD", {OPEN: text.encode()}), GOOD, "HEAD")
        head, _, message = hand.git("cat-file", "commit", commit).partition("\n\n")
        signature = "gpgsig" + told.partition("\n\n")[0].partition("\ngpgsig")[2]
        data = f"{head}\n{signature}\n\n{message}\n".encode()
        hand.move(hand.git("hash-object", "-t", "commit", "-w", "--stdin", told=data))

    yield "signature-of-something-else", signed, "A031", TWO
    yield "unsigned-where-asked-for", lambda hand: hand.git("config", "lianxin.signed", "true"), "A031", TWO


def gone_back() -> Iterator[Case]:
    """Where the branch goes, and what the machine's own diary says of it; contents that are not what they were."""
    yield "set-back", lambda hand: hand.git("reset", "-q", "--hard", "HEAD~3"), "A027", THREE

    def overtaken(hand: Forger) -> None:
        hand.git("reset", "-q", "--hard", "HEAD~1")
        hand.forge({OPEN: hand.read(OPEN) + MORE}, GOOD)

    yield "set-back-and-gone-on", overtaken, "A027", THREE
    yield "amended", lambda hand: hand.git("commit", "-q", "--amend", "-m", "改个说法"), "A027", THREE

    def dropped(hand: Forger) -> None:
        hand.rewrite("HEAD~4", lambda _r, tree, message: None if "开展活动" in message else (tree, message), "rebase")

    yield "rebased", dropped, "A027", "CS-2026-A0001"
    yield (
        "ref-written",
        lambda hand: hand.write(".git/refs/heads/main", hand.git("rev-parse", "HEAD~2") + "\n"),
        "A027",
        "",
    )
    yield "diary-gone", lambda hand: (hand.root / ".git/logs/refs/heads/main").unlink(), "A028", ""
    yield "diary-emptied", lambda hand: hand.write(".git/logs/refs/heads/main", ""), "A028", ""

    def torn(hand: Forger) -> None:
        lines = hand.read(".git/logs/refs/heads/main").splitlines(keepends=True)
        hand.write(".git/logs/refs/heads/main", "".join(lines[:-5] + lines[-3:]))

    yield "diary-torn", torn, "A028", ""

    def by_git(hand: Forger) -> None:
        hand.write(OPEN, hand.read(OPEN) + MORE)
        hand.git(
            "-c",
            "user.name=何小满",
            "commit",
            "-q",
            "-a",
            "-m",
            GOOD,
            env={
                "GIT_AUTHOR_NAME": "何小满",
                "GIT_AUTHOR_EMAIL": "RY-A0001@lianxin.invalid",
                "GIT_AUTHOR_DATE": "2026-04-01T09:00:00",
                "GIT_COMMITTER_DATE": "2026-04-01T09:00:00",
            },
        )

    yield "git-with-the-tools-words", by_git, "A012", TWO

    def spoilt(hand: Forger) -> None:
        oid = hand.git("hash-object", "-w", "--stdin", told=hand.read(OPEN).encode() + MORE.encode())
        hand.forge({OPEN: hand.read(OPEN) + MORE}, GOOD)
        data = hand.read(OPEN).replace("又去看了", "没有去过").encode()
        file = hand.root / ".git" / "objects" / oid[:2] / oid[2:]
        file.chmod(0o600)
        file.write_bytes(zlib.compress(b"blob %d\0%b" % (len(data), data)))

    yield "object-forged", spoilt, "A032", OPEN

    def missing(hand: Forger) -> None:
        oid = hand.git("hash-object", "-w", "--stdin", told=hand.read(OPEN).encode() + MORE.encode())
        hand.forge({OPEN: hand.read(OPEN) + MORE}, GOOD)
        hand.forge({OPEN: hand.read(OPEN) + MORE.replace("forged01", "forged02")}, GOOD.replace("forged01", "forged02"))
        (hand.root / ".git" / "objects" / oid[:2] / oid[2:]).unlink()

    yield "object-missing", missing, "A023", OPEN


def sent() -> Iterator[Case]:
    """What lies elsewhere and is not here any more."""

    def pushed(hand: Forger, change: Callable[[Forger], object]) -> None:
        there = hand.root.parent / "上级.git"
        hand.git("init", "-q", "--bare", "-b", "main", str(there))
        hand.git("remote", "add", "origin", str(there))
        hand.git("push", "-q", "origin", "main")
        change(hand)
        log = hand.root / ".git/logs/refs/heads/main"
        log.write_text(log.read_text().splitlines()[-1] + "\n")

    def back(hand: Forger) -> None:
        hand.git("reset", "-q", "--hard", "HEAD~2")

    def anew(hand: Forger) -> None:
        hand.rewrite("HEAD~2", lambda _root, tree, message: (tree, message.replace("吹哨", "吹一哨")), "fast-import")

    def fetched(hand: Forger) -> None:
        log = hand.root / ".git/logs/refs/remotes/origin/main"
        log.write_text(log.read_text().replace("update by push", "fetch"))
        anew(hand)

    yield "sent-and-set-back", lambda hand: pushed(hand, back), "A029", THREE
    yield "sent-and-rewritten", lambda hand: pushed(hand, anew), "A029", THREE
    yield "fetched-and-rewritten", lambda hand: pushed(hand, fetched), "A029", THREE

    def another(hand: Forger) -> None:
        hand.git("update-ref", "refs/remotes/origin/main", hand.made(hand.git("rev-parse", "HEAD^{tree}"), "另一本"))

    yield "another-ledger-there", another, "A029", ""


def tables() -> Iterator[Case]:
    """Rows of the index say something else than the files."""
    for name, statement in (
        ("state", f"UPDATE issue SET base_state = '已销号' WHERE id = '{TWO}'"),
        ("title", f"UPDATE record SET title = '别的' WHERE id = '{TWO}'"),
        ("step", f"UPDATE event SET actor = 'RY-A0002' WHERE record = '{TWO}'"),
        ("step-gone", f"DELETE FROM event WHERE record = '{TWO}'"),
        ("record-gone", f"DELETE FROM issue WHERE id = '{TWO}'"),
    ):

        def change(hand: Forger, statement: str = statement) -> None:
            with sqlite3.connect(hand.root / ".git/lianxin/index.db") as connection:
                connection.execute(statement)
            connection.close()

        yield f"row-{name}", change, "A025", TWO


def at_hand() -> Iterator[Case]:
    """Files of the folder that nobody has committed."""

    def set_back(hand: Forger) -> None:
        hand.write(CLOSED, hand.git("show", f"HEAD~46:{CLOSED}") + "\n")

    def edited(old: str, new: str, hand: Forger) -> None:
        hand.write(CLOSED, hand.read(CLOSED).replace(old, new))

    yield "file-set-back", set_back, "A026", ONE
    for name, old, new, code in (
        ("step", "满意度: 满意", "满意度: 基本满意", "A001"),
        ("intake", "原话: 上头", "原话: 下头", "A004"),
    ):
        yield f"file-{name}", partial(edited, old, new), code, ONE
    yield "file-gone", lambda hand: (hand.root / CLOSED).unlink(), "A008", ONE
    yield (
        "file-figure",
        lambda hand: hand.write(FROZEN, hand.read(FROZEN).replace("分子: 0", "分子: 7", 1)),
        "A011",
        "BB-A0001",
    )
