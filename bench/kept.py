"""What is measured in: repositories that are made once and kept in ``build/bench``."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.county import generate_county
from bench.elapsed import ISSUES, VISITS
from bench.generate import generate
from bench.offices import generate_offices

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "build" / "bench"

#: So many offices are rolled up.
OFFICES = 30


def township(issues: int) -> Path:
    """The repository of so many issues, made when it is not there."""
    return _kept(str(issues), ("cases", "generate", "township", "words"), lambda fresh: generate(fresh, issues))


def county() -> Path:
    """The repository of a county, made when it is not there."""
    stems = ("cases", "county", "county_judged", "county_work", "generate", "township", "words")
    return _kept("county", stems, lambda fresh: generate_county(fresh, ISSUES, VISITS))


def offices() -> Path:
    """The folder of thirty offices and the list of them, made when it is not there."""
    stems = ("cases", "county", "county_judged", "county_work", "generate", "offices", "township", "words")
    return _kept("offices", stems, lambda fresh: generate_offices(fresh, OFFICES))


def _kept(name: str, stems: Sequence[str], make: Callable[[Path], None]) -> Path:
    """A repository by its name and the code that makes it."""
    made = hashlib.sha256()
    for path in sorted((ROOT / "bench").glob("*.py")):
        made.update(path.read_bytes() if path.stem in stems else b"")
    folder = KEPT / f"{name}-{made.hexdigest()[:8]}"
    if not folder.is_dir():
        fresh = folder.with_suffix(".new")
        shutil.rmtree(fresh, ignore_errors=True)
        make(fresh)
        fresh.rename(folder)
    return folder


def one_office() -> Path:
    """The folder of a county that is listed as one office."""
    one = KEPT / "one"
    one.mkdir(exist_ok=True)
    (one / "offices.yaml").write_text(f"名称: 县\n单位:\n- 名称: 镇\n  位置: {county()}\n", encoding="utf-8")
    return one
