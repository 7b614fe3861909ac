"""What somebody is to do beside the issues, and the section of the morning page where such things stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import groupby

from msgspec import Struct

from lianxin.core.book import Book
from lianxin.core.document import Block, Column, Heading, Table, Value

#: A longer group than this is cut, and says where the rest is.
MOST = 12


class Task(Struct, frozen=True):
    """One thing to do.

    Attributes:
        group: The heading it comes under.
        id: Of the record it stands in.
        who: Those who have to do it, by id.
        about: Whom or what it concerns, by id.
        how: What is to be typed.
        part: Which part of the record it is, where that may have several.
    """

    group: str
    id: str
    matter: str
    who: tuple[str, ...]
    when: date
    note: str
    about: str = ""
    how: str = ""
    part: str = ""

    @property
    def told(self) -> str:
        """What is said of it, and what is to be typed."""
        return f"{self.note}，请接着办：{self.how}" if self.how else self.note


class Sort(Struct, frozen=True):
    """One sort of tasks, with a section of the page to itself.

    Attributes:
        columns: Of its table; six where it is said whom a task is about.
        unit: What they are counted in.
        find: Those that are to be seen to, those of one group one after another.
        rest: Where those stand that are too many for the page; empty where nothing is cut.
    """

    title: str
    columns: tuple[Column, ...]
    unit: str
    find: Callable[[Book], list[Task]]
    rest: str = ""

    def section(self, book: Book) -> list[Block]:
        """Its heading and table; nothing where there is nothing to do."""
        table = self.table(book, self.find(book), self.rest)
        return [Heading(self.title, 2), table] if table.rows else []

    def table(self, book: Book, tasks: Iterable[Task], rest: str = "") -> Table:
        """Tasks of this sort, by group."""

        def row(task: Task) -> tuple[Value, ...]:
            who = " ".join(book.title(one) for one in task.who) or None
            about = (book.title(task.about),) if task.about else ()
            return (task.id, task.matter, *about, who, task.when, task.told)

        found = [(name, [row(task) for task in some]) for name, some in groupby(tasks, lambda task: task.group)]
        return grouped(self.columns, found, self.unit, (lambda _name: rest) if rest else None)


def grouped(
    columns: Sequence[Column],
    found: Iterable[tuple[str, Sequence[tuple[Value, ...]]]],
    unit: str,
    rest: Callable[[str], str] | None = None,
) -> Table:
    """Rows under headings that count them: an id and what it is about first, a day and a note last.

    Args:
        columns, found: What stands in the table.
        unit: Of the counts.
        rest: Where the rows of a heading are to be found that are too many; None where nothing is cut.
    """
    shown: list[tuple[Value, ...]] = []
    groups: list[tuple[int, str]] = []
    notes: list[str] = []
    for name, rows in found:
        groups.append((len(shown), f"{name}（{len(rows)} {unit}）"))
        shown += rows[:MOST] if rest else rows
        if rest and len(rows) > MOST:
            notes.append(f"{name}还有 {len(rows) - MOST} {unit}没列出，见{rest(name)}")
    below = tuple(column.name for column in (*columns[-2:], *columns[-3:1:-1]))
    ids = [str(row[0]) for row in shown]
    return Table(tuple(columns), shown, ids, tuple(groups), notes=tuple(notes), below=below)
