"""An Office package: what it says of itself, whether it was worked on since, and made the same every time."""

from __future__ import annotations

import re
import shutil
import zipfile
import zlib
from html import escape, unescape
from io import BytesIO

from lianxin.core.text.pattern import late
from lianxin.formats.paper.trace import MARK, read_trace

#: The earliest day a zip archive can name.
_EPOCH = (1980, 1, 1, 0, 0, 0)
#: What a package says of itself.
CORE = "docProps/core.xml"
#: By which program it was made; and its version, which says nothing where the program is another.
_PROGRAM = "docProps/app.xml"
_APPLICATION = late(rb"(?<=<Application>)[^<]*")
_VERSION = late(rb"<AppVersion>[^<]*</AppVersion>")
_KEYWORDS = late(rb"<(?:\w+:)?keywords(?:\s*/>|[^>]*>(.*?)</(?:\w+:)?keywords>)", re.DOTALL)
_ROOT = late(rb"<((?:\w+:)?)coreProperties")
_TAG = late(r"<[^>]*>")
#: No package's facts are longer than this many bytes.
_FACTS = 1 << 18
KEYWORDS = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}keywords"


_MODIFIED = late(rb"(<dcterms:modified[^>]*>)([^<]*)(</dcterms:modified>)")
_CREATED = late(rb"<dcterms:created[^>]*>([^<]*)<")
_STAMP = b"1980-01-01T00:00:00Z"


def _facts(package: bytes) -> bytes:
    """What a package says of itself; empty for no package, and for one without facts."""
    try:
        with zipfile.ZipFile(BytesIO(package)) as file, file.open(CORE) as core:
            return core.read(_FACTS)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError):
        return b""


def keywords(package: bytes) -> str:
    """The line among a package's keywords: the whole of them, or what follows its mark; empty where there are none."""
    found = _KEYWORDS.search(_facts(package))
    return unescape((found[1] or b"").decode()).rpartition(MARK)[2] if found else ""


def retouched(package: bytes) -> bool:
    """Whether an Office file is not as this tool left it: every Office program writes down when it saved one."""
    if not package.startswith(b"PK"):
        return False
    facts = _facts(package)
    modified, created = _MODIFIED.search(facts), _CREATED.search(facts)
    if modified is None or read_trace(keywords(package)) is None:
        return not facts or settled(package) != package
    return modified[2] not in (_STAMP, created[1] if created else b"")


def bearing(package: bytes, line: str) -> bytes:
    """A settled package with a line behind the keywords it has.

    Raises:
        KeyError: It has no facts of its own.
    """
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            new.writestr(entry, _keyed(content, line) if entry.filename == CORE else content)
    return made.getvalue()


def named(package: bytes, program: str) -> bytes:
    """A package that says it was made by this program, and by no other."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename == _PROGRAM:
                told = _APPLICATION.sub(escape(program).encode(), old.read(entry))
                new.writestr(entry, _VERSION.sub(b"", told))
                continue
            with old.open(entry) as held, new.open(entry, "w") as copy:  # a large sheet is never held whole
                shutil.copyfileobj(held, copy)
    return made.getvalue()


def _keyed(core: bytes, line: str) -> bytes:
    """A package's facts with a line behind its own keywords."""
    found, root = _KEYWORDS.search(core), _ROOT.search(core)
    own = unescape(_TAG.sub("", (found[1] or b"").decode())).partition(MARK)[0].strip() if found else ""
    text = escape(" ".join(part for part in (own, f"{MARK}{line}" if line else "") if part), quote=False).encode()
    name = (root[1] if root else b"") + b"keywords"
    rest = _KEYWORDS.sub(b"", core).rstrip()
    if rest.endswith(b"/>"):  # nothing at all stands in it
        rest = rest[:-2] + b"></" + name.replace(b"keywords", b"coreProperties>")
    at = rest.rindex(b"</")
    return rest[:at] + b"<" + name + b">" + text + b"</" + name + b">" + rest[at:]


def _unaltered(core: bytes) -> bytes:
    """A package's facts that tell of no change after it was made."""
    created = _CREATED.search(core)
    stamp = created[1] if created else _STAMP
    return _MODIFIED.sub(lambda found: found[1] + stamp + found[3], core)


def settled(package: bytes) -> bytes:
    """The same package with every entry dated alike, and in the order of names; the list of types stands first."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            content = old.read(name)
            new.writestr(entry, _unaltered(content) if name == CORE else content)
    return made.getvalue()
