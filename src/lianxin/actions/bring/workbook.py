"""What is understood of a workbook before any row is judged: its tables, of which kind each is, what columns mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from lianxin.actions.bring.guess import TEXTS, kind_of_table
from lianxin.actions.bring.lexicon import KINDS, How, Lexicon, lexicon
from lianxin.actions.bring.match import Understood, understood, usable
from lianxin.actions.bring.row import Given, year_of
from lianxin.actions.bring.table import ABOUT, Table, plain, table_of
from lianxin.actions.bring.value import Reader
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.sheet import Sheet
from lianxin.core.text.fold import fold
from lianxin.kinds import KIND, kind_named
from lianxin.kinds.path import near
from lianxin.policies.importing import importing_of, with_confirmed
from lianxin.storage.book import LedgerBook
from lianxin.storage.settings import settings_text
from lianxin.storage.write.journal import Change, Journal

PATH = "policy/import.yaml"
LABEL = "导入"


class Asked(Struct, frozen=True):
    """What is to be taken in, and how.

    Attributes:
        file: Its name, by which answers are kept.
        kind: Of all its sheets; empty: of each as it looks.
        told: Fields by heading, folded.
        given: What stands in no cell.
        names: Whom a name means, by what was asked.
        good_only: Rows with faults are left out, the others written.
    """

    file: str
    sheets: Sequence[Sheet]
    kind: str = ""
    told: Mapping[str, str] = {}
    given: Given = Given()
    names: Mapping[str, str] = {}
    good_only: bool = False


class UnsureError(UsageError):
    """A table may be of several kinds.

    Attributes:
        kinds: What they are called, the likeliest first.
    """

    def __init__(self, sheet: str, kinds: Sequence[str]) -> None:
        super().__init__(f"看不准「{sheet}」是哪一种表（{'、'.join(kinds)}）；请写明：--种类 {kinds[0]}")
        self.sheet, self.kinds = sheet, kinds


class Reading(Struct, frozen=True):
    """What was understood of a workbook before any row is judged.

    Attributes:
        skipped: Sheets in which no table was found.
        lacking: By table: fields that must be written and have no column.
    """

    tables: Sequence[Understood]
    skipped: Sequence[str]
    lacking: Sequence[Sequence[str]]


def read_workbook(book: LedgerBook, asked: Asked) -> Reading:
    """Find the tables, say of which kind each is and what its columns mean.

    Raises:
        UsageError: No table is found, or it may be of several kinds, or what she said names nothing.
    """
    own = importing_of(book.policy("import"))
    lexicons = [lexicon(name, own) for name in KINDS]
    told = kind_named(asked.kind) if asked.kind else None
    if asked.kind and (told is None or told.name not in KINDS):
        raise UsageError(f"不能导入「{asked.kind}」；能导入的有 {'、'.join(KIND[name].label for name in KINDS)}")
    known = frozenset(word for one in lexicons for word in (*one.senses, *one.left))
    reader = Reader(book, {})
    tables, skipped = [], []
    for sheet in asked.sheets:
        table = table_of(sheet, known.__contains__)
        fits = [one for one in lexicons if told and one.kind.name == told.name]
        if table is None or not table.lines or not (fits or (fits := [*kind_of_table(table, lexicons)])):
            said = sheet.name != ABOUT and any(cell != "" for row in sheet.rows for cell in row)
            skipped += [sheet.name] if said else []
            continue
        if len(fits) > 1:
            raise UnsureError(sheet.name, [one.kind.label for one in fits])
        read = _readable(table, fits[0], asked, reader)
        if told and len(asked.sheets) > 1 and read.lexicon.same[0] not in read.paths:
            skipped.append(sheet.name)  # of another kind, whatever she said of the workbook
        else:
            tables.append(read)
    if not tables:
        raise UsageError(
            f"{asked.file} 里没有认出表格；请写明是哪一种，如 --种类 联系户；"
            "或先出一张模板照着填：lianxin import --模板 联系户"
        )
    fields = {path for one in tables for target in one.lexicon.targets.values() for path in (target.path, target.shown)}
    if unknown := [path for path in asked.given.filled if path not in fields]:
        raise UsageError(f"没有「{unknown[0]}」这一项{near(unknown[0], fields)}")
    tables.sort(key=lambda one: KINDS.index(one.lexicon.kind.name))
    return Reading(tables, skipped, [_lacking(one, asked.given) for one in tables])


def _readable(table: Table, words: Lexicon, asked: Asked, reader: Reader) -> Understood:
    read = understood(table, words, asked.told, reader.names)
    year = year_of(table.title, asked.given)
    return usable(read, lambda one: bool(asked.given.said(one)) or (one.leaf.label == "年份" and bool(year)))


def _lacking(read: Understood, given: Given) -> list[str]:
    """Fields that every record must have, and that no column, nothing she said, and no other field tells."""
    lacking = []
    under = {line.under for line in read.table.lines}
    for path, one in read.lexicon.targets.items():
        if one.step or one.part or not one.spec.required or path in read.paths or given.said(one):
            continue
        copied = any(source in _named(read) for source in one.spec.sources)
        spoken = TEXTS & read.paths if path in TEXTS else frozenset()
        if not (copied or spoken or (path == "所属村" and (under - {""} or "村" in read.table.title))):
            lacking.append(path)
    return lacking


def _named(read: Understood) -> set[str]:
    return {one.spec.name for column in read.columns if column.sense for one in column.sense.targets if not one.step}


def confirmed_headings(book: LedgerBook, journal: Journal, reading: Reading) -> list[Change]:
    """The policy with what was confirmed, where it says more than before.

    Raises:
        LianxinError: The file was edited by hand and is not committed.
    """
    own = importing_of(book.policy("import"))
    made = own
    for read in reading.tables:
        confirmed = {
            one.head.shown: [target.path for target in one.sense.targets]
            for one in read.columns
            if one.sense and one.sense.how in (How.TOLD, How.NEAR, How.HELD) and _nobody(book, one.head.shown)
        }
        left = [
            one.head.shown
            for one in read.columns
            if not one.sense
            and not one.why
            and plain(one.head.shown) not in read.lexicon.left
            and _nobody(book, one.head.shown)
        ]
        if confirmed or left:
            made = with_confirmed(made, read.lexicon.kind, confirmed, left)
    base = journal.read(PATH)
    if made == own or (base is None and not made.sheets):
        return []
    if PATH in set(book.dirty):
        raise LianxinError(f"{PATH} 有手工改动，请先运行 lianxin commit 再来")
    return [Change(PATH, settings_text(LABEL, made), base)]


def _nobody(book: LedgerBook, heading: str) -> bool:
    """Whether a heading is nobody's name: the policy is silent about people."""
    return not book.sql("SELECT 1 FROM called WHERE word = ?", (fold(heading),))
