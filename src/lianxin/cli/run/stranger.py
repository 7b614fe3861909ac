"""A clone that is no desk of the book yet: at a terminal she says which it is to be, before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lianxin.cli.run.saying import speak

if TYPE_CHECKING:
    from lianxin.actions.station.claim import Stood
    from lianxin.actions.workspace import Workspace
    from lianxin.storage.station.standing import Standing

_NEW = "new"


def settle(workspace: Workspace, found: Standing, *, interactive: bool) -> None:
    """Have a clone become a desk.

    Raises:
        LianxinError: There is nobody to ask.
    """
    from lianxin.actions.station.claim import stood
    from lianxin.actions.workspace import refuse_stranger

    if not interactive:
        refuse_stranger(found)
    speak(become(asked(workspace, stood(workspace))))


def asked(workspace: Workspace, before: Stood, name: str = "") -> Stood:
    """Which desk it is to be: a new one, or one that is no more."""
    from lianxin.actions.station.claim import claim, take_over
    from lianxin.cli.run.prompt import choose, typed_text

    speak(f"{before.found.why}。\n")
    told = [(one.letter, one.name) for one in before.stations if before.letter in ("", one.letter)]
    told = told or [(before.letter, "")]
    picks = [(_NEW, "原来那台还在用，给这台另领一个字母")]
    picks += [
        (letter, f"就是 {letter} 台{f'（{called}）' if called else ''}，换了电脑或从备份取回的，原来的不再用了")
        for letter, called in told
    ]
    picked = choose("这台算哪一台？", picks, _NEW)
    if picked != _NEW:
        return take_over(workspace, picked)
    return claim(workspace, name or typed_text("大家怎么叫这一台（如 下村的笔记本，可以不写）："))


def become(done: Stood) -> str:
    """What is said of a clone that has become a desk."""
    named = f"（{done.name}）" if done.name else ""
    return (
        f"✓ 这台机器在账本里是 {done.letter} 台{named}\n"
        f"  今后它登记的编号带着 {done.letter}，如 WT-2026-{done.letter}0001\n"
    )
