"""One file in, one record or all its faults out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from msgspec import Struct
from msgspec import field as member
from pydantic_core import ValidationError
from yaml import YAMLError

from lianxin.core.code import CODES
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import Life
from lianxin.core.declare.record import Record
from lianxin.core.declare.walk import Reference, pointers, walk
from lianxin.core.problem import Fault, Level, Problem
from lianxin.core.text.pattern import late
from lianxin.core.value import show_moment
from lianxin.kinds import BRIEF, BY_FOLDER, KIND, brief_of, home
from lianxin.policies.station import PATH as STATIONS
from lianxin.storage.read.complaint import EVENTS, complaints, example
from lianxin.storage.read.position import Positions, positions
from lianxin.storage.read.reading import read_marked
from lianxin.storage.read.scanning import Spot, Unreadable

#: What may stand in the data folder beside the records.
_KNOWN_FILES = frozenset({"lianxin.yaml", STATIONS})
_KNOWN_FOLDERS = frozenset({"policy", "forms", "reports", "campaigns", "unsettled"})


#: How the path of a record is written.
_PLAIN = late(r"[a-z]+/(?:[0-9]{4}/)?[A-Z]+-[0-9A-Z-]+\.yaml")

#: A faulty value may be a page long; what is said of it need not be.
_MESSAGE, _EXCERPT = 400, 240

#: How many faults of one file are told one by one. One that has more is no record somebody mistyped.
_MOST = 100


class Loaded(Struct, frozen=True):
    """What became of one file.

    Attributes:
        kind: By its folder; None for files that are no records.
        record: None when it cannot be read, has field faults, or its identity is in doubt.
        latest: The latest day or moment told as a fact: until it has passed, ``problems`` depend on ``now``.
        references: Every id the record points with.
        values: What stands in the file, by Chinese label, as text; empty when it cannot be read.
        life: What the record's events add up to, where that is known already.
    """

    kind: Kind | None
    record: Record | None
    problems: tuple[Problem, ...] = ()
    latest: datetime | None = None
    references: Sequence[Reference] = ()
    values: Mapping[str, Any] = member(default_factory=dict)
    life: Life | None = None


def kind_at(path: str) -> Kind | None:
    """The kind whose folder a path (relative to the data folder) lies in."""
    folder, slash, _ = home(path).partition("/")
    found = BY_FOLDER.get(folder) if slash else None
    return KIND[found.name] if found else None


def load(path: str, data: bytes, *, now: datetime | None = None) -> Loaded:
    """The record in a file, with every fault of it at its line and column.

    Args:
        path: Relative to the data folder, with ``/``.
        data: The file's bytes.
        now: Given, facts dated later are faults too.
    """
    kind = kind_at(path)
    if not _PLAIN.fullmatch(home(path)) and (meant := _meant(home(path))):
        message = f"文件名的写法不对（大小写、全角或兼容字），应当是 {meant}"
        return Loaded(kind, None, (_problem(Spot(1, 1, "R007", message), path, []),))
    if kind is None or not path.endswith(".yaml") or "/." in path:
        return Loaded(None, None, _stray(path))
    try:
        values, noted = read_marked(data)
    except Unreadable as error:
        return Loaded(kind, None, tuple(_problems(error.faults, path, data)))
    faults = list(_identity(kind, path, values))
    record: Record | None = None
    latest: datetime | None = None
    references: Sequence[Reference] = ()
    untold = 0
    try:
        record = kind.model.model_validate(values, by_alias=True, by_name=False)
    except ValidationError as error:
        faults += islice(complaints(kind, error, values), _MOST)
        untold = max(0, error.error_count() - _MOST)
    else:
        references, latest = walk(record)
        trusted = not faults
        faults += _record_faults(kind, record, references)
        if now is not None and latest is not None and latest > now:
            from lianxin.kinds.life.amend import not_yet

            faults += not_yet(record, now)
        record = record if trusted else None
    problems = _problems([*(_spots(faults, data) if faults else ()), *noted], path, data, untold)
    return Loaded(kind, record, tuple(problems), latest, references, values)


def _record_faults(kind: Kind, record: Record, references: Sequence[Reference]) -> Iterator[Fault]:
    yield from kind.faults(record)
    if not all(map(_right_kind, references)):
        yield from _reference_faults(record)
    if kind.lifecycle:
        yield from _event_faults(getattr(record, "events", ()))


def _right_kind(reference: Reference) -> bool:
    _, target, wanted = reference
    found = brief_of(target)
    return found is not None and found.name in wanted


def _reference_faults(record: Record) -> Iterator[Fault]:
    """An id says by its prefix what it points to; whether that exists is a rule's question."""
    for loc, target, wanted in pointers(record):
        found = brief_of(target)
        if found is None or found.name not in wanted:
            labels = "或".join(BRIEF[name].label for name in wanted)
            told = f"是{found.label}的编号" if found else "不是任何一种记录的编号"
            yield Fault("R006", loc, f"这里要写{labels}的编号，{target} {told}")


def _event_faults(events: Iterable[Any]) -> Iterator[Fault]:
    seen: set[str] = set()
    for n, event in enumerate(events):
        if event.id in seen:
            yield Fault("R004", (EVENTS, n, "编号"), f"事件编号 {event.id} 前面已经用过")
        seen.add(event.id)
        if event.recorded < event.at:
            message = f"记录时间 {show_moment(event.recorded)} 早于时间 {show_moment(event.at)}"
            yield Fault("F024", (EVENTS, n, "记录时间"), message)


def _identity(kind: Kind, path: str, values: dict[str, Any]) -> Iterator[Fault]:
    """The id must be of its kind, the file's name, and lead to the file's place."""
    id_ = values.get("编号")
    if not isinstance(id_, str) or not id_:
        return  # the model says so
    stem = path.rsplit("/", 1)[-1].removesuffix(".yaml")
    if not kind.id_pattern().match(id_):
        yield Fault("R002", ("编号",), f"「{id_}」不是{kind.label}的编号，应如 {example(kind)}")
    elif id_ != stem:
        yield Fault("R001", ("编号",), f"编号 {id_} 与文件名 {stem}.yaml 不同")
    elif home(path) != kind.path_of(id_):
        yield Fault("R003", ("编号",), f"{id_} 应放在 {kind.path_of(id_)}")


def _meant(path: str) -> str:
    """The path of a record that this one only writes otherwise, in letters that look the same; empty for any other."""
    folder, _, rest = unicodedata.normalize("NFKC", path).partition("/")
    name = rest.rpartition("/")[2]
    brief = BY_FOLDER.get(folder.lower())
    if brief is None or not name.lower().endswith(".yaml"):
        return ""
    id_ = name[: -len(".yaml")].upper()
    meant = brief.path_of(id_) if brief.id_pattern().match(id_) else ""
    return meant if meant != path and meant.lower() == f"{folder}/{rest}".lower() else ""


def _stray(path: str) -> tuple[Problem, ...]:
    parts = path.split("/")
    if any(part.startswith(".") for part in parts) or parts[-1].upper().startswith("README"):
        return ()
    if path in _KNOWN_FILES or (len(parts) > 1 and parts[0] in _KNOWN_FOLDERS):
        return ()
    if parts[0] not in BY_FOLDER and not path.endswith((".yaml", ".yml")):
        return ()  # a sheet she exported here is nobody's business
    hint = "，后缀应是 .yaml" if path.endswith(".yml") else ""
    return (_problem(Spot(1, 1, "Y023", f"{parts[-1]} 不属于任何一种记录{hint}"), path, []),)


def _positions(data: bytes) -> Positions:
    try:
        return positions(data)
    except YAMLError:  # a rule may point at a file that cannot be read: its first line stands for it
        return Positions({}, {})


def place(faults: Iterable[Fault], path: str, data: bytes) -> list[Problem]:
    """Faults of a readable record as problems at their line and column, in the order of the file."""
    return _problems(_spots(faults, data), path, data)


def _spots(faults: Iterable[Fault], data: bytes) -> list[Spot]:
    where = _positions(data)
    return [
        Spot(*where.find(fault.loc, on_key=fault.on_key), fault.code, fault.message, fault.veiled) for fault in faults
    ]


def remarks(path: str, data: bytes) -> list[Problem]:
    """What YAML would read otherwise than it looks, in a file that is no record; nothing of one that cannot be read."""
    try:
        return _problems(read_marked(data)[1], path, data)
    except Unreadable:
        return []


def unreadable_problems(error: Unreadable, path: str, data: bytes) -> list[Problem]:
    """Why a file cannot be read, at its lines."""
    return _problems(error.faults, path, data)


def _problems(spots: Sequence[Spot], path: str, data: bytes, untold: int = 0) -> list[Problem]:
    """The first faults at their lines; of the rest, and of those not even named, how many there are."""
    if not spots:
        return []
    told = sorted(spots)
    untold += len(told) - len(told[:_MOST])
    del told[_MOST:]
    if untold:
        told.append(Spot(told[-1].line, told[-1].col, "Y036", f"这个文件里另外还有 {untold} 处毛病，没有一一列出"))
    # split, not splitlines: line numbers count line feeds and nothing else
    lines = data.decode("utf-8", "replace").split("\n")
    return sorted(_problem(spot, path, lines) for spot in told)


def _problem(spot: Spot, path: str, lines: list[str]) -> Problem:
    declared = CODES.get(spot.code)
    excerpt = lines[spot.line - 1][:_EXCERPT].rstrip() if spot.line <= len(lines) else ""
    level, remedy = (declared.level, declared.remedy) if declared else (Level.ERROR, "")
    message, veiled = map(_short, (spot.message, spot.veiled))
    return Problem(path, spot.line, spot.col, spot.code, message, remedy, excerpt, level, veiled)


def _short(message: str) -> str:
    return message if len(message) <= _MESSAGE else f"{message[:_MESSAGE]}…"
