"""A county as one part of a prefecture's roll-up: its own roll-up, added up; its records stay where they are."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from lianxin import __version__
from lianxin.actions.county.job import Done, Job, Texts
from lianxin.core.county import Manifest, OfficePart, Part, Standing, Within
from lianxin.core.error import LianxinError
from lianxin.storage.county.dataset import MANIFEST, digest_in, holds, placed
from lianxin.storage.county.part import duties_part, sums_part
from lianxin.storage.county.pool import RollUp
from lianxin.storage.git.meeting import is_host
from lianxin.storage.index.store import maker

#: So many offices are named.
_MOST = 5


def is_county(where: str) -> bool:
    """Whether what is listed is a roll-up and no book."""
    return not is_host(where) and (Path(where) / MANIFEST).is_file()


def added_up(job: Job, last: OfficePart | None) -> Done:
    """A county's part, made of its roll-up.

    Raises:
        LianxinError: It tells more than may be told here, lacks a period, is damaged, is being made anew or is older
            than what was read before.
    """
    folder, target = Path(job.place.where), Path(job.target)
    digest = digest_in(folder)
    pool = RollUp(folder)
    _refuse(job, pool.manifest, last)
    texts = Texts(pool.manifest.definitions, pool.manifest.outlines, pool.manifest.forms)
    key = _key(job, digest)
    if last and last.key == key and all(holds(target, part) for part in last.parts):
        return Done(_stood(replace(last, level=job.level, where=job.place.called), pool.manifest), texts, kept=True)
    if not all(holds(folder, part) for part in _added(pool.manifest, job.periods)):
        raise LianxinError("它的汇总有文件没有了或坏了；请县里重新汇总")
    parts = list(_parts(job, pool))
    if digest_in(folder) != digest:
        raise LianxinError("它正在重新汇总；请等它做完再来")
    return Done(_part(job, pool.manifest, digest, parts, key), texts)


def _refuse(job: Job, manifest: Manifest, last: OfficePart | None) -> None:
    """Take nothing that must not be taken, or that is not of now."""
    if Path(job.place.where) == Path(job.target):
        raise LianxinError("位置写的就是这份汇总自己；请改成县里的汇总")
    if manifest.personal and not job.personal:
        raise LianxinError("它的汇总收了个人信息，这里不收；请县里另汇总一份不收的")
    if lacking := [one for one in job.periods if one not in manifest.periods]:
        raise LianxinError(f"它的汇总没有收 {'、'.join(lacking)}；请县里今天重新汇总一次")
    day = _day(manifest)
    if last and last.within and last.as_of and not job.again and (day is None or day < last.as_of):
        raise LianxinError(
            f"它的汇总比上次读的旧（上次 {last.as_of}，现在 {day or '没有'}）；请问清楚，确认无误再加 --again 重新收它"
        )


def _added(manifest: Manifest, periods: Iterable[str]) -> Iterator[Part]:
    """The files that are added up."""
    inside = tuple(f"{table}/period={period}/" for period in periods for table in ("sums", "duties"))
    return (part for one in manifest.offices for part in one.parts if part.path.startswith(inside))


def _parts(job: Job, pool: RollUp) -> Iterator[Part]:
    target = Path(job.target)
    for period in job.periods:
        sums, duties = pool.whole(period)
        office = f"period={period}/office={job.name}"
        yield placed(target, f"sums/{office}", len(sums), sums_part(sums))
        yield placed(target, f"duties/{office}", len(duties), duties_part(duties))


def _part(job: Job, manifest: Manifest, digest: str, parts: Iterable[Part], key: str) -> OfficePart:
    offices = manifest.offices
    figures, others = _versions(pair for one in offices for pair in one.counted_by())
    forms, more = _versions(pair for one in offices for pair in one.printed_by())
    outlines, _rest = _versions(pair for one in offices for pair in one.outlines.items())
    records: Counter[str] = Counter()
    for one in offices:
        records.update(one.records)
    many = sum(one.within.offices if one.within else 1 for one in offices)
    part = OfficePart(
        name=job.name,
        level=job.level,
        where=job.place.called,
        standing=Standing.FRESH,
        commit=digest,
        as_of=_day(manifest),
        key=key,
        personal=manifest.personal,
        figures=figures,
        outlines=outlines,
        forms=forms,
        records=dict(sorted(records.items())),
        unreadable=sum(one.unreadable for one in offices),
        faults=sum(one.faults for one in offices),
        parts=tuple(parts),
        within=Within(os.path.relpath(job.place.where, job.target), digest, many, others, more),
    )
    return _stood(part, manifest)


def _stood(part: OfficePart, manifest: Manifest) -> OfficePart:
    """A part that says which of the offices in it are not of now."""
    behind = [one for one in manifest.offices if one.why]
    if not behind:
        return replace(part, standing=Standing.FRESH, why="")
    told = "、".join(f"{one.name}（{one.standing}）" for one in behind[:_MOST])
    more = f"等 {len(behind)} 个" if len(behind) > _MOST else ""
    return replace(part, standing=Standing.PARTLY, why=f"里面 {told}{more}；请看县里的汇总")


def _versions(pairs: Iterable[tuple[str, str]]) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """Of each name the version that most offices have, the first of those that as many have; and all others."""
    found: dict[str, Counter[str]] = {}
    for name, digest in pairs:
        found.setdefault(name, Counter())[digest] += 1
    ordered = {name: [digest for digest, _many in one.most_common()] for name, one in found.items()}
    others = tuple((name, digest) for name, own in ordered.items() for digest in own[1:])
    return {name: own[0] for name, own in ordered.items()}, others


def _day(manifest: Manifest) -> date | None:
    """The last day any of its offices was read on."""
    return max((one.as_of for one in manifest.offices if one.as_of), default=None)


def _key(job: Job, digest: str) -> str:
    """Changes whenever the files would."""
    told = (digest, str(job.personal), *job.periods, __version__, maker("actions", "storage"))
    return hashlib.sha256("\0".join(told).encode()).hexdigest()
