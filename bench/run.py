"""``make bench``: the product against the least the same work could take, in one run, as ratios.

Whole processes, one after the other, A B A B; medians. Repositories are made once and kept in ``build/bench``.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:  # run as a script
    sys.path.insert(0, str(ROOT))

from bench import seat  # noqa: E402
from bench.document import documents, notice_board  # noqa: E402
from bench.kept import township  # noqa: E402
from bench.peer import BESIDE, peers  # noqa: E402
from bench.process import FailedError, run  # noqa: E402
from bench.result import Results  # noqa: E402
from bench.table import Printed, Row, mark  # noqa: E402
from bench.whole import COUNTY, whole_county  # noqa: E402
from bench.work import BY_ITSELF, TOOL, Work, measure, rows  # noqa: E402

BARE = (sys.executable, str(ROOT / "bench" / "bare.py"))
PARSE = (sys.executable, str(ROOT / "bench" / "parse.py"))

MEMORY = 300  # megabytes
BOARD = (10, 400)  # seconds, kilobytes of the first page

#: By this the shell asks what may follow.
_TAB = ("env", "_LIANXIN_COMPLETE=complete_bash", "COMP_WORDS=lianxin issue accept WT-", "COMP_CWORD=3")

#: Townships, by their issues.
SIZES = [1000, 16400, 46700]


def _git(folder: Path, *args: str) -> str:
    return subprocess.run(["git", *args], cwd=folder, check=True, capture_output=True, text=True).stdout


def works(folder: Path) -> list[Work]:
    """What is measured in one repository."""
    status = ("git", "status")
    handled = "SELECT id FROM issue WHERE base_state = '办理中' ORDER BY id LIMIT 1"
    id_ = subprocess.run([*TOOL, "--internal", "sql", handled], cwd=folder, check=True, capture_output=True, text=True)
    issue = next(word for word in id_.stdout.split() if word.startswith("WT-"))
    record = f"issues/{issue.split('-')[1]}/{issue}.yaml"
    edit = f"echo '# {'-' * 40}' >> {record} && git add {record} && git -c core.fsync=all commit -q -m 进展"
    return [
        Work("--version", (*BY_ITSELF, "--version"), (BARE,)),
        Work("Tab：issue accept WT-", (*_TAB, *BY_ITSELF), (BARE,)),
        Work("today", (*TOOL, "today"), (BARE, status)),
        Work("issue list 状态=办理中", (*TOOL, "issue", "list", "状态=办理中"), (BARE, status)),
        Work("issue list", (*TOOL, "issue", "list"), (BARE, status)),
        Work("find 渠", (*TOOL, "--internal", "find", "渠"), (BARE, status)),
        Work("find 渠（公示版）", (*TOOL, "find", "渠"), (BARE, status)),
        Work("find lgl（拼音）", (*TOOL, "--internal", "find", "lgl"), (BARE, status)),
        Work("log", (*TOOL, "log", issue), (BARE, status)),
        Work("check", (*TOOL, "check"), (BARE, status)),
        # before the steps: what they sync is still on its way to the disk after them
        Work("cold check", (*TOOL, "check"), ((*PARSE, folder),), before=lambda: forget(folder)),
        Work("cold check", (*TOOL, "check"), ((*PARSE, folder),), before=lambda: forget(folder), busy=True),
        Work("issue progress", (*TOOL, "issue", "progress", issue, "--text", "又看过一次"), (BARE, ("sh", "-c", edit))),
    ]


def forget(folder: Path) -> None:
    """Take the index away."""
    shutil.rmtree(folder / ".git" / "lianxin", ignore_errors=True)


#: Cold check again, in a process that then says how large the largest of its children grew.
_GROWN = f"""
import resource, shutil, subprocess
shutil.rmtree(".git/lianxin", ignore_errors=True)
subprocess.run({[*TOOL, "check"]!r}, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def memory(folder: Path) -> tuple[float, float]:
    """The largest process of a cold check, and all of them together, in megabytes: shared pages counted once."""
    forget(folder)
    process = subprocess.Popen([*TOOL, "check"], cwd=folder, stdout=subprocess.DEVNULL)
    total = 0.0
    while process.poll() is None:
        total = max(total, sum(map(_share, _family(process.pid))))
        time.sleep(0.05)
    largest = int(subprocess.run([sys.executable, "-c", _GROWN], cwd=folder, check=True, capture_output=True).stdout)
    return largest / 1024, total / 1024


def _family(process: int) -> list[int]:
    children = Path(f"/proc/{process}/task/{process}/children")
    try:
        below = [int(word) for word in children.read_text().split()]
    except OSError:
        return []
    return [process, *(one for child in below for one in _family(child))]


def _share(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((float(line.split()[1]) for line in lines if line.startswith("Pss:")), 0.0)


#: Works that are no ratios.
_MEMORY, _BOARD = "cold check：最大的进程 / 全部进程", "documents: site：首页大小、秒"
_DESK = "工作台：打开 / 一个键（最慢的键）"


def main() -> None:
    """Measure, and print each row when it is known.

    Exits with 1 when a work failed; what it said stands under its row.
    """
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("sizes", nargs="*", type=int, default=SIZES, help="how many issues")
    options.add_argument("--quick", action="store_true", help="1,000 issues only")
    options.add_argument("--only", default="", help="only works whose name holds this")
    options.add_argument("--county", action="store_true", help="only what looks at a whole county")
    options.add_argument("--results", type=Path, help="the page to write; of a whole run bench/RESULTS.md")
    given = options.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # nobody's installed tool is compiled at every start
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (os.environ.get("PYTHONPATH"), str(ROOT / "src"))))
    failed, results = False, Results()
    whole = given.sizes is SIZES and not (given.quick or given.only or given.county)
    page = given.results or (ROOT / "bench" / "RESULTS.md" if whole else None)
    if not given.county:
        for size in [1000] if given.quick else given.sizes:
            failed |= _town(results, size, given.only)
            results.write(page, ROOT)
    if given.county or whole or (given.only and any(given.only in name for name in COUNTY)):
        failed |= whole_county(results, given.only)
        results.write(page, ROOT)
    sys.exit(failed)


def _town(results: Results, size: int, only: str) -> bool:
    """Everything that is measured in a township, row by row; whether something failed."""
    columns = {"工作": 52, "倍数": 16, "目标": 6, "秒": 7, "对照秒": 7}
    folder = township(size)
    run([*TOOL, "check"], folder)
    table = Printed(f"问题 {size:,} 件：连心 ÷ 最少要花的时间（中位数）", columns)
    failed = _measured(table, results, folder, size, [one for one in works(folder) if only in one.name])
    failed |= _measured(table, results, folder, size, [one for one in documents(folder, size) if only in one.name])
    failed |= _looked(table, folder, only)
    results.tables.append((table.title, table.rows))
    wanted = peers(folder, size) if BESIDE in only or not only else []  # what they read is made for them
    if beside := [one for one in wanted if only in one.name]:
        table = Printed(f"同样的 {size:,} 件问题，连心 ÷ 别的工具（中位数）", columns)
        failed |= _measured(table, results, folder, size, beside)
        results.tables.append((table.title, table.rows))
    return failed


def _measured(table: Printed, results: Results, folder: Path, size: int, asked: Sequence[Work]) -> bool:
    """Works, row by row; whether one failed."""
    failed, start = False, _git(folder, "rev-parse", "HEAD").strip()
    for work in asked:
        if work.without:
            table.row(work.name, work.without, "", "", "")
            continue
        try:
            for row in rows(work, times := measure(work, folder)):
                table.row(*row)
            results.took(f"{work.name}{'（处理器秒）' if work.busy else ''}", size, statistics.median(times.own))
        except FailedError as error:
            table.row(work.name, "没有测成 ✗")
            table.note(str(error))
            failed = True
        _git(folder, "reset", "-q", "--hard", start)
    return failed


def _looked(table: Printed, folder: Path, only: str) -> bool:
    """What is no ratio; whether something failed."""
    told = {_DESK: _at_the_desk, _MEMORY: _grown, _BOARD: _board}
    failed = [table.tried(name, partial(look, folder)) for name, look in told.items() if only in name]
    return any(failed)


def _at_the_desk(folder: Path) -> Row:
    at = seat.sat(folder)
    told = mark(met=at.opened <= seat.OPEN and at.key <= seat.KEY)
    return f"{at.opened:.2f} / {at.key:.3f} 秒{told}", f"{seat.OPEN}/{seat.KEY}", f"{at.slowest:.3f}"


def _grown(folder: Path) -> Row:
    largest, total = memory(folder)
    return f"{largest:.0f} / {total:.0f} MB{mark(met=total <= MEMORY)}", f"{MEMORY} MB"


def _board(folder: Path) -> Row:
    seconds, size = notice_board(folder)
    told = mark(met=seconds <= BOARD[0] and size <= BOARD[1])
    return f"{size:.0f} KB{told}", f"{BOARD[1]} KB", f"{seconds:.3f}", f"{BOARD[0]}"


if __name__ == "__main__":
    main()
