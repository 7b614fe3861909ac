"""What a report is before it has a look: headings, paragraphs, key-values, tables of typed cells, charts, pictures.

Reports and ledgers build a ``Document``; every format renders any ``Document``. Rows hold plain values; the
column says their type and privacy, so 16,400 × 27 cells stay cheap.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct, field
from msgspec.structs import replace

from lianxin.core.chart import Chart
from lianxin.core.declare.field import Privacy
from lianxin.core.paper import Masthead, Part
from lianxin.core.picture import Pictures
from lianxin.core.text.name import Known
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType, file_text, show_amount, show_deadline, show_moment

#: What a cell may hold. ``None`` prints as nothing in ledgers; a rate without denominator is the text "—".
#: A list stands only in what is made for programs.
Value = str | int | float | Decimal | date | datetime | tuple[str, ...] | None


class Face(StrEnum):
    """Who may see the document."""

    PUBLIC = "公示"  # masked
    INTERNAL = "内部"  # clear text


class Column(Struct, frozen=True):
    """One column of a table.

    Attributes:
        label: Heading.
        name: English key for JSON; unique within its table.
        width: Wished width in Latin characters; 0 lets the format choose.
        tones: Value → tone, for enumerated columns worth a colour (预警灯).
        choices: What may stand in an enumerated column, for spreadsheets that offer it.
        term: What stands in it is called so in public: villages, units, officials, groups, categories, choices.
        inner: Words that are internal; the item that holds one is hidden on the outward face.
        typed: Somebody fills it in: where nothing stands in it, it is still to be filled.
        told: The tool's own words with numbers in them, set on paper as its sentences are: ``2户``, ``90%``.
    """

    label: str
    name: str
    type: FieldType = FieldType.TEXT
    privacy: Privacy = Privacy.OPEN
    width: int = 0
    tones: tuple[tuple[str, Tone], ...] = ()
    choices: tuple[str, ...] = ()
    term: bool = False
    inner: tuple[str, ...] = ()
    typed: bool = False
    told: bool = False


class Heading(Struct, frozen=True):
    """A heading; level 1 is the document's own parts, down to 4.

    Attributes:
        privacy: STORY where it holds somebody's words, else it is the tool's or the office's own.
    """

    text: str
    level: int = 1
    privacy: Privacy = Privacy.OPEN


class Paragraph(Struct, frozen=True):
    """Running text, or a part of a paper that stands by itself; line breaks in it are kept."""

    text: str
    tone: Tone = Tone.NORMAL
    privacy: Privacy = Privacy.OPEN
    record: str = ""
    part: Part = Part.TEXT


class Pair(Struct, frozen=True):
    """One labelled value; ``term`` and ``inner`` as in a column.

    Attributes:
        path: Where it stands in what programs read: keys and places in lists, ``events.0.dept``.
    """

    label: str
    value: Value
    name: str = ""
    type: FieldType = FieldType.TEXT
    privacy: Privacy = Privacy.OPEN
    record: str = ""
    tone: Tone = Tone.NORMAL
    term: bool = False
    inner: tuple[str, ...] = ()
    path: str = ""


class KeyValues(Struct, frozen=True):
    """Labelled values, printed as a two-column block."""

    pairs: tuple[Pair, ...]


class Table(Struct, frozen=True):
    """A table of typed columns.

    Attributes:
        rows: One tuple per row, as long as ``columns``.
        records: Record id behind each row, or empty when rows are no records.
        groups: (index of a group's first row, its heading), ascending; empty when not grouped.
        totals: Final row, or empty.
        caption: Over the table.
        notes: Under it: definitions of figures, and the like.
        below: Names of columns that stand under the others where a screen is too narrow for one line a row, most
            telling first.
        inner: Cells, by row and column, that are internal though their columns are not; the outward face does not say
            either what record is behind such a row.
        own: Cells that tell of somebody's own matter though the row is not about it alone: what it is counted by.
        grouped: English name of what it is grouped by.
        name: English key of its rows in what programs read.
        keys: What each row is known by where it is kept and told of again, as in a calendar.
        unit: Of its sums, as it is printed over them: 元.
        before: So many rows of the same list stand before its first.
    """

    columns: tuple[Column, ...]
    rows: Sequence[tuple[Value, ...]]
    records: Sequence[str] = ()
    groups: tuple[tuple[int, str], ...] = ()
    totals: tuple[Value, ...] = ()
    caption: str = ""
    notes: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    inner: frozenset[tuple[int, int]] = frozenset()
    own: frozenset[tuple[int, int]] = frozenset()
    grouped: str = ""
    name: str = "items"
    keys: Sequence[str] | None = None
    unit: str = ""
    before: int = 0


class TimelineEntry(Struct, frozen=True):
    """One point on a timeline."""

    at: datetime
    label: str
    text: str = ""
    actor: str = ""
    tone: Tone = Tone.NORMAL
    privacy: Privacy = Privacy.STORY


class Timeline(Struct, frozen=True):
    """What happened, in order."""

    entries: tuple[TimelineEntry, ...]
    record: str = ""


class PageBreak(Struct, frozen=True):
    """What follows starts on a new sheet of paper."""


class Contents(Struct, frozen=True):
    """A list of the document's headings down to ``depth``, with links or page references where the format can."""

    depth: int = 2


class Cover(Struct, frozen=True):
    """The first page of a bound volume: a title alone, and lines under it."""

    title: str
    lines: tuple[str, ...] = ()


Block = Heading | Paragraph | KeyValues | Table | Timeline | PageBreak | Contents | Cover | Chart | Pictures


class Provenance(Struct, frozen=True):
    """Where a document came from; printed at its foot and kept in its metadata.

    Attributes:
        commit: Of the data; empty without git.
        dirty: Uncommitted edits were laid over it.
        as_of: The *today* it was made for.
        at: The minute of that day, ``09:40``.
        outward: The filter as the public reads it: not what was looked for in a name, an address or a story.
        private: Paths of such conditions, as typed.
        recipe: The words of the command that makes it again; empty for what goes to a screen.
        hidden: Something in those words was masked, so that they can not be run again.
        definitions: Digest of the office's policies, campaigns, forms and outlines.
        unreadable: Records that could not be read and are therefore not in it.
        missing: Records of the commit whose files are gone, and which are therefore not in it.
    """

    commit: str
    as_of: date
    dirty: bool = False
    period: str = ""
    filter: str = ""
    outward: str = ""
    private: frozenset[str] = frozenset()
    face: Face = Face.PUBLIC
    form: str = ""
    tool: str = ""
    records: int = 0
    unreadable: int = 0
    missing: int = 0
    at: str = ""
    recipe: str = ""
    hidden: bool = False
    definitions: str = ""


class Document(Struct, frozen=True):
    """A titled run of blocks.

    Attributes:
        name: English key, for JSON (``schema`` is ``lianxin/NAME/N``).
        landscape: Paper wider than high, for wide ledgers.
        large: On A3 where a table is too wide for A4; else it stands there in blocks.
        names: Whom its texts may name; masking hides them there too.
        own: Records that are somebody's own matter, and what they are called; the outward face tells how far they are.
        masthead: What stands over the title of a paper, and at its foot.
        withheld: Why there is no outward face of it at all, in one sentence; empty where there is one.
        plain: Made for programs: tables and labelled values, lists as lists, references as ids.
        office: Whose ledger it is, as a workbook says over its table (填报单位).
    """

    title: str
    blocks: tuple[Block, ...]
    name: str = "document"
    subtitle: str = ""
    landscape: bool = False
    provenance: Provenance | None = None
    names: Known = field(default_factory=Known)
    masthead: Masthead | None = None
    own: Mapping[str, str] = field(default_factory=dict)
    withheld: str = ""
    plain: bool = False
    large: bool = False
    office: str = ""


def picked(table: Table, places: Sequence[int]) -> Table:
    """A table's columns at these places, in this order."""
    moved = {place: n for n, place in enumerate(places)}

    def marks(found: frozenset[tuple[int, int]]) -> frozenset[tuple[int, int]]:
        return frozenset((row, moved[place]) for row, place in found if place in moved)

    return replace(
        table,
        columns=tuple(table.columns[place] for place in places),
        rows=[tuple(row[place] for place in places) for row in table.rows],
        totals=tuple(table.totals[place] for place in places) if table.totals else (),
        inner=marks(table.inner),
        own=marks(table.own),
    )


def parts(value: Value) -> tuple[Value, ...]:
    """What a cell holds, one by one."""
    return value if isinstance(value, tuple) else (value,)


def show(value: Value, type_: FieldType = FieldType.TEXT) -> str:
    """A value as people read it, the same in every format that prints text.

    Rows straight from the index hold days and moments as text; a deadline to the day's end shows as its day either way.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        if type_ is FieldType.FILE:
            return file_text(value)
        return value.removesuffix(" 23:59") if type_ is FieldType.DEADLINE else value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "、".join(show(part, type_) for part in value)
    if isinstance(value, datetime):
        return show_deadline(value) if type_ is FieldType.DEADLINE else show_moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if type_ is FieldType.AMOUNT:
        return show_amount(value)
    return f"{value:.12g}" if isinstance(value, float) else str(value)
