"""What a report is printed from: its outline, the definitions in force, and a note of every figure as it is printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct, field

from lianxin.core.book import Book
from lianxin.core.day.period import Period
from lianxin.core.declare.lifecycle import Context
from lianxin.core.error import UsageError
from lianxin.policies.definitions import Definitions
from lianxin.policies.figure import Figure
from lianxin.policies.outline import Outline, Term
from lianxin.reports.figure.figured import Figured, by_subject, evaluate
from lianxin.reports.outline.balance import Balance, balance, histories
from lianxin.reports.outline.tag import Words, filled

if TYPE_CHECKING:
    from lianxin.core.document import Block
    from lianxin.reports.duty.stand import Fulfilment
    from lianxin.reports.ledger.form import Form
    from lianxin.reports.outline.told import Sentence


class Edition(Struct, frozen=True):
    """One report to be made.

    Attributes:
        context: The limits and calendar in force.
        ledgers: The forms by name, read when first asked for.
        office: Who makes it.
        number: Which issue of the year this is.
        corrections: What earlier reports would now say otherwise; empty when nothing.
        cycle: The arrangement of weeks and months it goes by, where it is not the calendar's.
        paper_number: Its 发文字号, where its outline names a series.
        seal: Of the history it is made from; made when it is first asked for.
        cases: Issues picked by hand to be told of as 典型案例, by id.
    """

    outline: Outline
    period: Period
    definitions: Definitions
    context: Context
    ledgers: Callable[[], Mapping[str, Form]]
    office: str = ""
    number: int = 1
    corrections: tuple[Block, ...] = ()
    cycle: str = ""
    paper_number: str = ""
    seal: Callable[[], tuple[Block, ...]] = tuple
    cases: tuple[str, ...] = ()


class Printed(Struct, frozen=True):
    """A figure as a report prints it.

    Attributes:
        name: Of the figure, or of a term of the balance.
        subject: Empty over everybody; ``责任部门=DW-A0003`` for a row of a grid; a bare id for somebody's own report.
        figure: None for a term of the balance.
    """

    name: str
    subject: str
    value: str
    numerator: Decimal
    denominator: Decimal | None = None
    figure: Figure | None = None


class Shared(Struct):
    """What the parts of a report that everybody has are all taken from, worked out once.

    Attributes:
        figures: Of each figure, what it is for each subject.
        duties: How each duty stands.
    """

    figures: dict[str, dict[str, Figured]] = field(default_factory=dict)
    duties: dict[str, Fulfilment] = field(default_factory=dict)


class Press(Struct):
    """Evaluates the figures of one report, each once, and remembers what was printed.

    Attributes:
        who: Id of whom the report is about; empty for a report about the whole.
        shared: With the other parts of a report that everybody has.
        sentences: Those printed so far.
    """

    book: Book
    edition: Edition
    who: str = ""
    shared: Shared = field(default_factory=Shared)
    printed: dict[tuple[str, str], Printed] = field(default_factory=dict)
    sentences: list[Sentence] = field(default_factory=list)
    _found: dict[str, Figured] = field(default_factory=dict)
    _balance: Balance | None = None

    @property
    def outline(self) -> Outline:
        """What the report is made by."""
        return self.edition.outline

    @property
    def period(self) -> Period:
        """What it is about."""
        return self.edition.period

    @property
    def words(self) -> Words:
        """What its texts may hold besides figures."""
        whom = self.book.title(self.who) if self.who else ""
        edition = self.edition
        return Words(edition.office, self.book.today, edition.number, edition.paper_number, whom)

    @property
    def seen_from(self) -> date:
        """The day the report looks from: today, or the day after a period that is over, when what was owed is owed."""
        return min(self.book.today, self.edition.period.until)

    def definition(self, name: str) -> Figure:
        """A figure in force.

        Raises:
            UsageError: There is none of that name.
        """
        found = self.edition.definitions.figures.get(name)
        if found is None:
            outline = self.edition.outline.name
            raise UsageError(f"报表「{outline}」里的数字「{name}」没有定义，请运行 lianxin check 看详情")
        return found

    def figure(self, name: str) -> Figured:
        """A figure over everybody, or of whom the report is about."""
        if name not in self._found:
            figure = self.definition(name)
            found = self._own(figure) if self.who else evaluate(self.book, figure, self.edition.period)
            self._found[name] = self.note(found, self.who)
        return self._found[name]

    def _own(self, figure: Figure) -> Figured:
        """A figure of whom the report is about, by its own 归属."""
        if not all(part.subject for part in (*figure.numerator, *(figure.denominator or ()))):
            raise UsageError(f"「{figure.name}」没有写「归属」，不知道算在谁头上，不能用在每人一份的报表里")
        if figure.name not in self.shared.figures:
            self.shared.figures[figure.name] = by_subject(self.book, figure, "", self.edition.period)
        found = self.shared.figures[figure.name].get(self.who)
        return found or evaluate(self.book, figure, self.edition.period, self.who)  # who may have been counted before

    def duty(self, name: str) -> Fulfilment:
        """How a duty stands.

        Raises:
            UsageError: There is none of that name.
        """
        if name not in self.shared.duties:
            from lianxin.reports.duty.fulfilment import fulfilment

            known = self.edition.definitions.duties
            if name not in known:
                raise UsageError(f"没有「{name}」这个职责，请运行 lianxin check 看详情")
            others = {one: (placed.value, placed.campaign) for one, placed in known.items()}
            duty, campaign = others[name]
            self.shared.duties[name] = fulfilment(
                self.book,
                duty,
                campaign,
                self.seen_from,
                span=self.edition.period,
                others=others,
                calendar=self.edition.context.calendar,
            )
        return self.shared.duties[name]

    def rows(self, name: str, path: str) -> dict[str, Figured]:
        """A figure by what a path leads to."""
        found = by_subject(self.book, self.definition(name), path, self.edition.period)
        return {subject: self.note(one, f"{path}={subject}") for subject, one in found.items()}

    def note(self, one: Figured, subject: str) -> Figured:
        """Remember a figure as printed."""
        name = one.figure.name
        self.printed[name, subject] = Printed(name, subject, one.text, one.numerator, one.denominator, one.figure)
        return one

    def balance(self) -> Balance:
        """The balance of the period; its terms are figures like others."""
        if self._balance is None:
            self._balance = balance(histories(self.book), self.edition.period)
            for term in Term:
                count = self._balance.count(term)
                self.printed[term.value, ""] = Printed(term.value, "", str(count), Decimal(count))
        return self._balance

    def count(self, term: Term) -> int:
        """A term of the balance."""
        return self.balance().count(term)

    def fill(self, text: str) -> str:
        """A text of the outline with its tags replaced."""
        return filled(self, text)
