"""The page on a command, for a terminal: how it is used, what it is for, what may be written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lianxin.formats.screen.paint import Paint
from lianxin.formats.width import pad, text_width, wrap

#: A heading, and under it words with what they mean.
Section = tuple[str, Sequence[tuple[str, str]]]

#: Lines are no longer than this, so that they are easily read.
_WIDEST = 100
#: Words that are wider have their meaning below them.
_WIDEST_WORDS = 28


def page(usage: str, about: str, sections: Sequence[Section], width: int, paint: Paint) -> str:
    """The lines of a page, ended by a line break; no command in them is broken where it fits a line.

    Args:
        usage: How the command is written.
        about: What it is for; paragraphs are parted by empty lines.
        sections: Those without words are left out.
        width: Of the screen, in Latin characters.
        paint: For its headings.
    """
    width = min(width, _WIDEST)
    paragraphs = [" ".join(part.split()) for part in about.split("\n\n") if part.strip()]
    lines = wrap(usage, width)
    for text in paragraphs:
        lines += ["", *wrap(text, width)]
    for heading, entries in sections:
        if entries:
            lines += ["", paint.bold(heading), *_entries(entries, width)]
    return "\n".join(lines) + "\n"


def _entries(entries: Sequence[tuple[str, str]], width: int) -> Iterator[str]:
    left = min(max(text_width(words) for words, _ in entries), _WIDEST_WORDS, width // 2)
    for words, meaning in entries:
        told = wrap(meaning, width - left - 4) if meaning else [""]
        if text_width(words) > left:
            yield from (f"  {line}" for line in wrap(words, width - 2))
            first = ""
        else:
            first, *told = told
            yield f"  {pad(words, left)}  {first}".rstrip()
        yield from (" " * (left + 4) + line for line in told if line)
