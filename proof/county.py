"""A county on real engines: ``make county``.

Offices with the nine packs are generated and rolled up by a real Spark cluster, a master and two workers as processes
of this machine. In one run a task is held up for good; another is stopped and begun again, and then a worker is killed;
in a third an office's book is broken. What comes of it must be, byte for byte, what this machine makes alone; and each
figure, asked of DuckDB, Spark and ClickHouse, must be what the offices come to one by one. ``--alone`` does on DuckDB,
without Java, what can be done so.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from datetime import time as time_of_day
from decimal import Decimal
from pathlib import Path
from typing import Any

from msgspec.structs import replace

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:  # run as a script
    sys.path.insert(0, str(ROOT))

from bench.generate import TODAY  # noqa: E402
from bench.offices import generate_offices, names  # noqa: E402

from lianxin.core.county import OfficePart, Standing  # noqa: E402
from lianxin.core.day.period import parse_period  # noqa: E402
from lianxin.storage.county.dataset import needed  # noqa: E402
from proof.cluster import (  # noqa: E402
    PATIENCE,
    Cluster,
    CountyError,
    cluster_in,
    end,
    environment,
    hold_up,
    waiting,
)

#: The minute every command is told.
NOW = datetime.combine(TODAY, time_of_day(9))
BUILD = ROOT / "build" / "county"
Figures = Mapping[str, tuple[Decimal, Decimal | None]]


def started(folder: Path, *words: str) -> subprocess.Popen[bytes]:
    """``lianxin WORDS`` at work in a folder."""
    asked = [sys.executable, "-m", "lianxin", "--today", str(TODAY), *words]
    return subprocess.Popen(
        asked, cwd=folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )


def lianxin(folder: Path, *words: str, code: int = 0) -> str:
    """What ``lianxin WORDS`` says in a folder.

    Raises:
        CountyError: It ends otherwise than it must.
    """
    process = started(folder, *words)
    out, err = process.communicate(timeout=PATIENCE)
    if process.returncode != code:
        raise CountyError(f"lianxin {' '.join(words)}：{process.returncode}\n{out.decode()}\n{err.decode()}")
    return out.decode()


def noted(target: Path) -> set[str]:
    """The offices that are done, whether the rest are or not."""
    return {path.name[1:-5] for path in (target / "books").glob(".*.json")}


def files(target: Path) -> dict[str, bytes]:
    """The data set: every file of it but the county's own copies of the books."""
    return {
        str(path.relative_to(target)): path.read_bytes()
        for path in sorted(target.rglob("*"))
        if path.is_file() and path.relative_to(target).parts[0] != "books"
    }


def pooled(target: Path, period: str, engine: Any = None) -> Figures:
    """Every figure of a roll-up, as an engine counts it."""
    from lianxin.reports.county.pooled import Pooled
    from lianxin.storage.county.pool import RollUp

    found: dict[str, tuple[Decimal, Decimal | None]] = {}
    for group in Pooled(RollUp(target, engine), period, TODAY).groups():
        numerator = sum((one.numerator for one in group.shares), Decimal(0))
        found[group.figure.name] = (numerator, whole([one.denominator for one in group.shares]))
    return found


def reckoned(offices: Sequence[Path], period: str) -> Figures:
    """The same, one book after the other, by the tool's own count in each."""
    from lianxin.actions.policy.definition import definitions
    from lianxin.reports.figure.figured import evaluate
    from lianxin.storage.book import open_book

    found: dict[str, list[tuple[Decimal, Decimal | None]]] = {}
    for path in offices:
        with open_book(path, today=TODAY, now=NOW) as book:
            for name, figure in definitions(book).figures.items():
                alone = figure.model_copy(update={"against": None})
                one = evaluate(book, alone, parse_period(period, TODAY))
                found.setdefault(name, []).append((one.numerator, one.denominator))
    return {
        name: (sum((own for own, _ in each), Decimal(0)), whole([of for _, of in each])) for name, each in found.items()
    }


def whole(denominators: Sequence[Decimal | None]) -> Decimal | None:
    """A sum of denominators; None for a count."""
    given = [one for one in denominators if one is not None]
    return sum(given, Decimal(0)) if given else None


def same(what: str, one: object, other: object) -> None:
    """Say that two things are the same.

    Raises:
        CountyError: They are not.
    """
    if one != other:
        raise CountyError(f"{what}：不一样")
    print(f"✓ {what}", flush=True)


def county_of(many: int) -> Path:
    """The folder of so many offices; made when it is not there."""
    folder = BUILD / str(many)
    if not (folder / "offices.yaml").is_file():
        shutil.rmtree(folder, ignore_errors=True)
        generate_offices(folder, many)
    return folder


def held_up(folder: Path, cluster: Cluster, target: str) -> None:
    """A run in which what works on one machine stands still, though the machine does not: others do it once more."""
    run = started(folder, "汇总", "-o", target, "--engine", "spark", "--master", cluster.master)
    done_by(1, folder / target, run)
    same("一台上的活停住不动", bool(hold_up(cluster, 1)), other=True)
    finished(run)


def interrupted(folder: Path, cluster: Cluster, target: str) -> None:
    """A run that is stopped once an office is done, and begun again, whereupon one of the machines dies."""
    words = ("汇总", "-o", target, "--engine", "spark", "--master", cluster.master)
    first = started(folder, *words)
    done_by(1, folder / target, first)
    end(first, signal.SIGKILL)
    before = {path: path.stat().st_mtime_ns for path in (folder / target).rglob("*.parquet")}
    many = len(noted(folder / target))
    again = started(folder, *words)
    done_by(many + 1, folder / target, again)
    cluster.kill(0)
    finished(again)
    kept = [path for path, at in before.items() if path.is_file() and path.stat().st_mtime_ns == at]
    same("中途停下再来，做好的没有重写", len(kept), len(before))


def went_on(office: Path) -> None:
    """One more visit in an office's book."""
    first = min((office / "visits").rglob("*.yaml")).read_text(encoding="utf-8")
    visitor, household = (re.search(rf"{kind}-A\d+", first) for kind in ("RY", "HU"))
    told = ("--visitors", visitor[0] if visitor else "", "--households", household[0] if household else "")
    lianxin(office, "visit", "add", "--day", "2026-03-05", *told, "--way", "入户")


@contextmanager
def broken(office: Path) -> Iterator[None]:
    """For the time of the block, all of an office's history is gone but its names."""
    objects = office / ".git" / "objects"
    objects.rename(aside := office / ".git" / "aside")
    objects.mkdir()
    try:
        yield
    finally:
        objects.rmdir()
        aside.rename(objects)


def parts_of(target: Path) -> Mapping[str, OfficePart]:
    """What a roll-up holds of each office."""
    return {one.name: one for one in needed(target).offices}


def failing(folder: Path, many: int, *targets: Sequence[str]) -> None:
    """Runs in which an office's book is broken: it is named, its last good part stays, the others are brought up.

    Args:
        folder: Of the county.
        many: How many offices it has.
        targets: Of each run, its folder and the words by which it is made; all must come to the same.
    """
    ill, well = list(names(many))[:2]
    before = parts_of(folder / targets[0][0])
    for name in (ill, well):
        went_on(folder / name)
    with broken(folder / ill):
        for words in targets:
            lianxin(folder, "汇总", "-o", *words, code=1)
    for target, *_ in targets:
        after = parts_of(folder / target)
        kept = replace(before[ill], standing=Standing.STALE, why=after[ill].why)
        same(f"{target}：坏了的{ill}点了名，用的是上次那份", (bool(after[ill].why), after[ill]), (True, kept))
        moved = [name for name, one in after.items() if one.commit != before[name].commit]
        same(f"{target}：别的单位照做，变了的收进来了", (moved, after[well].why), ([well], ""))
    for words in targets:
        lianxin(folder, "汇总", "-o", *words)
        same(f"{words[0]}：修好再来，都是现在的", [one for one in parts_of(folder / words[0]).values() if one.why], [])


def done_by(many: int, target: Path, run: subprocess.Popen[bytes]) -> None:
    """Wait until so many offices are done, and some are not."""
    for _ in waiting(f"没有做好 {many} 个单位"):
        if run.poll() is not None:
            finished(run)
            raise CountyError("做得太快，来不及打断")
        if len(noted(target)) >= many:
            return


def finished(run: subprocess.Popen[bytes]) -> None:
    """Wait for a run to end well.

    Raises:
        CountyError: It does not.
    """
    out, err = run.communicate(timeout=PATIENCE)
    if run.returncode:
        raise CountyError(f"{out.decode()}{err.decode()}")


def prove(many: int, *, alone: bool) -> None:
    """All of it.

    Raises:
        CountyError: Something is not as it must be.
    """
    folder = county_of(many)
    for target in ("汇总", "集群", "再来"):
        shutil.rmtree(folder / target, ignore_errors=True)
    begun = time.monotonic()
    lianxin(folder, "汇总")
    print(f"  {many} 个单位在这台机器上：{time.monotonic() - begun:.0f} 秒", flush=True)
    offices = [folder / name for name in names(many)]
    apart = {period: reckoned(offices, period) for period in ("2026", "2026Q1")}
    for period, figures in apart.items():
        same(f"{period} 的 {len(figures)} 个数字：DuckDB 和逐个单位数的一样", pooled(folder / "汇总", period), figures)
    if alone:
        failing(folder, many, ("汇总",))
        return
    with ExitStack() as stack:
        cluster = stack.enter_context(cluster_in(BUILD / "cluster"))
        begun = time.monotonic()
        held_up(folder, cluster, "集群")
        print(f"  在集群上，一台停住：{time.monotonic() - begun:.0f} 秒", flush=True)
        same("集群做的和这台机器做的，每个字节一样", files(folder / "集群"), files(folder / "汇总"))
        cluster.kill(1)
        cluster.workers[1] = cluster.worker(2)
        interrupted(folder, cluster, "再来")
        same("中途停下再来的，每个字节一样", files(folder / "再来"), files(folder / "汇总"))
        begun = time.monotonic()
        failing(folder, many, ("汇总",), ("集群", "--engine", "spark", "--master", cluster.master))
        print(f"  坏了一个，两边各做两遍：{time.monotonic() - begun:.0f} 秒", flush=True)
        same("坏了一个又修好的，每个字节一样", files(folder / "集群"), files(folder / "汇总"))
        apart = {period: reckoned(offices, period) for period in apart}
        os.environ.update(environment())
        from lianxin.actions.county.engine import engine_of

        for name in ("clickhouse", "spark"):
            with engine_of(name, cluster.master) as engine:
                for period, figures in apart.items():
                    told = f"{period} 的 {len(figures)} 个数字：{name} 和逐个单位数的一样"
                    same(told, pooled(folder / "集群", period, engine), figures)


def main() -> None:
    """From the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--offices", type=int, default=30, help="几个单位")
    parser.add_argument("--alone", action="store_true", help="只用 DuckDB，不用 Java")
    given = parser.parse_args()
    try:
        prove(given.offices, alone=given.alone)
    except CountyError as error:
        print(f"✗ {error}", file=sys.stderr)
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
