"""How many pages something is filed as (DA/T 22 asks for 页数): counted of what has pages, reckoned of what is text."""

from __future__ import annotations

import re
import unicodedata
import zlib

#: A page as official papers have it (GB/T 9704): 22 lines of 28 characters, each two columns wide.
LINES, COLUMNS = 22, 56
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
#: So much of one compressed part of a PDF is looked at.
_MOST = 8 << 20


def pages_of_text(text: str) -> int:
    """Of a text printed as it is; at least one."""
    lines = sum(max(1, -(-_width(line) // COLUMNS)) for line in text.splitlines())
    return max(1, -(-lines // LINES))


def pages_of_pdf(data: bytes) -> int:
    """Of a PDF as it says itself, packed parts included; 0 where it cannot be told."""
    found = len(_PAGE.findall(data))
    for packed in _STREAM.findall(data):
        try:
            found += len(_PAGE.findall(zlib.decompressobj().decompress(packed, _MOST)))
        except zlib.error:  # packed otherwise: a picture, a font
            continue
    return found


def _width(line: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(letter) in "WF") for letter in line)
