"""A form field by field, played without a terminal: what is understood, offered, refused, and left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.desk import ENVIRONMENT, Desk
from tests.cli.screen import Asked, Screen, at_form

from lianxin.cli.form.tasks import add_task, batch_task
from lianxin.kinds import KIND
from lianxin.kinds.issue.step import STEPS

HEARD = {"channel": "电话", "village": "松坪村", "raised": "2026-03-05", "summary": "灯不亮", "words": "黑了半个月"}

PROGRESS = next(step for step in STEPS if step.name == "progress")


@pytest.fixture(autouse=True)
def _as_hers(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


def new(kind: str, **typed: str | list[str]) -> Asked:
    """The form of a new record, with what flags say."""
    return lambda session: add_task(session, KIND[kind], typed)


def drafts(desk: Desk) -> list[Path]:
    return sorted((desk.root / ".git" / "lianxin").glob("*.draft/*.json"))


def test_who_will_not_be_named_is_nobody_and_has_no_telephone(desk: Desk) -> None:
    async def play(screen: Screen) -> None:
        await screen.see("反映人*")
        await screen.fill("反映人", "匿名", "enter")
        await screen.see("记作匿名")
        assert not any(line.startswith(("联系户", "联系电话")) for line in screen.lines)
        assert screen.row("匿名").text == "是"
        await screen.write()

    held = desk.text(at_form(desk.root, new("issue", **HEARD), play).id)
    assert "匿名: 是\n" in held
    assert "反映人" not in held


def test_the_word_means_so_in_flags_and_in_corrections_too(heard: Desk) -> None:
    heard.do("issue", "edit", "1", "--reporter", "匿名", "--why", "他不愿留名", "-y")
    columns = ("--columns", "匿名,反映人,联系电话,联系户")
    (now,) = heard.do("--json", "--internal", "issue", "list", *columns).json["data"]["items"]
    assert [now.get(name) for name in ("anonymous", "reporter", "phone", "household")] == [True, None, None, None]
    words = (
        "--channel",
        "电话",
        "--village",
        "松坪村",
        "--raised",
        "2026-03-05",
        "--summary",
        "灯不亮",
        "--words",
        "黑",
    )
    made = heard.do("--json", "issue", "add", *words, "--reporter", "匿名").json["data"]["id"]
    assert "匿名: 是\n" in heard.text(made)


def test_what_is_typed_for_several_is_kept_for_those_several(heard: Desk) -> None:
    ids = ("WT-2026-A0001", heard.take_down(), heard.take_down())

    def several(*which: str) -> Asked:
        return lambda session: batch_task(session, KIND["issue"], PROGRESS, dict.fromkeys(which, "0123456789"))

    async def leave(screen: Screen) -> None:
        await screen.see("进展情况*")
        await screen.fill("进展情况", "挖机明天到", "escape")

    async def other(screen: Screen) -> None:
        await screen.see("进展情况*")
        assert screen.row("进展情况").text == ""

    async def again(screen: Screen) -> None:
        await screen.see("上次没有写完")
        assert screen.row("进展情况").text == "挖机明天到"

    at_form(heard.root, several(*ids[:2]), leave)
    at_form(heard.root, several(*ids[1:]), other)
    at_form(heard.root, several(ids[1], ids[0]), again)
    at_form(heard.root, several(*ids[1:]), other, day="2026-04-20")  # the others were not picked together again
    assert drafts(heard) == []
