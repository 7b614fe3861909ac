"""A ledger sent out so that it comes back: masked as any export, what may be filled in open, all else locked."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from lianxin.actions.back.sent import KEY, MARK, OURS, SHEET, Sent, token
from lianxin.actions.bring.template import choices_of, note_of
from lianxin.actions.policy.form import forms
from lianxin.core.book import Query
from lianxin.core.declare.field import Privacy
from lianxin.core.declare.kind import Kind
from lianxin.core.document import Column, Document, Face, Table
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.filter import Filter, Op
from lianxin.core.text.fold import fold
from lianxin.core.value import FieldType, show_moment
from lianxin.formats.face.mask import mask
from lianxin.formats.face.scan import Scan
from lianxin.formats.xlsx.sent import Asking, Hidden, sent
from lianxin.kinds import KIND, kind_named
from lianxin.kinds.path import points
from lianxin.reports.ledger.ask import PROGRESS, Ask, asked, progress
from lianxin.reports.ledger.form import NUMBER, Form
from lianxin.storage.book import LedgerBook

#: To whom a ledger may be sent.
_RECIPIENTS = ("org", "village", "person")
#: What stands in these columns the public never sees whole: nothing is asked there.
_VEILED = frozenset({Privacy.NAME, Privacy.PHONE, Privacy.ADDRESS, Privacy.IDENTITY, Privacy.INTERNAL})
_ABOUT = "{to}填：白底的格子可以填，灰底的不用动（橙色表头就是要填的栏）。填好存上，原样发回来；不要删行、加行。"


class Recipient(Struct, frozen=True):
    """To whom it goes.

    Attributes:
        word: By which no other is meant: his name, or his id where another is called the same.
        by: The column by which the records are his; empty where none is.
    """

    id: str
    name: str
    word: str
    by: str = ""

    @property
    def filters(self) -> tuple[Filter, ...]:
        """What makes a record his."""
        return (Filter((self.by,), Op.EQ, (self.word,)),) if self.by else ()


def recipient(book: LedgerBook, form: Form, word: str) -> Recipient:
    """Whom a word means, and by which column of the form its records are his.

    Raises:
        UsageError: It means nobody, or several; or a record takes several rows of the form.
    """
    kind = kind_named(form.kind)
    if kind is None or form.unroll:
        raise UsageError(_not_to_be_sent(book, form))
    id_ = book.resolve(word, *_RECIPIENTS, in_force=True)
    ref = next(name for name in _RECIPIENTS if id_.startswith(f"{KIND[name].prefix}-"))
    labels = [path for column in form.columns for path in column.fields if path != NUMBER]
    labels += [form.group] if form.group else []
    found = (kind.column(label) for label in (*labels, *(spec.label for spec in kind.fields)) if "." not in label)
    by = next((spec.label for spec in found if spec and points(spec) and ref in spec.refs), "")
    name = book.title(id_)
    alone = len(book.sql("SELECT 1 FROM called WHERE word = ? AND kind = ? LIMIT 2", (fold(name), ref))) == 1
    return Recipient(id_, name, name if alone else id_, by)


def _not_to_be_sent(book: LedgerBook, form: Form) -> str:
    """Why a ledger of several rows a record does not go out, and which other of its kind can."""
    kind = kind_named(form.kind)
    why = f"「{form.name}」一行是一条{form.unroll}，一份{form.kind}占几行，填回来分不清是哪一条，不能发出去填"
    others = [one for one in forms(book).values() if one.kind == form.kind and not one.unroll]
    if sendable := [one.name for one in others if kind and (progress(kind) or any(asked(kind, one)))]:
        return f"{why}；要发出去填的，请用{'、'.join(f'「{name}」' for name in sendable)}"
    how = f"lianxin next {kind.prefix}编号" if kind and kind.lifecycle else f"lianxin {kind.name if kind else ''} edit"
    return f"{why}；{form.kind}没有别的台账可发，请打印出来让对方填，回来照着记：{how}"


def send(book: LedgerBook, form: Form, document: Document, to: Recipient, face: Face) -> bytes:
    """The workbook to be filled in.

    Args:
        book: The records.
        form: What the document was made by.
        document: The ledger, of the records that go to him.
        to: Whom it goes to.
        face: How much of it he may see.

    Raises:
        LianxinError: The records are not all committed; or something personal is left for the public.
        UsageError: Nothing of it can be filled in, or nothing is in it.
    """
    kind = kind_named(form.kind)
    if kind is None or not book.commit:
        raise LianxinError("台账还没有入账，不能发出去填；请先运行 lianxin commit")
    _refuse_dirty(book, kind)
    asks = [*asked(kind, form), *([more] if (more := progress(kind)) else [])]
    document = _with_progress(document) if more else document
    masked = mask(document, face)
    if face is Face.PUBLIC:
        Scan(document.names).refuse(masked)
    (clear,) = _tables(document)
    (table,) = _tables(masked)
    if not table.rows:
        raise UsageError(f"「{form.name}」里没有{to.name}的记录，没有写出；要发哪些，可用 --where 写明")
    if face is Face.PUBLIC:
        asks = [None if column.privacy in _VEILED else ask for ask, column in zip(asks, clear.columns, strict=True)]
    if not any(asks):
        raise UsageError(f"「{form.name}」没有可以填的栏，不能发出去填；请换一种台账")
    told = _sent(book, form, kind, table, to, face, extra=more is not None)
    open_ = _open(book, kind, asks, table, clear)
    tokens = [token(told, id_, row) if id_ else OURS for id_, row in zip(table.records, table.rows, strict=True)]
    hidden = Hidden(tokens, open_, OURS, KEY, SHEET, ((MARK,), told.words(), (told.digest,)))
    made = [_asking(book, ask, face) if ask else None for ask in asks]
    lines = [*filter(None, [masked.subtitle]), _ABOUT.format(to=to.name)]
    return sent(replace(masked, subtitle=""), made, hidden, lines)


def _sent(book: LedgerBook, form: Form, kind: Kind, table: Table, to: Recipient, face: Face, *, extra: bool) -> Sent:
    """What the sheet that nobody sees says of the sending."""
    columns = tuple(
        (column.fields, shown.label, column.joint)
        for column, shown in zip(form.columns, table.columns, strict=False)  # as he is told of them
    )
    office = book.office.name if book.office else ""
    at = show_moment(book.now)
    return Sent(form.name, kind.name, office, book.commit, to.id, to.name, at, face.value, columns, extra)


def _open(book: LedgerBook, kind: Kind, asks: Sequence[Ask | None], table: Table, clear: Table) -> list[list[bool]]:
    """Where something may be written, row by row."""
    ended = _ended(book, kind, table.records)
    return [
        [
            ask is not None and bool(id_) and id_ not in ended and _as_it_is(ask, row[n], bare[n])
            for n, ask in enumerate(asks)
        ]
        for row, bare, id_ in zip(table.rows, clear.rows, table.records, strict=True)
    ]


def _refuse_dirty(book: LedgerBook, kind: Kind) -> None:
    edited = [path for path in book.dirty if path.startswith(f"{kind.folder}/")]
    if edited:
        raise LianxinError(f"{edited[0]} 有手工改动还没有入账，发出去的就对不上了；请先运行 lianxin commit")


def _tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def _with_progress(document: Document) -> Document:
    """The document with the column for what has been done since."""
    column = Column(PROGRESS, "told_now", FieldType.STORY, Privacy.STORY, 30, typed=True)

    def wider(table: Table) -> Table:
        totals = (*table.totals, None) if table.totals else ()
        rows = [(*row, None) for row in table.rows]
        return replace(table, columns=(*table.columns, column), rows=rows, totals=totals)

    return replace(document, blocks=tuple(wider(one) if isinstance(one, Table) else one for one in document.blocks))


def _as_it_is(ask: Ask, shown: object, bare: object) -> bool:
    """Whether a cell shows all that stands there, and may be written in."""
    return shown == bare and (not ask.blank or shown in (None, ""))


def _ended(book: LedgerBook, kind: Kind, ids: Sequence[str]) -> frozenset[str]:
    """The records of which nothing can be corrected any more."""
    if kind.lifecycle is None:
        return frozenset(str(id_) for (id_,) in book.sql("SELECT id FROM record WHERE voided"))
    lifecycle = kind.lifecycle
    over = {state.value for state in lifecycle.states if not any(s.name == "amend" for s in lifecycle.lawful(state))}
    rows, found = book.select(Query(kind, ("状态",), (Filter(("编号",), Op.EQ, tuple(dict.fromkeys(ids))),)))
    return frozenset(id_ for id_, (state,) in zip(found, rows, strict=True) if str(state) in over)


def _asking(book: LedgerBook, ask: Ask, face: Face) -> Asking:
    spec = ask.spec
    listed = not spec.many and (face is Face.INTERNAL or "person" not in spec.refs)
    note = "已经有的不用改，空着的可以填" if ask.blank else ""
    said = note_of(spec, many=spec.many)
    return Asking("，".join(filter(None, (note, said))), choices_of(book, spec) if listed else ())
