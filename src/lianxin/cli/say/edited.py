"""A file she has worked on since it was written: what she changed is shown, and the new one goes beside it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from lianxin.cli.say.difference import difference_lines
from lianxin.core.error import LianxinError
from lianxin.core.text.pattern import late
from lianxin.storage.write.left import as_left
from lianxin.storage.write.outlet import there

if TYPE_CHECKING:
    from lianxin.actions.export.verify import Difference
    from lianxin.cli.run.session import Session

_TAG = late("<[^>]*>")
#: So many of her changes are shown.
_SHOWN = 8


def untouched(root: Path | None, path: Path, held: bytes) -> bool:
    """Whether what stands at a place is as this tool wrote it: by what was written there last, else by what it says."""
    from lianxin.formats.ours import as_made

    left = as_left(root, path, held)
    return bool(as_made(held) if left is None or not held else left)


def beside(root: Path | None, path: Path) -> Path:
    """A name beside a file that nobody's work has: 月报（新）.docx, 月报（新2）.docx.

    Args:
        root: Of the ledger, which knows what it wrote there.
        path: Where the file stands.
    """
    n, found = 1, path.with_name(f"{path.stem}（新）{path.suffix}")
    while found.exists() and not untouched(root, found, there(found) or b"-"):
        n += 1
        found = path.with_name(f"{path.stem}（新{n}）{path.suffix}")
    return found


def bears_trace(path: Path, held: bytes | None) -> bool:
    """Whether a file says by what it was made, so that it is one of ours that somebody worked on."""
    from lianxin.formats import format_for

    try:
        return held is not None and format_for(path.suffix or path.name).trace(held) is not None
    except LianxinError:
        return False


def edits(session: Session, path: Path) -> list[str]:
    """What she changed in it, line by line, beside what was written; nothing where that cannot be made again."""
    from lianxin.actions.export.verify import verify
    from lianxin.cli.again import lawful, produce
    from lianxin.cli.run.inside import tree
    from lianxin.core.document import Face

    root = tree()
    try:
        found = verify(session.workspace().root, path, partial(produce, root), partial(lawful, root))
    except LianxinError:
        return []
    if not found.differences:
        return ["文字没有改，只是另存过，或改了版面"]
    if found.trace.face is Face.INTERNAL and not session.clear:
        return [f"改过的有 {len(found.differences) + found.more} 处；这是内部件，加 --internal 再看是哪里"]
    shown = [_read(one) if path.suffix.lower() == ".html" else one for one in found.differences[:_SHOWN]]
    told = [line for one in shown for line in difference_lines(one, "现在是", "写出时是")]
    left = len(found.differences) - _SHOWN + found.more
    return [*told, f"还有 {left} 处，看全部：lianxin verify {path}"] if left > 0 else told


def _read(one: Difference) -> Difference:
    """A difference of two pages as they are read: without their tags."""
    found, made = (text if text is None else " ".join(_TAG.sub(" ", text).split()) for text in (one.found, one.made))
    return replace(one, found=found, made=made)
