"""Every way to tamper with history is found and named; a month of every command that writes raises no alarm."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.audited import look, month
from tests.tampering import CASES, anew
from tests.tampering.hand import Forger

from lianxin.core.code import CODES

pytestmark = pytest.mark.slow  # it takes long

REWRITTEN = dict(anew.rewritten())


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = month(tmp_path_factory.mktemp("month") / "台账").root
    look(root)  # the index is there, and of this very code
    return root


@pytest.fixture
def hand(ledger: Path, tmp_path: Path) -> Forger:
    shutil.copytree(ledger, tmp_path / "台账", symlinks=True)
    return Forger(tmp_path / "台账")


def test_a_month_of_every_command_raises_no_alarm(ledger: Path) -> None:
    found = look(ledger)
    assert not found.faults
    assert {one.code for one in found.marks} == {"补录", "手工改", "撤销"}
    again = look(ledger, whole=False)
    assert (again.fresh, again.faults, again.marks) == (0, found.faults, found.marks)


@pytest.mark.parametrize(("do", "code", "record"), [pytest.param(*case, id=name) for name, *case in CASES])
def test_it_is_found_and_named(hand: Forger, do: Callable[[Forger], object], code: str, record: str) -> None:
    do(hand)
    found = look(hand.root).faults
    assert [one for one in found if one.code == code and one.record.startswith(record)], found


@pytest.mark.parametrize("name", REWRITTEN)
def test_paper_convicts_history_that_was_made_anew(ledger: Path, hand: Forger, name: str) -> None:
    seal = look(ledger, sealing=True).seal
    REWRITTEN[name](hand)
    anew.silent(hand)
    (hand.root / ".git/lianxin/seals").unlink(missing_ok=True)
    found = look(hand.root, since=seal).faults
    assert [one for one in found if one.code == "A030"], found


def test_there_are_a_hundred_and_every_code_is_among_them() -> None:
    assert len({name for name, *_ in CASES}) == len(CASES) >= 100
    assert {code for _, _, code, _ in CASES} | {"A030"} == {code for code in CODES if code[0] == "A"}
