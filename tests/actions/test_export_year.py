"""Nightly exports while the clerk goes on writing: each file equals its named commit; nothing new, nothing written."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.cli.desk import ENVIRONMENT

from lianxin.actions.export import export
from lianxin.actions.start import init
from lianxin.actions.verify import verify
from lianxin.actions.workspace import Workspace
from lianxin.cli.again import produce

NIGHTS = 30
PLAN = """方案:
  - 名称: 每晚
    目录: ../导出
    输出:
      - {命令: village list, 文件: 村.csv, 版: 内部}
      - {命令: ledger 联系户台账, 文件: 联系户.html}
      - {命令: ledger 联系户台账, 文件: 联系户.xlsx, 版: 内部}
      - {命令: today, 文件: 今天.md}
"""


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    mask = os.umask(0o077)
    root = tmp_path / "台账"
    init(root, name="云岭镇", level="镇", org="云岭镇党委", clerk="何小满", now=datetime(2026, 3, 1, 8))
    (root / "policy" / "exports.yaml").write_text(PLAN, encoding="utf-8")
    commit(root, "方案")
    yield root
    os.umask(mask)


def commit(root: Path, why: str) -> None:
    subprocess.run(["git", "add", "-A"], cwd=root, check=True)
    subprocess.run(["git", "commit", "-q", "--allow-empty", "-m", why], cwd=root, check=True)


def village(root: Path, n: int, households: int) -> None:
    path = root / "villages" / f"CUN-A{n:04}.yaml"
    path.parent.mkdir(exist_ok=True)
    text = f"编号: CUN-A{n:04}\n名称: 第{n}村\n类型: 村\n乡镇: 云岭镇\n户数: {households}\n"
    path.write_text(text, encoding="utf-8")


def test_nights_of_exports(ledger: Path, tmp_path: Path) -> None:
    chance = random.Random(2026)
    folder = tmp_path / "导出"
    stale = 0
    for night in range(NIGHTS):
        for _ in range(chance.choice((0, 0, 1, 3))):
            village(ledger, chance.randint(1, 6), chance.randint(10, 999))
        if chance.random() < 0.6:
            commit(ledger, f"第 {night} 天")
        now = datetime(2026, 3, 1, 21, 30) + timedelta(days=night)
        before = [(path, path.stat().st_mtime_ns, path.read_bytes()) for path in folder.glob("*.*")]
        done = export(Workspace(ledger, now), "", produce)
        for path, time, data in before:
            assert (path.stat().st_mtime_ns == time) == (path.read_bytes() == data)
        stale += "村.csv" not in done.fresh
    assert 0 < stale < NIGHTS
    shutil.move(ledger, tmp_path / "搬走了")
    entries = json.loads((folder / "manifest.json").read_bytes())["files"]
    for entry in entries:
        verdict = verify(tmp_path / "搬走了", folder / entry["file"], produce)
        assert verdict.same, entry["file"]
        assert verdict.trace.commit == entry["commit"]
