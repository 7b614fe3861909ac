"""``audit``: a clean ledger raises no alarm; what was tampered with is named, on the screen and for programs."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.cli.desk import Desk
from tests.tampering.hand import Forger, event, said

ONE = "WT-2026-A0001"
ISSUE = f"issues/2026/{ONE}.yaml"
MORE = event("进展", "进展情况: 又去看了", at="2026-03-06 15:30")
STEP = said(ONE, "progress", "forged01", subject=f"{ONE} 进展")
AT = "2026-03-06 15:30"


@pytest.fixture
def hand(taken: Desk) -> Forger:
    return Forger(taken.root)


def found(desk: Desk, *words: str) -> list[tuple[str, str]]:
    """Code and record of every fault."""
    said_ = desk.say("--json", "audit", *words)
    data = said_.json["data"]
    assert said_.code == (1 if data["faults"] else 0)
    return [(one["code"], one["record"] or "") for one in data["faults"]]


def swap(old: str, new: str) -> Callable[[Forger], object]:
    return lambda hand: hand.swap(ISSUE, old, new, STEP, at=AT)


def dropped(hand: Forger) -> None:
    text = hand.read(ISSUE)
    hand.forge({ISSUE: text.partition("事件:\n")[0]}, STEP, at=AT)


def replaced(hand: Forger) -> None:
    hand.git("replace", "HEAD", hand.made(hand.git("rev-parse", "HEAD^{tree}"), "另一种说法", "HEAD~1"))


def adding(text: str, message: str = STEP, **how: Any) -> Callable[[Forger], object]:
    return lambda hand: hand.forge({ISSUE: hand.read(ISSUE) + text}, message, **({"at": AT} | how))


NOBODYS = MORE.replace("经办人: RY-A0001", "经办人: RY-A0099")
SIGNED = said(ONE, "sign", "forged01", subject=f"{ONE} 签收")
CASES: tuple[tuple[str, Callable[[Forger], object], str, str], ...] = (
    ("a step reworded", swap("公共个人: 公共", "公共个人: 个人"), "A001", ONE),
    ("a step gone", dropped, "A002", ONE),
    ("intake reworded", swap("原话: 上头", "原话: 下头"), "A004", ONE),
    ("unlawful", adding(event("签收", "", at=AT), SIGNED), "A005", ONE),
    ("nobody's", adding(NOBODYS), "A006", ONE),
    ("deleted", lambda hand: hand.forge({ISSUE: None}, STEP, at=AT), "A008", ONE),
    ("past the tool", adding(MORE, "改一下"), "A012", ONE),
    ("other words", adding(MORE, STEP.replace("Step: progress", "Step: sign")), "A013", ONE),
    ("other author", adding(MORE, author=("石勇", "RY-A0002@lianxin.invalid")), "A014", ONE),
    ("in 1999", adding(MORE, at="1999-01-01 09:00"), "A015", ONE),
    ("replaced", replaced, "A021", ""),
    ("not looked at", lambda hand: hand.git("update-index", "--assume-unchanged", ISSUE), "A024", ONE),
    ("set back", lambda hand: hand.git("reset", "-q", "--hard", "HEAD~1"), "A027", ONE),
    ("no diary", lambda hand: (hand.root / ".git/logs/refs/heads/main").unlink(), "A028", ""),
    ("file edited", lambda hand: hand.write(ISSUE, hand.read(ISSUE).replace("原话: 上头", "原话: 下头")), "A004", ONE),
)


@pytest.mark.parametrize(("do", "code", "record"), [pytest.param(*case, id=name) for name, *case in CASES])
def test_it_is_found_and_named(
    taken: Desk, hand: Forger, do: Callable[[Forger], object], code: str, record: str
) -> None:
    do(hand)
    assert (code, record) in found(taken)


def test_what_is_clean_is_told_so_and_only_what_is_new_is_gone_through_again(taken: Desk) -> None:
    said_ = taken.do("audit").out
    assert "没有查出问题" in said_
    taken.do("issue", "urge", "1", "--form", "催办")
    again = taken.do("--json", "audit").json["data"]
    assert (again["item"]["audited"], again["faults"]) == (1, [])
    assert taken.do("--json", "audit", "--whole").json["data"]["item"]["audited"] == again["item"]["commits"]


def test_what_was_found_is_not_forgotten_and_a_note_that_was_touched_is_not_believed(taken: Desk, hand: Forger) -> None:
    hand.forge({ISSUE: hand.read(ISSUE) + MORE}, "改一下", at=AT)
    assert found(taken) == found(taken) == [("A012", ONE)]
    note = taken.root / ".git/lianxin/audit.json"
    note.write_bytes(note.read_bytes().replace(b"A012", b"A099"))
    assert found(taken) == [("A012", ONE)]


def test_a_seal_convicts_what_was_made_anew(taken: Desk, hand: Forger, tmp_path: Path) -> None:
    sealed = tmp_path / "印鉴.txt"
    taken.do("audit", "--seal", "-o", str(sealed))
    seal = taken.do("--json", "audit", "--seal").json["data"]["item"]["seal"]
    assert found(taken, "--since", seal) == found(taken, "--since", str(sealed)) == []
    hand.rewrite("HEAD~1", lambda _root, tree, message: (tree, message.replace("受理 村", "受理")), "fast-import")
    shutil.rmtree(taken.root / ".git/lianxin")
    assert ("A030", "") in found(taken, "--since", str(sealed))
    wrong = taken.say("audit", "--since", seal.replace("-", "-0", 1))
    assert (wrong.code, "LX1" in wrong.err) == (2, True)
