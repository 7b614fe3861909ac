"""File names as they come: longer than the disk takes, or made to steer the terminal."""

from __future__ import annotations

import re
import unicodedata

import pytest
from tests.cli.desk import Desk, Said, lianxin

pytestmark = pytest.mark.slow  # it takes long

#: Recolours, moves the cursor, sets the title, breaks the line, turns the reading direction.
EVIL = "坏\x1b[31m\x1b]0;标题\x07\r\n假的一行\x9b2J\u202e名"
LONG = "党建工作办公室群众反映问题" * 10


def clean(said: Said) -> bool:
    """Nothing that a terminal obeys, and no line that a name has made."""
    text = said.out + said.err
    seen = [char for char in text if unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs") and char != "\n"]
    return not seen


@pytest.mark.parametrize(
    "words",
    [
        ("ledger", "问题台账", "-o", f"{LONG}.xlsx"),
        ("handbook", "-o", f"{LONG}.html"),
        ("report", "monthly", "-o", f"{LONG}.docx"),
        ("site", LONG),
        ("schema", "-o", LONG),
        ("verify", f"{LONG}.xlsx"),
        ("fill", "交办单", "--issue", "1", "-o", f"{LONG}.docx"),
        ("fill", f"{LONG}.docx", "--issue", "1", "-o", "甲.docx"),
        ("demo", LONG),
        ("init", LONG, "--name", "甲", "--org", "乙", "--clerk", "丙某"),
        ("--data", LONG, "today"),
        ("--rev", LONG, "today"),
        ("--as", LONG, "household", "edit", "1", "--phone", "13900001235"),
        ("card", LONG),
    ],
    ids=lambda words: " ".join(word for word in words if LONG not in word),
)
def test_a_name_longer_than_the_disk_takes_is_refused(desk: Desk, words: tuple[str, ...]) -> None:
    desk.take_down()
    said = desk.say(*words)
    assert said.code in (2, 3), (said.code, said.err)
    assert re.search("太长|没有|找不到", said.err), said.err
    assert "File name" not in said.err


def test_names_of_files_in_the_folder_do_not_steer_the_terminal(desk: Desk) -> None:
    id_ = desk.take_down()
    text = desk.text(id_)
    for folder in ("issues/2026", "households", "forms", "policy", "."):
        path = desk.root / folder / f"{EVIL}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for words in (
        ("check",),
        ("check", "--format", "github"),
        ("today",),
        ("commit",),
        ("fmt",),
        ("doctor",),
        ("ledger",),
        ("fill",),
    ):
        said = desk.say(*words)
        assert said.code != 4, said.err
        assert clean(said), (words, said)
    assert "\n假的一行" not in desk.say("check").out


def test_the_name_of_the_folder_itself_does_not(desk: Desk) -> None:
    desk.take_down()
    inside = desk.root.parent / EVIL.replace("\r\n", "")
    desk.root.rename(inside)
    (inside / ".git" / "index.lock").touch()
    for words in (
        ("doctor",),
        ("today",),
        ("check",),
        ("cron",),
        ("export",),
        ("verify", "没有"),
        ("sql", "SELECT x"),
        ("site", "."),
    ):
        said = lianxin(*words, cwd=inside)
        assert said.code != 4, (words, said.err)
        assert clean(said), (words, said)
