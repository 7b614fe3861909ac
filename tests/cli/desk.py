"""A clerk's desk: a ledger of her own in a temporary folder, and the command line as she types it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests import warm

#: A day on which the calendar is published.
TODAY = "2026-03-06"

#: The minute of the test clock where only a day is given: what comes of a test does not hang on when it is run.
MINUTE = "15:30"

#: Nobody's own git settings, a known identity, and what git itself commits lies on that day too.
ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_COMMITTER_NAME": "办公室",
    "GIT_COMMITTER_EMAIL": "office@example.invalid",
    "GIT_AUTHOR_NAME": "办公室",
    "GIT_AUTHOR_EMAIL": "office@example.invalid",
    "GIT_COMMITTER_DATE": f"{TODAY}T00:00:00",
    "GIT_AUTHOR_DATE": f"{TODAY}T00:00:00",
}

TRIAGE = ("--scope", "共性", "--sphere", "公共", "--merit", "合理", "--category", "道路交通", "--urgency", "一般")


@dataclass(frozen=True)
class Said:
    """What one command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def lianxin(*words: str, cwd: Path, today: str = TODAY, env: dict[str, str] | None = None) -> Said:
    """Run one command as its own process, with nothing to ask anybody; ``today`` is the day of the clock too."""
    clock = {"LIANXIN_CLOCK": today if " " in today else f"{today} {MINUTE}"} if today else {}
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "LIANXIN_"))}
    dated = (*(("--today", today) if today else ()), *words)
    done = warm.run(dated, cwd=cwd, env=environment | ENVIRONMENT | clock | (env or {}))
    told = [line for line in done.stderr.decode().splitlines(keepends=True) if not line.startswith("测试时钟")]
    return Said(done.returncode, done.stdout.decode(), "".join(told))


class Desk:
    """One ledger with a village, a household, a department and a visit, where an issue can be taken down."""

    def __init__(self, root: Path) -> None:
        self.root = root
        made = lianxin(
            *("init", str(root), "--name", "云岭镇党建办", "--org", "云岭镇党委", "--clerk", "何小满"),
            *("--started", "2025-01-01"),
            cwd=root.parent,
        )
        assert made.code == 0, made.err

    @classmethod
    def copied(cls, made: Path, folder: Path) -> Desk:
        """A desk whose ledger is a copy of one that was made."""
        shutil.copytree(made, folder / "台账")
        return cls.moved(folder / "台账")

    @classmethod
    def moved(cls, root: Path) -> Desk:
        """The desk of a ledger that is taken for one that was moved here, not copied."""
        desk = cls.__new__(cls)
        desk.root = root
        subprocess.run(
            ["git", "config", "--unset-all", "lianxin.mark"], cwd=root, env=os.environ | ENVIRONMENT, check=False
        )
        return desk

    def furnish(self) -> Desk:
        """The records an issue needs."""
        for words in (
            "village add --name 松坪村 --town 云岭镇 --groups 一组 --groups 二组",
            "org add --name 镇水利站 --level 镇 --sector 涉农 --department 是",
            "person add --name 石勇 --org 镇水利站 --post 站长",
            "household add --head 李桂兰 --village 松坪村 --group 一组 --phone 13900001234 --contacts 何小满",
            "visit add --day 2026-03-02 --visitors 何小满 --households 李桂兰 --way 入户 --requests 渠堵了想请人清",
        ):
            self.do(*words.split())
        return self

    def say(self, *words: str, **more: Any) -> Said:
        return lianxin(*words, cwd=self.root, **more)

    def do(self, *words: str, **more: Any) -> Said:
        """A command that must succeed."""
        said = self.say(*words, **more)
        assert said.code == 0, f"{words}: {said.code}\n{said.out}\n{said.err}"
        return said

    def git(self, *words: str) -> str:
        done = subprocess.run(
            ["git", "-c", "core.quotepath=off", *words],
            cwd=self.root,
            env=os.environ | ENVIRONMENT,
            capture_output=True,
            check=True,
        )
        return done.stdout.decode()

    def take_down(self) -> str:
        """An issue heard on the visit, with all five elements; its id."""
        said = self.do(
            *(
                "--json",
                "issue",
                "add",
                "--visit",
                "ZF-2026-A0001",
                "--channel",
                "入户走访",
                "--summary",
                "一组的渠堵了",
                "--level",
                "村",
            ),
            *("--words", "上头那截渠淤得水都过不来", "--who", "一组十几户", "--when", "开春以来"),
            *("--where", "一组上渠", "--cause", "去年塌方没清", "--course", "自己掏过一段,掏不动"),
        )
        return str(said.json["data"]["id"])

    def lay_open(self, id_: str) -> None:
        """Triage finds an issue to be everybody's matter."""
        self.do("issue", "accept", id_, *TRIAGE)

    def text(self, id_: str) -> str:
        return (self.root / "issues" / "2026" / f"{id_}.yaml").read_text(encoding="utf-8")

    def state(self, id_: str) -> str:
        said = self.do("--json", "issue", "list", f"编号={id_}")
        return str(said.json["data"]["items"][0]["state"])
