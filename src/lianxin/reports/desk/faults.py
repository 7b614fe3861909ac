"""What is amiss with the ledger itself: what is in no list stands first, what is to be looked at stands last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from lianxin.core.book import Book
from lianxin.core.document import Block, Document, Heading, Paragraph
from lianxin.core.error import LianxinError
from lianxin.core.problem import REPOSITORY, Level, Problem, spelt
from lianxin.core.text.pattern import late
from lianxin.core.tone import Tone
from lianxin.kinds import BY_FOLDER, home
from lianxin.reports.desk.item import Item, Of, Part, part
from lianxin.reports.desk.page import Chosen, chosen
from lianxin.reports.desk.plain import plain
from lianxin.reports.origin import uncounted

#: What a line of a file begins with: the label of its field.
_LABEL = late(r"[ -]*([^\s:#'\"]+):(?: |$)")

#: So many faults are told of on one page.
_MOST = 40


def left_out(book: Book, problems: Sequence[Problem]) -> list[Part]:
    """What keeps records out of the lists, and that git stands elsewhere."""
    lines = [(f"有 {told}", "没有算在下面")] if (told := uncounted(book)) else []
    lines += [(told.message, told.remedy) for one in problems if _of_git(one) for told in [plain(one)]]
    items = [Item("", title, (note,), Tone.ALARM, Of.FAULT) for title, note in lines]
    return [part("台账本身", items, "处", Tone.ALARM)] if items else []


def amiss(book: Book, problems: Sequence[Problem], notices: Sequence[str]) -> list[Part]:
    """Every fault that matters, at the record it is about, and whatever else has gone wrong."""
    serious = [one for one in problems if one.level is not Level.HINT and not _of_git(one)]
    items = [Item("", told, tone=Tone.WARNING, of=Of.FAULT) for told in notices]
    items += [_item(book, one) for one in serious]
    return [part("台账里要看一看的", items, "处")] if items else []


def _item(book: Book, one: Problem) -> Item:
    id_ = _record(one)
    tone = Tone.ALARM if one.level is Level.ERROR else Tone.WARNING
    return Item(id_, plain(one).message, (_stands(book, one),), tone, Of.FAULT, one.place)


def _of_git(one: Problem) -> bool:
    return one.path == REPOSITORY and one.level is Level.ERROR


def _record(one: Problem) -> str:
    """The id of the record in whose file a fault is; empty for any other file."""
    known = home(one.path).partition("/")[0] in BY_FOLDER
    return one.path.rpartition("/")[2].removesuffix(".yaml") if known else ""


def fault(book: Book, problems: Sequence[Problem], item: Item) -> Chosen:
    """What a line tells of: one fault and its record, if that can be read; else every fault that keeps one out."""
    if not item.group:
        kept_out = [one for one in problems if one.level is Level.ERROR][:_MOST]
        blocks = [block for one in kept_out for block in _told(one, _record(one) or where(book, one))]
        return Chosen("", "", item.title, Document(item.title, tuple(blocks), "desk"))
    told = [block for one in problems if one.place == item.group for block in _told(one, _line(one))]
    try:
        record = chosen(book, item.id) if item.id else None
    except LianxinError:
        record = None
    if record is None:
        return Chosen("", "", item.title, Document(item.id or item.told[0], tuple(told), "desk"))
    page = replace(record.page, blocks=(*told, Heading("这条记录", 2), *record.page.blocks))
    return replace(record, page=page)


def _line(one: Problem) -> str:
    """Where in its file; a fault of the file as a whole has no line."""
    return f"第 {one.line} 行" if one.excerpt else "整份文件"


def checked(book: Book, problems: Sequence[Problem]) -> Document:
    """All that is amiss, and how each is mended."""
    bare = [replace(one, excerpt="") if _record(one) and _title(book, one) else one for one in problems]
    blocks = [
        block
        for n, (one, told) in enumerate(zip(problems, bare, strict=True), 1)
        for block in _in_short(told, f"{n}. {where(book, one)}")
    ]
    found: list[Block] = [Paragraph(f"共 {len(problems)} 处要看一看：")] if problems else [Paragraph("没有毛病。")]
    return Document("检查", (*found, *blocks), "desk")


def where(book: Book, one: Problem) -> str:
    """Which record a fault is in, and in which of its fields; of any other file, its place as editors open it."""
    if one.path == REPOSITORY:
        return "台账本身"
    if not _record(one):
        return one.place
    label = _LABEL.match(one.excerpt)
    return f"{_stands(book, one)}{f'：{label[1]}' if label else ''}"


def _title(book: Book, one: Problem) -> str:
    """What the record is called; empty where it cannot be read, and its file has to be opened."""
    id_ = _record(one)
    title = book.title(id_) if id_ else ""
    return "" if title == id_ else title


def _stands(book: Book, one: Problem) -> str:
    id_ = _record(one)
    title = _title(book, one) or id_
    return "  ".join(dict.fromkeys((id_, title))) if id_ else spelt(one.path)


def _in_short(fault_: Problem, where: str) -> Iterator[Block]:
    """The same in a list of many: what is amiss and what mends it, together."""
    one = plain(fault_)
    remedy = f"改法：{one.remedy}" if one.remedy else ""
    said = one.message.rstrip("。")
    told = "；".join(filter(None, (one.excerpt and f"写着「{one.excerpt}」", remedy)))
    yield Heading(where, 3)
    yield Paragraph(
        f"{said}{'；' if told and not said.endswith('？') else ''}{told}",
        Tone.ALARM if one.level is Level.ERROR else Tone.WARNING,
    )


def _told(fault_: Problem, where: str) -> Iterator[Block]:
    one = plain(fault_)
    yield Heading(where, 3)
    yield Paragraph(one.message, Tone.ALARM if one.level is Level.ERROR else Tone.WARNING)
    if one.excerpt:
        yield Paragraph(one.excerpt, Tone.MUTED)
    if one.remedy:
        yield Paragraph(f"改法：{one.remedy}")
