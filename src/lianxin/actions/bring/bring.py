"""A workbook taken in: every row judged, all of them or the good ones written in one commit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack

from msgspec import Struct
from msgspec.structs import replace

from lianxin.actions.bring.cell import NO_YEAR
from lianxin.actions.bring.draft import Draft, Fate, Trouble
from lianxin.actions.bring.memory import named, remember, remembered
from lianxin.actions.bring.row import Rows, heading_of
from lianxin.actions.bring.same import once_each
from lianxin.actions.bring.stage import Bench, Recorder, settle_late
from lianxin.actions.bring.value import Namesake, Reader
from lianxin.actions.bring.workbook import Asked, Reading, confirmed_headings, read_workbook
from lianxin.actions.entry.gate import arisen, standing
from lianxin.actions.hand.handedit import hand_edit
from lianxin.actions.retry import retried
from lianxin.actions.workspace import Workspace, author
from lianxin.core.problem import Finding, Loc
from lianxin.kinds import kind_of
from lianxin.rules.duplicate import check as twins
from lianxin.storage.book import LedgerBook
from lianxin.storage.write.journal import Change, Journal, NewCommit


class Brought(Struct, frozen=True):
    """What came of it.

    Attributes:
        drafts: Every record to be, in the order it was made.
        namesakes: Names that several records have, and nobody was asked about.
        commit: Empty on a dry run, and where nothing was to be written.
    """

    reading: Reading
    drafts: Sequence[Draft]
    troubles: Sequence[Trouble]
    namesakes: Sequence[Namesake]
    commit: str = ""

    @property
    def faulty(self) -> int:
        """How many rows cannot come in."""
        return len({(one.sheet, one.row) for one in self.troubles if one.grave})

    @property
    def coming(self) -> int:
        """How many records are written, or would be."""
        return self.count(Fate.NEW, Fate.FILLED)

    @property
    def yearless(self) -> bool:
        """Whether days stand in it without their year."""
        return any(one.said == NO_YEAR for one in self.troubles)

    def count(self, *fates: Fate) -> int:
        """How many records have this fate."""
        return sum(one.fate in fates for one in self.drafts)

    def by_kind(self, fate: Fate) -> Mapping[str, int]:
        """The same by what records are called, in the order they are made."""
        return Counter(one.kind.label for one in self.drafts if one.fate is fate)


@retried
def bring(
    workspace: Workspace,
    asked: Asked,
    *,
    dry_run: bool = False,
    show: Callable[[LedgerBook, Brought], None] = lambda _book, _found: None,
) -> Brought:
    """Judge every row of a workbook, and write its records in one commit, all or none; the good ones where so asked.

    Args:
        workspace: The data folder.
        asked: What is to be taken in.
        dry_run: Only work it out.
        show: Told, before anything is written, what will come of it.

    Raises:
        UsageError: The workbook is not understood.
        LianxinError: It cannot be written here and now.
    """
    journal = workspace.journal()
    with journal.locked(), workspace.book(repo=journal.repo) as book:
        reading = read_workbook(book, asked)
        work = _Work(workspace, journal, book, asked, reading, remembered(journal.repo).rows)
        left: frozenset[tuple[int, int]] = frozenset()
        done = work.worked_out(left)
        first = done
        while asked.good_only and (late := done.refused - left):  # what only the whole ledger shows
            left |= late
            done = work.worked_out(left)
        brought = Brought(reading, done.drafts, first.troubles if left else done.troubles, done.namesakes)
        show(book, brought)
        if dry_run or (brought.faulty and not asked.good_only):
            return brought
        return work.written(brought)


class _Done(Struct, frozen=True):
    """One working out.

    Attributes:
        refused: Rows, by table, that the gate would not let in.
    """

    drafts: Sequence[Draft]
    troubles: Sequence[Trouble]
    namesakes: Sequence[Namesake]
    refused: frozenset[tuple[int, int]]


class _Work(Struct):
    workspace: Workspace
    journal: Journal
    book: LedgerBook
    asked: Asked
    reading: Reading
    rows: Mapping[str, str]

    def worked_out(self, left: frozenset[tuple[int, int]]) -> _Done:
        """Every draft, with all that is wrong with it.

        Args:
            left: Rows that are not to come in.
        """
        book, read = self.book, self.reading.tables
        answers = remembered(self.journal.repo).answers(self.asked.file, self.asked.names)
        bench = Bench(self.workspace, self.journal, self.workspace.actor(book), self.rows, {}, {})
        kinds = list(dict.fromkeys(one.lexicon.kind.name for one in read))
        before = standing(book, kinds)
        drafts: list[Draft] = []
        namesakes: dict[str, Namesake] = {}
        with ExitStack() as laid:
            for kind in kinds:
                reader = Reader(book, answers)
                made = self._drafts(kind, reader)
                once_each(made, next(one.lexicon for one in read if one.lexicon.kind.name == kind), read)
                words = next(one.lexicon for one in read if one.lexicon.kind.name == kind)
                recorder = Recorder.of(bench, book, words, read, reader)
                for draft in made:
                    if (draft.table, draft.rows[0]) not in left:
                        recorder.record(draft)
                made += recorder.beside.values()
                drafts += made
                namesakes.update({one.asked: one for one in reader.namesakes()})
                book = laid.enter_context(book.trying(_texts(made, left)))
            again = [*settle_late((one for one in drafts if one.late), Reader(book, answers), read)]
            if again:
                book = laid.enter_context(book.trying(_texts(again, left)))
            refused = self._gated(book, drafts, before, left)
        for draft in drafts:
            if draft.grave or (draft.table, draft.rows[0]) in left:
                draft.fate = Fate.FAULTY
        troubles = sorted(
            (one for draft in drafts for one in draft.troubles), key=lambda one: (one.sheet, one.row, one.column)
        )
        return _Done(drafts, troubles, [*namesakes.values()], refused)

    def _drafts(self, kind: str, reader: Reader) -> list[Draft]:
        made: list[Draft] = []
        for place, read in enumerate(self.reading.tables):
            if read.lexicon.kind.name == kind:
                made += Rows(place, read, reader, self.asked.given).drafts()
        return made

    def _gated(
        self, book: LedgerBook, drafts: Sequence[Draft], before: Iterable[Finding], left: frozenset[tuple[int, int]]
    ) -> frozenset[tuple[int, int]]:
        """What ``check`` would say of the whole is noted on the rows it comes from."""
        mine = {one.id: one for one in drafts if one.text and not one.grave and (one.table, one.rows[0]) not in left}
        if not mine:
            return frozenset()
        paths = [one.kind.path_of(one.id) for one in mine.values()]
        errors, remarks = arisen(book, paths, {*before})
        kinds = {one.kind.name for one in mine.values()}
        remarks += [one for one in twins(book) if kind_of(one.record).name in kinds and one.record in mine]
        refused = set()
        for found, grave in ((errors, True), (remarks, False)):
            for one in found:
                draft = mine.get(one.record) or next(iter(mine.values()))
                fresh = draft.fate is Fate.NEW or grave
                if fresh:
                    self._note(draft, one, grave=grave)
                    refused |= {(draft.table, draft.rows[0])} if grave else set()
        return frozenset(refused)

    def _note(self, draft: Draft, found: Finding, *, grave: bool) -> None:
        column = _column(draft, found.loc)
        read = self.reading.tables[draft.table]
        draft.troubles.append(
            Trouble(
                read.table.sheet,
                draft.rows[0],
                column,
                heading_of(read, column),
                _by_rows(found.message, found.twin),
                found.veiled,
                grave,
            )
        )

    def written(self, brought: Brought) -> Brought:
        """All of it in one commit, with the headings she has confirmed; then what the rows became is remembered."""
        coming = [one for one in brought.drafts if one.fate in (Fate.NEW, Fate.FILLED) and one.text]
        changes = [Change(one.kind.path_of(one.id), one.text, one.base) for one in coming]
        headings = confirmed_headings(self.book, self.journal, self.reading)
        commit = ""
        if changes:
            actor = self.workspace.actor(self.book)
            who = author(self.book, actor)
            taken = [hand_edit(self.workspace, self.book, one.path, who) for one in changes if one.base is not None]
            kinds = Counter(one.kind.label for one in coming)
            said = "导入 " + "、".join(f"{label} {many} 条" for label, many in kinds.items())
            trailers = (*(("Record", one.id) for one in coming), ("Step", "import"), ("Actor", actor))
            entry = NewCommit([*changes, *headings], said, trailers, who)
            commit = self.journal.commit([*filter(None, taken), entry])
        rows = {
            one.digest: one.id
            for one in brought.drafts
            if one.id and one.digest and one.fate in (Fate.NEW, Fate.FILLED, Fate.SAME) and not self._unsettled(one)
        }
        names = {named(self.asked.file, question): id_ for question, id_ in self.asked.names.items()}
        remember(self.journal.repo, rows, names)
        return replace(brought, commit=commit)

    def _unsettled(self, draft: Draft) -> bool:
        return any(not draft.values.get(late.typed.target.spec.label) for late in draft.late)


def _texts(drafts: Iterable[Draft], left: frozenset[tuple[int, int]]) -> dict[str, bytes]:
    return {
        one.kind.path_of(one.id): one.text.encode()
        for one in drafts
        if one.text and not one.grave and (one.table, one.rows[0]) not in left
    }


def _column(draft: Draft, loc: Loc) -> int:
    labels = [str(part) for part in loc if isinstance(part, str)]
    return next((draft.columns[label] for label in (".".join(labels), *labels) if label in draft.columns), -1)


def _by_rows(said: str, twin: str) -> str:
    return f"{said}；不是同一条就不用管" if twin else said
