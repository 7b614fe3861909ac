"""What came back, field by field, beside what was sent and what stands in the ledger now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lianxin.actions.back.bearer import bearer
from lianxin.actions.back.returned import Came, Reading
from lianxin.actions.back.sent import Row, Sent, read_sent, record_of, system_sheet
from lianxin.actions.back.told import Difference, Standing, Told
from lianxin.actions.back.value import Values, normal
from lianxin.actions.bring.cell import Spoilt
from lianxin.actions.bring.draft import Trouble
from lianxin.core.declare.field import Privacy
from lianxin.core.document import Table, Value
from lianxin.core.error import UsageError
from lianxin.core.filter import Filter, Op
from lianxin.core.sheet import Sheet
from lianxin.kinds import KIND
from lianxin.kinds.life.event import CORRECTION
from lianxin.reports.ledger.ask import PROGRESS, Ask
from lianxin.reports.ledger.form import NUMBER
from lianxin.reports.ledger.ledger import ledger
from lianxin.storage.book import LedgerBook


def difference(book: LedgerBook, sheets: Sequence[Sheet]) -> Difference:
    """What a workbook that came back says otherwise than it did.

    Args:
        book: The records as they stand.
        sheets: All of the workbook, hidden ones too.

    Raises:
        UsageError: It was not sent from this ledger, or cannot be known again.
    """
    system = system_sheet(sheets)
    if system is None:
        raise UsageError(
            "这不是发出去填的表（里面没有系统用的那一页）；旧表请直接 lianxin import 文件，"
            "要发出去填，请用 lianxin ledger 台账 --to 单位 -o 文件.xlsx"
        )
    sent, rows = read_sent(system)
    moved = _moved(book, sent)
    reading = Reading([one for one in sheets if one is not system], sent, rows)
    return _Compared(book, sent, rows, moved).all(reading)


def _moved(book: LedgerBook, sent: Sent) -> frozenset[str]:
    """The files that were changed since.

    Raises:
        UsageError: It was sent from another ledger, or from what is not here.
    """
    here = book.office.name if book.office else ""
    if sent.office != here:
        raise UsageError(f"这张表是「{sent.office}」的台账发出的，不是「{here}」的，一行也没有收；请退给发表的单位")
    repo = book.repo
    if repo is None or repo.attempt("cat-file", "-e", f"{sent.commit}^{{commit}}").returncode:
        raise UsageError(
            f"这张表是照 {sent.at} 的台账发出的，那一版这里没有；要是另一台电脑发的，请先把两边的台账合到一起再收"
        )
    return frozenset((*(entry.path for entry in repo.between(sent.commit, book.commit)), *book.dirty))


class _Compared:
    """Compares rows by one book."""

    def __init__(self, book: LedgerBook, sent: Sent, rows: Mapping[str, Row], moved: frozenset[str]) -> None:
        self._book, self._sent, self._rows, self._moved = book, sent, rows, moved
        self._kind = KIND[sent.kind]
        self._asks, self._labels = sent.asks, sent.labels
        self._troubles: list[Trouble] = []
        self._same = 0
        self._values = Values(book, sent)
        self._now: dict[str, tuple[Value, ...]] = {}

    def all(self, reading: Reading) -> Difference:
        """Every row that came back."""
        every = reading.came()
        came = [*self._once(every)]
        self._look_up([record_of(one.token) for one in came])
        told = [found for one in came for found in self._row(one)]
        seen = {record_of(one.token) for one in every}
        for id_ in (row.id for row in self._rows.values() if row.id not in seen):
            said = f"少了 {id_} {self._book.title(id_)} 这一行；台账没有动"
            self._troubles.append(Trouble(reading.main, 1, -1, "", said, f"少了 {id_} 这一行；台账没有动"))
        troubles = [*reading.troubles, *self._troubles]
        titles = {one.id: self._book.title(one.id) for one in told}
        return Difference(self._sent, told, troubles, len(self._rows), self._same, titles)

    def _once(self, came: Sequence[Came]) -> Iterator[Came]:
        """Rows that were sent, each once."""
        by_token: dict[str, list[Came]] = {}
        for row in came:
            by_token.setdefault(row.token, []).append(row)
        for token, found in by_token.items():
            first, *others = found
            id_ = record_of(token)
            if token not in self._rows:
                for row in found:
                    self._say(row, -1, f"{id_} 不在这次发出去的行里，是别的表里来的，没有收")
                continue
            if not others:
                yield first
                continue
            alike = {tuple(sorted((n, normal(cell)) for n, cell in row.cells.items())) for row in found}
            if len(alike) > 1:
                where = "、".join(str(row.row) for row in found)
                for row in found:
                    self._say(row, -1, f"{id_} 有 {len(found)} 行（第 {where} 行），写的不一样，都没有收；请只留一行")
                continue
            for row in others:
                self._say(row, -1, f"{id_} 重复了，和第 {first.row} 行一样，只看那一行")
            yield first

    def _look_up(self, ids: Sequence[str]) -> None:
        """What stands in the same columns of these records now."""
        if not ids:
            return
        document = ledger(self._book, self._sent.form, filters=(Filter(("编号",), Op.EQ, tuple(dict.fromkeys(ids))),))
        (table,) = (block for block in document.blocks if isinstance(block, Table))
        self._now = dict(zip(table.records, table.rows, strict=True))

    def _row(self, came: Came) -> Iterator[Told]:
        row = self._rows[came.token]
        id_ = row.id
        if id_ not in self._now:
            self._say(came, -1, f"台账里现在没有 {id_}，没有收")
            return
        differs = [
            n
            for n, cell in came.cells.items()
            if cell != row.cells[n] and self._labels[n] != NUMBER and normal(cell) != normal(row.cells[n])
        ]
        if not came.sure and any(not row.open[n] for n in differs):
            self._say(came, -1, f"{id_} 这一行的各栏对不上发出时的位置，没有收；请把表头一起带上")
            return
        for n in sorted({*differs, *came.joined}):
            if n in came.joined:
                self._say(came, n, "这一格和别的格子合并了，不知道写的算不算这一行的，没有收；请拆开再填")
            elif not row.open[n] or (ask := self._asks[n]) is None:
                was = normal(row.cells[n])
                self._say(
                    came, n, f"这一栏不能改，没有收；发出时是{f'「{was}」' if was else '空的'}", "这一栏不能改，没有收"
                )
            elif found := self._told(came, n, ask, row):
                yield found

    def _told(self, came: Came, n: int, ask: Ask, row: Row) -> Told | None:
        """What one cell says; None where it says nothing that can be read, or what the ledger says already."""
        cell = came.cells[n]
        try:
            text = self._values.typed(cell, ask, came.from_1904)
        except Spoilt as error:
            self._say(came, n, f"{error}，没有收")
            return None
        was, now = normal(row.cells[n]), self._stands(row.id, n)
        stands = now.split(self._sent.columns[n][2], maxsplit=1)[0] if ask.blank else now
        if self._values.said_already(row.id, ask, text, stands):
            self._same += 1
            return None
        label = self._labels[n]
        private = ask.spec.privacy not in (Privacy.OPEN, Privacy.STORY) or "household" in ask.spec.refs
        standing = self._standing(row.id, was, now, text)
        place = came.places[n]
        becomes, back = self._becomes(row.id, ask, now), normal(cell)
        return Told(came.sheet, came.row, place, label, row.id, ask, was, now, back, text, becomes, standing, private)

    def _becomes(self, id_: str, ask: Ask, now: str) -> str:
        if self._kind.lifecycle is None:
            return "修改"
        fresh = ask.step and bearer(self._book, id_, ask, now) is None
        return ask.step.label if ask.step and fresh else CORRECTION

    def _standing(self, id_: str, was: str, now: str, text: str) -> Standing:
        if now != was:
            return Standing.CONFLICT
        if not text:
            return Standing.EMPTIED
        return Standing.STALE if self._kind.path_of(id_) in self._moved else Standing.CLEAN

    def _stands(self, id_: str, n: int) -> str:
        return "" if self._labels[n] == PROGRESS else normal(self._now[id_][n])

    def _say(self, came: Came, n: int, said: str, veiled: str = "") -> None:
        column = came.places.get(n, -1) if n >= 0 else -1
        heading = self._labels[n] if n >= 0 else ""
        self._troubles.append(Trouble(came.sheet, came.row, column, heading, said, veiled))
