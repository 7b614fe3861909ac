"""What becomes of a plain record, asked in a form: it ends, is merged into another, is renamed, or voided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from lianxin.actions.form.form import Form
from lianxin.core.called import OF_A_KIND
from lianxin.core.declare.field import REQUIRED, FieldSpec
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.need import Need
from lianxin.core.declare.record import fields_of
from lianxin.core.error import LianxinError
from lianxin.kinds.ending import CAUSES, HEIRS, Ending, FormerName
from lianxin.kinds.fate import OF_SEVERAL, fates
from lianxin.kinds.void import Voiding
from lianxin.storage.book import LedgerBook
from lianxin.storage.write.draft import draft_name


def of_fate(book: LedgerBook, kind: Kind, name: str, ids: Sequence[str]) -> Form:
    """What is asked of records before that becomes of them.

    Args:
        book: The records.
        kind: Of the records.
        name: One of ``kinds.fate.FATES``.
        ids: Of the records, whole; empty: which of them is asked too.

    Raises:
        LianxinError: One of them is voided already, or has ended.
    """
    what = OF_A_KIND[name]
    for id_ in ids:
        if name not in fates(kind, record := book.record(id_)):
            gone = "作废" if getattr(record, "voided", None) else "终止"
            raise LianxinError(f"{id_} {book.title(id_)} 已经{gone}，不能{what}")
    about = f"{ids[0]} {book.title(ids[0])}" if len(ids) == 1 else f"{len(ids)} 个{kind.label}" if ids else kind.label
    one = ids[0] if len(ids) == 1 else "-".join(ids)
    specs = [*(() if ids else [_which(kind, several=name in OF_SEVERAL)]), *_ASKED[name](kind)]
    command = f"lianxin {kind.name} {name} {' '.join(ids)}".rstrip()
    id_ = one if len(ids) == 1 else ""
    return Form(draft_name(kind.name, name, one), command, f"{about}：{what}", specs, id=id_, alters=True)


def _which(kind: Kind, *, several: bool) -> FieldSpec:
    into = _spec(Ending, "into")
    label = f"哪几个{kind.label}" if several else f"哪一个{kind.label}"
    return replace(into, name="ids", label=label, refs=(kind.name,), default=REQUIRED, many=several, help="")


def _end(kind: Kind) -> Iterator[FieldSpec]:
    causes = tuple(one.value for one in CAUSES[kind.name])
    heirs = tuple(one for one in causes if one in HEIRS)
    yield replace(_spec(Ending, "why"), choices=causes)
    need = Need(f"{'、'.join(heirs)}要写去向", {"why": heirs}, only=True)
    yield replace(_spec(Ending, "into"), refs=(kind.name,), needed=(need,), often=True)
    yield from _when()
    yield _spec(Ending, "notes")


def _merge(kind: Kind) -> Iterator[FieldSpec]:
    into = _spec(Ending, "into")
    yield replace(into, refs=(kind.name,), label="并入", many=False, default=REQUIRED, help="并到哪一个，它还在")
    yield from _when()
    yield _spec(Ending, "notes")


def _rename(_kind: Kind) -> Iterator[FieldSpec]:
    yield replace(_spec(FormerName, "name"), label="新名称", help="旧名记作曾用名，也找得到")
    yield from _when(help="从这天起叫新名称；从前的事仍写旧名")


def _void(kind: Kind) -> Iterator[FieldSpec]:
    yield replace(_spec(Voiding, "why"), help="为什么作废；编号保留，不再列出、不再计数")
    yield replace(_spec(Voiding, "into"), label="由哪一份接替", refs=(kind.name,), often=True)


def _when(**said: str) -> Iterator[FieldSpec]:
    yield replace(_spec(Ending, "on"), default=None, often=True, offer=("today",), **said)
    yield replace(_spec(Ending, "paper"), help="凭哪份文件，没有就空着", often=True)


def _spec(model: type[Ending | FormerName | Voiding], name: str) -> FieldSpec:
    return next(spec for spec in fields_of(model) if spec.name == name)


def _join(_kind: Kind) -> Iterator[FieldSpec]:
    """Which two; whose their fields are to be is asked once both are known."""
    yield from ()


_ASKED = {"rename": _rename, "merge": _merge, "join": _join, "end": _end, "void": _void}
