"""Making a file again from the commit it bears, and saying what differs."""

from __future__ import annotations

import re
import shlex
import tempfile
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import islice, zip_longest
from pathlib import Path

from msgspec import Struct

from lianxin import __version__
from lianxin.core.document import Face
from lianxin.core.error import LianxinError, UsageError, reason
from lianxin.core.text.erased import ERASED, ERASING
from lianxin.core.text.pattern import late
from lianxin.formats import Format, format_for
from lianxin.formats.paper.trace import ONCE, Trace, moment_text
from lianxin.policies.export import FILL, SITE
from lianxin.storage.git import rewritten
from lianxin.storage.git.disk import ordinary
from lianxin.storage.git.repo import Repo
from lianxin.storage.write.apart import joined, note_of, rows_of

#: Runs a command, the words as they are typed, its output going to a file.
Produce = Callable[[Sequence[str], Path], None]
#: Whether words are such as this tool writes into its files.
Lawful = Callable[[Sequence[str]], bool]

_INDEX = "index.html"

#: What a file bears of its own words.
_DIGEST = late(r"(指纹|\"digest\":\")[0-9a-f]{16}")
#: So many digits of a commit are printed.
PRINTED = 10
#: So many differences are told.
MOST = 20
#: Up to so many lines what was put in between is looked for; longer files are compared line by line.
_ALIGNED = 4000


class Difference(Struct, frozen=True):
    """One place: what the file says, and what the commit gives. None where one of them has nothing."""

    place: str
    found: str | None
    made: str | None


class Verification(Struct, frozen=True):
    """What came out.

    Attributes:
        what: The file, or the board it belongs to.
        same: Byte for byte.
        erased: It differs only where personal data stood that were taken out since.
        notes: What explains a difference, or what else is to be known.
        more: How many differences were not listed.
    """

    what: str
    trace: Trace
    same: bool
    notes: tuple[str, ...]
    differences: tuple[Difference, ...]
    more: int
    erased: bool = False


def verify(root: Path, file: Path, produce: Produce, lawful: Lawful, form: Path | None = None) -> Verification:
    """Make a file again and compare; of a notice board all its files, whichever page is given.

    Args:
        root: The data folder.
        file: Written by this tool: a file, or the folder of a notice board.
        produce: Runs a command.
        lawful: Knows the words this tool writes into its files.
        form: The blank form it was filled from, should that lie elsewhere now.

    Raises:
        LianxinError: It can not be read, does not say how it was made, or can not be made again.
    """
    page = file / _INDEX if file.is_dir() else rows_of(file)
    try:
        data = joined(page, ordinary(page, follow=True))
    except OSError as error:
        raise LianxinError(f"{page} 读不出来（{reason(error)}）") from None
    format_ = format_for(page.suffix or page.name)
    trace = _traced(page, format_, data)
    with tempfile.TemporaryDirectory(prefix="lianxin-") as folder:
        again = Path(folder) / f"again{format_.suffix}"
        words = _with_form(_words(trace, page, lawful), form, page.parent, Path(folder))
        top = _top(page) if words[0] == SITE else None
        produce([*pinned(root, trace.commit, moment_text(trace), trace.face), *directed(words, again)], again)
        made = b"" if top else joined(again, again.read_bytes())
        other = _other_faces(format_, data, made)
        now = rewritten.now(root, trace.commit)
        differences = _boards(top, again) if top else _texts(format_, data, made, loose=bool(other))
        only = bool(now and differences and not top) and _only_erased(format_, data, made, trace.commit, now)
        what = f"{top.resolve().name} 的 {len(_files(again)) - 1} 个文件" if top else page.name
    notes = (*_notes(trace), *other, *_erased(root, now or trace.commit))
    if only:
        return Verification(what, trace, False, notes, (), 0, erased=True)
    if differences is None:
        return Verification(what, trace, True, notes, (), 0)
    if not differences:
        notes += (
            f"文字全都一样，{'版面随字体变了' if other else '只是文件本身不是原样：被别的程序另存过，或程序版本不同'}",
        )
    return Verification(what, trace, False, notes, tuple(differences[:MOST]), max(len(differences) - MOST, 0))


def _other_faces(format_: Format, found: bytes, made: bytes) -> list[str]:
    """What is told of two files that were not set in the same typefaces."""
    then, now = format_.typefaces(found), format_.typefaces(made)
    return [f"字体不同：这份文件用的是 {then}，这台机器用的是 {now}"] if then and then != now else []


def _texts(
    format_: Format, found: bytes, made: bytes, where: str = "", *, loose: bool = False
) -> list[Difference] | None:
    """Where two files differ; None where they are the same to the byte.

    Args:
        format_: Of both.
        found: One file.
        made: The other.
        where: Stands before the place.
        loose: Blanks and the ends of lines do not count.
    """
    if found == made:
        return None
    read = format_.lines(found)
    if read is None:
        return [Difference(f"{where}整份文件", "损坏了，读不出来", None)]
    wanted = format_.lines(made) or []
    if loose and "".join("".join(read).split()) == "".join("".join(wanted).split()):
        return []
    return list(_differences(read, wanted, where))


def _only_erased(format_: Format, found: bytes, made: bytes, old: str, new: str) -> bool:
    """Whether two files say the same but where 已注销 stands in what was made of rewritten history."""
    texts = [format_.lines(data) for data in (found, made)]
    if texts[0] is None or texts[1] is None:
        return False
    then, now = (_DIGEST.sub(r"\1", "".join("".join(lines).split())) for lines in texts if lines is not None)
    for digits in (len(old), PRINTED):
        now = now.replace(new[:digits], old[:digits])
    pieces = re.split(rf"{ERASED}\d*", now)
    at = 0
    for n, piece in enumerate(pieces):
        place = len(then) - len(piece) if n and n == len(pieces) - 1 else then.find(piece, at)
        if place < at or not then.startswith(piece, place) or (n == 0 and place > 0):
            return False
        at = place + len(piece)
    return at == len(then) and len(pieces) > 1


def _erased(root: Path, commit: str) -> Iterator[str]:
    """What is told where personal data were taken out since a file was made."""
    repo = Repo.find(root)
    if repo is None or not commit or not repo.commit_of(commit):
        return
    form = "--format=%(trailers:key=Record,valueonly,separator=%x20)"
    found = repo.run("log", form, f"--grep=^Step: {ERASING}$", f"{commit}..HEAD").decode().splitlines()
    if ids := [line.partition(" ")[0] for line in found]:
        yield f"出这份文件以后，{'、'.join(ids)} 的个人信息已经注销；这份文件里可能还印着，照规定收回、销毁"


def _top(page: Path) -> Path:
    """The folder of the board a page belongs to.

    Raises:
        LianxinError: The page has been taken out of it.
    """
    for folder in (page.parent, page.parent.parent):
        if (folder / _INDEX).is_file() and (folder / "site.css").is_file():
            return folder
    raise LianxinError(f"{page.name} 是公示栏里的一页，要连同整个公示栏的文件夹才能复核")


def _boards(found: Path, made: Path) -> list[Difference] | None:
    """Where two boards differ; a mark lost in copying does not count."""
    from lianxin.actions.paper.site import MARK

    there, wanted = _files(found), _files(made)
    differences: list[Difference] = []
    for name in sorted({*there, *wanted} - {MARK}):
        if name not in wanted:
            differences.append(Difference(name, "多出来的文件", None))
        elif name not in there:
            differences.append(Difference(name, None, "少了这个文件"))
        else:
            one, other = there[name].read_bytes(), wanted[name].read_bytes()
            lines = _texts(format_for("html"), one, other, f"{name} ")
            if lines is not None:  # line breaks alone may differ
                differences += lines or [Difference(name, "换行和原来不同", None)]
    return differences or None


def _files(top: Path) -> dict[str, Path]:
    return {path.relative_to(top).as_posix(): path for path in top.rglob("*") if path.is_file()}


def _words(trace: Trace, page: Path, lawful: Lawful) -> list[str]:
    """The words of its command, without what that wrote besides the file.

    Raises:
        LianxinError: This tool writes no such words: somebody else did.
    """
    try:
        words = shlex.split(trace.recipe)
    except ValueError:
        words = []
    options = words.index("--") if "--" in words else len(words)
    words = [word for n, word in enumerate(words) if word != ONCE or n > options]
    if not lawful(words):
        raise LianxinError(f"{page.name} 里记的命令「{trace.recipe}」不是 lianxin 会写的，被人改过，不能复核")
    return words


def _with_form(words: list[str], form: Path | None, beside: Path, folder: Path) -> list[str]:
    """The words with the blank form where it is now: as somebody says, else here or beside the filled file.

    It is read under the name it had, for that is told in the file.

    Raises:
        UsageError: A form is given for what was not filled from one.
        LianxinError: The one given cannot be read.
    """
    if words[0] != FILL:
        if form is not None:
            raise UsageError("这份文件不是用 fill 填出来的，不用写 --form")
        return words
    name = Path(words[1]).name
    if form is None:
        return [FILL, str(beside / name), *words[2:]] if (beside / name).is_file() else words
    try:
        (folder / name).write_bytes(ordinary(form, follow=True))
    except OSError as error:
        raise LianxinError(f"{form} 读不出来（{reason(error)}）") from None
    return [FILL, str(folder / name), *words[2:]]


def _traced(file: Path, format_: Format, data: bytes) -> Trace:
    trace = format_.trace(data)
    if trace is None:
        if file.suffix.lower() == ".csv" and not note_of(file).is_file():
            raise LianxinError(f"{file.name} 的复核信息在 {note_of(file).name} 里，它不在旁边；请把两份放在一起再复核")
        raise LianxinError(f"{file.name} 里没有复核信息：不是 lianxin 写的，或被别的程序另存时丢了；没有办法复核")
    if trace.hidden:
        raise LianxinError(f"{file.name} 是公示件，出它的命令里有姓名电话，已经隐去，不能照样重做；请复核它的内部件")
    if not trace.commit:
        raise LianxinError(f"{file.name} 是用没有入库的数据出的，没有可以比的提交；请先 lianxin commit，再重出一份")
    return trace


def directed(words: Sequence[str], path: Path) -> list[str]:
    """A command's words with where its output goes; a notice board is told its folder."""
    if words[0] == SITE:
        return [*words, str(path)]
    at = words.index("--") if "--" in words else len(words)  # behind it stands no option
    return [*words[:at], "-o", str(path), *words[at:]]


def pinned(root: Path, commit: str, moment: str, face: Face) -> list[str]:
    """The global options that make a command depend on nothing but the commit."""
    open_ = ["--internal"] if face is Face.INTERNAL else []
    return ["--data", str(root), "--rev", commit, "--today", moment, *open_]


def _notes(trace: Trace) -> Iterator[str]:
    if trace.dirty:
        yield "出这份文件时，台账里有没入库的改动，只能拿它下面的提交来比"
    if trace.tool != f"lianxin {__version__}":
        yield f"这份文件是 {trace.tool} 出的，现在是 lianxin {__version__}，版面可能不同"


def _differences(found: Sequence[str], made: Sequence[str], where: str) -> Iterator[Difference]:
    if max(len(found), len(made)) > _ALIGNED:
        pairs = enumerate(zip_longest(found, made), start=1)
        yield from (Difference(f"{where}第 {n} 行", one, other) for n, (one, other) in pairs if one != other)
        return
    for tag, a, b, c, d in SequenceMatcher(None, found, made, autojunk=False).get_opcodes():
        if tag != "equal":
            for n, (one, other) in enumerate(zip_longest(islice(found, a, b), islice(made, c, d)), start=a + 1):
                yield Difference(f"{where}第 {n} 行", one, other)
