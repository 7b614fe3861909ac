"""Completion in bash, zsh and fish: Typer's own mechanism, fed with ids, names and the words fields may take."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from lianxin.core.declare.field import FieldSpec
from lianxin.core.declare.lifecycle import Step
from lianxin.core.value import FieldType
from lianxin.kinds import BRIEF, KIND

#: By this the shell asks what could come next.
ASKED = "_LIANXIN_COMPLETE"

SHELLS = ("bash", "zsh", "fish")

#: So many are offered.
_MOST = 60

#: What could be written, and what it is.
Offer = tuple[str, str]


def complete(tree: Any) -> int:
    """Answer the shell out of the command tree; whatever goes wrong, it is offered nothing."""
    from lianxin.cli.run.inside import teach_completion
    from lianxin.cli.run.line import hoist

    teach_completion(hoist)
    try:
        tree.main(args=[], prog_name="lianxin", standalone_mode=False, obj=())
    except SystemExit as leaving:
        return int(leaving.code or 0)
    except Exception:  # noqa: BLE001 - a traceback would stand in the middle of her line
        return 1
    return 0


def install() -> str:
    """Set completion up for the shell this runs in: what to tell of it.

    A script or a make in between runs in ``sh``, which nobody types into: then it is the shell she logs in with.

    Raises:
        UsageError: It is none that can be helped.
    """
    from lianxin.cli.run.inside import put_completion, shell_around
    from lianxin.core.error import UsageError

    around, own = shell_around(), Path(os.environ.get("SHELL", "")).name
    shell = next((name for name in (around, own) if name in SHELLS), None)
    if shell is None:
        raise UsageError(
            f"按 Tab 补全只在 {'、'.join(SHELLS)} 里有，现在用的是「{around or own or '认不出来的'}」；"
            "请在这三种终端之一里再运行一次"
        )
    return f"按 Tab 补全已装好（{put_completion(shell)}），重开一个终端就能用\n"


def records(*kinds: str, step: Step | None = None) -> Callable[..., list[Offer]]:
    """Completes ids and names of records of these kinds; of any, when none are named.

    Args:
        kinds: Of the records.
        step: Only such as can take it, as far as the index knows.
    """

    def offers(ctx: Any, incomplete: str) -> list[Offer]:
        parent = ctx.parent.info_name if ctx.parent else ""
        wanted = kinds or ((parent,) if parent in BRIEF else tuple(BRIEF))
        with contextlib.suppress(Exception):  # offered nothing: see above
            return list(_records(_folder(ctx), wanted, incomplete, _states(wanted, step)))
        return []

    return offers


def _states(kinds: Sequence[str], step: Step | None) -> tuple[str, ...]:
    """In which states a step is admitted."""
    lives = (KIND[kind].lifecycle for kind in kinds) if step else ()
    return tuple(str(state) for life in lives if life for state in life.table if state and step in life.lawful(state))


def values_of(spec: FieldSpec) -> Callable[..., list[Offer]] | None:
    """Completes the value of a field; None where it may be anything."""
    if spec.type is FieldType.REF:
        return records(*spec.refs)
    words = ("是", "否") if spec.type is FieldType.FLAG else spec.choices
    return words_of(words) if words else None


def words_of(words: Sequence[str]) -> Callable[..., list[Offer]]:
    """Completes one of a few words."""

    def offers(incomplete: str) -> list[Offer]:
        return [(word, "") for word in words if word.startswith(incomplete)]

    return offers


def _folder(ctx: Any) -> Path:
    from lianxin.actions.workspace import find_root

    given = ctx.find_root().params.get("data") or os.environ.get("LIANXIN_DATA")
    return find_root(Path(given) if given else None, Path.cwd())


def _records(root: Path, kinds: Sequence[str], incomplete: str, states: Sequence[str]) -> Iterator[Offer]:
    from lianxin.storage.glance import glance

    for id_, title in glance(root, kinds, incomplete, _MOST, states):
        by_name = incomplete and not id_.startswith(incomplete) and title.startswith(incomplete)
        yield (title, id_) if by_name else (id_, title)
