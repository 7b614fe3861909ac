"""An issue's past out of one row: each step at the day the row bears, and what the row does not say left owed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from lianxin.actions.bring.draft import Blown, Draft, Told, Trouble, Typed
from lianxin.actions.bring.match import Understood
from lianxin.actions.bring.row import heading_of
from lianxin.actions.bring.value import Reader, Refused, when
from lianxin.actions.step.advanced import new_event_id
from lianxin.core.declare.condition import blank
from lianxin.core.declare.lifecycle import Context, Event
from lianxin.core.declare.record import fields_of
from lianxin.core.error import UsageError
from lianxin.core.problem import Fault
from lianxin.core.text.pattern import late
from lianxin.kinds.issue.choice import Merit
from lianxin.kinds.issue.conduct import CONDUCT
from lianxin.kinds.issue.judgement import TRIAGE
from lianxin.kinds.issue.table import LIFECYCLE
from lianxin.kinds.life.correction import revised
from lianxin.policies.importing import ASIDE, QUICK, SAID, STEPS

#: What is explained ends otherwise than what is dealt with.
_EXPLAINED = ("explain", "feedback", "reflect", "close")
#: Faults that say what is wanting, not that what is said is wrong.
OWED = frozenset({"L007", "L008", "L009", "L019", "L027", "F002", "F010", "F021", "F022"})
#: Stands in the note of a step whose day the row does not bear.
UNDATED = "旧表没有写这一步的时间，照前一步的日子记"
_LABELS = {step.name: step.label for step in LIFECYCLE.steps}
_HOUR = late(r"\d{4}-\d{2}-\d{2}\Z")


class Historian(Struct):
    """Turns what rows say of steps into events, by one book at one moment.

    Attributes:
        actor: Whoever writes, where the row does not say who took a step.
        clock: This minute: nothing that has happened is later.
    """

    read: Understood
    reader: Reader
    context: Context
    actor: str
    now: datetime
    clock: datetime

    def events(self, draft: Draft, issue: Any, blown: Blown | None = None) -> tuple[Event, ...]:
        """The steps that may be taken, in their order; why others may not is noted on the draft.

        Args:
            draft: Of the row.
            issue: As the row makes it; or as the ledger has it, with the steps that are not told of again.
            blown: The whistle that comes with it.
        """
        before = {event.COMMAND for event in issue.events}
        told = [one for one in self._told(draft, issue, blown) if one.name not in before]
        if draft.grave or not told:
            self._keep(draft, [])
            return ()
        steps = [*self._dated(draft, issue, told)]
        if draft.grave:
            return ()
        taken: list[Event] = []
        missed: list[str] = []
        ready: list[tuple[Told, Event]] = []
        for one in steps:
            lacking = self._lacking(one)
            if blown and blown.open and one.name == "close":
                self.owe(draft, one, f"「{_LABELS[one.name]}」没有记：{blown.open}")
                break
            if not lacking and not (missed and one.name != "reflect"):
                event = self._event(draft, one)
                if event is None:
                    return ()
                lacking = "、".join(spec.label for spec in blank(event, ""))
                if not lacking:
                    ready.append((one, event))
                    continue
            if one.name not in ASIDE:
                missed.append(one.name)
            if lacking:
                self.owe(draft, one, f"「{_LABELS[one.name]}」没有记：旧表没有写{lacking}")
        made = CONDUCT.history(issue, [event for _, event in ready], self.context)
        for (one, _), found in zip(ready, made, strict=True):
            if not isinstance(found, Fault):
                taken.append(found)
                continue
            if one.name in ASIDE:
                self.owe(draft, one, f"「{_LABELS[one.name]}」没有记：{_bare(found.message)}")
                continue
            missed.append(one.name)
            if found.code in OWED:
                self.owe(draft, one, f"「{_LABELS[one.name]}」没有记：{_bare(found.message)}")
            elif found.code != "L001" or len(missed) == 1:
                self.blame(draft, one, found.message, str(found.loc[-1]) if found.loc else "")
        if undated := [_LABELS[event.COMMAND] for event in taken if event.note == UNDATED]:
            dept = next((one for one in steps if one.name == "assign"), steps[0])
            told_ = f"没有写{'、'.join(undated)}的时间，照前一步的日子记，那一步的备注里注明了"
            self.owe(draft, dept, told_)
        self._keep(draft, taken)
        return tuple(taken)

    def _told(self, draft: Draft, issue: Any, blown: Blown | None) -> Iterator[Told]:
        """The steps that a row attests: by a day of their own, or because a later one could not be without them."""
        read = {name: self.told_of(draft, name, typed) for name, typed in draft.steps.items() if name in _LABELS}
        if blown and "whistle" in read:
            read["whistle"].values |= {"whistle": blown.id} | ({"lead": blown.lead} if blown.lead else {})
        way = self._way(read)
        if way is _EXPLAINED and "resolve" in read:
            read["explain"] = self._as_explained(read)
        if way is QUICK:
            read["quick"] = self._as_quick(read)
        main = [*self._main(way, read, issue)]
        for name in ASIDE:
            if any(one.name == name for one in main):
                continue
            if (aside := read.get(name)) and aside.at is None:
                self.owe(draft, aside, f"「{_LABELS[name]}」没有记：旧表没有写时间")
            elif aside:
                later = (n for n, one in enumerate(main) if one.at and aside.at and one.at > aside.at)
                main.insert(next(later, len(main)), aside)
        yield from main

    def _main(self, way: Sequence[str], read: Mapping[str, Told], issue: Any) -> Iterator[Told]:
        """The steps of one way as far as the row attests them."""
        last = max((n for n, name in enumerate(way) if self._attested(name, read.get(name))), default=-1)
        for n, name in enumerate(way):
            one = read.get(name) or Told(name, {}, {}, None)
            blown = read.get("whistle")
            if name == "assign" and blown and blown.values.get("lead") and "dept" not in one.values:
                _hand_over(one, blown, read)  # whoever leads has it from then on: nobody assigned it before
                one = blown
            if name == "accept":
                one.values.setdefault("level", issue.level.value)
            if n <= last and (name != "reflect" or one.values):
                yield one

    def _way(self, read: Mapping[str, Told]) -> Sequence[str]:
        merit = read["accept"].values.get("merit") if "accept" in read else None
        dealt = "assign" in read and "dept" in read["assign"].values
        if self._attested("quick", read.get("quick")) and not dealt:
            return QUICK
        return _EXPLAINED if merit not in (None, Merit.REASONABLE.value) and not dealt else STEPS

    def _as_explained(self, read: Mapping[str, Told]) -> Told:
        """An unreasonable claim that no department had was explained: its result says what was said."""
        ended, accepted = read["resolve"], read["accept"]
        values: dict[str, Any] = {name: accepted.values[name] for name in TRIAGE if name in accepted.values}
        if "result" in ended.values:
            values["why"] = ended.values["result"]
        return Told("explain", values, ended.typed, ended.at or accepted.at)

    def _as_quick(self, read: Mapping[str, Told]) -> Told:
        """What was solved on the spot is judged by the same words as what is accepted."""
        quick, accepted = read["quick"], read.get("accept")
        judged = {name: accepted.values[name] for name in TRIAGE if name in accepted.values} if accepted else {}
        at = quick.at or (accepted.at if accepted else None)
        return Told("quick", {**judged, **quick.values}, quick.typed, at)

    def _attested(self, name: str, one: Told | None) -> bool:
        if one is None:
            return False
        named = {"assign": "dept", "reflect": "text", "quick": "done"}.get(name)
        return one.at is not None or (named is not None and named in one.values)

    def told_of(self, draft: Draft, name: str, typed: Mapping[str, Typed]) -> Told:
        """The values of a step; those that cannot be read are faults of the row."""
        values: dict[str, Any] = {}
        at = None
        for field, one in typed.items():
            if field == "at":
                at = self._moment(draft, one)
            if field in ("at", SAID):
                continue
            try:
                values[field] = self.reader.value(one.target.spec, one.text)
            except Refused as error:
                heading = heading_of(self.read, one.column)
                sheet = self.read.table.sheet
                draft.troubles.append(Trouble(sheet, one.row, one.column, heading, str(error), error.veiled))
        return Told(name, values, typed, at)

    def _moment(self, draft: Draft, one: Typed) -> datetime | None:
        at = when(one.text)
        if at is None:
            self._say(draft, one, f"「{one.text}」不是日期；请写成 2026-03-02 这样")
            return None
        if _HOUR.match(one.text):
            at = at.replace(hour=self.now.hour, minute=self.now.minute)
        if at > self.clock:
            self._say(draft, one, f"{one.text} 还没到，只能记已经发生的事；请核对年份")
            return None
        return at

    def _dated(self, draft: Draft, issue: Any, told: Sequence[Told]) -> Iterator[Told]:
        """Each at its own day, not before the one that went before; without a day at that one's."""
        before = datetime.combine(issue.raised, datetime.min.time()).replace(hour=self.now.hour, minute=self.now.minute)
        before, label = min(before, self.clock), "反映时间"
        if issue.events:
            last = max(issue.events, key=lambda event: event.at)
            before, label = last.at, last.step
        yield from self.in_order(draft, told, before, label, _LABELS)

    def in_order(
        self, draft: Draft, told: Iterable[Told], before: datetime, label: str, labels: Mapping[str, str]
    ) -> Iterator[Told]:
        """Each step at its own day, not before what is called ``label``, nor before the step that went before."""
        for one in told:
            if one.at is None:
                one.at = before
                one.values = {**one.values, "note": one.values.get("note") or UNDATED}
            elif one.at < before:
                if one.at.date() < before.date():
                    said = f"{labels[one.name]}的日子 {one.at.date()} 早于{label} {before.date()}；请核对这两个日期"
                    self.blame(draft, one, said, "时间")
                    return
                one.at = before
            before, label = one.at, labels[one.name]
            yield one

    def _lacking(self, one: Told) -> str:
        step = LIFECYCLE.step(one.name)
        specs = step.asks if step else ()
        lacking = [
            spec.label for spec in specs if spec.required and spec.name not in one.values and spec.name != "level"
        ]
        return "、".join(lacking)

    def _event(self, draft: Draft, one: Told) -> Event | None:
        """The step as it is told; None where a value of it will not do."""
        step = LIFECYCLE.step(one.name)
        if step is None:
            return None
        labels = {spec.name: spec.label for spec in fields_of(step.model)}
        values = {labels[name]: value for name, value in one.values.items() if name != "actor"}
        common = {"编号": new_event_id(), "步骤": step.label, "时间": one.at, "记录时间": self.clock}
        try:
            event: Event = revised(step.model, {**values, **common, "经办人": one.values.get("actor", self.actor)})
        except UsageError as error:
            self.blame(draft, one, str(error))
            return None
        return event

    def owe(self, draft: Draft, one: Told, said: str) -> None:
        """Note on the draft what the row does not say of a step; the row comes in all the same."""
        column = next((typed.column for typed in one.typed.values()), -1)
        heading = heading_of(self.read, column)
        draft.troubles.append(Trouble(self.read.table.sheet, draft.rows[0], column, heading, said, grave=False))

    def blame(self, draft: Draft, one: Told, said: str, label: str = "") -> None:
        """Note on the draft what is wrong with a step, at the column of the field called ``label``."""
        step = LIFECYCLE.step(one.name)
        names = {spec.label: spec.name for spec in fields_of(step.model)} if step else {}
        typed = one.typed.get(names.get(label, "")) or one.typed.get("at") or next(iter(one.typed.values()), None)
        column = typed.column if typed else -1
        draft.troubles.append(
            Trouble(self.read.table.sheet, draft.rows[0], column, heading_of(self.read, column), _bare(said))
        )

    def _say(self, draft: Draft, one: Typed, said: str) -> None:
        heading = heading_of(self.read, one.column)
        draft.troubles.append(Trouble(self.read.table.sheet, one.row, one.column, heading, said))

    def _keep(self, draft: Draft, taken: Sequence[Event]) -> None:
        """What the row says of steps that were not taken goes into the notes: nothing she wrote is lost."""
        done = {event.COMMAND for event in taken}
        done |= {"resolve", "accept"} if "explain" in done else {"accept"} if "quick" in done else set()
        for name, typed in draft.steps.items():
            if name in _LABELS and name not in done:
                draft.loose += [
                    f"{heading_of(self.read, one.column)} {one.text}" for one in typed.values() if one.column >= 0
                ]


def _hand_over(assigned: Told, blown: Told, read: Mapping[str, Told]) -> None:
    """What is said of an assignment that a whistle stands for goes to the whistle, or to the signing."""
    for name in ("whistle", "sign"):
        step, one = LIFECYCLE.step(name), blown if name == "whistle" else read.get("sign")
        for spec in step.asks if step and one else ():
            if one and spec.name in assigned.values:
                one.values.setdefault(spec.name, assigned.values.pop(spec.name))


def _bare(said: str) -> str:
    """A refusal without the command that mends one record: here it is the table that is mended."""
    return said.partition("；登记时没写的请运行")[0].partition("；心得体会请运行")[0].partition("；补研判请运行")[0]
