"""An Office package made the same every time: the clock is left out of it."""

from __future__ import annotations

import re
import zipfile
import zlib
from html import unescape
from io import BytesIO

#: The earliest day a zip archive can name.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_CORE = "docProps/core.xml"
_KEYWORDS = re.compile(rb"<cp:keywords>(.*?)</cp:keywords>", re.DOTALL)
#: No package's facts are longer than this many bytes.
_FACTS = 1 << 18
KEYWORDS = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}keywords"


_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_NEVER = rb"\g<1>1980-01-01T00:00:00Z\2"


def keywords(package: bytes) -> str:
    """The keywords among a package's own facts; empty where it has none."""
    try:
        with zipfile.ZipFile(BytesIO(package)) as file, file.open(_CORE) as core:
            found = _KEYWORDS.search(core.read(_FACTS))
    except (zipfile.BadZipFile, zlib.error, KeyError):
        return ""  # no package, or none with facts
    return unescape(found[1].decode()) if found else ""


def settled(package: bytes) -> bytes:
    """The same package with every entry dated alike, and in the order of names; the list of types stands first."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            content = old.read(name)
            new.writestr(entry, _MODIFIED.sub(_NEVER, content) if name == _CORE else content)
    return made.getvalue()
