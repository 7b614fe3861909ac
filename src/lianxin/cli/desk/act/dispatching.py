"""A paper that goes out, from the desk: made with its number, looked at, filed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from lianxin.actions.paper.ask import Asks
from lianxin.cli.desk.act.paper import REPORTS, Ask, PaperScreen, Shape, Wish
from lianxin.cli.desk.act.run import run
from lianxin.core.error import LianxinError, UsageError

if TYPE_CHECKING:
    from lianxin.actions.dispatch.filed import Asked, Filed
    from lianxin.actions.dispatch.owed import Owed
    from lianxin.actions.paper.report import Wanted
    from lianxin.cli.desk.act.writing import Writer
    from lianxin.cli.desk.app import Desk
    from lianxin.storage.book import LedgerBook

#: How it is asked where nothing is known of the period yet.
ASKED = {
    Asks.NUMBER: Ask("--number", "文号（不写就印下一号）"),
    Asks.CASES: Ask("--case", "典型案例（不写就照提纲的选法；要换，写编号，几件用、隔开）", many=True),
}
_NUMBER, _CASES = ASKED[Asks.NUMBER], ASKED[Asks.CASES]


async def send(desk: Desk, owed: Owed) -> tuple[str, Path | None] | None:
    """Make a paper where papers are put, or run an export; what is said of it, and where it is.

    Raises:
        LianxinError: It cannot be made.
    """
    from lianxin.actions.paper.report import words_of
    from lianxin.cli.say.edited import beside

    wanted = owed.wanted
    if wanted is None:
        desk.tell("正在导出……")
        await run(desk.session, ["export", owed.id])
        return f"✓ 已导出 {owed.id}，文件在 {owed.goes}", Path(owed.goes)

    async def made(wish: Wish) -> tuple[str, Path | None]:
        path = Path(owed.goes).with_suffix(wish.suffix)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        words = words_of(replace(wanted, number=""))
        fresh = beside(desk.session.root, path)
        before = _made_at(fresh)
        try:
            await run(desk.session, [*words, *wish.said, *(("--internal",) if wish.internal else ()), "-o", str(path)])
        except LianxinError:
            if _made_at(fresh) == before:
                raise
            return f"✓ 您改过的那份没有动；新的放在 {fresh}，o 打开对着看", fresh
        return f"✓ 已做成，放在 {path}；o 打开看，看过了按回车登记", path

    asks = [replace(_NUMBER, label="文号", value=wanted.number)] if owed.numbered else []
    if owed.picks:
        now, _ = await desk.reader.ask(partial(_picked, owed=owed))
        asks.append(replace(_CASES, label=now))
    return await desk.push_screen_wait(PaperScreen(Shape(f"出一份：{owed.title}", looks=REPORTS, asks=asks), made))


def _made_at(path: Path) -> int:
    return path.stat().st_mtime_ns if path.is_file() else 0


def _picked(book: LedgerBook, owed: Owed) -> str:
    """Which cases are told of unless others are named, and how that is done."""
    from lianxin.actions.paper.report import cases_picked

    ids = cases_picked(book, owed.wanted) if owed.wanted else []
    named = "；".join(f"{id_} {book.title(id_)}" for id_ in ids)
    told = f"现在用：{named}。要换" if named else "照提纲的选法没有合适的，就不印这一段。要写"
    return f"典型案例{told}，写编号，几件用、隔开"


async def file(desk: Desk, writer: Writer, owed: Owed) -> tuple[str, str] | None:
    """File a paper that was looked at; what is said of it and the id of its record, None where she does not yet.

    Raises:
        LianxinError: It cannot be filed; nothing was written.
    """
    proposed = owed.wanted.number if owed.wanted else ""
    asks = [replace(_NUMBER, label="文号（印在上面的）", value=proposed)] if owed.numbered else []
    told = "数字定稿，以后有变动出更正说明；文件收一份在台账里，以后按 / 找得到。"
    shape = Shape(f"看过了，登记：{owed.title}", ("登记", "还要改"), faces=False, asks=asks, told=told)
    return await _filed(desk, writer, shape, lambda said: (owed.title, _asked(owed.lies, said, owed.wanted)))


async def file_any(desk: Desk, writer: Writer, made: Path | None) -> tuple[str, str] | None:
    """File any paper, that made last where no other is named; as ``file``."""
    asks = [
        Ask(_FILE, "哪个文件（拖到这里也行）", str(made or "")),
        replace(_NUMBER, label="文号（印在上面的；没有就空着）"),
        Ask(_ABOUT, "说的是哪件事，写编号，几件用、隔开（报表不用写）", many=True),
    ]
    told = "报表的数字定稿；文件收一份在台账里，以后按 / 找得到。"
    shape = Shape("登记发出去的文", ("登记", "算了"), faces=False, asks=asks, told=told)

    def asked(said: Sequence[str]) -> tuple[str, Asked]:
        file = Path("".join(_said(said, _FILE)).strip("'\"")).expanduser()
        if not file.is_file():
            raise UsageError("请写文件在哪里" if not file.name else f"没有「{file}」这个文件，请看路径对不对")
        return file.stem, _asked(str(file), said)

    return await _filed(desk, writer, shape, asked)


_FILE, _ABOUT = "--file", "--about"


def _said(said: Sequence[str], flag: str) -> list[str]:
    """What was written under a flag."""
    return [text for one, text in zip(said[::2], said[1::2], strict=True) if one == flag]


def _asked(file: str, said: Sequence[str], wanted: Wanted | None = None) -> Asked:
    from lianxin.actions.dispatch.filed import Asked

    return Asked(Path(file), "".join(_said(said, _NUMBER.flag)), _said(said, _ABOUT), wanted)


async def _filed(
    desk: Desk, writer: Writer, shape: Shape, asked: Callable[[Sequence[str]], tuple[str, Asked]]
) -> tuple[str, str] | None:
    from lianxin.actions.dispatch.filed import file_paper

    filed: list[Filed] = []

    async def made(wish: Wish) -> tuple[str, Path | None]:
        title, paper = asked(wish.said)
        filed[:] = [await writer.run(partial(file_paper, asked=paper))]
        number = f"，文号 {filed[0].number}" if filed[0].number else ""
        kept = "数字已定稿，" if filed[0].frozen else ""
        return f"✓ 已登记 {title}（{filed[0].added.id}）{number}；{kept}文件收了一份", None

    done = await desk.push_screen_wait(PaperScreen(shape, made))
    return (done[0], filed[0].added.id) if done else None
