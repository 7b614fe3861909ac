"""Looks for a ``Document``: every format renders every document.

A format is one module ``to_NAME`` that keeps to ``Writer``, and one line in ``core.look``. The modules are imported
when they are used, because a terminal needs no spreadsheet writer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

from msgspec import Struct
from msgspec.structs import replace

from lianxin.core.document import Document
from lianxin.core.error import LianxinError, UsageError
from lianxin.core.look import CALENDAR, FORMER, LOOKS, TYPED, Look
from lianxin.formats.paper.seal import sealed

if TYPE_CHECKING:
    from lianxin.formats.paper.own import Page
    from lianxin.formats.paper.trace import Trace

#: Characters a line, where a screen's look goes to a file.
PAGE_WIDTH = 100


#: Makes text of the parts of a list: the same document, each with some of the rows of its table.
Stream = Callable[[Iterable[Document]], Iterator[str]]


class Options(Struct, frozen=True):
    """What a caller may wish of a look.

    Attributes:
        width: Of the screen in Latin characters; ``None`` means 80. Only the terminal heeds it.
        color: The output goes to a terminal that shows colours. Only the terminal heeds it.
        page: The office's own Word file to set it in. Only Word heeds it.
        name: Of the look; heeded by what makes several.
    """

    width: int | None = None
    color: bool = False
    page: Page | None = None
    name: str = ""


class Writer(Protocol):
    """What the module of a format must have.

    Those of binary formats also have ``lines(data)``: what a file says, line by line or cell by cell, to compare two; a
    format that sets typefaces itself has ``typefaces(data)``, those a file was set in; one whose text can go out before
    all of it is made has ``pieces(document, options)``, None where a document cannot; one that makes a list of parts
    that come one after another has ``stream(parts)``.
    """

    def render(self, document: Document, options: Options) -> str | bytes:
        """The document, made."""
        ...

    def trace(self, data: bytes) -> str:
        """The line in a file by which it can be made again; empty where there is none."""
        ...


class Format(Struct, frozen=True):
    """One look, as ``core.look`` tells it, and the module that makes it."""

    name: str
    suffix: str
    binary: bool
    title: str
    module: str
    plain: bool = False

    def render(self, document: Document, options: Options) -> str | bytes:
        """A document in this look; what is to bear its own digest bears it."""
        made: str | bytes = self._module.render(document, replace(options, name=self.name))
        if document.provenance is None or not document.provenance.recipe:
            return made
        return sealed(made.encode()).decode() if isinstance(made, str) else sealed(made)

    def pieces(self, document: Document, options: Options) -> Iterator[str] | None:
        """A document in this look, piece by piece; None where it is made whole."""
        made: Callable[[Document, Options], Iterator[str] | None] | None = getattr(self._module, "pieces", None)
        return made(document, options) if made else None

    @property
    def stream(self) -> Stream | None:
        """What makes a list in this look part by part; None where it is made whole."""
        return getattr(self._module, "stream", None)

    def trace(self, data: bytes) -> Trace | None:
        """By what a file of this format can be made again; None when it does not say."""
        from lianxin.formats.paper.trace import read_trace

        try:
            return read_trace(self._module.trace(data))
        except (ValueError, KeyError, TypeError, AttributeError):
            return None  # no file of ours, or no longer

    def lines(self, data: bytes) -> list[str] | None:
        """What a file of this format says, line by line or cell by cell, to compare two; None when it is damaged.

        Raises:
            LianxinError: What reads it is not installed.
        """
        if not self.binary:
            return data.decode(errors="replace").splitlines()
        import warnings

        try:
            with warnings.catch_warnings(action="ignore"):  # of parts a library does not know, in English
                read: list[str] = self._module.lines(data)
        except LianxinError:
            raise
        except Exception:  # noqa: BLE001 - whatever a library trips over in a damaged file
            return None
        return read

    def typefaces(self, data: bytes) -> str:
        """The typefaces a file of this format was set in; nothing where it does not say, as in most formats."""
        told: Callable[[bytes], str] | None = getattr(self._module, "typefaces", None)
        return told(data) if told else ""

    @property
    def _module(self) -> Any:
        """What makes it, whole: one that lacks a part would fail only when a second file is compared with the first."""
        found = import_module(f"lianxin.formats.to_{self.module}")
        needed = ("render", "trace", *(("lines",) if self.binary else ()))
        if lacking := [name for name in needed if not callable(getattr(found, name, None))]:
            raise TypeError(f"{found.__name__} lacks {', '.join(lacking)}")
        return found


def _format(look: Look) -> Format:
    return Format(look.name, look.suffix, look.binary, look.title, look.module or look.name, look.plain)


#: Of every document, in the order readers see them.
FORMATS: tuple[Format, ...] = tuple(map(_format, LOOKS))


def format_for(name_or_suffix: str) -> Format:
    """The format of a name (``xlsx``), a suffix (``.xlsx``) or a file name (``台账.xlsx``).

    Raises:
        UsageError: None is called so; all names are given.
    """
    wanted = name_or_suffix.strip().lower()
    for look in (*LOOKS, CALENDAR, FORMER):
        if wanted in (look.name, look.typed) or wanted.endswith(look.suffix):
            return _format(look)
    raise UsageError(f"没有「{name_or_suffix}」这种格式，可以写：{TYPED}")


def unchanged(document: Document, format_: Format, data: bytes, page: Page | None = None) -> bool:
    """Whether a file still says what a document says, but for the commit and minute it was made of."""
    before = format_.trace(data)
    if document.provenance is None or before is None or before.dirty:
        return False
    then = replace(document, provenance=before.origin(document.provenance))
    made = render(then, format_, width=PAGE_WIDTH, page=page)
    return (made.encode() if isinstance(made, str) else made) == data


def render(
    document: Document,
    format: str | Format,  # noqa: A002 - the word of the command line
    *,
    width: int | None = None,
    color: bool = False,
    page: Page | None = None,
) -> str | bytes:
    """A document in a format; text for the text formats, bytes for the binary ones.

    Args:
        document: Already masked for whoever will read it (``formats.face.mask``).
        format: A format, its name, its suffix or a file name.
        width: Of the screen in Latin characters, for the terminal.
        color: Whether the terminal shows colours.
        page: The office's own Word file to set it in.
    """
    chosen = format if isinstance(format, Format) else format_for(format)
    return chosen.render(document, Options(width, color, page))
