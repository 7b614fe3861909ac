"""Rows of what looks at a whole county, or at many offices, in seconds."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from bench.elapsed import COMMANDS, ISSUES, LIMIT, VISITS, Taken, elapsed
from bench.kept import OFFICES, county, offices, one_office
from bench.result import Results
from bench.rolled import MANY, PER_OFFICE, multiplied, reported, rolled
from bench.table import Printed, Row, mark

_ROLLED = (f"{OFFICES} 个单位 rollup（头一次）", f"{OFFICES} 个单位 rollup（没有变）")
_REPORTED = f"report annual --rollup，{MANY} 个单位"
#: What the rows are called.
COUNTY = (*COMMANDS, *_ROLLED, _REPORTED)


def whole_county(results: Results, only: str) -> bool:
    """What looks at a whole county, or at many offices, in seconds; whether something failed."""
    title = f"全县：问题 {ISSUES:,} 件、走访 {VISITS:,} 次（中位数）"
    table = Printed(title, {"工作": 36, "秒": 8, "处理器秒": 8, "目标": 10})

    def seen(command: str) -> Row:
        return _within(elapsed(county(), command), LIMIT)

    def together(run_: int) -> Row:
        return _spent(rolled(offices(), run_), OFFICES * PER_OFFICE[run_])

    def pooled() -> Row:
        return _within(reported(multiplied(one_office())), LIMIT)

    looks: dict[str, Callable[[], Row]] = {name: partial(seen, name) for name in COMMANDS}
    looks |= {_ROLLED[n]: partial(together, n) for n in range(len(_ROLLED))}
    looks[_REPORTED] = pooled
    failed = [table.tried(name, look) for name, look in looks.items() if only in name]
    results.tables.append((table.title, table.rows))
    return any(failed)


def _within(taken: Taken, most: float) -> Row:
    """Seconds that passed, which are bounded."""
    return f"{taken.elapsed:.2f}{mark(met=taken.elapsed <= most)}", f"{taken.processor:.2f}", f"{most:.1f} 秒"


def _spent(taken: Taken, most: float) -> Row:
    """Seconds of the processor, which are bounded."""
    return f"{taken.elapsed:.2f}", f"{taken.processor:.2f}{mark(met=taken.processor <= most)}", f"处理器 {most:.0f}"
