"""Making a file again from the commit it bears, and saying what differs."""

from __future__ import annotations

import shlex
import tempfile
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import islice, zip_longest
from pathlib import Path

from lianxin import __version__
from lianxin.core.dataclass import dataclass
from lianxin.core.document import Face
from lianxin.core.error import LianxinError
from lianxin.formats import Format, format_for
from lianxin.formats.trace import Trace, moment_text

#: Runs a command, the words as they are typed, its output going to a file.
Produce = Callable[[Sequence[str], Path], None]

#: So many differences are told.
MOST = 20
#: Up to so many lines what was put in between is looked for; longer files are compared line by line.
_ALIGNED = 4000


@dataclass(frozen=True, slots=True)
class Difference:
    """One place: what the file says, and what the commit gives. None where one of them has nothing."""

    place: str
    found: str | None
    made: str | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came out.

    Attributes:
        same: Byte for byte.
        notes: What explains a difference, or what else is to be known.
        more: How many differences were not listed.
    """

    trace: Trace
    same: bool
    notes: tuple[str, ...]
    differences: tuple[Difference, ...]
    more: int


def verify(root: Path, file: Path, produce: Produce) -> Verdict:
    """Make a file again and compare.

    Args:
        root: The data folder.
        file: Written by this tool.
        produce: Runs a command.

    Raises:
        LianxinError: It can not be read, does not say how it was made, or can not be made again.
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        raise LianxinError(f"{file} 读不出来（{error.strerror}）") from None
    format_ = format_for(file.suffix or file.name)
    trace = _traced(file, format_, data)
    again = remade(root, trace, format_, produce)
    notes = tuple(_notes(trace))
    if again == data:
        return Verdict(trace, True, notes, (), 0)
    found, made = format_.lines(data), format_.lines(again)
    differences = list(_differences(found, made))
    if not differences:
        notes += ("文字全都一样，只是文件本身不是原样：被别的程序另存过，或字体、程序版本不同",)
    return Verdict(trace, False, notes, tuple(differences[:MOST]), max(len(differences) - MOST, 0))


def _traced(file: Path, format_: Format, data: bytes) -> Trace:
    trace = format_.trace(data)
    if trace is None:
        raise LianxinError(f"{file.name} 里没有复核信息：不是 lianxin 写的，或被别的程序另存时丢了；没有办法复核")
    if trace.hidden:
        raise LianxinError(f"{file.name} 是公示件，出它的命令里有姓名电话，已经隐去，不能照样重做；请复核它的内部件")
    if not trace.commit:
        raise LianxinError(f"{file.name} 是用没有入库的数据出的，没有可以比的提交；请先 lianxin commit，再重出一份")
    return trace


def remade(root: Path, trace: Trace, format_: Format, produce: Produce) -> bytes:
    """The file as its commit gives it."""
    with tempfile.TemporaryDirectory(prefix="lianxin-") as folder:
        path = Path(folder) / f"again{format_.suffix}"
        words = [*pinned(root, trace.commit, moment_text(trace), trace.face), *shlex.split(trace.recipe)]
        produce([*words, "-o", str(path)], path)
        return path.read_bytes()


def pinned(root: Path, commit: str, moment: str, face: Face) -> list[str]:
    """The global options that make a command depend on nothing but the commit."""
    open_ = ["--internal"] if face is Face.INTERNAL else []
    return ["--data", str(root), "--rev", commit, "--today", moment, *open_]


def _notes(trace: Trace) -> Iterator[str]:
    if trace.dirty:
        yield "出这份文件时，台账里有没入库的改动，只能拿它下面的提交来比"
    if trace.tool != f"lianxin {__version__}":
        yield f"这份文件是 {trace.tool} 出的，现在是 lianxin {__version__}，版面可能不同"


def _differences(found: Sequence[str], made: Sequence[str]) -> Iterator[Difference]:
    if max(len(found), len(made)) > _ALIGNED:
        pairs = enumerate(zip_longest(found, made), start=1)
        yield from (Difference(f"第 {n} 行", one, other) for n, (one, other) in pairs if one != other)
        return
    for tag, a, b, c, d in SequenceMatcher(None, found, made, autojunk=False).get_opcodes():
        if tag != "equal":
            for n, (one, other) in enumerate(zip_longest(islice(found, a, b), islice(made, c, d)), start=a + 1):
                yield Difference(f"第 {n} 行", one, other)
