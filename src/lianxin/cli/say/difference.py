"""Where two files differ, as a person at the terminal reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lianxin.formats.face.sanitise import for_terminal

if TYPE_CHECKING:
    from lianxin.actions.export.verify import Difference

#: Of a longer line only the part is shown where it differs.
_LONGEST, _BEFORE = 120, 30


def difference_lines(one: Difference, found: str, made: str, *, clear: bool = True) -> list[str]:
    """The place, what stands there, and what would.

    Args:
        one: The difference.
        found: What the file's own text is called.
        made: What the other is called.
        clear: What stands there may be shown.
    """
    place = for_terminal(one.place)
    if not clear:
        return [place]
    return [place, f"  {found}：{_short(one.found, one.made)}", f"  {made}：{_short(one.made, one.found)}"]


def _short(text: str | None, other: str | None) -> str:
    """A line, or as much of a long one as shows where it differs from the other."""
    if text is None:
        return "（没有这一行）"
    pairs = enumerate(zip(text, other or "", strict=False))
    differs = next((n for n, (one, its) in pairs if one != its), 0)
    start = max(differs - _BEFORE, 0) if len(text) > _LONGEST else 0
    shown = for_terminal(text[start:]).replace("\n", " ")
    return f"{'……' if start else ''}{shown if len(shown) <= _LONGEST else f'{shown[: _LONGEST - 3]}……'}"
