"""A seeded township of any size: valid records of every kind as a git repository, for benchmarks and soak tests.

Each sort of history is played by the product's own rules on a number of days; ids, names and words are then filled
into its text. What comes out passes ``lianxin check`` on ``TODAY``.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from bench import cases, words
from bench.cases import CASES, Case
from bench.township import PHONE, Template, Township, households, office, template_of, villages
from lianxin.core.asset import asset
from lianxin.core.day.calendar import Calendar
from lianxin.core.day.limit import Limits
from lianxin.core.declare.lifecycle import Context
from lianxin.kinds import KIND
from lianxin.kinds.issue.conduct import attempt
from lianxin.kinds.issue.record import Issue
from lianxin.kinds.whistle.conduct import attempt as answer
from lianxin.kinds.whistle.record import Whistle
from lianxin.storage.write.text.writing import record_text

#: The day the township is to be looked at; nothing is dated later.
TODAY = date(2026, 6, 30)

#: Nothing is dated earlier.
FIRST = date(2023, 1, 4)

#: On how many days each sort of history that is over is played.
_DAYS = 24

_CONTEXT = Context(Calendar(), Limits())

_INTAKE: Mapping[str, str] = {
    "编号": cases.ISSUE,
    "登记人": cases.CLERK,
    "反映人": "〈反映人〉",
    "联系电话": cases.PHONE,
    "联系户": cases.HOUSEHOLD,
    "所属村": cases.VILLAGE,
    "所属组": "〈组〉",
    "事由": "〈事由〉",
    "原话": "〈原话一〉\n〈原话二〉",
    "何人": "〈反映人〉",
    "何时": "最近",
    "何地": "〈何地〉",
    "何因": "〈何因〉",
    "经过": "〈经过〉",
}


@cache
def _played(number: int, place: int, day: date) -> tuple[Template, int]:
    """One issue of a sort of history begun on a day, and how many days it took."""
    case = CASES[number]
    visit = {"来自走访": cases.VISIT} if case.channel == "入户走访" else {}
    taken = {"登记时间": f"{day} 09:05", "反映时间": str(day), "来源渠道": case.channel}
    own = {"编号": cases.SECOND} if place else {}
    issue = Issue.model_validate({**_INTAKE, **visit, **taken, **own})
    at = day
    for step, after, clock, actor, fields in case.issues[place]:
        at += timedelta(days=after)
        moment = datetime.combine(at, time.fromisoformat(clock))
        typed = {key: str(at + timedelta(days=30)) if value == "〈复核〉" else value for key, value in fields.items()}
        if "佐证" in typed:
            typed |= {"佐证": [typed["佐证"]]}  # type: ignore[dict-item]
        common = {"编号": f"〈{len(issue.events)}〉", "时间": moment, "记录时间": moment, "经办人": actor}
        event: Any = attempt(step, issue, {**typed, **common}, _CONTEXT).event
        issue = issue.model_copy(update={"events": (*issue.events, event)})
    return Template.of(record_text(KIND["issue"], issue)), (at - day).days


def _drawn(random: Random, issues: int) -> list[int]:
    """Which histories there are: each once, if there is room, then by weight."""
    drawn: list[int] = []
    left = issues
    for number in [*range(len(CASES)), *random.choices(range(len(CASES)), [case.weight for case in CASES], k=issues)]:
        if len(CASES[number].issues) <= left:
            drawn.append(number)
            left -= len(CASES[number].issues)
    return drawn + [0] * left


def _begun(random: Random, number: int) -> date:
    """When a history began: those still open not long ago."""
    case = CASES[number]
    length = max(sum(step[1] for step in steps) for steps in case.issues)
    last = TODAY - timedelta(days=length + 1)
    if case.open:
        return last - timedelta(days=random.randrange(case.open))
    days = (last - timedelta(days=case.open + 30) - FIRST).days
    return FIRST + timedelta(days=days * random.randrange(_DAYS) // _DAYS + number)


def _issue_values(town: Township, day: date, household: Mapping[str, str]) -> dict[str, str]:
    while True:
        told = words.told(town.random, town.random.choice(words.TOPICS))
        reporter = household[cases.HOUSEHOLD]
        if town.fresh(reporter, told["原话一"], told["原话二"]) and town.fresh(reporter, day, told["事由"]):
            return {f"〈{label}〉": text for label, text in told.items()}


def _events(town: Township) -> dict[str, str]:
    return {f"〈{n}〉": f"e{town.random.getrandbits(36):09x}" for n in range(16)}


_VISIT = {"编号": cases.VISIT, "日期": cases.DAY, "走访人": [cases.CADRE], "所属村": cases.VILLAGE, "所属组": "〈组〉"}
_SAID = {"走访户": [cases.HOUSEHOLD], "走访方式": "入户", "所见所闻": "〈经过〉", "诉求建议": "〈事由〉"}
_CALLED = {
    "编号": cases.WHISTLE,
    "吹哨单位": cases.BRANCH,
    "事项": "〈事由〉",
    "问题": [cases.ISSUE],
    "牵头部门": cases.DEPT,
    "报到部门": [{"部门": cases.DEPT}, {"部门": cases.OTHER, "报到时限": "2个工作日"}],
}

#: What the departments of a whistle do on the day it is blown.
_ANSWERED: tuple[tuple[str, str, Mapping[str, Any]], ...] = (
    ("批准", "09:10", {"批准人": cases.LEADER}),
    *(("报到", "11:00", {"部门": dept, "到场人": [cases.HANDLER]}) for dept in (cases.DEPT, cases.OTHER)),
    *(("处置", "11:30", {"部门": dept, "处置措施": "〈经过〉"}) for dept in (cases.DEPT, cases.OTHER)),
    *(("办结", "16:00", {"部门": dept, "办理结果": "〈经过〉"}) for dept in (cases.DEPT, cases.OTHER)),
    ("结哨", "16:30", {"总的结果": "〈经过〉"}),
    ("评哨", "17:00", {"评价": "满意"}),
)


@cache
def _whistled(day: date) -> Template:
    """A whistle blown, answered and rated on a day."""
    whistle = Whistle.model_validate({**_CALLED, "吹哨时间": f"{day} 09:00"})
    for step, clock, fields in _ANSWERED:
        moment = datetime.combine(day, time.fromisoformat(clock))
        common = {"编号": f"〈{len(whistle.events)}〉", "时间": moment, "记录时间": moment, "经办人": cases.CLERK}
        event: Any = answer(step, whistle, {**fields, **common}, _CONTEXT).event
        whistle = whistle.model_copy(update={"events": (*whistle.events, event)})
    return Template.of(record_text(KIND["whistle"], whistle))


def visited(town: Township, day: date) -> dict[str, str]:
    """A household nobody has been to that day."""
    while True:
        household = town.random.choice(town.households)
        if town.fresh(day, household[cases.HOUSEHOLD]):
            return household


def histories(town: Township, issues: int, visits: int) -> None:
    """So many issues with the visits that heard them, and so many visits that heard nothing."""
    random = town.random
    begun = sorted((_begun(random, number), n, number) for n, number in enumerate(_drawn(random, issues)))
    days = [(day, n, number) for day, n, number in begun]
    days += [(FIRST + timedelta(days=random.randrange(1200)), issues + n, -1) for n in range(visits)]
    visit = template_of("visit", **_VISIT, **_SAID, 未立问题原因="〈未立〉")
    heard = template_of("visit", **_VISIT, **_SAID)
    leader = town.departments[0][1]
    for day, _, number in sorted(days):
        household = visited(town, day)
        blank = {cases.DAY: str(day), "〈未立〉": "当场答复了", cases.LEADER: leader}
        values = {**household, **blank, cases.CLERK: "RY-A0001", **_issue_values(town, day, household)}
        case = CASES[number] if number >= 0 else Case(0, ())
        if case.channel == "入户走访":
            values[cases.VISIT] = town.number("visit", day.year)
            town.put("visit", values[cases.VISIT], heard if case.issues else visit, values)
        (values[cases.DEPT], values[cases.HANDLER]), (values[cases.OTHER], _) = random.sample(town.departments, 2)
        values |= {blank: town.number("issue", day.year) for blank in (cases.ISSUE, cases.SECOND)[: len(case.issues)]}
        if case.whistle:
            values[cases.WHISTLE] = town.number("whistle", day.year)
            town.put("whistle", values[cases.WHISTLE], _whistled(day), {**values, **_events(town)})
        for place, own in enumerate((cases.ISSUE, cases.SECOND)[: len(case.issues)]):
            if place:  # a neighbour says the same
                other = visited(town, day)
                values = {**values, **{key: other[key] for key in ("〈反映人〉", PHONE, cases.HOUSEHOLD)}}
            town.put("issue", values[own], _played(number, place, day)[0], {**values, **_events(town)})


def _standing(folder: Path, campaigns: Sequence[str]) -> None:
    shutil.copytree(asset("policy"), folder / "policy")
    for name in campaigns:
        shutil.copytree(asset("campaigns", name), folder / "campaigns" / name)
    (folder / ".gitattributes").write_text("* -text\n")
    (folder / "stations.yaml").write_text("A: 云湾镇党建办\n")
    office = "名称: 云湾镇党建办\n层级: 镇\n单位: DW-A0001\n办事员: RY-A0001\n"
    joined = f"活动: [{', '.join(campaigns)}]\n" if campaigns else ""
    (folder / "lianxin.yaml").write_text(office + joined)


def _git(folder: Path, *args: str, stdin: bytes = b"") -> None:
    subprocess.run(["git", *args], cwd=folder, input=stdin, check=True, capture_output=True)


def _imported(files: Mapping[str, bytes]) -> bytes:
    """Files as one commit, as ``git fast-import`` reads it: tens of thousands take seconds."""
    when = int(datetime.fromisoformat(f"{TODAY}T08:00:00+08:00").timestamp())
    head = f"commit refs/heads/main\ncommitter bench <bench@lianxin.invalid> {when} +0800\n".encode()
    parts = [head, _data("云湾镇".encode())]
    for path in sorted(files):
        parts += [f"M 100644 inline {path}\n".encode(), _data(files[path])]
    return b"".join(parts)


def _data(content: bytes) -> bytes:
    return b"data %d\n%b\n" % (len(content), content)


def generate(folder: Path, issues: int, seed: int = 1) -> None:
    """Make a township with so many issues, and households and visits in proportion, in a new folder under git."""
    town = Township(Random(seed))
    office(town)
    villages(town, 12 + min(issues // 400, 60))
    households(town, 30 + issues // 5)
    histories(town, issues, issues // 4)
    commit(folder, town)


def commit(folder: Path, town: Township, campaigns: Sequence[str] = ()) -> None:
    """Put the records into a new folder under git, with these campaigns in force."""
    folder.mkdir(parents=True)
    _standing(folder, campaigns)
    standing = [path for path in folder.rglob("*") if path.is_file()]
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in standing}
    files |= {path: text.encode() for path, text in town.files.items()}
    for parent in {path.rpartition("/")[0] for path in town.files}:
        (folder / parent).mkdir(parents=True, exist_ok=True)
    for path in town.files:
        (folder / path).write_bytes(files[path])
    _git(folder, "init", "-q", "-b", "main")
    _git(folder, "config", "user.name", "bench")
    _git(folder, "config", "user.email", "bench@lianxin.invalid")
    _git(folder, "config", "gc.auto", "0")
    _git(folder, "fast-import", "--quiet", stdin=_imported(files))
    _git(folder, "reset", "-q")
