"""A small office whose records change in every way there is: by hand, with the tool, and while others read."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import docx

from lianxin.actions.begin.start import init
from lianxin.actions.change.edit import edit
from lianxin.actions.workspace import Workspace
from lianxin.kinds import KIND
from lianxin.storage.write.stream import Written

PROFILE = "每晚"
KEPT = 7
PLAN = f"""方案:
  - 名称: {PROFILE}
    目录: ../导出
    期间: 本周
    保留: {KEPT}
    输出:
      - {{命令: village list, 文件: 村.csv, 版: 内部}}
      - {{命令: village list, 文件: "每周/村-{{期间}}.csv"}}
      - {{命令: ledger 联系户台账, 文件: 联系户.html}}
      - {{命令: ledger 联系户台账, 文件: 联系户.xlsx, 版: 内部}}
      - {{命令: fill 困难户 --kind household --where 户类别=困难, 文件: 困难户.docx, 版: 内部}}
      - {{命令: site, 文件: 公示栏/}}
"""
VILLAGES = 6
#: Edits as fast as it can, until something called 停 lies beside the ledger.
_WRITER = """
import sys, random
from datetime import datetime
from pathlib import Path
from lianxin.actions.change.edit import edit
from lianxin.actions.workspace import Workspace
from lianxin.kinds import KIND
root, chance = Path(sys.argv[1]), random.Random(1)
while not (root.parent / "停").exists():
    id_, households = f"CUN-A{chance.randint(1, VILLAGES):04}", str(chance.randint(10, 999))
    edit(Workspace(root, datetime(2026, 1, 1, 12)), KIND["village"], id_, {"households": households}, "")
"""


def git(root: Path, *words: str) -> str:
    done = subprocess.run(["git", "-c", "core.quotepath=off", *words], cwd=root, check=True, capture_output=True)
    return done.stdout.decode()


class BusyOffice:
    """The office, its ledger, and the day it is."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.chance = random.Random(seed)
        self.day = datetime(2026, 1, 1, 21, 30)
        init(
            self.root,
            name="云岭镇",
            level="镇",
            org="云岭镇党委",
            clerk="何小满",
            written=Written("", datetime(2026, 1, 1, 8)),
        )
        (self.root / "policy" / "exports.yaml").write_text(PLAN, encoding="utf-8")
        form = docx.Document()
        form.add_paragraph("第 {{ 序号 }} 户：{{ 户主 }}，{{ 所属村 }}")
        (self.root / "forms").mkdir(exist_ok=True)
        form.save(str(self.root / "forms" / "困难户.docx"))
        for n in range(1, VILLAGES + 1):
            self.village(n)
        self.commit()

    def commit(self) -> None:
        git(self.root, "add", "-A")
        git(self.root, "commit", "-q", "--allow-empty", "-m", f"{self.day:%m-%d}")

    def village(self, n: int) -> None:
        """A village written down by hand."""
        path = self.root / "villages" / f"CUN-A{n:04}.yaml"
        path.parent.mkdir(exist_ok=True)
        households = self.chance.randint(10, 999)
        path.write_text(
            f"编号: CUN-A{n:04}\n名称: 第{n}村\n类型: 村\n乡镇: 云岭镇\n户数: {households}\n", encoding="utf-8"
        )

    def household(self, n: int) -> None:
        """A household written down by hand."""
        path = self.root / "households" / f"HU-A{n:04}.yaml"
        path.parent.mkdir(exist_ok=True)
        sort = self.chance.choice(("一般", "困难"))
        lines = (
            f"编号: HU-A{n:04}",
            f"户主: 丁有{'田水山石金木火土'[n % 8]}",
            f"所属村: CUN-A{n % VILLAGES + 1:04}",
            f"户类别: {sort}",
        )
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def edited_with_the_tool(self) -> None:
        n, households = self.chance.randint(1, VILLAGES), self.chance.randint(10, 999)
        workspace = Workspace(self.root, self.day - timedelta(hours=5))
        edit(workspace, KIND["village"], f"CUN-A{n:04}", {"households": str(households)}, "清点")

    @contextmanager
    def written_meanwhile(self) -> Iterator[None]:
        """Another process writes and commits without a pause."""
        words = [sys.executable, "-c", _WRITER.replace("VILLAGES", str(VILLAGES)), str(self.root)]
        writer = subprocess.Popen(words)
        yield
        (self.root.parent / "停").touch()
        assert writer.wait(60) == 0
        (self.root.parent / "停").unlink()

    def edited_by_hand(self) -> None:
        for _ in range(self.chance.randint(1, 3)):
            self.chance.choice((self.village, self.household))(self.chance.randint(1, VILLAGES))
