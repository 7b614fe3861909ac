"""Where every sync leaves a pack, many small ones become one: nothing that is there is dropped, and nobody waits long.

Git's own upkeep drops what nobody names, detaches itself, and takes as long as it likes: none of that does for a stick
that is pulled out. Here the new pack is on the disk before any of the old ones goes; whoever dies in between leaves
both, and who reads meanwhile finds everything in one or the other.
"""

from __future__ import annotations

from pathlib import Path

from lianxin.storage.git.disk import sync
from lianxin.storage.git.mirror import End

#: So many small ones are left alone, as git's own upkeep does.
MANY = 50
#: So much is written anew while somebody waits for a sync, and for a backup, which reads all there is anyway (bytes).
LITTLE, MUCH = 32 << 20, 256 << 20
#: What says that a pack is kept for a reason, and what git keeps beside one.
_KEPT, _BESIDE = (".keep", ".promisor", ".bitmap", ".mtimes"), (".idx", ".rev")


def gather(end: End, most: int = LITTLE) -> None:
    """Have one pack in place of many small ones.

    Args:
        end: Where; others may be at it.
        most: So much is written anew, and no more (bytes).

    Raises:
        GitError: Git could not; all is as it was.
        OSError: The disk would not.
    """
    told = end.run("rev-parse", "--git-path", "objects/pack").decode("utf-8", "surrogateescape").strip()
    folder = end.folder / told
    small = _small(folder, most)
    if len(small) <= MANY or (folder / "multi-pack-index").exists():
        return
    names = "".join(f"{one.name}\n" for one in small)
    words = ("-c", "core.fsync=all", "pack-objects", "-q", "--stdin-packs", "--delta-base-offset")
    made = end.run(*words, str((folder / "pack").absolute()), input=names.encode()).decode().split()
    new = [folder / f"pack-{name}.pack" for name in made]
    end.run("verify-pack", *(str(one.with_suffix(".idx").absolute()) for one in new))
    sync(folder)
    for old in small:
        if old not in new:
            for part in (old, *(old.with_suffix(end_) for end_ in _BESIDE)):
                part.unlink(missing_ok=True)


def _small(folder: Path, most: int) -> list[Path]:
    """The smallest packs that together hold no more than so much."""
    packs = [one for one in folder.glob("pack-*.pack") if not any(one.with_suffix(kept).exists() for kept in _KEPT)]
    sizes = sorted((one.stat().st_size, one) for one in packs if one.with_suffix(".idx").exists())
    found: list[Path] = []
    for size, one in sizes:
        most -= size
        if most < 0:
            break
        found.append(one)
    return found
