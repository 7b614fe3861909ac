"""What stands beside the index and tells of somebody: drafts, rows of workbooks that became records, names, words."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from lianxin.actions.audit.memo import forget as forget_audit
from lianxin.actions.bring.memory import forgotten
from lianxin.actions.erase.eraser import Eraser, all_words
from lianxin.storage.find.store import place
from lianxin.storage.git.disk import ordinary
from lianxin.storage.git.repo import Repo
from lianxin.storage.index.store import location, remove
from lianxin.storage.write.placing import put


class Leftover(Struct, frozen=True):
    """One draft.

    Attributes:
        text: What it is to hold; None: it goes.
    """

    path: Path
    text: str | None


def leftovers(repo: Repo, erase: Eraser, id_: str) -> list[Leftover]:
    """Drafts that tell of somebody: of the record itself they go, in others the words do."""
    found = []
    for path in sorted(location(repo).with_suffix(".draft").glob("*")):
        try:
            held = ordinary(path).decode("utf-8", "surrogatepass")
            made = json.dumps(all_words(json.loads(held), erase, id_), ensure_ascii=False)
        except (OSError, ValueError):
            continue
        if id_ in path.stem or path.suffix != ".json":
            found.append(Leftover(path, None))
        elif json.loads(made) != json.loads(held):
            found.append(Leftover(path, made))
    return found


def forget(repo: Repo, drafts: Sequence[Leftover], ids: Collection[str]) -> None:
    """Put that right, and have the index and what is kept beside it be made anew: their free pages hold old words."""
    for one in drafts:
        with suppress(OSError):
            if one.text is None:
                one.path.unlink(missing_ok=True)
            else:
                put(one.path, one.text.encode("utf-8", "surrogatepass"))
    forgotten(repo, ids)
    anew(repo)


def anew(repo: Repo) -> None:
    """Everything that is made of the files goes; the next command makes it again."""
    base = location(repo)
    for path in (base, place(base)):
        with suppress(OSError):
            remove(path)
    for path in (*base.parent.glob(f"{base.stem}.damaged-*"), base.with_suffix(".names")):
        with suppress(OSError):
            path.unlink(missing_ok=True)
    forget_audit(repo)
