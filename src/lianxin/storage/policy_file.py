"""Policy files as they stand in a snapshot: the office's own, and those of the campaigns in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lianxin.storage.git.snapshot import Snapshot

MARK = "lianxin.yaml"
FOLDER = "campaigns"

#: Key of ``lianxin.yaml`` that lists the campaigns in force by the names of their folders.
_LISTED = "活动"

#: Whose lines are tried from the top, so that a campaign's go before the office's own.
_ORDERED = frozenset({"limits"})

#: What tells one entry of a list from another.
_NAMES = ("名称", "指标")


def campaigns(snapshot: Snapshot) -> tuple[str, ...]:
    """The folders of the campaigns in force."""
    data = snapshot.read(MARK) or b""
    if _LISTED.encode() not in data or f"\n{_LISTED}: []".encode() in data:
        return ()  # most offices; the parser need not be loaded
    listed = (_mapping(data) or {}).get(_LISTED)
    names = listed if isinstance(listed, list) else [listed] if listed else []
    return tuple(name for name in names if isinstance(name, str) and name and "/" not in name)


def files(snapshot: Snapshot, name: str) -> Iterator[tuple[str, bytes]]:
    """Every ``NAME.yaml`` in force: the office's own, then the campaigns'."""
    for path in (f"policy/{name}.yaml", *(f"{FOLDER}/{one}/{name}.yaml" for one in campaigns(snapshot))):
        data = snapshot.read(path)
        if data is not None:
            yield path, data


def policy(snapshot: Snapshot, name: str) -> Mapping[str, Any] | None:
    """What the files of this name say together, as text; None when there is none that can be read."""
    found: Mapping[str, Any] | None = None
    for _path, data in files(snapshot, name):
        more = _mapping(data)
        if more is not None:
            found = more if found is None else united(name, found, more)
    return found


def united(name: str, own: Mapping[str, Any], more: Mapping[str, Any]) -> Mapping[str, Any]:
    """A campaign's file laid over what there was: lists joined, all else replaced."""
    made = dict(own)
    for key, value in more.items():
        before = made.get(key)
        if isinstance(before, list) and isinstance(value, list):
            made[key] = [*value, *before] if name in _ORDERED else _joined(before, value)
        elif isinstance(before, Mapping) and isinstance(value, Mapping):
            made[key] = united(name, before, value)
        else:
            made[key] = value
    return made


def _joined(own: list[Any], more: list[Any]) -> list[Any]:
    known = {_name(entry) for entry in own}
    return [*own, *(entry for entry in more if _name(entry) not in known)]


def _name(entry: Any) -> str:
    if isinstance(entry, Mapping):
        return str(next((entry[key] for key in _NAMES if key in entry), entry))
    return str(entry)


def _mapping(data: bytes) -> dict[str, Any] | None:
    from lianxin.storage.read.reading import read_yaml
    from lianxin.storage.read.scanning import Unreadable

    try:
        return read_yaml(data)
    except Unreadable:
        return None
