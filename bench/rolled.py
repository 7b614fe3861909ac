"""Roll-ups: thirty offices from nothing and once more; the annual report over two hundred of a county's size."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import msgspec
from msgspec.structs import replace

from bench.elapsed import Taken
from bench.process import run
from bench.work import TOOL
from lianxin.core.county import Manifest
from lianxin.storage.county.dataset import MANIFEST

#: So many offices the report is of.
MANY = 200
#: Seconds of the processor an office may take, the first time and when nothing has changed (docs/scale.md).
PER_OFFICE = (5.0, 1.0)
_RUNS = 5
_TARGET = "汇总"


def rolled(folder: Path, again: int) -> Taken:
    """A roll-up of the offices in a folder: all of it, and when nothing has changed.

    Args:
        again: 0 for the first run.
    """
    if not again:
        shutil.rmtree(folder / _TARGET, ignore_errors=True)
    spent = run((*TOOL, "rollup"), folder)
    return Taken(spent.elapsed, spent.processor)


def multiplied(folder: Path, many: int = MANY) -> Path:
    """A roll-up that holds the one office of another so many times, each under a name of its own."""
    source, target = folder / _TARGET, folder / f"汇总{many}"
    if not (source / MANIFEST).is_file():
        run((*TOOL, "rollup"), folder)
    manifest = msgspec.json.decode((source / MANIFEST).read_bytes(), type=Manifest)
    (one,) = manifest.offices
    offices = []
    for n in range(many):
        name = f"第{n + 1}镇"
        parts = []
        for part in one.parts:
            path = part.path.replace(f"office={one.name}", f"office={name}")
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            if not (target / path).exists():
                os.link(source / part.path, target / path)
            parts.append(replace(part, path=path))
        offices.append(replace(one, name=name, parts=tuple(parts)))
    (target / MANIFEST).write_bytes(msgspec.json.encode(replace(manifest, offices=tuple(offices))))
    return target


def reported(target: Path) -> Taken:
    """The annual report over all of it."""
    command = ("report", "annual", "--name", "年报", "--rollup", str(target))
    runs = sorted((run((*TOOL, *command), target) for _ in range(_RUNS)), key=lambda one: one.elapsed)
    middle = runs[_RUNS // 2]
    return Taken(middle.elapsed, middle.processor)
