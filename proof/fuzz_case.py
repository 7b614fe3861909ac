"""One hostile file before the strict reading, and what is to be said against how it fared."""

from __future__ import annotations

import json
import resource
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import yaml

from lianxin.storage.read.loading import load
from lianxin.storage.read.reading import read_yaml
from lianxin.storage.read.scanning import Unreadable
from proof.judge import independent, vanished

NOW = datetime(2026, 11, 22, 10)
SECONDS, MEGABYTES = 2.0, 300
_ANY = "households/HU-A0001.yaml"


@dataclass(frozen=True, slots=True)
class Case:
    """A file.

    Attributes:
        name: What was done to it.
        path: Where it is read as if it stood there; empty: only its keys and values are read, not as a record.
        at: The line at which a fault must be told, if it is known.
        wanted: What its keys and values are; None where that is for others to say.
        closely: Whether the slow reading is asked too.
    """

    name: str
    path: str
    data: bytes
    at: int | None = None
    wanted: Any = None
    closely: bool = True


@dataclass(frozen=True, slots=True)
class Fared:
    """How it fared.

    Attributes:
        faults: (Sort, what): what breaks a promise.
        told: Whether anything was said of the file.
        line: Whether its line was told right; None where no line is known.
    """

    faults: tuple[tuple[str, str], ...]
    told: bool
    line: bool | None


def tried(case: Case) -> Fared:
    """Read it, and look."""
    begun = time.process_time()
    try:
        values, problems = _read(case)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a crash
        return Fared((("崩溃", f"{type(error).__name__}: {error}"[:160]),), told=False, line=None)
    took = time.process_time() - begun
    faults = []
    if took > SECONDS:
        faults.append(("超时", f"{took:.1f}s"))
    if (used := resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024) > MEGABYTES:
        faults.append(("内存", f"{used} MB"))
    if values is not None and not problems and (why := _silent(case, values)):
        faults.append(("无声", why))
    line = None
    if case.at is not None and problems:
        line = case.at in problems or abs(problems[0] - case.at) <= 1
    return Fared(tuple(faults), bool(problems), line)


def _read(case: Case) -> tuple[dict[str, Any] | None, list[int]]:
    """What is read, None if nothing; the lines at which something is said."""
    try:
        values = read_yaml(case.data)
    except Unreadable:
        values = None
    problems = load(case.path or _ANY, case.data, now=NOW).problems
    return values, [problem.line for problem in problems if case.path or problem.code.startswith("Y")]


def _but_for_the_end(case: Case, values: Any) -> bool:
    """Whether they differ in the line feeds alone that a file without a last one ends with: libyaml has its mind."""
    read, wanted = (json.dumps(one).replace("\\n", "") for one in (values, case.wanted))
    return not case.data.endswith(b"\n") and read == wanted


def _silent(case: Case, values: dict[str, Any]) -> str:
    """Why what was read without a word is not what was written; empty when it is."""
    if case.wanted is not None and values != case.wanted and not _but_for_the_end(case, values):
        return f"read {values!r}, not {case.wanted!r}"[:200]
    text = case.data.decode().replace("\r\n", "\n")
    if lost := next(vanished(text), ""):
        return f"not read: {lost}"
    if case.closely:
        try:
            other = independent(text)
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            return f"the other reading refuses it: {error}"[:200]
        if other != values:
            return "the other reading reads something else"
    return ""
