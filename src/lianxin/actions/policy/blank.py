"""The blank form that is to be filled: a file from outside, one the office keeps in ``forms``, or a shipped one.

The office's own are read as the rest of the data is: as they stand, or as a commit has them.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path, PurePosixPath

from msgspec import Struct

from lianxin.core.asset import asset
from lianxin.core.error import LianxinError, UsageError, reason
from lianxin.kinds.path import near
from lianxin.storage import MAX_BYTES
from lianxin.storage.book import LedgerBook
from lianxin.storage.git.disk import ordinary

FOLDER = "forms"
SUFFIXES = (".docx", ".xlsx")
_REFUSED = {
    ".doc": "旧的 .doc 格式，请在 WPS 或 Word 里另存为 .docx",
    ".xls": "旧的 .xls 格式，请在 WPS 或 Excel 里另存为 .xlsx",
    ".docm": "带宏的文档，宏不能带进来；请另存为 .docx",
    ".xlsm": "带宏的工作簿，宏不能带进来；请另存为 .xlsx",
}
_LETTERS = str.maketrans("0123456789", "ghijklmnop")
#: No blank form is larger than this many bytes.
_MOST = 20_000_000


class Blank(Struct, frozen=True):
    """A blank form.

    Attributes:
        word: What it was called on the command line.
        name: Of its file.
    """

    word: str
    name: str
    data: bytes

    @property
    def suffix(self) -> str:
        """Whether it is Word's or Excel's."""
        return PurePosixPath(self.name).suffix.lower()

    @property
    def told(self) -> str:
        """What the filled file says it was filled from; where somebody's folders lie is nobody's business."""
        return self.name if Path(self.word).suffix else self.word

    @property
    def digest(self) -> str:
        """Its fingerprint; letters only, for a run of digits might be taken for a telephone and masked."""
        return sha256(self.data).hexdigest()[:12].translate(_LETTERS)


def named(book: LedgerBook) -> dict[str, str]:
    """The file's name of each form that is called by name: the shipped ones, and the office's own, which win."""
    shipped = {path.stem: path.name for path in sorted(asset("pages").glob("*")) if path.suffix in SUFFIXES}
    return shipped | {PurePosixPath(path).stem: PurePosixPath(path).name for path in _own(book)}


def _own(book: LedgerBook) -> Iterator[str]:
    for path in book.paths(FOLDER):
        if PurePosixPath(path).suffix.lower() in SUFFIXES and not PurePosixPath(path).name.startswith("."):
            yield path


def blank(book: LedgerBook, word: str, digest: str = "") -> Blank:
    """The form a word stands for: a file's path, the office's own form of that name, or a shipped one.

    Args:
        digest: The fingerprint it must have; empty takes any.

    Raises:
        UsageError: There is none, or it is of another sort; the names known are in the sentence.
        LianxinError: It cannot be read, or it is another than the one wanted.
    """
    found = _found(book, word, wanted=bool(digest))
    if digest and found.digest != digest:
        raise LianxinError(
            f"空表 {found.name} 已不是当时那一份（当时的版本号 {digest}，现在 {found.digest}），不能照样重做；"
            "找到当时的那一份，用 --form 指明"
        )
    return found


def _found(book: LedgerBook, word: str, *, wanted: bool) -> Blank:
    given = Path(word)
    if given.suffix or given.is_file():
        _fit(given)
        return Blank(word, given.name, _bytes(given, wanted=wanted))
    for path in _own(book):
        if PurePosixPath(path).stem == word:
            data = book.file(path) or b""
            if len(data) > MAX_BYTES:
                raise LianxinError(f"{path} 超过 1 MB，空表不该这么大；请把里面的图片压小，或移出 {FOLDER} 再写文件名")
            return Blank(word, PurePosixPath(path).name, data)
    known = named(book)
    if word in known:
        return Blank(word, known[word], asset("pages", known[word]).read_bytes())
    raise UsageError(f"没有「{word}」这张表{near(word, known) or '；有 ' + '、'.join(known)}，也可以写文件名")


def _fit(form: Path) -> None:
    """Whether such a file can be filled at all.

    Raises:
        UsageError: It is of another sort.
    """
    suffix = form.suffix.lower()
    if suffix in _REFUSED:
        raise UsageError(f"{form.name} 是{_REFUSED[suffix]}")
    if suffix not in SUFFIXES:
        raise UsageError(f"{form.name} 不是 Word 或 Excel 的表，只能填 .docx 和 .xlsx")


def _bytes(path: Path, *, wanted: bool) -> bytes:
    try:
        if path.stat().st_size > _MOST:
            raise LianxinError(f"{path} 有 {path.stat().st_size:,} 字节，不像一张空表，没有填")
        return ordinary(path, follow=True)
    except OSError as error:
        again = "；当时用的空表不在这里了，找到它用 --form 指明，才能照样重做" if wanted else ""
        raise LianxinError(f"{path} 读不出来（{reason(error)}）{again}") from None
