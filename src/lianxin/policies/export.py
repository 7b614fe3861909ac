"""What is written by itself, where to and how often (``policy/exports.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from enum import StrEnum

from lianxin.core.called import CHINESE, OF_A_KIND
from lianxin.core.called import english as english_of
from lianxin.core.declare.field import field
from lianxin.core.declare.record import Record
from lianxin.core.document import Face
from lianxin.core.text.pattern import late
from lianxin.core.value import Integer, Text
from lianxin.kinds import BRIEFS, KIND

#: Lists the files of an export, with their checksums.
MANIFEST = "manifest.json"
#: Fills a form; makes a folder of pages; makes the one document that may be a calendar.
FILL, SITE, DAYS = "fill", "site", "calendar"
#: Commands that make a file of the records alone; of kinds, ``list`` does.
COMMANDS = (
    *("ledger", "report", "handbook", "figures", "duties", "score", "today", "card", "handover", "show", "sql"),
    *(DAYS, FILL, SITE, "archive"),
)

#: Options that say what stands in a file, and how it looks: all that a profile, or a file's own words, may use of them.
OPTIONS = frozenset(
    {"--all", "--where", "-w", "--period", "-p", "--format", "-f", "--name", "-n", "--for", "--person", "--village"}
    | {"--who", "--org", "--open", "--by", "--behind", "--explain", "--issue", "--id", "--kind", "--digest", "--case"}
    | {"--voided", "--columns", "--dept", "--catalogue", "--number"}
)
#: What they are called in Chinese; files are told in one tongue, a profile may be written in either.
CHINESE_OPTIONS = frozenset(
    {
        "--全部",
        "--条件",
        "--期间",
        "--格式",
        "--报表",
        "--谁",
        "--人员",
        "--村",
        "--对象",
        "--明细",
        "--案例",
        "--栏目",
        "--只看落后",
    }
    | {"--问题", "--编号", "--种类", "--版本号", "--作废的", "--单位", "--归档目录", "--文号"}
)

TAG = late(r"\{([^{}]*)\}")


def english(words: Sequence[str]) -> list[str]:
    """The words of a command with the command itself by its English name; options, whatever their tongue, stay."""
    called = {name: CHINESE[name] for name in COMMANDS} | {brief.name: brief.command for brief in BRIEFS}
    first = [english_of(word, called) for word in words[:1]]
    second = [english_of(word, OF_A_KIND) if first[0] in KIND else word for word in words[1:2]]
    return [*first, *second, *words[2:]]


class Tag(StrEnum):
    """What may stand in braces in a command or a file's name."""

    PERIOD = "期间"  # 2026-W10
    TODAY = "今天"  # 2026-03-02
    YEAR = "年"  # 2026
    MONTH = "月"  # 03


class Every(StrEnum):
    """How often a profile runs; weeks begin on Monday, months on the first."""

    DAY = "天"
    WEEK = "周"
    MONTH = "月"

    @property
    def patience(self) -> timedelta:
        """After so long without success it is late."""
        return {Every.DAY: timedelta(days=2), Every.WEEK: timedelta(days=8), Every.MONTH: timedelta(days=32)}[self]


class Output(Record):
    """One file."""

    command: Text = field("命令", help="出它的命令，不写 lianxin 和 -o，如 台账 问题台账 --期间 {期间}")
    file: Text = field(
        "文件",
        help="文件名，后缀定格式；可写 {期间} {今天} {年} {月}，可有下级文件夹；公示栏写文件夹，以 / 结尾",
    )
    face: Face = field("版", default=Face.PUBLIC, help="公示（隐去姓名电话）或 内部")

    @property
    def board(self) -> bool:
        """Whether it is the notice board: a folder of pages."""
        return english(self.command.split()[:1]) == [SITE]


class Profile(Record):
    """Files that are written together."""

    name: Text = field("名称")
    folder: Text = field("目录", help="放到哪个文件夹；相对的从台账目录算起，要在台账目录以外")
    period: Text | None = field("期间", default=None, help="{期间} 是什么：上周、本月、上季度……")
    keep: Integer = field("保留", default=0, help="文件名里带日期、期间的，留最近几份；0 是都留")
    every: Every = field("每", default=Every.DAY, help="天、周（周一）或 月（一日）")
    hour: Text = field("钟点", default="21:30")
    outputs: tuple[Output, ...] = field("输出")


class Exports(Record):
    """``policy/exports.yaml``."""

    profiles: tuple[Profile, ...] = field("方案")


def filled(text: str, tags: Mapping[str, str]) -> str:
    """A command or a file's name with its tags replaced."""
    return TAG.sub(lambda found: tags.get(found[1], found[0]), text)


def dated(output: Output) -> bool:
    """Whether its file has another name another day."""
    return bool(TAG.search(output.file))
