"""Draw every shipped form, ledger and report into ``docs/gallery``, and list the pictures in ``docs/gallery.md``.

What is drawn is derived from the folders of ``templates``; how, from the suffix of the file a command writes.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from pathlib import Path

import yaml
from scripts import screens
from scripts.draw import draw, need

from lianxin.core.asset import asset, sample
from lianxin.core.book import Query
from lianxin.core.declare.kind import Kind
from lianxin.core.document import Table
from lianxin.core.filter import parse_filters
from lianxin.formats.fill.docx import tags
from lianxin.kinds import KIND, KINDS
from lianxin.policies.outline import Outline
from lianxin.reports.fill.tagged import Asked, asked_of, tagged
from lianxin.storage.book import open_book

ROOT = Path(__file__).resolve().parents[1]
INDEX = ROOT / "docs" / "gallery.md"
FOLDER = ROOT / "docs" / "gallery"
TODAY = "2026-11-22"

#: Records on a form that lists them, like the cards on a sheet.
_LISTED = 8
#: Nobody is pressed for what is struck off.
_OPEN = {"督办单": ("状态!=已销号", "逾期天数>=1")}
_TITLE = """# 图册

工作台，和自带的台账、报表、《工作手册》、表样、公示栏各是什么样子，都出自示例乡镇（`lianxin 样例`），
当作今天是 {today}；人名、地名、电话都是虚构的。各图下面是出它的命令；换了字体，版面会略有不同。由 `make gallery` 重画。
"""


@dataclass(frozen=True)
class Piece:
    """One file to be shown.

    Attributes:
        group: Heading of the index it stands under.
        name: What it shows.
        file: What the command writes; a folder where it has no suffix.
        words: Of the command, without the file.
        sought: Besides the first page, those on which one of these stands.
        keys: For a screen of the program: what is awaited there, and the key that is pressed, or the words that are
            written, then.
        told: What leads to that screen, for a reader.
    """

    group: str
    name: str
    file: str
    words: tuple[str, ...]
    sought: tuple[str, ...] = ()
    keys: tuple[tuple[str, str], ...] = ()
    told: str = ""

    @property
    def command(self) -> tuple[str, ...]:
        """The words after ``lianxin``."""
        if self.keys:
            return self.words
        return (*self.words, *(("-o", self.file) if "." in self.file else (self.file,)))

    @property
    def stem(self) -> str:
        """How the names of its pictures begin."""
        return f"{self.group}-{self.file.replace('.', '-')}"


def _screens() -> Iterator[Piece]:
    """The desk, and a form."""
    today, listed = ("已超期", ""), ("问题WT", "")
    yield Piece(
        "工作台",
        "今日",
        "今日.svg",
        (),
        keys=(("回车", "2"), ("在办的", "1"), ("已超期", "")),
        told="不写别的，打开的就是今日",
    )
    yield Piece("工作台", "问题", "问题.svg", (), keys=((today[0], "2"), listed), told="按 2")
    found = (("已超期", "/"), ("字、编号", "塌方"), ("经过：", ""))
    yield Piece("工作台", "找", "找.svg", (), keys=found, told="按 /，写要找的字：在哪里找到的，用【】标出来")
    known = ("问题", "新增", "--来自走访", "ZF-2026-A0083")
    yield Piece("工作台", "填表", "填表.svg", known, keys=(("事由", ""),), told="走访里说过的已经填好，只填还缺的")


def _named(folder: str) -> list[dict[str, object]]:
    return [yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(asset(folder).glob("*.yaml"))]


def _ledgers() -> Iterator[Piece]:
    """Each as a workbook; the widest in every format that has pages."""
    found = {str(form["名称"]): len(form["列"]) for form in _named("ledgers")}  # type: ignore[arg-type]
    for name, columns in found.items():
        suffixes = ("xlsx", "docx", "pdf", "html") if columns == max(found.values()) else ("xlsx",)
        for suffix in suffixes:
            yield Piece("台账", name, f"{name}.{suffix}", ("ledger", name))


def _reports() -> Iterator[Piece]:
    """Each as a Word file; those with charts in every format that has pages."""
    for one in _named("reports"):
        outline = Outline.model_validate(one, by_alias=True, by_name=False)
        charts = tuple(picture.title for section in outline.sections for picture in section.pictures)
        named = () if outline.name == outline.rhythm else ("--name", outline.name)
        for suffix in ("docx", "pdf", "html") if charts else ("docx",):
            words = ("report", outline.rhythm.name.lower(), *named)
            yield Piece("报表", outline.name, f"{outline.name}.{suffix}", words, charts)


def _handbook() -> Iterator[Piece]:
    words = ("handbook", _longest(), "--internal")
    for suffix in ("docx", "pdf", "html"):
        yield Piece("工作手册", "工作手册", f"工作手册.{suffix}", words, ("心得体会",) if suffix != "html" else ())


def _pages() -> Iterator[Piece]:
    """Forms of records, filled with those that have most to say there; forms of reports are seen in the reports."""
    for file in sorted(asset("pages").glob("*.docx")):
        wanted = tags(file.read_bytes(), file.name)
        found = ((kind, asked_of(kind, wanted.fields, wanted.lists)) for kind in KINDS if wanted.fields)
        kind, asked = next(((kind, asked) for kind, asked in found if not asked.wrong), (None, None))
        if kind and asked:
            shown = _fullest(kind, asked, _OPEN.get(file.stem, ()))[: _LISTED if wanted.loops else 1]
            ids = [word for id_ in shown for word in ("--id", id_)]
            yield Piece("表样", file.stem, f"{file.stem}.docx", ("fill", file.stem, *ids, "--internal"))


def _fullest(kind: Kind, asked: Asked, filters: Sequence[str] = ()) -> list[str]:
    """The sample's records of a kind, those first of which a form has most to say."""
    today = date.fromisoformat(TODAY)
    with open_book(sample(), today=today, now=datetime.combine(today, time(9))) as book:
        ids = book.select(Query(kind, ("编号",), parse_filters(filters), sort=("编号",)))[1]
        said = dict.fromkeys(ids, 0)
        for table in (block for block in tagged(book, kind, ids, asked).blocks if isinstance(block, Table)):
            for id_, row in zip(table.records, table.rows, strict=True):
                said[id_] += sum(cell not in (None, "") for cell in row)
    return sorted(ids, key=lambda id_: (-said[id_], id_))


def _longest() -> str:
    """The issue with the most events."""
    files = (sample() / KIND["issue"].folder).rglob("*.yaml")
    return max(files, key=lambda file: (file.read_text(encoding="utf-8").count("步骤: "), file.name)).stem


@cache
def pieces() -> tuple[Piece, ...]:
    """Everything that is shown, in the order of the index."""
    board = Piece("公示栏", "公示栏", "公示栏", ("site",))
    return (*_screens(), *_ledgers(), *_reports(), *_handbook(), *_pages(), board)


def pictures(piece: Piece, folder: Path = FOLDER) -> list[Path]:
    """Its pictures, in order."""
    return sorted(folder.glob(f"{piece.stem}-*.png"))


def index(shown: Sequence[Piece], folder: Path = FOLDER) -> str:
    """The page that lists the pictures, each with the command that makes its file."""
    lines = [_TITLE.format(today=TODAY)]
    group = name = ""
    for piece in shown:
        if piece.group != group:
            group = piece.group
            lines.append(f"## {group}\n")
        if piece.name not in (name, piece.group):
            lines.append(f"### {piece.name}\n")
        name = piece.name
        lines.append(f"```sh\n{shlex.join(('lianxin', *piece.command))}\n```\n".replace("'", ""))
        lines += [f"{piece.told}。\n"] if piece.told else []
        lines += [f"![{_told(piece, picture)}]({folder.name}/{picture.name})\n" for picture in pictures(piece, folder)]
    return "\n".join(lines)


def _told(piece: Piece, picture: Path) -> str:
    return f"{piece.file}，{picture.stem.removeprefix(piece.stem).strip('-')}"


def _played(piece: Piece, ledger: Path) -> str:
    if piece.words:
        return screens.form(ledger, "issue", {"visit": piece.words[-1]}, piece.keys, TODAY)
    return screens.desk(ledger, piece.keys, TODAY)


def make(shown: Sequence[Piece], folder: Path) -> list[Path]:
    """Run the commands in a fresh copy of the sample township and draw what they write."""
    made: list[Path] = []
    with tempfile.TemporaryDirectory(prefix="lianxin-gallery-") as work:
        home = Path(work)
        program = (sys.executable, "-m", "lianxin", "--today", TODAY)
        subprocess.run([*program, "demo", str(home / "demo")], check=True, capture_output=True)

        def run(piece: Piece) -> None:
            (home / piece.group).mkdir(exist_ok=True)
            command = [*program, "--data", str(home / "demo"), *piece.command]
            done = subprocess.run(command, cwd=home / piece.group, capture_output=True, text=True, check=False)
            if done.returncode:
                sys.exit(f"lianxin {shlex.join(piece.command)}: {done.stderr}")

        with ThreadPoolExecutor(2) as desk:
            list(desk.map(run, [piece for piece in shown if not piece.keys]))
        for piece in (piece for piece in shown if piece.keys):
            (home / piece.group).mkdir(exist_ok=True)
            (home / piece.group / piece.file).write_text(_played(piece, home / "demo"), encoding="utf-8")
        files = {piece.stem: (home / piece.group / piece.file, piece.sought) for piece in shown}
        for found in draw(files, home).values():
            made += [picture.rename(folder / picture.name) for picture in found]
    return made


def main() -> None:
    """``python -m scripts.gallery [NAME …]``: all pictures, or those of the pieces of these names."""
    need()
    only = sys.argv[1:]
    shown = [piece for piece in pieces() if not only or piece.name in only]
    FOLDER.mkdir(exist_ok=True)
    for old in (picture for piece in shown for picture in pictures(piece)):
        old.unlink()
    if not only:
        for left in FOLDER.glob("*.png"):
            left.unlink()
    make(shown, FOLDER)
    INDEX.write_text(index(pieces()), encoding="utf-8")
    size = sum(picture.stat().st_size for picture in FOLDER.glob("*.png"))
    sys.stdout.write(f"{len(list(FOLDER.glob('*.png')))} pictures, {size / 1e6:.1f} MB\n")


if __name__ == "__main__":
    main()
