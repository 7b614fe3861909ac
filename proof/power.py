"""``python -m proof.power``, as root: the current is cut after an answer, and in the midst of a command.

The ledger lies on a file system of its own, in a file that is mounted. What stands in that file at some moment is what
a disk would hold: it is copied, the copy mounted, and looked at. The mount writes nothing back by itself meanwhile
(``commit=300``): what is on the disk is there because somebody had it synced.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from proof.ledger import MARK, NEXT, NEXT_MARK, SCRATCH, Ledger, sample, stands_for
from proof.table import Row, keep

_SIZE = 64 << 20  # bytes
_SETTLED = 0.05  # seconds in which a stopped process is done with what it has asked of the disk
_HEARD = ("--day", "2026-11-21", "--visitors", "RY-A0001", "--village", "响水坪村", "--people", "李某", "--way", "电话")
_TOLD = ("--raised", "2026-11-21", "--channel", "电话", "--village", "响水坪村", "--words", "水管坏了", "--level", "镇")

#: Typed in turn.
COMMANDS = (
    ("issue", "progress", "59", "--text", MARK),
    ("visit", "add", *_HEARD, "--heard", MARK, "--yes"),
    ("issue", "add", *_TOLD, "--summary", MARK, "--anonymous", "是", "--yes"),
    ("undo", "--yes"),
)


@contextlib.contextmanager
def mounted(image: Path) -> Iterator[Path]:
    """The file system in a file."""
    place = image.with_suffix("")
    place.mkdir(exist_ok=True)
    subprocess.run(["mount", "-o", "loop,commit=300", str(image), str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)
        place.rmdir()


def main() -> None:
    """Cut the current so many times; exits with 1 when a rule was broken."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--times", type=int, default=24, help="after an answer, and as often amidst a command")
    options.add_argument("--keep", action="store_true", help="put what is found into the table")
    given = options.parse_args()
    image = SCRATCH / "disk.img"
    clean = sample("clean")
    with image.open("wb") as file:
        file.truncate(_SIZE)
    subprocess.run(["mkfs.ext4", "-q", "-F", str(image)], check=True)
    try:
        with mounted(image) as disk:
            subprocess.run(["cp", "-a", str(clean.root), str(disk / "ledger")], check=True)
            os.sync()
            ledger = Ledger(disk / "ledger")
            stands_for(ledger)
            after = [list(_answered(image, ledger, number)) for number in range(given.times)]
            amidst = [list(_amidst(image, ledger, number)) for number in range(given.times)]
    finally:
        shutil.rmtree(SCRATCH)
    rows = [_row("回话「已写入」之后立刻断电", after), _row("命令做到一半时断电", amidst)]
    if given.keep:
        keep("power", rows)
    sys.exit(any(row.broken for row in rows))


def _row(measure: str, found: list[list[str]]) -> Row:
    broken = [told for told in found if told]
    sys.stdout.write(f"{measure}: {len(found)}, {len(broken)} broke a rule {broken or ''}\n")
    return Row(measure, len(found), len(broken), "ext4，真的挂载，取断电那一刻盘上的内容")


def _answered(image: Path, ledger: Ledger, number: int) -> Iterator[str]:
    """A command is answered, and the current cut at once."""
    done = ledger.say(*COMMANDS[number % len(COMMANDS)])
    cut = image.with_name("cut.img")
    shutil.copyfile(image, cut)
    if done.code:
        raise RuntimeError(done.text)
    yield from _looked_at(cut, {ledger.head()})


def _amidst(image: Path, ledger: Ledger, number: int) -> Iterator[str]:
    """All processes of a command stand still at some moment, and the current is cut."""
    words = COMMANDS[number % len(COMMANDS)]
    begun = time.monotonic()
    if ledger.say(*words).code:
        raise RuntimeError(words)
    took = time.monotonic() - begun
    before, cut = ledger.head(), image.with_name("cut.img")
    process = ledger.begin(*words)
    time.sleep(took * random.uniform(0.4, 1.0))
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGSTOP)
    time.sleep(_SETTLED)
    shutil.copyfile(image, cut)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGCONT)
    told, _ = process.communicate()
    if process.returncode:
        raise RuntimeError(told.decode())
    yield from _looked_at(cut, {before, ledger.head()})


def _looked_at(image: Path, heads: set[str]) -> Iterator[str]:
    """Which rules are broken on what the disk holds."""
    with mounted(image) as place:
        found = Ledger(place / "ledger")
        if (head := found.git("rev-parse", "HEAD", check=False).strip()) not in heads:
            yield "what was acknowledged is not in HEAD" if len(heads) == 1 else "HEAD is neither before nor after"
            return
        if told := found.broken():
            yield f"repository broken: {told}"
        following = found.say(*NEXT)
        if following.code:
            yield f"the next command is refused: {following.text.strip()[:120]}"
        elif found.since(head).following != 1:
            yield f"the next command is not there once: {NEXT_MARK}"
        if status := found.status():
            yield f"differs from HEAD: {status[:4]}"
        if left := found.litter():
            yield f"left behind: {left[:3]}"
        if told := found.broken():
            yield f"repository broken afterwards: {told}"
    image.unlink()


if __name__ == "__main__":
    main()
