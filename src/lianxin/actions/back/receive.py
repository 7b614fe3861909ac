"""A workbook that came back taken in: what is accepted of it becomes one commit, what is refused is told by its row."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from lianxin.actions.back.difference import difference
from lianxin.actions.back.effect import Effect, effect, told_by_record
from lianxin.actions.back.told import Difference, Standing, Told
from lianxin.actions.bring.draft import Trouble
from lianxin.actions.bring.value import veiled_of
from lianxin.actions.entry.gate import arisen, standing
from lianxin.actions.hand.handedit import hand_edit
from lianxin.actions.retry import retried
from lianxin.actions.workspace import Workspace, author
from lianxin.core.error import LianxinError
from lianxin.core.sheet import Sheet
from lianxin.kinds import KIND
from lianxin.storage.book import LedgerBook
from lianxin.storage.write.journal import Change, Journal, NewCommit

#: A refusal is of a form; here it is a table that is looked at.
_FLAG = re.compile(r"--[a-z-]+ ")
#: Whether a cell is accepted.
Accepts = Callable[[Told], bool]


class Received(Struct, frozen=True):
    """What came of it.

    Attributes:
        found: All that differs.
        taken: The cells that are written, or would be, of each record.
        becomes: What they are then, by record.
        refused: Cells that were accepted and cannot be written, and why.
        commit: Empty on a dry run, and where nothing is written.
    """

    found: Difference
    taken: Mapping[str, Sequence[Told]]
    becomes: Mapping[str, Sequence[str]]
    refused: Sequence[Trouble]
    commit: str = ""

    @property
    def many(self) -> int:
        """How many cells are written."""
        return sum(map(len, self.taken.values()))


def clean(cell: Told) -> bool:
    """Whether a cell may be taken without being looked at."""
    return cell.standing is Standing.CLEAN


@retried
def receive(
    workspace: Workspace,
    sheets: Sequence[Sheet],
    accepts: Accepts,
    *,
    sender: str = "",
    dry_run: bool = False,
    show: Callable[[LedgerBook, Received], None] = lambda _book, _done: None,
) -> Received:
    """Take in what is accepted of a workbook that came back, all of it in one commit.

    Args:
        workspace: The data folder.
        sheets: All of the workbook, hidden ones too.
        accepts: Says of each cell whether it is taken.
        sender: Who has filled it in; empty: to whom it was sent.
        dry_run: Only work it out.
        show: Told, before anything is written, what will come of it.

    Raises:
        UsageError: It was not sent from this ledger, or cannot be known again.
        LianxinError: It cannot be written here and now.
    """
    journal = workspace.journal()
    with journal.locked(), workspace.book(repo=journal.repo) as book:
        found = difference(book, sheets)
        done, effects = _Work(workspace, journal, book, found, sender or found.sent.called).worked_out(accepts)
        show(book, done)
        if dry_run or not effects:
            return done
        commit = _written(workspace, journal, book, found, effects)
        return Received(found, done.taken, done.becomes, done.refused, commit)


class _Work(Struct):
    workspace: Workspace
    journal: Journal
    book: LedgerBook
    found: Difference
    sender: str

    def worked_out(self, accepts: Accepts) -> tuple[Received, dict[str, Effect]]:
        """What each record comes to; what one of them is refused for does not hold up the others."""
        wanted = {id_: [*cells] for id_, cells in told_by_record([one for one in self.found.told if accepts(one)])}
        refused: list[Trouble] = []
        effects: dict[str, Effect] = {}
        for id_, cells in wanted.items():
            if made := self._one(cells, refused):
                effects[id_] = made
        while effects and (blamed := self._gated(effects)):
            for id_, said in blamed.items():
                refused.append(_trouble(wanted[id_][0], said))
                wanted[id_].clear()
                del effects[id_]
        taken = {id_: cells for id_, cells in wanted.items() if id_ in effects}
        becomes = {id_: one.becomes for id_, one in effects.items()}
        return Received(self.found, taken, becomes, refused), effects

    def _one(self, cells: list[Told], refused: list[Trouble]) -> Effect | None:
        """What the cells of a record come to; those that will not do are taken out, and it is tried without them."""
        while cells:
            try:
                self.journal.present(KIND[self.found.sent.kind].path_of(cells[0].id))
                return effect(self.workspace, self.book, cells, self.sender)
            except LianxinError as error:
                wrong = next((one for one in cells if one.ask.spec.label in error.fields), None)
                refused.append(_trouble(wrong or cells[0], error, _beside(wrong, cells) if wrong else None))
                gone = cells if wrong is None else [wrong, *_beside(wrong, cells)]
                cells[:] = [one for one in cells if one not in gone]
        return None

    def _gated(self, effects: Mapping[str, Effect]) -> dict[str, LianxinError]:
        """The records that ``check`` would find an error in that it does not find now."""
        kind = self.found.sent.kind
        before = standing(self.book, [kind])
        texts = {one.path: one.text.encode() for one in effects.values()}
        with self.book.trying(texts) as after:
            errors, _ = arisen(after, texts, before)
        blamed: dict[str, LianxinError] = {}
        for one in errors:
            id_ = one.record if one.record in effects else next(iter(effects))
            blamed.setdefault(id_, LianxinError(one.message, veiled=one.public))
        return blamed


def _beside(cell: Told, cells: Sequence[Told]) -> list[Told]:
    """The other cells of the same step: it cannot be taken by halves."""
    return [one for one in cells if one is not cell and one.ask.step and one.ask.step == cell.ask.step]


def _trouble(cell: Told, error: LianxinError, beside: Sequence[Told] | None = None) -> Trouble:
    """Why a cell was not taken, and what with it; without those, a whole row."""
    with_it = f"；同一步的{'、'.join(one.label for one in beside)}也没有收" if beside else ""
    said = str(error)
    outward = error.veiled or veiled_of(cell.ask.spec, said) or said
    said, veiled = (
        f"{cell.id} 没有收：{_FLAG.sub('', text).removeprefix('没有写入：')}{with_it}" for text in (said, outward)
    )
    column, heading = (-1, "") if beside is None else (cell.column, cell.label)
    return Trouble(cell.sheet, cell.row, column, heading, said, veiled)


def _written(
    workspace: Workspace, journal: Journal, book: LedgerBook, found: Difference, effects: Mapping[str, Effect]
) -> str:
    """All of it in one commit; hand edits of the files before it, each by itself."""
    actor = workspace.actor(book)
    who = author(book, actor)
    taken_in = [hand_edit(workspace, book, one.path, who) for one in effects.values()]
    sent = found.sent
    from_ = sent.to if sent.to.startswith(f"{KIND['person'].prefix}-") else sent.called
    trailers = (
        *(("Record", id_) for id_ in effects),
        *(("Step", "import"), ("Actor", actor)),
        *(("Event", event) for one in effects.values() for event in one.events),
    )
    changes = [Change(one.path, one.text, one.base) for one in effects.values()]
    said = f"回收 {from_} 填的{KIND[sent.kind].label} {len(effects)} 条"
    return journal.commit([*filter(None, taken_in), NewCommit(changes, said, trailers, who)])
