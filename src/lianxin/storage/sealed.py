"""The list of what was put away with a year: a digest a file, in the order of the file numbers (件号).

It is what ``sha256sum -c`` reads, so that anybody can look whether the archive is what it was, without this tool.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping

from lianxin.kinds import ARCHIVE

#: In the folder of a year.
NAME = "SHA256SUMS"
#: Where every opening of a closed year is written down, and every other list that one was given.
WITHDRAWN = f"{ARCHIVE}/withdrawn.txt"
_LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")


def place(year: int, path: str = NAME) -> str:
    """Where a file stands that was put away with a year; the list itself where none is named."""
    return f"{ARCHIVE}/{year}/{path}"


def digest(data: bytes) -> str:
    """The digest of a file."""
    return hashlib.sha256(data).hexdigest()


def text(digests: Iterable[tuple[str, str]]) -> str:
    """The list.

    Args:
        digests: Path, as it was before, and digest of each file.
    """
    return "".join(f"{told}  {path}\n" for path, told in digests)


def read(data: bytes) -> Mapping[str, str]:
    """Digest by path, in their order; a line that is none is passed over, and its file counts as not listed."""
    found = (_LINE.fullmatch(line) for line in data.decode("utf-8", "replace").splitlines())
    return {one[2]: one[1] for one in found if one}


def years(paths: Iterable[str]) -> list[int]:
    """The closed years that some files of the archive are of."""
    parts = (path.split("/") for path in paths)
    return sorted({int(one[1]) for one in parts if len(one) > 2 and one[1].isdecimal()})
