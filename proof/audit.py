"""``python -m proof.audit``: every way to tamper with history, and histories that nobody has touched."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path
from time import process_time

from bench.generate import TODAY
from bench.history import history
from tests.audited import look, month
from tests.tampering import CASES, anew
from tests.tampering.hand import Forger

from proof.table import Row, keep

#: So many issues come to more than five thousand commits.
_ISSUES = 700
#: The township's last step is behind it.
_AFTER = datetime.combine(TODAY, time.max)


def tampered(ledger: Path, folder: Path) -> Row:
    """Each case on a copy of its own."""
    broken = sum(not _found(ledger, folder / name, do, code, record) for name, do, code, record in CASES)
    told = f"{len({code for _, _, code, _ in CASES})} 种问题；每处都要指出是什么、在哪一条记录"
    return Row("历史被人动过手脚：没有查出来的", len(CASES), broken, told)


def _found(ledger: Path, folder: Path, do: Callable[[Forger], object], code: str, record: str) -> bool:
    root = folder / "台账"
    shutil.copytree(ledger, root, symlinks=True)
    do(Forger(root))
    found = look(root).faults
    shutil.rmtree(folder)
    return any(one.code == code and one.record.startswith(record) for one in found)


def sealed(ledger: Path, folder: Path) -> Row:
    """History made anew, the machine's own diary too, against a seal."""
    seal, ways, broken = look(ledger, sealing=True).seal, dict(anew.rewritten()), 0
    for name, do in ways.items():
        root = folder / name / "台账"
        shutil.copytree(ledger, root, symlinks=True)
        do(Forger(root))
        anew.silent(Forger(root))
        (root / ".git/lianxin/seals").unlink(missing_ok=True)
        broken += not any(one.code == "A030" for one in look(root, since=seal).faults)
    return Row("历史整个改写过，连这台机器的流水也改了：对印鉴没有查出来的", len(ways), broken)


def clean(ledger: Path, folder: Path) -> Row:
    """A month of every command that writes, and a township's whole history, its first look and its second."""
    commits = history(folder / "town", _ISSUES)
    begun = process_time()
    first = look(folder / "town", whole=False, now=_AFTER)
    took = process_time() - begun
    again = look(folder / "town", whole=False, now=_AFTER)
    wrong = len(look(ledger).faults) + len(first.faults) + len(again.faults)
    told = f"一个月里每一条写入的命令，和一个镇 {commits:,} 笔的全部经过；"
    told += f"查一遍处理器用 {took:.1f} 秒，再查只查 {again.fresh} 笔"
    return Row("没有动过手脚的历史：误报", commits + look(ledger).count, wrong, told)


def main() -> None:
    """Try all of it; exits with 1 when a promise was broken."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--parts", default="tampered,sealed,clean")
    chosen = options.parse_args().parts.split(",")
    with tempfile.TemporaryDirectory(prefix="lianxin-") as beside:
        folder = Path(beside)
        (folder / "month").mkdir()
        ledger = month(folder / "month" / "台账").root
        look(ledger)
        parts = {"tampered": tampered, "sealed": sealed, "clean": clean}
        rows = [parts[name](ledger, folder / name) for name in chosen]
    for row in rows:
        sys.stdout.write(f"{row.measure}：{row.tried} 次，违反 {row.broken}（{row.told}）\n")
    keep("audit", rows, beside=True)
    sys.exit(any(row.broken for row in rows))


if __name__ == "__main__":
    main()
