"""History made anew so well that only paper knows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.tampering.case import (
    CLOSED,
)
from tests.tampering.hand import Forger


def rewritten() -> Iterator[tuple[str, Callable[[Forger], object]]]:
    """History made anew so well that only paper knows."""

    def edited(hand: Forger, old: str, new: str) -> None:
        def change(_root: Path, tree: str, message: str) -> tuple[str, str]:
            text = hand.git("show", f"{tree}:{CLOSED}", check=False) + "\n"
            if old not in text:
                return tree, message
            return hand.tree(tree, {CLOSED: text.replace(old, new).encode()}), message

        hand.rewrite(hand.git("rev-list", "--max-parents=0", "HEAD"), change, "fast-import")

    yield "satisfied", lambda hand: edited(hand, "满意度: 满意", "满意度: 基本满意")
    yield "said", lambda hand: edited(hand, "原话: 上头", "原话: 下头")
    yield "done", lambda hand: edited(hand, "办理结果: 清淤三百米", "办理结果: 清淤六百米")

    def cut(hand: Forger, word: str) -> None:
        hand.rewrite(
            "HEAD~12", lambda _root, tree, message: None if word in message else (tree, message), "fast-import"
        )

    yield "a-commit-left-out", lambda hand: cut(hand, "开展活动")
    yield "the-last-left-out", lambda hand: cut(hand, "WT-2026-A0003 吹哨")
    yield (
        "all-in-one",
        lambda hand: hand.move(
            hand.made(hand.git("rev-parse", "HEAD^{tree}"), "建立台账：云岭镇党建办\n\nStep: init\n")
        ),
    )


def silent(hand: Forger) -> None:
    """Have this machine's own diary of its branch say that it was ever so."""
    log, last = hand.root / ".git/logs/refs/heads/main", "0" * 40
    head = log.read_text().splitlines()[-1]
    lines = []
    for commit in hand.git("rev-list", "--reverse", "HEAD").split():
        lines.append(re.sub(r"^\S+ \S+", f"{last} {commit}", head))
        last = commit
    log.write_text("\n".join(lines) + "\n")
