"""The line by which a file can be made again: who made it, from which commit, as of which minute, by which words.

``lianxin 0.5.0 · 口径 1a2b3c4d · 指纹 0f1e… · 3f2a… · 2026-03-02 09:40 · 公示 · ledger 问题台账 -f csv``; a ``+`` after
the commit says that uncommitted edits were laid over it, ``-`` that there was no commit; ``*`` after the face, that
something in the words was hidden. 指纹 is the file's own digest (``formats.paper.seal``).
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from lianxin.core.document import Face, Provenance
from lianxin.core.error import UsageError
from lianxin.core.filter import parse_filter
from lianxin.core.text.pattern import late
from lianxin.core.value import show_moment
from lianxin.formats.paper.seal import BLANK, WORD

#: Stands before it where people see it.
MARK = "复核："
#: What a command did besides making its file; it is no part of the words that make it again.
ONCE = "--freeze"

_LINE = late(
    rf"(?P<tool>lianxin \S+) · 口径 (?P<definitions>\S+)(?: · {WORD} \w+)?"
    r" · (?P<commit>[0-9a-f]{40,64}|-)(?P<dirty>\+?)"
    rf" · (?P<moment>\d{{4}}-\d\d-\d\d \d\d:\d\d) · (?P<face>{'|'.join(Face)})(?P<hidden>\*?) · (?P<recipe>.+)"
)


class Trace(Struct, frozen=True):
    """What the line says.

    Attributes:
        commit: Empty where there was none.
        dirty: Uncommitted edits were laid over it.
        recipe: The command's words, without where the file went.
        hidden: Something in them was masked, so that they can not be run again.
    """

    tool: str
    definitions: str
    commit: str
    dirty: bool
    moment: datetime
    face: Face
    recipe: str
    hidden: bool = False

    def origin(self, now: Provenance) -> Provenance:
        """What a document made now would say had it been made of this commit, at this minute."""
        day, minute = self.moment.date(), f"{self.moment:%H:%M}"
        return replace(now, commit=self.commit, dirty=False, as_of=day, at=minute)


#: A word that needs no quotes; ``shlex`` quotes all Chinese.
_PLAIN = late(r"[\w=+,./:@%-]+")
#: An option and its value in one word.
_GLUED = late(r"(?s)(--\w+=|-w)(.+)")


def spelt(words: Iterable[str]) -> str:
    """Words as they are typed, in quotes where they need them."""
    import shlex

    return " ".join(word if _PLAIN.fullmatch(word) else shlex.quote(word) for word in words)


def asked_as(recipe: str, before: str, now: str) -> str:
    """A command's words with another format; behind ``--`` stands no option."""
    import shlex

    try:
        words = shlex.split(recipe)
    except ValueError:  # somebody else wrote them
        return recipe
    end = words.index("--") if "--" in words else len(words)
    if words[end - 2 : end] != ["-f", before]:
        return recipe
    words[end - 1] = now
    return spelt(words)


def veiled(recipe: str, private: Container[str]) -> str:
    """A command's words without what its filters look for.

    Args:
        recipe: As ``spelt`` made it.
        private: The paths of those that may name somebody.
    """
    if not private:
        return recipe
    import shlex

    return spelt(_veiled(word, private) for word in shlex.split(recipe))


def _veiled(word: str, private: Container[str]) -> str:
    glued = _GLUED.fullmatch(word)
    option, told = (glued[1], glued[2]) if glued else ("", word)
    try:
        filter_ = parse_filter(told)
    except UsageError:
        return word
    return f"{option}{filter_.veiled()}" if ".".join(filter_.path) in private else word


def trace_line(provenance: Provenance | None, *, seal: bool = False) -> str:
    """The line; nothing for what is shown on a screen.

    Args:
        provenance: What it is made of.
        seal: The file is to bear its own digest in it.
    """
    if provenance is None or not provenance.recipe:
        return ""
    parts = (
        provenance.tool,
        f"口径 {provenance.definitions or '-'}",
        *((f"{WORD} {BLANK}",) if seal else ()),
        f"{provenance.commit or '-'}{'+' if provenance.dirty else ''}",
        f"{provenance.as_of} {provenance.at or '00:00'}",
        f"{provenance.face.value}{'*' if provenance.hidden else ''}",
        provenance.recipe,
    )
    return " · ".join(parts)


def marked(provenance: Provenance | None) -> str:
    """The line with its mark and a place for the digest, for formats that print it."""
    line = trace_line(provenance, seal=True)
    return f"{MARK}{line}" if line else ""


def after_mark(lines: list[str]) -> str:
    """The line in a text, looked for from its end."""
    return next((line.partition(MARK)[2] for line in reversed(lines) if line.startswith(MARK)), "")


def read_trace(line: str) -> Trace | None:
    """What a line says; None when it is none of ours."""
    found = _LINE.fullmatch(line.strip())
    if found is None:
        return None
    return Trace(
        found["tool"],
        found["definitions"],
        found["commit"].strip("-"),
        bool(found["dirty"]),
        datetime.strptime(found["moment"], "%Y-%m-%d %H:%M"),
        Face(found["face"]),
        found["recipe"],
        bool(found["hidden"]),
    )


def moment_text(trace: Trace) -> str:
    """The minute as ``--today`` reads it."""
    return show_moment(trace.moment)
