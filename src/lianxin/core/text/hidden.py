"""Characters nobody sees that change what is read: controls, and those that turn the direction of writing."""

from __future__ import annotations

import re

# \r is looked at apart: it is lawful before \n. U+0085, U+2028 and U+2029 would be line breaks to YAML.
CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff"
BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
LONE_CR = r"\r(?!\n)"


def hidden(text: str) -> str:
    """The first such character of a text by its number, as ``U+202E``; empty where there is none."""
    if text.isprintable():
        return ""
    found = re.search(f"[{CONTROL}{BIDI}]|{LONE_CR}", text)
    return f"U+{ord(found[0]):04X}" if found else ""
