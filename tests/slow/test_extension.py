"""What CONTRIBUTING promises to whoever adds something, done in a copy of the code: so many files, so many lines."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.desk import ENVIRONMENT, MINUTE, TODAY, TRIAGE

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow


class Copy:
    """The code in a folder of its own, and a ledger kept with it."""

    def __init__(self, folder: Path) -> None:
        shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(ROOT / "templates", folder / "templates")
        self.code, self.data, self.folder = folder / "src" / "lianxin", folder / "data", folder

    def say(self, *words: str) -> subprocess.CompletedProcess[str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "LIANXIN_"))}
        return subprocess.run(
            [sys.executable, "-m", "lianxin", "--today", TODAY, *words],
            cwd=self.data if self.data.is_dir() else self.folder,
            env=kept | ENVIRONMENT | {"LIANXIN_CLOCK": f"{TODAY} {MINUTE}", "PYTHONPATH": str(self.folder / "src")},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def do(self, *words: str) -> str:
        said = self.say(*words)
        assert said.returncode == 0, f"{words}\n{said.stdout}\n{said.stderr}"
        return said.stdout

    def begin(self) -> None:
        self.do("init", str(self.data), "--name", "云岭镇党建办", "--org", "云岭镇党委", "--clerk", "何小满")
        self.do("village", "add", "--name", "松坪村", "--town", "云岭镇", "--groups", "一组")

    def write(self, path: str, text: str) -> None:
        where = self.code / path
        assert not where.exists()
        where.parent.mkdir(parents=True, exist_ok=True)
        where.write_text(text, encoding="utf-8")

    def insert(self, path: str, before: str, line: str) -> None:
        """One line before another that stands there once."""
        where = self.code / path
        text = where.read_text(encoding="utf-8")
        assert text.count(before) == 1, before
        where.write_text(text.replace(before, f"{line}\n{before}"), encoding="utf-8")


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


STEP = '''

class Transfer(IssueStep):
    """转办"""

    COMMAND = "transfer"
    HELP = "换一个部门接着办"
    TRAIL = ("dept",)

    step: Literal["转办"] = field("步骤", auto=True)
    dept: Ref = field("责任部门", ref="org")
    why: Text = field("理由")

    def take(self, tally: IssueTally) -> None:
        """Another department goes on with it."""
        tally.hold(dept=self.dept)
'''


def test_a_step_is_one_class_its_place_and_its_line_of_the_table(copy: Copy) -> None:
    family = copy.code / "kinds/issue/step/assign.py"
    family.write_text(family.read_text(encoding="utf-8") + STEP, encoding="utf-8")
    index = "kinds/issue/step/__init__.py"
    copy.insert(index, "    Progress,\n    Urge,\n", "    Transfer,")
    copy.insert(
        index, "from lianxin.kinds.issue.step.base import", "from lianxin.kinds.issue.step.assign import Transfer"
    )
    copy.insert(
        "kinds/issue/table.py",
        '        "suspend": State.SUSPENDED,\n        "return"',
        '        "transfer": State.HANDLING,',
    )
    copy.begin()
    for name in ("镇水利站", "镇供电所"):
        copy.do("org", "add", "--name", name, "--level", "镇", "--sector", "涉农", "--department", "是")
    said = ("--channel", "电话", "--summary", "渠堵了", "--words", "渠里淤得水过不来", "--village", "松坪村")
    copy.do("issue", "add", "--raised", TODAY, "--anonymous", "是", "--level", "镇", *said)
    copy.do("issue", "accept", "1", "--level", "镇", *TRIAGE)
    copy.do(
        "issue", "assign", "1", "--dept", "镇水利站", "--person", "何小满", "--standard", "通水", "--limit", "5个工作日"
    )
    assert (
        copy.say("issue", "transfer", "1", "--dept", "镇供电所", "--why", "是泵的事").returncode == 3
    )  # not signed for
    copy.do("issue", "sign", "1")
    assert "转办" in copy.do("next", "1")
    copy.do("issue", "transfer", "1", "--dept", "镇供电所", "--why", "是泵的事")
    assert "镇供电所" in copy.do("issue", "list", "责任部门=镇供电所", "状态=办理中")
    assert "转办 镇供电所" in copy.do("log", "WT-2026-A0001")
    copy.do("check")


KIND = '''"""Complaint boxes (意见箱): where they hang."""

from __future__ import annotations

from lianxin.core.declare.field import field
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.record import Record
from lianxin.core.value import Day, Ref, Text


class Box(Record):
    """One box."""

    id: Ref = field("编号", ref="box", auto=True)
    village: Ref = field("所在村", ref="village")
    place: Text = field("位置")
    hung: Day = field("挂上日期")


BOX = Kind(
    name="box",
    label="意见箱",
    prefix="YJ",
    folder="boxes",
    yearly=False,
    model=Box,
    title=lambda box: str(box.place),
    listed=("编号", "所在村", "位置", "挂上日期"),
    dated="挂上日期",
    help="意见箱挂在哪里",
)
'''


def test_a_kind_is_one_file_and_one_line(copy: Copy) -> None:
    copy.write("kinds/box.py", KIND)
    copy.insert("kinds/__init__.py", '    Brief("frozen", ', '    Brief("box", "意见箱", "YJ", "boxes"),')
    copy.begin()
    copy.do("box", "add", "--village", "松坪村", "--place", "村部门口", "--hung", "2026-03-01")
    assert "村部门口" in copy.do("box", "list", "所在村=松坪村")
    assert "村部门口" in copy.do("show", "YJ-A0001")
    copy.do("check")


def test_a_ledger_is_one_file(copy: Copy) -> None:
    copy.begin()
    (copy.data / "forms").mkdir(exist_ok=True)
    form = "名称: 村名册\n种类: 村\n列: [序号, 名称, 乡镇]\n"
    (copy.data / "forms" / "村名册.yaml").write_text(form, encoding="utf-8")
    assert "松坪村" in copy.do("ledger", "村名册")


RULE = '''"""D099: every village has a group."""

from __future__ import annotations

from collections.abc import Iterator

from lianxin.core.book import Book
from lianxin.core.problem import Finding


def check(book: Book) -> Iterator[Finding]:
    """One that has none."""
    for (village,) in book.sql("SELECT id FROM village WHERE json_array_length(groups) < 2"):
        yield Finding("D099", village, ("组",), "只有一个组")
'''


def test_a_rule_is_one_file_one_line_and_its_code(copy: Copy) -> None:
    copy.write("rules/lone_group.py", RULE)
    copy.insert("rules/__init__.py", '    "gap": (),', '    "lone_group": (),')
    code = 'Code("D099", "只有一个组", "村里只写了一个组。", "补上别的组。", Level.WARNING),'
    copy.insert("core/code/across.py", '    Code(\n        "D001",', f"    {code}")
    copy.begin()
    said = copy.say("check")
    assert (said.returncode, "D099" in said.stdout) == (1, True)


FORMAT = '''"""A document as its title, shouted."""

from __future__ import annotations

from lianxin.core.document import Document
from lianxin.formats import Options


def render(document: Document, options: Options) -> str:
    """The title."""
    return f"{document.title}！\\n"
'''
TRACE = '''

def trace(data: bytes) -> str:
    """Nothing."""
    return ""
'''


def test_a_format_is_one_file_and_one_line_and_whole_or_refused(copy: Copy) -> None:
    copy.write("formats/to_loud.py", FORMAT)
    line = '    Look("loud", ".loud", binary=False, title="喊出来"),'
    copy.insert("core/look.py", '    Look("json", ', line)
    copy.begin()
    assert copy.say("village", "list", "-f", "loud").returncode == 4  # it lacks half of what a format is
    made = copy.code / "formats/to_loud.py"
    made.write_text(made.read_text(encoding="utf-8") + TRACE, encoding="utf-8")
    assert "！" in copy.do("village", "list", "-f", "loud")


def test_a_campaign_is_a_folder(copy: Copy) -> None:
    pack = copy.folder / "templates" / "campaigns" / "一村一渠"
    pack.mkdir()
    (pack / "campaign.yaml").write_text("名称: 一村一渠\n说明: 每村修通一条渠\n主题: [修渠]\n", encoding="utf-8")
    copy.begin()
    copy.do("init", str(copy.data), "--campaign", "一村一渠")
    assert (copy.data / "campaigns" / "一村一渠" / "campaign.yaml").is_file()
    copy.do("check")
