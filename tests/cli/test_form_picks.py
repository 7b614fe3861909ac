"""Every field that is picked from: gone back to, a letter begins another word there and is added to none."""

from __future__ import annotations

import pytest
from tests.cli.desk import ENVIRONMENT, Desk
from tests.cli.screen import Screen, at_form

from lianxin.cli.form.picks import Picks
from lianxin.cli.form.row import Row
from lianxin.cli.form.tasks import add_task
from lianxin.core.declare.example import alone
from lianxin.kinds import KIND

pytestmark = pytest.mark.slow  # it takes long


@pytest.fixture(autouse=True)
def _as_hers(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize("kind", ["visit", "issue", "whistle", "person", "household", "pairing", "project", "activity"])
def test_no_letter_is_added_to_what_was_picked(heard: Desk, kind: str) -> None:
    tried: list[str] = []

    async def play(screen: Screen) -> None:
        await screen.see("F2 更多")
        await screen.press("f2")
        for row in screen.app.screen.query(Row):
            spec = row.spec
            if not row.display or (spec.group and not alone(spec)) or not (spec.refs or row.line.words or spec.group):
                continue
            row.enter()
            await screen.press("ctrl+u")
            await screen.pilot.pause()
            choices = row.query_one(Picks).choices
            if not choices:
                continue
            shown = choices[0].shown
            await screen.type(f"{shown}\n")
            picked = row.text.strip()
            await screen.pilot.pause()
            row.enter()
            await screen.type("口")
            assert "口" in row.text, spec.label
            assert f"{picked}口" not in row.text, spec.label
            tried.append(spec.label)

    at_form(heard.root, lambda session: add_task(session, KIND[kind], {}), play, size=(80, 60))
    assert tried
