"""A file that is typed by where it lies: what the ledger keeps of it, and what that says of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from msgspec import Struct
from msgspec import field as member

from lianxin.core.declare.field import FieldSpec
from lianxin.core.declare.kind import Kind
from lianxin.core.error import UsageError
from lianxin.core.text.pattern import late
from lianxin.core.value import FieldType
from lianxin.kinds.evidence import suffix_of
from lianxin.policies.attachment import taking_of
from lianxin.rules.attached import FOLDER
from lianxin.storage.book import LedgerBook
from lianxin.storage.git.repo import object_id

if TYPE_CHECKING:
    from lianxin.storage.write.taking import Taken

#: A file on a drive, as WSL's neighbour calls it; and one of WSL's own.
_WINDOWS = late(r"([A-Za-z]):[\\/](.+)\Z")
_NEIGHBOUR = late(r"\\\\wsl(?:\$|\.localhost)\\[^\\]+\\(.+)\Z")
#: As a shell writes what it would else take for something of its own.
_ESCAPED = late(r"\\(.)")
#: The field that tells what bears something out.
EVIDENCE = "evidence"
#: How the names of pictures and papers end.
_FILES = ("jpg", "jpeg", "png", "webp", "heic", "pdf", "docx", "xlsx", "wps", "et", "ofd")
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
    if bare.startswith("file://"):
        bare = unquote(urlsplit(bare).path)
    if found := _WINDOWS.match(bare):
        return Path(f"/mnt/{found[1].lower()}/{found[2].replace(chr(92), '/')}")
    if found := _NEIGHBOUR.match(bare):
        return Path(f"/{found[1].replace(chr(92), '/')}")
    place = Path(bare).expanduser()
    return place if _there(place) else Path(_ESCAPED.sub(r"\1", bare)).expanduser()


def _there(place: Path) -> bool:
    try:
        return place.exists()
    except OSError:  # too long for a name
        return False


def takes_files(spec: FieldSpec) -> bool:
    """Whether what names a file in a field is taken into the ledger."""
    return spec.type is FieldType.FILE or (spec.name == EVIDENCE and spec.many)


def is_file(text: str) -> bool:
    """Whether a text says where a file is."""
    try:
        return bool(text.strip()) and place_of(text).is_file()
    except OSError:  # too long for a name
        return False


def dropped(text: str) -> list[str]:
    """The files that were dropped on a window, which types where they are: several side by side; none: it is a text."""
    if is_file(text):
        return [str(place_of(text))]
    import shlex  # it takes its time, and few drop files

    try:
        places = [str(place_of(one)) for one in shlex.split(text)]
    except ValueError:
        return []
    return places if places and all(map(is_file, places)) else []


def texts_of(specs: Sequence[FieldSpec], typed: Mapping[str, str | Sequence[str]]) -> list[str]:
    """What was typed as what bears something out."""
    said = typed.get(EVIDENCE, ()) if any(spec.name == EVIDENCE and spec.many for spec in specs) else ()
    return [said] if isinstance(said, str) else list(said)


def unfound(texts: Sequence[str]) -> tuple[str, ...]:
    """What is told of a name that looks like a file's where there is none."""
    names = [text.strip() for text in texts if suffix_of(text.strip()) in _FILES and not is_file(text)]
    return tuple(f"没有找到「{name}」这个文件，只记了名称；要收进来，写全它的位置" for name in names)


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
