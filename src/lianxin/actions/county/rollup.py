"""The roll-up: every office of the list brought up to date, then the manifest that makes it one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from msgspec import Struct

from lianxin import __version__
from lianxin.actions.county.job import Job
from lianxin.actions.county.spread import Progress, Spread, here
from lianxin.core.county import Manifest
from lianxin.core.day.period import lasting, parse_period
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.problem import Problem
from lianxin.policies.offices import Listed, Offices, check_offices
from lianxin.storage.county.dataset import OURS, SCHEMA, manifest_of, replaced
from lianxin.storage.county.fetch import Place
from lianxin.storage.git.disk import ordinary
from lianxin.storage.git.meeting import is_host
from lianxin.storage.read.loading import place
from lianxin.storage.settings import load_model

#: For what is reported: the running year, quarter and month, those before them, and the last week.
PERIODS = ("本年", "本季度", "本月", "上周", "上年", "上季度", "上月")


class Rolled(Struct, frozen=True):
    """What a roll-up did.

    Attributes:
        changed: Anything in it is otherwise than before.
        kept: The offices of which nothing had to be written.
    """

    folder: Path
    manifest: Manifest
    changed: bool
    kept: frozenset[str]


def offices_of(path: Path) -> Offices:
    """What the list of offices says.

    Raises:
        UsageError: There is no such file.
        LianxinError: It is faulty; all that is wrong is in the sentence.
    """
    try:
        data = ordinary(path)
    except FileNotFoundError:
        raise UsageError(f"没有 {path}；请写一份单位清单，名称、单位（名称、位置）各一行，见手册「县里汇总」") from None
    offices, problems = load_model(Offices, "单位清单", path.name, data)
    if offices is not None:
        problems = place(list(check_offices(offices)), path.name, data)
    if offices is None or problems:
        raise LianxinError("；".join(map(_told, problems)) + "，请先改好")
    return offices


def _told(problem: Problem) -> str:
    return f"{problem.place} {problem.message}"


def periods_of(words: Sequence[str], today: date) -> tuple[str, ...]:
    """The periods that are counted, each named by its days.

    Raises:
        UsageError: A word means none.
    """
    return tuple(dict.fromkeys(lasting(parse_period(word, today)) for word in (*PERIODS, *words)))


def rollup(
    listed: Path,
    folder: Path,
    now: datetime,
    words: Sequence[str] = (),
    *,
    again: Sequence[str] = (),
    spread: Spread = here,
    progress: Progress = lambda _done, _all: None,
) -> Rolled:
    """Bring a roll-up up to date.

    Args:
        listed: The list of offices.
        folder: Where the roll-up lies, or is made.
        now: The minute it is of.
        words: Periods to count besides those that are always counted.
        again: Offices whose history need not go on from what was read before.
        spread: Who does the work.
        progress: Told (done, all) office by office.

    Raises:
        UsageError: There is no list; or none of its offices is called that.
        LianxinError: The list is faulty, or something else lies in the folder.
    """
    offices = offices_of(listed)
    names = {one.name for one in offices.offices}
    for name in again:
        if name not in names:
            raise UsageError(f"清单里没有「{name}」，有 {'、'.join(sorted(names))}")
    before = manifest_of(folder)
    if before is None and folder.is_dir() and {file.name for file in folder.iterdir()} - OURS:
        raise LianxinError(f"{folder} 里有别的东西，没有汇总；请写一个新的文件夹")
    held = {one.name: one for one in before.offices} if before else {}
    periods = periods_of((*words, *(before.periods if before else ())), now.date())
    jobs = [
        Job(
            name=one.name,
            level=one.level or "",
            place=_place(one, listed.parent),
            target=str(folder.resolve()),
            personal=offices.personal,
            periods=periods,
            now=now,
            last=held.get(one.name),
            again=one.name in again,
        )
        for one in offices.offices
    ]
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = spread(jobs, progress)
    parts = tuple(one.part for one in made)
    manifest = Manifest(
        schema=SCHEMA,
        name=offices.name,
        personal=offices.personal,
        tool=__version__,
        periods=periods,
        offices=parts,
        definitions=_wanted(
            before.definitions if before else {},
            (one.texts.figures for one in made),
            (pair for one in parts for pair in one.counted_by()),
        ),
        outlines=_wanted(
            before.outlines if before else {},
            (one.texts.outlines for one in made),
            (pair for one in parts for pair in one.outlines.items()),
        ),
        forms=_wanted(
            before.forms if before else {},
            (one.texts.forms for one in made),
            (pair for one in parts for pair in one.printed_by()),
        ),
    )
    kept = frozenset(one.part.name for one in made if one.kept)
    return Rolled(folder, manifest, replaced(folder, manifest), kept)


def _wanted(
    before: Mapping[str, str], made: Iterable[Mapping[str, str]], gone_by: Iterable[tuple[str, str]]
) -> dict[str, str]:
    """Of all definitions there were and are, those that some office still goes by."""
    known = dict(before)
    for texts in made:
        known |= texts
    wanted = {digest for _name, digest in gone_by}
    return {digest: text for digest, text in sorted(known.items()) if digest in wanted}


def _place(one: Listed, beside: Path) -> Place:
    where = one.where if is_host(one.where) else str((beside / one.where).resolve())
    return Place(where, one.branch or "", one.folder or "")
