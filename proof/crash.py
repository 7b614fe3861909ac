"""``make crash``: each writing command stopped at each of its calls, in every way; then the next command is given.

``python -m proof.crash [--commands A,B] [--ways kill,torn] [--every N] [--whole]``. What was found goes to
``build/proof``, one line a point; each line printed says how many points broke a rule. ``--keep`` puts what stands
there into the table of ``docs/reliability.md``.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from proof.command import COMMANDS, MEETING, STEPS
from proof.ledger import SCRATCH, environment, sample
from proof.table import Row, keep
from proof.trial import WAYS, Point, Trial

HERE = Path(__file__).parent
FOUND = HERE.parent / "build" / "proof"
LIBRARY = FOUND / "inject.so"

_TASK = 64  # bytes; what is read from a pipe by several in one piece
#: A disk that stays full or bad is tried at every so many calls: it takes the command and git a while to give up.
LASTING = 3
_BY_NAME = {command.name: command for command in (*COMMANDS, *MEETING, *STEPS)}


def library() -> Path:
    """The preloaded library, made from its source."""
    FOUND.mkdir(parents=True, exist_ok=True)
    source = HERE / "inject.c"
    if not LIBRARY.exists() or LIBRARY.stat().st_mtime < source.stat().st_mtime:
        subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", str(LIBRARY), str(source), "-ldl"], check=True)
    return LIBRARY


def main() -> None:
    """Try what is asked for; exits with 1 when a rule was broken."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--commands", default="", help="by name, separated by commas; all")
    options.add_argument("--ways", default=",".join(WAYS))
    options.add_argument("--every", type=int, default=1, help="so many times seldomer")
    options.add_argument("--first", type=int, default=0, help="so many calls further on")
    options.add_argument("--whole", action="store_true", help="every command at every call, in every way")
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--keep", action="store_true", help="only put into the table what stands in build/proof")
    options.add_argument("--worker", type=int, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.worker is not None:
        _work(given)
    elif given.keep:
        keep("crash", list(_rows()), beside=True)
    else:
        sys.exit(_try(given))


def _try(given: argparse.Namespace) -> int:
    """Hand out the tasks; 1 when a rule was broken."""
    wanted = given.commands.split(",") if given.commands else list(_BY_NAME)
    for tree in {_BY_NAME[name].tree for name in wanted}:
        sample(tree)
    to_read, to_write = os.pipe()
    told = environment() | {"LD_PRELOAD": str(library()), "PROOF_SCRATCH": str(SCRATCH)}
    words = [sys.executable, "-m", "proof.crash", *sys.argv[1:], "--worker", str(to_read)]
    workers = [subprocess.Popen(words, env=told, pass_fds=[to_read], cwd=HERE.parent) for _ in range(given.workers)]
    os.close(to_read)
    try:
        for index, name in enumerate(wanted):
            os.write(to_write, f"{name} {index}".ljust(_TASK).encode())
        os.close(to_write)
        return max(worker.wait() for worker in workers)
    finally:
        for worker in workers:
            worker.kill()
        shutil.rmtree(SCRATCH, ignore_errors=True)


def _work(given: argparse.Namespace) -> None:
    """Do tasks until there are no more."""
    from proof.fork import prepare

    prepare()
    failed = 0
    while task := os.read(given.worker, _TASK).decode():
        name, index = task.split()
        trial = Trial(_BY_NAME[name])
        for way in given.ways.split(","):
            if way == "gone" and not trial.command.there:
                continue  # it touches no stick
            seldom = trial.command.every * (LASTING if way in ("full", "error") else 1)
            every = given.every * (1 if given.whole else seldom)
            # the first ones differ, so that together they are everywhere
            first = 1 + (int(index) + given.first) % every
            failed += _tried(trial, way, range(first, trial.calls(way) + 1, every))
    sys.exit(failed > 0)


def _tried(trial: Trial, way: str, calls: range) -> int:
    """How many points broke a rule."""
    name = f"{trial.command.name}-{way}"
    seen: Counter[str] = Counter()
    points = broken = 0
    begun = time.monotonic()
    with (FOUND / f"crash-{name}-{calls.start}-{calls.step}.jsonl").open("w") as kept:
        for at in calls:
            for point in trial.points(way, at):
                kept.write(json.dumps(asdict(point), ensure_ascii=False) + "\n")
                kept.flush()
                points += 1
                broken += bool(point.broken)
                seen.update(told.partition(":")[0] for told in point.broken)
    took = time.monotonic() - begun
    told = f"{name}: {points} at {len(calls)} of {trial.calls(way)} calls, {broken} broke a rule"
    sys.stdout.write(f"{told} {dict(seen) or ''} {took:.0f} s\n")
    sys.stdout.flush()
    return broken


def _found() -> list[Point]:
    """What stands in ``build/proof``; what was tried again counts once, as it was found last."""
    found: dict[tuple[str, str, int], Point] = {}
    for path in sorted(FOUND.glob("crash-*.jsonl"), key=lambda path: path.stat().st_mtime):
        for line in path.read_text().splitlines():
            point = Point(**json.loads(line))
            found[point.command, point.way, point.at] = point
    return list(found.values())


def _rows() -> Iterator[Row]:
    """A row for each way: the commands that differ, then those that take the way of one of them."""
    points = _found()
    for whose, commands in (("写入的命令", COMMANDS), ("同步和选定", MEETING), ("其余的步骤", STEPS)):
        names = {command.name for command in commands}
        for way, spoken in SPOKEN.items():
            found = [point for point in points if point.way == way and point.command in names]
            calls = sum({point.command: point.calls for point in found}.values())
            how = f"{len({point.command for point in found})} 条命令，一共 {calls:,} 处改动"
            how += "，有内容没落盘的才试" if way == "unsynced" else ""
            if found:
                yield Row(f"{whose}：{spoken}", len(found), sum(bool(one.broken) for one in found), how)


#: The ways as the page calls them.
SPOKEN = {
    "kill": "一齐杀掉",
    "torn": "写一半，一齐杀掉",
    "unsynced": "一齐杀掉，没落盘的变空",
    "child": "只杀正在写的 git",
    "parent": "只杀命令，它的 git 还在写",
    "full-once": "磁盘满一次",
    "full": "磁盘从此一直满",
    "error-once": "磁盘出错一次",
    "error": "磁盘从此一直出错",
    "gone": "优盘半路拔掉",
}


if __name__ == "__main__":
    main()
