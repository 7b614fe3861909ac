"""A file that is typed by where it lies: what the ledger keeps of it, and what that says of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from msgspec import Struct
from msgspec import field as member

from lianxin.core.declare.kind import Kind
from lianxin.core.error import UsageError
from lianxin.core.text.pattern import late
from lianxin.core.value import FieldType
from lianxin.policies.attachment import taking_of
from lianxin.rules.attached import FOLDER
from lianxin.storage.book import LedgerBook
from lianxin.storage.git.repo import object_id

if TYPE_CHECKING:
    from lianxin.storage.write.taking import Taken

#: A file on a drive, as WSL's neighbour calls it.
_WINDOWS = late(r"([A-Za-z]):[\\/](.+)\Z")
#: So much of the digest is enough to name a file by.
_NAMED_BY = 16


class FileTyped(Struct, frozen=True):
    """What a typed file comes to.

    Attributes:
        values: Of the record, by label.
        fixed: Labels of those that nobody types.
        files: To be written with it, by path.
    """

    values: Mapping[str, Any] = member(default_factory=dict)
    fixed: frozenset[str] = frozenset()
    files: Mapping[str, bytes] = member(default_factory=dict)


def kept_file(kind: Kind, typed: Mapping[str, str | Sequence[str]], book: LedgerBook) -> FileTyped:
    """What a kind that keeps a file is to hold of the one that was typed; nothing where a kind keeps none.

    Raises:
        UsageError: It is none that can be kept.
    """
    spec = next((one for one in kind.fields if one.type is FieldType.FILE), None)
    said = typed.get(spec.name) if spec else None
    if spec is None or not said:
        return FileTyped()
    if not isinstance(said, str):
        (said,) = said if len(said) == 1 else (_several(len(said)),)
    path = place_of(said)
    rules = taking_of(book.policy("attachments"))
    kept = _read(path, _stamp(path), rules.most, rules.side, rules.quality)
    digest = object_id(kept.data, len(book.commit) or 40)
    place = f"{FOLDER}/{book.today.year}/{digest[:_NAMED_BY]}.{kept.suffix}"
    labels = {one.name: one.label for one in kind.fields}
    values = {
        labels["file"]: place,
        labels["name"]: path.name,
        labels["digest"]: digest,
        labels["size"]: str(len(kept.data)),
    }
    shot = {labels["day"]: kept.day.isoformat()} if kept.day and kept.day <= book.today else {}
    files = {} if book.attached(place) == kept.data else {place: kept.data}
    return FileTyped({**values, **shot}, frozenset(values), files)


def place_of(text: str) -> Path:
    """Where a file is that was typed or dropped on the window: quoted, escaped, an address, as Windows has it."""
    bare = text.strip()
    if bare[:1] in "'\"" and bare[-1:] == bare[:1]:
        bare = bare[1:-1]
    elif not Path(bare).exists():
        bare = bare.replace("\\ ", " ")
    if bare.startswith("file://"):
        bare = unquote(urlsplit(bare).path)
    if found := _WINDOWS.match(bare):
        return Path(f"/mnt/{found[1].lower()}/{found[2].replace(chr(92), '/')}")
    return Path(bare).expanduser()


def _several(count: int) -> str:
    raise UsageError(f"一份佐证一个文件，写了 {count} 个；几个文件请一个一个加")


def _stamp(path: Path) -> tuple[int, int]:
    try:
        about = path.stat()
    except OSError:
        return 0, 0
    return about.st_mtime_ns, about.st_size


@lru_cache(maxsize=4)  # a form tries what is typed at every key
def _read(path: Path, _stamp: tuple[int, int], most: int, side: int, quality: int) -> Taken:
    from lianxin.storage.write.taking import taken  # Pillow is loaded for a file alone

    return taken(path, most=most, side=side, quality=quality)
