"""What a report over offices is printed from: its outline, and the figures of all who count by one definition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec import Struct, field

from lianxin.core.county import SCORE, STATES
from lianxin.core.day.period import Period
from lianxin.core.error import UsageError
from lianxin.core.pool import Share
from lianxin.kinds.path import near
from lianxin.policies.figure import Figure
from lianxin.policies.outline import Outline, Spacing, Standing, Term
from lianxin.reports.county.material import at_points
from lianxin.reports.county.pooled import Group, Pooled, figured, ours
from lianxin.reports.figure.figured import Figured
from lianxin.reports.outline.tag import Words
from lianxin.reports.outline.told import Sentence


class CountyPress(Struct):
    """The figures of one report over offices; see ``reports.outline.tag.Teller``.

    Attributes:
        found: The roll-up in the report's period.
        used: Every figure that was printed, by its definitions, most offices first.
        sentences: Those printed so far.
    """

    found: Pooled
    outline: Outline
    used: dict[str, list[Group]] = field(default_factory=dict)
    sentences: list[Sentence] = field(default_factory=list)
    _groups: dict[str, list[Group]] = field(default_factory=dict)
    _scores: dict[tuple[str, str], Decimal] = field(default_factory=dict)
    _spread: list[Share] | None = None

    @classmethod
    def of(cls, found: Pooled, outline: Outline) -> CountyPress:
        """Ready to tell."""
        press = cls(found, outline)
        said = outline.model_dump_json(by_alias=True)  # in its sentences too
        known = [*found.names(), *(section.grid.score for section in outline.sections if section.grid)]
        always = [*Term, Standing.OVERDUE.value, Standing.CIRCULAR.value]
        names = [*(name for name in known if name and name in said), *always]
        shares = found.pool.shares(found.name, names)
        for group in found.grouped(shares, [str(name) for name in names]):
            press._groups.setdefault(group.figure.name, []).append(group)
        press._scores = {(one.figure, one.office): one.numerator for one in shares if one.axis == SCORE}
        return press

    @property
    def period(self) -> Period:
        """What it is about."""
        return self.found.period

    @property
    def words(self) -> Words:
        """What its texts may hold besides figures."""
        return Words(self.found.pool.manifest.name, self.found.today)

    def groups(self, name: str) -> list[Group]:
        """A figure by its definitions, the most offices first.

        Raises:
            UsageError: No office has it.
        """
        groups = self._groups.get(name)
        if groups is None:
            raise UsageError(
                f"报表「{self.outline.name}」里的数字「{name}」一个单位也没有{near(name, self.found.names())}"
            )
        self.used[name] = groups
        return groups

    def figure(self, name: str) -> Figured:
        """A figure over all offices that count it as most do; the others are told of, and not added."""
        group = self.groups(name)[0]
        return figured(group.figure, group.shares, self.period, self.found.today)

    def count(self, term: Term) -> int:
        """A term of the balance over all offices."""
        return int(
            sum((one.numerator for group in self._groups.get(term.value, ()) for one in group.shares), Decimal(0))
        )

    def by_office(self, name: str) -> dict[str, Figured]:
        """A figure office by office, by each one's own definition, in the order of the list.

        A county whose offices count it by several definitions is left out.
        """
        own: dict[str, list[Figured]] = {}
        for group in self.groups(name):
            for share in group.shares:
                own.setdefault(share.office, []).append(figured(group.figure, [share], self.period, self.found.today))
        found = {office: one for office, (one, *others) in own.items() if not others}
        return {office: found[office] for office in self.found.offices if office in found}

    def score(self, scheme: str) -> Mapping[str, Decimal | None]:
        """What a scheme makes of each office."""
        return {office: points for (name, office), points in self._scores.items() if name == scheme}

    def by_words(self, name: str, path: str) -> dict[str, Figured]:
        """A figure by the words of a list, over the offices that count it as most do."""
        figure = self.groups(name)[0].figure
        return {
            one.subject: figured(figure, [one], self.period, self.found.today)
            for one in self._spreading()
            if (one.figure, one.axis, one.version) == (name, path, figure.digest)
        }

    def at(self, name: str, every: Spacing, along: Sequence[Period]) -> list[Figured | None]:
        """A figure at points in time; None where none of the offices was asked."""
        figure = self.groups(name)[0].figure
        found = {
            one.subject: figured(figure, [one], self.period, self.found.today)
            for one in self._spreading()
            if (one.figure, one.axis, one.version) == (name, at_points(every), figure.digest)
        }
        return [found.get(str(point.since)) for point in along]

    def states(self, every: Spacing, along: Sequence[Period]) -> list[dict[str, int]]:
        """How many issues of all offices stood where when each of some periods ended."""
        found: dict[str, dict[str, int]] = {}
        for one in self._spreading():
            word, _, state = one.figure.partition("：")
            if word == STATES and one.axis == at_points(every):
                found.setdefault(one.subject, {})[state] = int(one.numerator)
        return [found.get(str(point.since), {}) for point in along]

    def _spreading(self) -> list[Share]:
        if self._spread is None:
            self._spread = self.found.pool.spread(self.found.name)
        return self._spread

    def balance(self) -> dict[str, dict[Term, int]]:
        """The terms of the balance, office by office."""
        counts: dict[str, dict[Term, int]] = {}
        for term in Term:
            for group in self._groups.get(term.value, ()):
                for share in group.shares:
                    counts.setdefault(share.office, {})[term] = int(share.numerator)
        return {office: counts[office] for office in self.found.offices if office in counts}

    def definition(self, name: str) -> Figure:
        """A figure as most offices define it."""
        return self.groups(name)[0].figure if name in self._groups else ours(name)
