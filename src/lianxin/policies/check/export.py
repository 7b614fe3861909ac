"""Faults of what is written by itself: where it goes, what makes it, and whether what that names is there."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct

from lianxin.core.called import CHINESE, OF_A_KIND
from lianxin.core.document import Face
from lianxin.core.look import CALENDAR, SUFFIXES
from lianxin.core.problem import Fault, Loc
from lianxin.core.text.pattern import late
from lianxin.kinds import KIND
from lianxin.kinds.path import near
from lianxin.policies.export import (
    CHINESE_OPTIONS,
    COMMANDS,
    DAYS,
    FILL,
    MANIFEST,
    OPTIONS,
    TAG,
    Exports,
    Output,
    Profile,
    Tag,
    english,
)
from lianxin.policies.outline import Rhythm

if TYPE_CHECKING:
    from lianxin.policies.definitions import Definitions

#: Whoever may ask anything must be trusted with the answer: such a file is internal.
_INSIDE = "sql"

_HOUR = late(r"([01]\d|2[0-3]):[0-5]\d\Z")


class Names(Struct, frozen=True):
    """What commands may name.

    Attributes:
        blanks: Blank forms that are shipped or committed, each with its file's name.
    """

    known: Definitions
    ledgers: Collection[str]
    outlines: Collection[str]
    blanks: Mapping[str, str]


def check_exports(exports: Exports, names: Names) -> Iterator[Fault]:
    """Every fault of what is to be exported."""
    taken: dict[str, set[str]] = {"名称": set(), "目录": set()}
    for n, profile in enumerate(exports.profiles):
        here: Loc = ("方案", n)
        for label, value in (("名称", profile.name), ("目录", profile.folder.rstrip("/"))):
            if value in taken[label]:
                yield Fault("P048", (*here, label), f"有两个方案的{label}都是「{value}」")
            taken[label].add(value)
        inside = PurePosixPath(profile.folder)
        if not inside.is_absolute() and inside.parts[:1] != ("..",):
            yield Fault("P048", (*here, "目录"), f"「{profile.folder}」在台账目录里面，要放到外面，如 ../导出/每天")
        if not _HOUR.match(profile.hour):
            yield Fault("P048", (*here, "钟点"), f"「{profile.hour}」不是钟点，应写成 21:30 这样")
        if profile.keep < 0:
            yield Fault("P048", (*here, "保留"), "保留几份不能是负数")
        yield from _outputs(profile, here, names)


def _outputs(profile: Profile, here: Loc, names: Names) -> Iterator[Fault]:
    files: set[str] = set()
    boards = [output.file for output in profile.outputs if output.board]
    for n, output in enumerate(profile.outputs):
        at: Loc = (*here, "输出", n)
        yield from _tags(profile, output, at)
        yield from _path(output, (*at, "文件"))
        plain = output.file.rstrip("/").casefold()
        if plain in files:
            yield Fault("P048", (*at, "文件"), f"「{output.file}」写了两次，后一份会盖掉前一份")
        if any(output.file.startswith(board) and output.file != board for board in boards):
            yield Fault("P048", (*at, "文件"), f"「{output.file}」在公示栏的文件夹里，那里不能再放别的")
        if output.board and output.face is not Face.PUBLIC:
            yield Fault("P048", (*at, "版"), "公示栏是给群众看的，没有内部版")
        files.add(plain)
        yield from _command(output, (*at, "命令"), names)


def _tags(profile: Profile, output: Output, at: Loc) -> Iterator[Fault]:
    for label, text in (("命令", output.command), ("文件", output.file)):
        for tag in TAG.findall(text):
            if tag not in tuple(Tag):
                allowed = " ".join(f"{{{one}}}" for one in Tag)
                yield Fault("P048", (*at, label), f"不认识 {{{tag}}}，可写 {allowed}")
            elif tag == Tag.PERIOD and not profile.period:
                yield Fault("P048", (*at, label), "写了 {期间}，方案里却没有写「期间」")


def _path(output: Output, loc: Loc) -> Iterator[Fault]:
    text, path = output.file, PurePosixPath(output.file)
    hidden = any(part.startswith(".") for part in path.parts)
    if path.is_absolute() or hidden or "\\" in text or not text.isprintable() or text == MANIFEST:
        yield Fault("P048", loc, f"「{text}」不能作文件名：要在导出的文件夹里，不以点开头，不叫 {MANIFEST}")
    elif output.board != text.endswith("/"):
        yield Fault(
            "P048", loc, "只有「公示」出一个文件夹，「文件」要以 / 结尾，如 公示栏/；别的命令出一份文件，不能这样写"
        )
    elif not output.board and path.suffix not in SUFFIXES:
        yield Fault("P048", loc, f"「{text}」的后缀不认识，可用 {'、'.join(SUFFIXES)}")


def _command(output: Output, loc: Loc, names: Names) -> Iterator[Fault]:
    try:
        typed = shlex.split(output.command)
    except ValueError:
        yield Fault("P048", loc, "引号没有成对")
        return
    words = english(typed)
    first, second = (*words, "", "")[:2]
    if first in KIND:
        if second != "list":
            yield Fault("P048", loc, f"只能导出 {typed[0]} {'list' if typed[0].isascii() else OF_A_KIND['list']}")
    elif first not in COMMANDS:
        among = COMMANDS if first.isascii() else [CHINESE[name] for name in COMMANDS]
        yield Fault("P048", loc, f"「{first}」不是能导出的命令{near(first, among)}，可用 {'、'.join(among)}")
    if first == _INSIDE and output.face is Face.PUBLIC:
        yield Fault("P048", loc, f"{typed[0]} 出的只能是内部版：加上「版: 内部」，或改用台账、各种记录的列表")
    for word in words[: words.index("--")] if "--" in words else words:
        name = word.partition("=")[0] if word.startswith("--") else word[:2]
        if name.startswith("-") and name not in OPTIONS | CHINESE_OPTIONS:
            yield Fault("P048", loc, f"命令里不能写 {name}：由方案来定，或者它不管文件里有什么")
    if output.board and len(words) > 1:
        yield Fault("P048", loc, f"{typed[0]} 后面不用写别的，放到哪个文件夹写在「文件」里")
    if PurePosixPath(output.file).suffix == CALENDAR.suffix and first != DAYS:
        yield Fault("P048", loc, f"只有 {DAYS}（{CHINESE[DAYS]}）能写成 {CALENDAR.suffix}")
    blank = PurePosixPath(names.blanks.get(second, "")).suffix
    if first == FILL and blank and PurePosixPath(output.file).suffix != blank:
        yield Fault("P048", loc, f"「{second}」是 {blank} 的表，填好的文件也要是 {blank}")
    yield from _named(words, typed, loc, names)


def _named(words: Sequence[str], typed: Sequence[str], loc: Loc, names: Names) -> Iterator[Fault]:
    """What a command names must be there."""
    known, (first, second) = names.known, (*words, "", "")[:2]
    second = "" if second.startswith("-") else second
    lists: dict[str, tuple[str, Collection[str]]] = {
        "ledger": ("台账", names.ledgers),
        "figures": ("数字", known.figures),
        "duties": ("职责", known.duties),
        "score": ("评分", known.schemes),
        FILL: ("空表", names.blanks),
        "report": ("报表种类", [word for one in Rhythm for word in (one.value, one.name.lower())]),
    }
    if first in lists:
        what, among = lists[first]
        if not second and first in ("ledger", "report", FILL):
            yield Fault("P048", loc, f"{typed[0]} 后面要写是哪种{what}")
        elif second and second not in among:
            more = "（空表要先放进 forms 并提交，这里写它的名字）" if first == FILL else ""
            yield Fault("P048", loc, f"没有「{second}」这个{what}{near(second, among)}{more}")
    if first == "report":
        given = [after for word, after in pairwise(words) if word in ("--name", "-n", "--报表")]
        for name in given:
            if name not in names.outlines:
                yield Fault("P048", loc, f"没有「{name}」这份报表{near(name, names.outlines)}")
