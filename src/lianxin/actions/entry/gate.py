"""The gate at writing: what ``check`` would call an error of a record, or of what it touches, is not written."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from msgspec.structs import replace

from lianxin.actions.veiled import Outward
from lianxin.core.code import CODES
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.problem import Finding, Level, Loc
from lianxin.kinds import BY_FOLDER, home, kind_of
from lianxin.rules import check_kind, dangling, doubts, voided
from lianxin.rules.group import STRAY, stray
from lianxin.rules.heard import parted
from lianxin.storage.book import LedgerBook
from lianxin.storage.git.snapshot import is_record
from lianxin.storage.read.complaint import EVENTS
from lianxin.storage.read.loading import Loaded

#: Kinds that an issue and its visit are.
_HEARD = ("issue", "visit")


def gate(book: LedgerBook, path: str, text: str, read: Loaded | None = None) -> tuple[str, ...]:
    """Refuse a text that would bring an error into the ledger; what it would bring of lesser faults is told.

    Args:
        book: As it stands now.
        path: Where the record stands, or is to stand.
        text: What its file is to hold.
        read: That, where it has been read already.

    Raises:
        UsageError: With every error that was not there before.
    """
    return gates(book, {path: text}, {path: read} if read else None)


def gates(book: LedgerBook, texts: Mapping[str, str], read: Mapping[str, Loaded] | None = None) -> tuple[str, ...]:
    """The same for several files that are written at one stroke; the first is the one the command is about."""
    id_ = _id(next(iter(texts)))
    with book.trying({path: text.encode() for path, text in texts.items()}, read) as after:
        found = _found(after, texts)
    if not found:
        return ()
    known = set(_found(book, texts))
    fresh = [one for one in dict.fromkeys(found) if one not in known]
    strict = (STRAY,) if len(texts) == 1 else ()  # what follows its successor goes where that one is
    errors = [one for one in fresh if CODES[one.code].level is Level.ERROR or one.code in strict]
    if errors:
        fields = [_field(one.loc) for one in errors if one.loc and one.record == id_]
        veiled = "没有写入：" + "；".join(_said([replace(one, message=one.public) for one in errors], id_))
        raise UsageError("没有写入：" + "；".join(_said(errors, id_)), fields, veiled=veiled)
    return tuple(_said(fresh, id_))


def standing(book: LedgerBook, kinds: Collection[str]) -> frozenset[Finding]:
    """What the rules find of the records of some kinds: asked before many are written at one stroke."""
    return frozenset(finding for kind in kinds for finding in check_kind(book, kind))


def arisen(
    after: LedgerBook, paths: Collection[str], before: Collection[Finding]
) -> tuple[list[Finding], list[Finding]]:
    """What files written at one stroke bring into the ledger: what is refused, and what is only told.

    Args:
        after: With the files laid over.
        paths: Of the files, which were sound or not there before.
        before: As ``standing`` found it without them.
    """
    known = set(before)
    fresh = [one for one in dict.fromkeys(_found(after, {*paths})) if one not in known]
    errors = [one for one in fresh if CODES[one.code].level is Level.ERROR or one.code == STRAY]
    return errors, [one for one in fresh if one not in errors]


def by_hand(book: LedgerBook, paths: Collection[str]) -> tuple[Finding | None, tuple[str, ...]]:
    """The first error that edits by hand brought into the ledger, and what they brought of lesser faults.

    Args:
        book: With the edits laid over.
        paths: Of the records that were edited.
    """
    found = _found_by_hand(book, paths) if paths else []
    if not found or book.repo is None:
        return None, ()
    with book.trying({path: book.repo.blob(book.commit, path) or b"" for path in paths}) as before:
        known = set(_found_by_hand(before, paths))
    fresh = [one for one in dict.fromkeys(found) if one not in known]
    strict = (one for one in fresh if CODES[one.code].level is Level.ERROR or one.code == STRAY)
    return next(strict, None), tuple(f"{one.record}：{one.message}" for one in fresh)


def restoring(book: LedgerBook, texts: Mapping[str, str | None]) -> tuple[str, ...]:
    """Refuse to put files back where ``check`` would find an error that it does not find now; what else it would.

    Args:
        texts: What each file is to hold again; None: it is taken away.

    Raises:
        LianxinError: With every such error.
    """
    records = {path: text for path, text in texts.items() if is_record(path)}
    staying = [path for path, text in records.items() if text is not None]
    with book.trying({path: None if text is None else text.encode() for path, text in records.items()}) as after:
        found = _found_by_hand(after, staying)
    known = set(_found_by_hand(book, staying)) if found else set()
    fresh = [one for one in dict.fromkeys(found) if one not in known]
    errors = [one for one in fresh if CODES[one.code].level is Level.ERROR]
    if errors:
        said = "没有撤销，撤了会多出毛病："
        outward = Outward(book)
        veiled = said + "；".join(_said([replace(one, message=outward.told(one)) for one in errors], ""))
        raise LianxinError(said + "；".join(_said(errors, "")), veiled=veiled)
    return tuple(_said(fresh, ""))


def twins(book: LedgerBook, path: str, text: str) -> list[Finding]:
    """What is doubtful of a record once its file holds a text, and was not before: likely twins and the like."""
    with book.trying({path: text.encode()}) as after:
        found = _twins(after, path)
    known = set(_twins(book, path)) if found else set()
    return [one for one in found if one not in known]


def _twins(book: LedgerBook, path: str) -> list[Finding]:
    return doubtful(book, _id(path))


def doubtful(book: LedgerBook, id_: str) -> list[Finding]:
    """What is doubtful of a record as it stands: likely twins and the like."""
    if not book.sql("SELECT 1 FROM record WHERE id = ? AND NOT voided", (id_,)):
        return []
    kind, record = kind_of(id_), book.record(id_)
    return doubts(book, kind.name, book.fold_of(record).record if kind.lifecycle else record)


def _found_by_hand(book: LedgerBook, paths: Collection[str]) -> list[Finding]:
    """With what the commands that write never come to: ids of nothing, and of what is voided, and twins."""
    named = (*dangling.check(book), *voided.check(book))
    return [*_found(book, paths), *named, *(twin for path in paths for twin in _twins(book, path))]


def _found(book: LedgerBook, paths: Collection[str]) -> list[Finding]:
    own = [
        Finding(one.code, _id(one.path), (), one.message, one.veiled) for one in book.problems() if one.path in paths
    ]
    kinds = {path: BY_FOLDER[home(path).split("/", 1)[0]].name for path in paths}
    strays = (finding for path, kind in kinds.items() for finding in stray(book, kind, _id(path)))
    heard = (finding for path, kind in kinds.items() if kind in _HEARD for finding in parted(book, _id(path)))
    return [
        *own,
        *strays,
        *heard,
        *(finding for kind in dict.fromkeys(kinds.values()) for finding in check_kind(book, kind)),
    ]


def _field(loc: Loc) -> str:
    """The label that was typed wrongly: of the record, or of the step that is being taken."""
    return str(loc[2] if loc[0] == EVENTS and len(loc) > 2 else loc[0])


def _id(path: str) -> str:
    return path.rsplit("/", 1)[-1].removesuffix(".yaml")


def _said(findings: Sequence[Finding], id_: str) -> list[str]:
    """Each in a sentence; what is wrong elsewhere with the id of the record."""
    return [one.message if one.record == id_ else f"{one.record}：{one.message}" for one in findings]
