"""Two histories made one, and not all of both."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.tampering.case import (
    CLOSED,
    HOUSE,
    ONE,
    OPEN,
    TWO,
    Case,
    events_of,
)
from tests.tampering.hand import Forger, event, said


def joins() -> Iterator[Case]:
    """Two histories made one, and not all of both."""

    def fork(hand: Forger) -> tuple[str, str]:
        """Two desks, each with a step of its own on the same record."""
        base = hand.git("rev-parse", "HEAD")
        sides = []
        for n, id_ in enumerate(("forged0a", "forged0b")):
            step = event("进展", f"进展情况: 第 {n} 家去看了", id_=id_)
            tree = hand.tree(base, {OPEN: (hand.read(OPEN) + step).encode()})
            sides.append(hand.made(tree, said(TWO, "progress", id_, subject=f"{TWO} 进展"), base))
        return sides[0], sides[1]

    def join(hand: Forger, made: Callable[[str, str], str], message: str = "同步\n\nStep: sync\n") -> None:
        one, other = fork(hand)
        texts = [hand.git("show", f"{side}:{OPEN}") + "\n" for side in (one, other)]
        tree = hand.tree(one, {OPEN: made(*texts).encode()})
        hand.move(hand.made(tree, message, one, other))

    def both(one: str, other: str) -> str:
        return one + events_of(other)[-1]

    yield "joined-past-the-tool", lambda hand: join(hand, both, "Merge branch"), "A012", ""
    yield "joined-one-lost", lambda hand: join(hand, lambda one, _other: one), "A017", TWO
    yield "joined-other-lost", lambda hand: join(hand, lambda _one, other: other), "A017", TWO
    yield (
        "joined-and-reworded",
        lambda hand: join(hand, lambda *two: both(*two).replace("第 1 家", "第 9 家")),
        "A017",
        TWO,
    )
    yield (
        "joined-and-old-reworded",
        lambda hand: join(hand, lambda *two: both(*two).replace("去看过了", "看过了")),
        "A017",
        TWO,
    )
    yield (
        "joined-and-invented",
        lambda hand: join(hand, lambda *two: both(*two) + event("进展", "进展情况: 都去了")),
        "A017",
        TWO,
    )
    yield (
        "joined-and-turned",
        lambda hand: join(
            hand,
            lambda one, other: "".join((*(parts := events_of(both(one, other)))[:2], parts[3], parts[2], *parts[4:])),
        ),
        "A017",
        TWO,
    )
    yield (
        "joined-and-intake-changed",
        lambda hand: join(hand, lambda *two: both(*two).replace("路灯不亮了", "路灯坏了")),
        "A017",
        TWO,
    )

    def also(hand: Forger, changes: dict[str, bytes | None]) -> None:
        one, other = fork(hand)
        text = both(*(hand.git("show", f"{side}:{OPEN}") + "\n" for side in (one, other)))
        hand.move(hand.made(hand.tree(one, {OPEN: text.encode(), **changes}), "同步\n\nStep: sync\n", one, other))

    yield (
        "joined-and-another-changed",
        lambda hand: also(hand, {HOUSE: (hand.read(HOUSE) + "备注: 改\n").encode()}),
        "A017",
        "HU-A0001",
    )
    yield "joined-and-another-gone", lambda hand: also(hand, {CLOSED: None}), "A017", ONE

    def unrelated(hand: Forger) -> None:
        other = hand.made(hand.tree("HEAD", {}), "另一本")
        hand.move(hand.made(hand.tree("HEAD", {}), "同步\n\nStep: sync\n", "HEAD", other))

    yield "joined-another-ledger", unrelated, "A017", ""

    def three(hand: Forger) -> None:
        one, other = fork(hand)
        hand.move(hand.made(hand.tree(one, {}), "同步\n\nStep: sync\n", one, other, "HEAD"))

    yield "joined-three", three, "A017", ""
