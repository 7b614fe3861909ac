"""A year of records for a campaign: real files, written by the package's own writer into a ledger of their own.

``Books`` starts a ledger with the packs named; ``put`` writes one record and answers its id; ``commit`` takes all of
them in; ``figures``, ``duties`` and ``say`` ask the command line. Everything in it is invented.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Mapping
from copy import copy
from pathlib import Path
from typing import Any

from tests.cli.desk import ENVIRONMENT, Said, lianxin

from lianxin.kinds import KIND
from lianxin.storage.write.text.writing import record_text

#: What ``init`` gives the first unit and the first person.
ORG, CLERK = "DW-A0001", "RY-A0001"


class Books:
    """One office's ledger.

    Attributes:
        root: The data folder, a repository of its own.
        today: The day every command takes for today.
    """

    def __init__(
        self,
        root: Path,
        *campaigns: str,
        today: str,
        name: str = "云岭镇党建办",
        level: str = "镇",
        started: str = "2000-01-01",
    ) -> None:
        self.root, self.today = root, today
        packs = [word for campaign in campaigns for word in ("--campaign", campaign)]
        made = lianxin(
            *(
                "init",
                str(root),
                "--name",
                name,
                "--level",
                level,
                "--org",
                name,
                "--clerk",
                "何小满",
                "--started",
                started,
                *packs,
            ),
            cwd=root.parent,
            today=today,
        )
        assert made.code == 0, made.err
        self._last = Counter({("org", ""): 1, ("person", ""): 1})
        self._names: dict[str, str] = {}

    def put(self, kind: str, **values: Any) -> str:
        """One record, by Chinese labels; its id, and that of whom it is about where the file wants one, are found."""
        declared = KIND[kind]
        id_ = self._next(kind, str(values[declared.dated])[:4] if declared.yearly else "")
        self._write(declared.path_of(id_), record_text(declared, {"编号": id_, **values}))
        return id_

    def repeat(self, kind: str, count: int, values: Callable[[int], Mapping[str, Any]]) -> list[str]:
        """That many records; the values of each from its number, counted from 0."""
        return [self.put(kind, **values(n)) for n in range(count)]

    def copies(self, kind: str, count: int, text: Callable[[int, str], str], year: str = "") -> list[str]:
        """That many records from their text: for thousands, where writing each through the model would take too long.

        Args:
            kind: Of record.
            count: How many.
            text: Number (from 0) and id to the whole file.
            year: In the id, for kinds that have one.
        """
        declared, ids = KIND[kind], list[str]()
        for n in range(count):
            ids.append(id_ := self._next(kind, year))
            self._write(declared.path_of(id_), text(n, id_))
        return ids

    def village(self, name: str, **more: Any) -> str:
        return self.put("village", **{"名称": name, "乡镇": "云岭镇", **more})

    def org(self, name: str, level: str = "镇", **more: Any) -> str:
        return self.put("org", **{"名称": name, "层级": level, **more})

    def person(self, name: str, org: str = ORG, *roles: str | Mapping[str, str], **more: Any) -> str:
        """A person with roles: a word, or the role with 级别, 自 and 至."""
        held = [{"身份": role} if isinstance(role, str) else dict(role) for role in roles]
        return self.put("person", **{"姓名": name, "单位": org, "身份": held, **more})

    def household(self, head: str, village: str, **more: Any) -> str:
        return self.put("household", **{"户主": head, "所属村": village, **more})

    def pair(self, nature: str, first: str, second: str, since: str, **more: Any) -> str:
        return self.put("pairing", **{"结对性质": nature, "甲方": first, "乙方": second, "开始日期": since, **more})

    def visit(self, day: str, visitors: str | list[str], households: str | list[str], **more: Any) -> str:
        """A visit in the village of its first household."""
        seen = _listed(households)
        village = more.pop("所属村", None) or self._village_of(seen[0])
        values = {"日期": day, "走访人": _listed(visitors), "所属村": village, "走访户": seen, "走访方式": "入户"}
        return self.put("visit", **{**values, **more})

    def activity(self, day: str, sort: str, hosts: str | list[str] = ORG, **more: Any) -> str:
        return self.put(
            "activity", **{"日期": day, "类别": sort, "名称": f"{day} {sort}", "主办单位": _listed(hosts), **more}
        )

    def issue(self, day: str, village: str, *steps: Mapping[str, Any], **more: Any) -> str:
        """A problem raised on a day and the steps taken; each says its 步骤 and 时间, the rest is filled in."""
        events = [
            {"编号": f"e{n}x{self._last['issue', day[:4]]}", "记录时间": step["时间"], "经办人": CLERK, **step}
            for n, step in enumerate(steps)
        ]
        values = {
            "登记时间": f"{day} 09:00",
            "登记人": CLERK,
            "反映时间": day,
            "来源渠道": "入户走访",
            "登记层级": "镇",
            "匿名": "是",
            "所属村": village,
            "事由": f"{day} 反映的事",
            "原话": f"{day} 当面说的",
            "事件": events,
        }
        return self.put("issue", **{**values, **more})

    def commit(self) -> None:
        """Take in everything written; the ledger must have no faults."""
        self._git("add", "-A")
        self._git("commit", "-q", "-m", "补录")

    def copy(self, root: Path) -> Books:
        """The same ledger somewhere else, to write to."""
        shutil.copytree(self.root, root)
        other = copy(self)
        other.root = root
        other._git("config", "--unset-all", "lianxin.mark")  # it was moved here, not copied
        return other

    def say(self, *words: str, today: str = "") -> Said:
        return lianxin(*words, cwd=self.root, today=today or self.today)

    def do(self, *words: str, today: str = "") -> Said:
        """A command that must succeed."""
        said = self.say(*words, today=today)
        assert said.code == 0, f"{words}: {said.code}\n{said.out}\n{said.err}"
        return said

    def figures(self, period: str) -> dict[str, str]:
        """Every figure of the period as it is printed, with its unit."""
        rows = self._rows("figures", "--period", period)
        return {str(row["figure"]): f"{row['value']} {row['unit'] or ''}".strip() for row in rows}

    def duties(self, *words: str) -> dict[str, tuple[int, int, int]]:
        """By duty: how many it binds, how many have done it, how many have done nothing."""
        rows = self._tables("duties", *words)[0]
        return {str(row["duty"]): (row["bound"], row["finished"], row["nothing"]) for row in rows}

    def duty(self, name: str, *words: str) -> dict[str, tuple[str, str, str]]:
        """Of one duty, by subject: what is asked, what was done, how it stands."""
        rows = self._tables("duties", name, *words)[0]
        return {str(row["subject"]): (str(row["required"]), str(row["done"]), row["status"]) for row in rows}

    def report(self, rhythm: str, name: str, *words: str) -> str:
        """A report as Markdown."""
        return self.do("report", rhythm, "--name", name, *words, "-f", "md").out

    def _tables(self, *words: str) -> list[list[dict[str, Any]]]:
        blocks = self.do("--internal", *words, "-f", "document").json["data"]["blocks"]
        return [block["rows"] for block in blocks if block["type"] == "table"]

    def _rows(self, *words: str) -> list[dict[str, Any]]:
        return [row for table in self._tables(*words) for row in table]

    def _next(self, kind: str, year: str) -> str:
        self._last[kind, year] += 1
        middle = f"{year}-" if KIND[kind].yearly else ""
        return f"{KIND[kind].prefix}-{middle}A{self._last[kind, year]:04d}"

    def _write(self, path: str, text: str) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def _village_of(self, household: str) -> str:
        text = (self.root / KIND["household"].path_of(household)).read_text(encoding="utf-8")
        return text.split("所属村: ", 1)[1].split("\n", 1)[0]

    def _git(self, *words: str) -> None:
        kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        subprocess.run(["git", *words], cwd=self.root, env=kept | ENVIRONMENT, check=True, capture_output=True)


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
