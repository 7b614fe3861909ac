"""What going through the books has found, as a page: faults in one table, marks in another; and the seal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO

from lianxin.actions.audit.audit import Audited
from lianxin.actions.audit.found import Found
from lianxin.actions.audit.seal import Seal, made
from lianxin.actions.workspace import Workspace
from lianxin.core.code import CODES
from lianxin.core.document import Block, Column, Document, Heading, KeyValues, Pair, Paragraph, Table, Value
from lianxin.core.picture import Picture, Pictures
from lianxin.core.problem import Level
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType, show_moment
from lianxin.kinds import BRIEFS, brief_of
from lianxin.reports.document import document_of
from lianxin.storage.book import LedgerBook
from lianxin.storage.git.history import listed

_SHORT = 10
#: Room for a signature.
_BLANK = "\u3000" * 12
_GRAVE = ((Level.ERROR.value, Tone.ALARM), (Level.WARNING.value, Tone.WARNING))
_RECORD = (Column("记录", "record", FieldType.REF, width=15), Column("标题", "title", width=20))
_WHEN = (Column("何时", "at", FieldType.MOMENT, width=16), Column("何人", "who"))
_COMMIT = Column("提交", "commit", FieldType.REF, width=_SHORT)
_FAULTS = (
    *_RECORD,
    Column("查出什么", "what", width=18, term=True),
    Column("轻重", "level", tones=_GRAVE, term=True),
    *_WHEN,
    Column("说明", "told", width=40),
    Column("代码", "code", term=True),
    _COMMIT,
)
_MARKS = (*_RECORD, Column("标记", "mark", term=True), *_WHEN, Column("说明", "told", width=40), _COMMIT)
_BELOW = ("what", "told", "who", "at", "commit")


def page(book: LedgerBook, found: Audited, *, plain: bool = False, most: int = 0) -> Document:
    """All that was found.

    Args:
        book: Gives records their titles.
        found: What.
        plain: For programs.
        most: So many marks are shown, the latest; 0: all.
    """
    faults = Table(_FAULTS, [_fault(book, one, plain=plain) for one in found.faults], name="faults", below=_BELOW)
    marks = _marks(book, found.marks, plain=plain, most=most)
    if plain:
        return document_of(
            book, "查账", (_summary(found), faults, marks), "audit", records=len(found.faults), plain=True
        )
    blocks: list[Block] = [*_said(found)]
    if found.faults:
        blocks += [Heading("查出的问题", 2), faults]
        blocks.append(Paragraph("每一种是怎么回事、怎么办：lianxin explain 代码。", Tone.MUTED))
    if found.marks:
        blocks += [Heading("另外记一笔的", 2), Paragraph("这些都合规矩，只是和平时的写法不一样。", Tone.MUTED), marks]
    return document_of(book, "查账", blocks, "audit", records=len(found.faults), landscape=True)


def _said(found: Audited) -> Iterator[Block]:
    known = found.count - found.fresh
    how = f"入账 {found.count} 笔"
    how += f"；前 {known} 笔上次查过，没有再查（全部重查：lianxin audit --whole）" if known else "，一笔一笔都查过"
    yield Paragraph(f"{how}。")
    yield KeyValues(
        (Pair("最后一笔", found.head[:_SHORT], "head", FieldType.REF),)
    )  # in no sentence: digits are digits
    if found.held:
        yield Paragraph(f"对照的印鉴：{show_moment(found.held.at)}，到那时 {found.held.count} 笔。")
    if found.faults:
        yield Paragraph(f"查出 {len(found.faults)} 处问题。", Tone.ALARM)
    else:
        yield Paragraph("没有查出问题。", Tone.GOOD)


def _summary(found: Audited) -> KeyValues:
    pairs = [
        Pair("最后一笔", found.head, "head", FieldType.REF),
        Pair("入账", found.count, "commits", FieldType.INTEGER),
        Pair("这次查的", found.fresh, "audited", FieldType.INTEGER),
    ]
    pairs += [Pair("对照的印鉴", found.held.text, "since", FieldType.REF)] if found.held else []
    pairs += [Pair("印鉴", found.seal.text, "seal", FieldType.REF)] if found.seal else []
    return KeyValues(tuple(pairs))


def _fault(book: LedgerBook, one: Found, *, plain: bool) -> tuple[Value, ...]:
    code = CODES[one.code]
    commit = one.commit if plain else one.commit[:_SHORT]
    return (one.record, _title(book, one), code.title, code.level.value, one.at, one.who, one.told, code.id, commit)


def _marks(book: LedgerBook, marks: Sequence[Found], *, plain: bool, most: int) -> Table:
    shown = marks[-most:] if most else marks
    rows = [
        (
            one.record,
            _title(book, one),
            one.code,
            one.at,
            one.who,
            one.told,
            one.commit if plain else one.commit[:_SHORT],
        )
        for one in shown
    ]
    left = len(marks) - len(shown)
    notes = (
        (f"只列了最近的 {len(shown)} 条，另有 {left} 条；全部的写到文件里看：lianxin audit -o 查账.xlsx",)
        if left
        else ()
    )
    return Table(_MARKS, rows, name="marks", below=_BELOW[1:], notes=notes)


def _title(book: LedgerBook, one: Found) -> str:
    brief = brief_of(one.record)
    if brief is None or not brief.id_pattern().match(one.record):
        return ""
    title = book.title(one.record)
    return "" if title == one.record else title


def square(text: str) -> bytes:
    """A QR code of a text, as PNG; the same for the same text."""
    import segno

    held = BytesIO()
    segno.make(text, error="m", boost_error=False).save(held, kind="png", scale=6)
    return held.getvalue()


def seal_page(book: LedgerBook, found: Audited, who: str) -> Document:
    """The seal for the file: what history there is today, in words, in figures, in one line and in a square."""
    seal = found.seal
    assert seal is not None  # noqa: S101 - whoever asks for the page has had it made
    counts: dict[str, int] = {
        str(kind): many for kind, many in book.sql("SELECT kind, count(*) FROM record GROUP BY kind")
    }
    office = book.office
    each = "、".join(f"{brief.label} {counts[brief.name]}" for brief in BRIEFS if counts.get(brief.name))
    pairs = (
        Pair("台账", office.name if office else "", "office", term=True),
        Pair("盖印时间", seal.at, "at", FieldType.MOMENT),
        Pair("盖印人", who, "who"),
        Pair("入账", f"{seal.count} 笔", "commits"),
        Pair("记录", f"共 {sum(counts.values())} 份：{each}", "counts", term=True),
        Pair("查账结果", f"查出 {len(found.faults)} 处问题" if found.faults else "没有查出问题", "verdict", term=True),
        Pair("最后一笔", seal.head, "head", FieldType.REF),
        Pair("内容指纹", seal.digest, "digest", FieldType.REF),
        Pair("盖印人签字", _BLANK),
        Pair("监督人签字", _BLANK),
    )
    blocks: tuple[Block, ...] = (
        KeyValues(pairs),
        *_stamp(seal),
        Paragraph("以后凭它查：lianxin audit --since 印鉴。", Tone.MUTED),
    )
    return document_of(book, "台账印鉴", blocks, "seal", records=sum(counts.values()))


def seal_of(workspace: Workspace, book: LedgerBook) -> tuple[Block, ...]:
    """The seal of the history that a report is made from; nothing where nothing was ever committed."""
    repo = book.repo
    if repo is None or not book.commit:
        return ()
    return _stamp(made(repo, book.commit, len(listed(repo, book.commit)), workspace.now))


def _stamp(seal: Seal) -> tuple[Block, ...]:
    """A seal as a line and as a square."""
    return (
        KeyValues((Pair("印鉴", seal.text, "seal", FieldType.REF),)),
        Pictures((Picture("seal.png", square(seal.text), "这一行的二维码，扫出来抄也行", public=True),)),
    )
