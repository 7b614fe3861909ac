"""A fresh ledger: an empty one to keep, or the sample township to play with, its history replayed."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from msgspec import Struct

from lianxin.actions.begin.campaign import chosen, pack
from lianxin.actions.step.write import subject
from lianxin.core.asset import asset, sample
from lianxin.core.declare.kind import Kind
from lianxin.core.error import LianxinError, UsageError, reason
from lianxin.core.office import Office
from lianxin.kinds.org import ORG, Level, Org
from lianxin.kinds.person import PERSON, Holding, Person, Role
from lianxin.policies.station import LETTERS, Station
from lianxin.storage.git.config import configure
from lianxin.storage.git.driver import ATTRIBUTES, set_up
from lianxin.storage.git.process.call import call
from lianxin.storage.git.repo import Repo
from lianxin.storage.read.complaint import EVENTS
from lianxin.storage.read.loading import load
from lianxin.storage.settings import settings_text
from lianxin.storage.station.mark import keep
from lianxin.storage.station.standing import How, Standing, claimed
from lianxin.storage.write.journal import Change, Journal, NewCommit, Written
from lianxin.storage.write.text.writing import record_text

_IGNORE = "*.tmp\n*.swp\n~$*\n"

#: Where people of the ledger are reached in git: nowhere.
_ADDRESS = "{}@lianxin.invalid"
#: Who plays with the demonstration where git knows nobody.
_PLAYER = ("演示", _ADDRESS.format("demo"))


class Started(Struct, frozen=True):
    """Where the new ledger is, and how many commits it has."""

    root: Path
    commits: int


@contextmanager
def fresh(folder: Path) -> Iterator[None]:
    """A new folder to fill; whatever goes wrong, nothing of it stays, and what was there before does."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} 已经有东西了，请换一个新目录")
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise LianxinError(f"{folder} 建不起来（{reason(error)}），请换个地方") from None
    try:
        yield
    except BaseException:
        for one in folder.iterdir():
            shutil.rmtree(one) if one.is_dir() and not one.is_symlink() else one.unlink()
        for made in missing:
            made.rmdir()
        raise


def _repository(folder: Path, who: tuple[str, str], written: Written | None = None) -> Journal:
    """A new repository in an empty folder, which commits as somebody where git knows nobody here."""
    call(folder, ("init", "-q", "-b", "main"))
    repo = Repo.needed(folder.resolve())
    introduce(repo, who)
    set_up(repo)
    keep(repo, LETTERS[0])
    return Journal(repo, folder.resolve(), written)


def introduce(repo: Repo, who: tuple[str, str]) -> None:
    """Have git know who commits here, where it knows nobody."""
    wanted = [one for one in zip(("user.name", "user.email"), who, strict=True) if not repo.config(one[0])]
    if wanted:
        configure(repo, *wanted)


def _shipped(folder: Path, names: Iterator[Path]) -> list[Change]:
    return [Change(path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8"), None) for path in names]


def init(
    folder: Path,
    *,
    name: str,
    level: str,
    org: str,
    clerk: str,
    written: Written,
    campaigns: Sequence[str] = (),
    started: date | None = None,
) -> Started:
    """An empty ledger under git, with its policy files, its clerk and the campaigns it takes part in.

    Nothing is owed of the days before ``started``, today where nothing is said.

    Raises:
        UsageError: The folder is not empty, the level is none, or a campaign is not shipped.
        LianxinError: Git is missing.
    """
    if level not in tuple(Level):
        raise UsageError(f"层级没有「{level}」，可填 {'、'.join(Level)}")
    joining = chosen(campaigns)
    unit = Org.model_validate({"编号": "DW-A0001", "名称": org, "层级": level})
    person = Person.model_validate(
        {"编号": "RY-A0001", "姓名": clerk, "单位": "DW-A0001", "身份": [Holding(role=Role.CLERK)]}
    )
    office = Office.model_validate(
        {
            "名称": name,
            "层级": level,
            "单位": "DW-A0001",
            "办事员": "RY-A0001",
            "启用日期": started or (written.at.date() if written.at else None),
            "活动": joining,
        }
    )
    changes = [
        Change(".gitattributes", ATTRIBUTES, None),
        Change(".gitignore", _IGNORE, None),
        Change("lianxin.yaml", settings_text("设置", office), None),
        *_shipped(asset(), asset("policy").glob("*.yaml")),
        *(change for one in joining for change in pack(one)),
        Change(ORG.path_of("DW-A0001"), record_text(ORG, unit), None),
        Change(PERSON.path_of("RY-A0001"), record_text(PERSON, person), None),
    ]
    with fresh(folder):
        journal = _repository(folder, (clerk, _ADDRESS.format("RY-A0001")), written)
        first = Station(letter=LETTERS[0], name=name, claimer=person.id, claimed=written.at)
        claim, mark = claimed(journal.repo, Standing(How.FIRST, LETTERS[0]), first, None)
        keep(journal.repo, LETTERS[0], mark)
        with journal.locked():
            journal.commit([NewCommit([*changes, *claim.changes], f"建立台账：{name}", (("Step", "init"),))])
    return Started(folder, 1)


def demo(folder: Path) -> Started:
    """The sample township as a repository whose history replays its steps, at their own times, by their own people.

    Raises:
        UsageError: The folder is not empty.
    """
    return replayed(folder, sample())


def replayed(folder: Path, source: Path) -> Started:
    """The records of a folder as a repository whose history replays their steps.

    Raises:
        UsageError: The new folder is not empty.
    """
    entries = _replay(source)
    with fresh(folder):
        journal = _repository(folder, _PLAYER)
        with journal.locked():
            journal.commit(entries)
    return Started(folder, len(entries))


def _replay(source: Path) -> list[NewCommit]:
    names: dict[str, str] = {}
    found: list[tuple[datetime, int, NewCommit]] = []
    moving: list[tuple[Kind, str, str, Any, str]] = []
    standing: list[Change] = [Change(".gitattributes", ATTRIBUTES, None), Change(".gitignore", _IGNORE, None)]
    for path in sorted(path for path in source.rglob("*") if path.is_file()):
        relative = path.relative_to(source).as_posix()
        if relative.startswith(".") or "/." in relative:
            continue
        text = path.read_text(encoding="utf-8")
        loaded = load(relative, text.encode())
        record = loaded.record
        moves = loaded.kind and (loaded.kind.yearly or loaded.kind.lifecycle)
        dated = loaded.kind.column(loaded.kind.dated) if loaded.kind and moves else None
        if loaded.kind is None or record is None or dated is None:
            standing.append(Change(relative, text, None))
            if loaded.kind and record is not None:
                names[path.stem] = loaded.kind.title(record)
            continue
        moving.append((loaded.kind, relative, text, record, dated.name))
    for one in moving:
        for at, entry in _entries(*one, names):
            found.append((at, len(found), entry))
    found.sort(key=lambda one: one[:2])
    first = found[0][0] if found else datetime(2026, 1, 1)
    opening = NewCommit(standing, "建立台账", (("Step", "init"),), None, replayed=first - timedelta(hours=1))
    return [opening, *(entry for _at, _n, entry in found)]


def _entries(
    kind: Kind, path: str, text: str, record: Any, dated: str, names: Mapping[str, str]
) -> Iterator[tuple[datetime, NewCommit]]:
    """A record's commits: taken down, then one an event, each with the file as it then was."""
    id_, events = record.id, getattr(record, "events", ())
    stages = _stages(text, len(events))
    value = getattr(record, "taken", None) or getattr(record, dated)
    at = value if isinstance(value, datetime) else datetime.combine(value, time(17, 30))
    actor = _writer(kind, record)
    told: tuple[tuple[str, str], ...] = (("Record", id_), ("Step", "add"), ("Actor", actor))
    change = Change(path, stages[0], None)
    yield (
        at,
        NewCommit(
            [change], f"{id_} 新增{kind.label}", told, (names.get(actor, actor), _ADDRESS.format(actor)), replayed=at
        ),
    )
    for event, stage in zip(events, stages[1:], strict=True):
        at = max(at, event.recorded)
        step = kind.lifecycle.step(event.step) if kind.lifecycle else None
        if step is None:
            continue
        told = (("Record", id_), ("Step", step.name), ("Actor", event.actor), ("Event", event.id))
        who = (names.get(event.actor, event.actor), _ADDRESS.format(event.actor))
        yield (
            at,
            NewCommit(
                [Change(path, stage, None)],
                f"{id_} {subject(lambda one: names.get(one, one), step, event)}",
                told,
                who,
                replayed=at,
            ),
        )


def _writer(kind: Kind, record: Any) -> str:
    """Who took a record down: where that is not written, the first person it names."""
    named = [record.taker] if getattr(record, "taker", None) else []
    for spec in kind.fields:
        if spec.refs == (PERSON.name,) and spec.name != "id" and (value := getattr(record, spec.name)):
            named += value if spec.many else [value]
    return str(named[0]) if named else ""


def _stages(text: str, count: int) -> list[str]:
    """The file before its first event, and after each: what every append left behind, byte for byte."""
    head, mark, tail = text.partition(f"\n{EVENTS}:\n")
    if not mark or not count:
        return [text]
    indent = re.match(r" *", tail)
    lead = f"{indent[0] if indent else ''}- "
    starts = [found.start() for found in re.finditer(rf"^{lead}", tail, re.MULTILINE)][1:]
    return [head + "\n", *(head + mark + tail[:end] for end in [*starts, len(tail)])]
