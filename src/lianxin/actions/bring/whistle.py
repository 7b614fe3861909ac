"""A whistle out of the row of an issue: a record of its own, its steps at the days the row bears."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from lianxin.actions.bring.draft import Blown, Draft, Told, Typed
from lianxin.actions.bring.history import OWED, Historian
from lianxin.actions.bring.row import heading_of
from lianxin.actions.bring.value import Refused, when
from lianxin.actions.step.advanced import new_event_id
from lianxin.core.day.time_limit import OPEN as UNSET
from lianxin.core.declare.lifecycle import Event
from lianxin.core.declare.record import fields_of
from lianxin.core.error import UsageError
from lianxin.core.problem import Fault
from lianxin.kinds.life.correction import revised
from lianxin.kinds.whistle.conduct import CONDUCT
from lianxin.kinds.whistle.record import Whistle
from lianxin.kinds.whistle.state import OPEN
from lianxin.kinds.whistle.table import LIFECYCLE
from lianxin.policies.importing import SAID, WHISTLED
from lianxin.storage.book import LedgerBook

#: What stands in a column 吹哨 of an issue for which nobody whistled, or somebody did.
_NO = frozenset({"否", "无", "没有", "未", "未吹哨", "不需要", "×", "—", "-", "/", "0"})
_YES = frozenset({"是", "有", "已", "√", "✓", "已吹哨", "吹哨", "1"})
#: Which of a step's fields attests it where it has no day, in the order of the steps.
_TELLING = {
    "approve": "by",
    "arrive": "who",
    "dispose": "measure",
    "finish": "result",
    "close": "result",
    "rate": "rating",
}
#: The steps that every department takes for itself.
_EACH = ("arrive", "dispose", "finish")
#: What the matter came to is what the departments came to, where the row does not part them.
_FROM_ISSUE = {"dispose": "measure", "finish": "result", "close": "result"}
FROM_ISSUE = "旧表没有另写，照问题的办结记"
_LABELS = {step.name: step.label for step in LIFECYCLE.steps}
#: Before the number that the old table gave a whistle.
_NUMBERED = "旧表的哨号："
_BORE = "SELECT id FROM whistle WHERE (notes = ?1 OR notes LIKE ?2) AND substr(blown, 1, 4) = ?3 ORDER BY id"
_UNIT = "SELECT id, org FROM person WHERE id = ?"


class Whistler(Struct):
    """Makes whistles of what rows of issues say.

    Attributes:
        made: Those of this workbook by the number the old table gave them.
    """

    book: LedgerBook
    made: dict[str, Whistle]

    def begun(self, historian: Historian, draft: Draft, issue: Any, id_: str) -> Whistle | None:
        """The whistle of a row with its steps; None where the row tells of none, or not of when.

        Args:
            historian: Who reads the steps of the row.
            draft: Of the row; what the whistle takes is not kept twice.
            issue: As the row makes it.
            id_: The next free number.
        """
        own = draft.steps.get("whistle", {})
        self._spoken(draft, own)
        if not self._told(draft):
            draft.steps.pop("whistle", None)
            return None
        own = draft.steps.setdefault("whistle", own)
        number = own.pop("whistle", None)
        if number and self._there(historian, number):
            own["whistle"] = number
            return None
        told = historian.told_of(draft, "whistle", own)
        more = historian.told_of(draft, "whistle", draft.steps.get(f"{WHISTLED}whistle", {}))
        dept = self._handler(historian, draft)
        if told.at is None or draft.grave:
            return None
        if number and (known := self.made.get(number.text)):
            return known.model_copy(update={"issues": (*known.issues, issue.id)})
        if number and (kept := self._kept(number.text, told.at.year)):
            after = f"；先写进它的「问题」（lianxin whistle edit {kept} --issues +{issue.id}），再给这一件吹哨"
            historian.owe(draft, told, f"「吹哨」没有记：哨号「{number.text}」台账里已有，是 {kept}{after}")
            return None
        lead = told.values.get("lead") or dept or next(iter(more.values.get("summoned", ())), "")
        if not lead:
            historian.owe(draft, told, "「吹哨」没有记：旧表没有写牵头部门、报到部门，也没有责任部门")
            return None
        whistle = self._record(draft, issue, id_, told, more.values, lead, number)
        if whistle is not None:
            whistle = self._lived(historian, draft, whistle, told)
            if number:
                self.made[number.text] = whistle
        return whistle

    def gone_on(self, historian: Historian, draft: Draft, whistle: Whistle) -> Whistle:
        """A whistle that the ledger has, with the steps that a row tells of and it lacks; unless it was corrected.

        Args:
            historian: Who reads the steps of the row.
            draft: Of the row, which tells of an issue of that whistle.
            whistle: As the ledger has it.
        """
        own = {name: typed for name, typed in draft.steps.get("whistle", {}).items() if name != "whistle"}
        self._spoken(draft, own)
        draft.steps = {**draft.steps, "whistle": own}  # the old table's number is no record's
        if not self._told(draft) or any(event.COMMAND == "amend" for event in whistle.events):
            return whistle
        told = historian.told_of(draft, "whistle", own)
        return whistle if draft.grave else self._lived(historian, draft, whistle, told)

    def blown(self, historian: Historian, draft: Draft, whistle: Whistle) -> Blown:
        """What the issue has to know of it."""
        state = CONDUCT.fold(whistle, historian.context).state
        left = f"{whistle.id} 现在是「{state}」，先结哨再销号" if state in OPEN else ""
        return Blown(whistle.id, "" if self._handler(historian, draft) else whistle.lead, left)

    def keep(self, whistle: Whistle) -> None:
        """Another issue may be told of as having been whistled for by it."""
        self.made = {number: whistle if one.id == whistle.id else one for number, one in self.made.items()}

    def _told(self, draft: Draft) -> bool:
        return any(name == "whistle" or name.startswith(WHISTLED) for name, typed in draft.steps.items() if typed)

    def _there(self, historian: Historian, number: Typed) -> bool:
        """Whether the ledger has the whistle that is named."""
        try:
            historian.reader.value(number.target.spec, number.text)
        except Refused:
            return False
        return True

    def _kept(self, number: str, year: int) -> str:
        """The whistle of the ledger that bore this number in an old table of that year; empty where none did."""
        said = f"{_NUMBERED}{number}"
        found = self.book.sql(_BORE, (said, f"{said}；%", str(year)))
        return str(found[0][0]) if found else ""

    def _handler(self, historian: Historian, draft: Draft) -> str:
        """The department the row names; what is wrong with it is told with the step itself."""
        typed = draft.steps.get("assign", {}).get("dept")
        try:
            return str(historian.reader.value(typed.target.spec, typed.text)) if typed else ""
        except Refused:
            return ""

    def _spoken(self, draft: Draft, own: dict[str, Typed]) -> None:
        """A column called 吹哨 holds a day, a yes or a no, or whom it was for."""
        key = f"{WHISTLED}whistle"
        typed = draft.steps.get(key, {}).pop(SAID, None)
        if typed is None or typed.text in _NO:
            return
        if when(typed.text) and "at" not in own:
            own["at"] = typed
        elif typed.text not in _YES:
            draft.loose.append(f"吹哨 {typed.text}")
        draft.steps.setdefault("whistle", own)
        own.setdefault(SAID, typed)

    def _record(
        self, draft: Draft, issue: Any, id_: str, told: Told, more: Mapping[str, Any], lead: str, number: Typed | None
    ) -> Whistle | None:
        depts = [lead, *(one for one in more.get("summoned", ()) if one != lead)]
        open_ = str(UNSET)  # what the old table did not set nobody was late for
        limits = {
            "响应时限": open_,
            "报到时限": more.get("arrive_rule", open_),
            "办结时限": more.get("finish_rule", open_),
        }
        office = self.book.office
        values = {
            "编号": id_,
            "吹哨时间": told.at,
            "吹哨单位": more.get("by") or (office.org if office else None),
            "事项": issue.summary,
            "问题": [issue.id],
            "牵头部门": lead,
            "报到部门": [{"部门": dept, **limits} for dept in depts],
            "备注": f"{_NUMBERED}{number.text}" if number else None,
        }
        if urgency := more.get("urgency"):
            values["紧急程度"] = urgency
        elif typed := draft.steps.get("accept", {}).get("urgency"):
            values["紧急程度"] = typed.text
        try:
            made: Whistle = revised(Whistle, {label: value for label, value in values.items() if value is not None})
        except UsageError as error:
            draft.loose.append(f"吹哨没有记：{error}")
            return None
        return made

    def _lived(self, historian: Historian, draft: Draft, whistle: Whistle, told: Told) -> Whistle:
        """With the steps that the row attests; what is wanting is owed, what it says of that goes into the notes."""
        known = {(event.COMMAND, str(getattr(event, "dept", None) or "")) for event in whistle.events}
        steps = [
            one
            for one in self._steps(historian, draft, told)
            if any((one.name, dept) not in known for dept, _ in self._each(one, whistle))
        ]
        before = max(event.at for event in whistle.events) if whistle.events else told.at or historian.clock
        taken: list[tuple[Told, Event]] = []
        stuck: set[str] = set()
        owing = False
        for one in historian.in_order(draft, steps, before, "吹哨", _LABELS):
            for dept, values in self._each(one, whistle):
                if (one.name, dept) in known:
                    continue
                if dept in stuck or (stuck and one.name not in _EACH):
                    continue
                event, lacking = self._event(historian, draft, one, values)
                if event is None:
                    owing = True
                    stuck.add(dept)
                    whose = f"{self.book.title(dept)} " if dept else ""
                    historian.owe(draft, one, f"吹哨的{whose}「{_LABELS[one.name]}」没有记：旧表没有写{lacking}")
                else:
                    taken.append((one, event))
        made: list[Event] = []
        for (one, _), found in zip(
            taken, CONDUCT.history(whistle, [event for _, event in taken], historian.context), strict=True
        ):
            if not isinstance(found, Fault):
                made.append(found)
            elif found.code in OWED or owing:
                owing = True
                historian.owe(draft, one, f"吹哨的「{_LABELS[one.name]}」没有记：{found.message}")
            else:
                historian.blame(draft, one, found.message, str(found.loc[-1]) if found.loc else "")
        if whistle.events:
            return whistle.model_copy(update={"events": (*whistle.events, *made)})
        done = {event.COMMAND for event in made}
        left = [
            f"{heading_of(historian.read, typed.column)} {typed.text}"
            for name, each in draft.steps.items()
            if name.startswith(WHISTLED) and name.removeprefix(WHISTLED) not in {*done, "whistle"}
            for typed in each.values()
        ]
        notes = "；".join(filter(None, (whistle.notes, f"旧表还写着：{'、'.join(left)}" if left else "")))
        whistle = whistle.model_copy(update={"events": tuple(made), "notes": notes or None})
        state = CONDUCT.fold(whistle, historian.context).state
        if state in OPEN and not owing:
            said = f"{whistle.id} 现在是「{state}」，后来怎样旧表没有写；请接着办：lianxin next {whistle.id}"
            historian.owe(draft, told, said)
        return whistle

    def _steps(self, historian: Historian, draft: Draft, told: Told) -> Iterator[Told]:
        """Those that are attested, and those without which the later ones could not be."""
        read = {name: historian.told_of(draft, name, draft.steps.get(f"{WHISTLED}{name}", {})) for name in _TELLING}
        self._of_issue(draft, read)
        attested = [
            n for n, (name, field) in enumerate(_TELLING.items()) if read[name].at or field in read[name].values
        ]
        read["approve"].at = read["approve"].at or told.at
        for name in [*_TELLING][: max(attested, default=0) + 1]:
            if name != "rate" or "rating" in read[name].values:
                yield read[name]

    def _of_issue(self, draft: Draft, read: Mapping[str, Told]) -> None:
        """Where departments came and the matter was done, theirs was done with it, though the row says so but once."""
        ended = draft.steps.get("resolve", {})
        at = when(ended["at"].text) if "at" in ended else None
        if at is None or "result" not in ended or "who" not in read["arrive"].values:
            return
        for name, field in _FROM_ISSUE.items():
            one = read[name]
            if field not in one.values:
                one.values |= {field: ended["result"].text, "note": FROM_ISSUE}
            one.at = one.at or (at if name != "dispose" else read["arrive"].at)

    def _each(self, one: Told, whistle: Whistle) -> Iterator[tuple[str, dict[str, Any]]]:
        """What a step says of each department it is of; of none, where it is of the whole."""
        if one.name not in _EACH:
            yield "", one.values
            return
        depts = [summons.dept for summons in whistle.summoned]
        came = self._by_unit(one.values.get("who", ()), depts) if one.name == "arrive" else {}
        for dept in depts:
            who = {"who": tuple(came[dept])} if came.get(dept) else {}
            yield dept, {**{name: value for name, value in one.values.items() if name != "who"}, "dept": dept, **who}

    def _by_unit(self, who: Sequence[str], depts: Sequence[str]) -> Mapping[str, list[str]]:
        """Those who came, by the department they are of; the others came for the one that leads."""
        units = dict(found for one in who for found in self.book.sql(_UNIT, (one,)))
        came: dict[str, list[str]] = {}
        for one in who:
            came.setdefault(units[one] if units.get(one) in depts else depts[0], []).append(one)
        return came

    def _event(
        self, historian: Historian, draft: Draft, one: Told, values: Mapping[str, Any]
    ) -> tuple[Event | None, str]:
        """The step as it is told; or what it lacks."""
        step = next(step for step in LIFECYCLE.steps if step.name == one.name)
        lacking = [spec.label for spec in step.asks if spec.required and spec.name not in values]
        if lacking:
            return None, "、".join(lacking)
        labels = {spec.name: spec.label for spec in fields_of(step.model)}
        common = {"编号": new_event_id(), "步骤": step.label, "时间": one.at, "记录时间": historian.clock}
        said = {labels[name]: value for name, value in values.items()}
        try:
            event: Event = revised(step.model, {**said, **common, "经办人": historian.actor})
        except UsageError as error:
            historian.blame(draft, one, str(error))
            return None, "对的内容"
        return event, ""
