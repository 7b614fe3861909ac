"""Every form there is, opened and read cell by cell: no Latin words, nothing cut, a word on what to write."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.cli.desk import ENVIRONMENT, lianxin
from tests.cli.screen import Screen, session_of

from lianxin.cli.form.base import Full
from lianxin.cli.form.row import Row
from lianxin.cli.form.screen import FormScreen
from lianxin.cli.form.task import Task
from lianxin.cli.form.tasks import add_task, batch_task, edit_task, step_task
from lianxin.cli.run.session import Session
from lianxin.core.declare.field import FieldSpec
from lianxin.core.declare.kind import Kind
from lianxin.core.text.identity import identity_fault
from lianxin.core.value import FieldType
from lianxin.kinds import KIND

pytestmark = pytest.mark.slow  # it takes long

DAY = "2026-11-30"

#: What is typed of these is known by their names, or is picked from what stands below them.
PLAIN = {FieldType.TEXT, FieldType.STORY, FieldType.INTEGER, FieldType.AMOUNT, FieldType.CHOICE, FieldType.FLAG}

#: Chinese that goes on nowhere; after a sign it is a blank to be filled in.
CUT = re.compile(r"[\u4e00-\u9fff）」]…(?!…)")

FORMS = [name for name, kind in KIND.items() if any(not spec.auto for spec in kind.fields)]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("forms") / "练手"
    assert lianxin("demo", str(root), cwd=root.parent, today="").code == 0
    return root


def records(session: Session, kind: Kind) -> Iterator[Task[object]]:
    """A new record of a kind, and one that is changed."""
    yield add_task(session, kind)  # type: ignore[misc]
    with session.book(quiet=True) as book:
        kept = {id_: book.fold(id_).lawful for id_ in ids_of(session, kind)} if kind.lifecycle else {}
    open_ = [id_ for id_ in ids_of(session, kind) if not kept or any(step.name == "amend" for step in kept[id_])]
    yield from (edit_task(session, kind, id_) for id_ in open_[-1:])  # type: ignore[misc]


def steps(session: Session, kind: Kind) -> Iterator[Task[object]]:
    """Every step of a kind, on a record that may take it, else as if it were made up for; and one of several."""
    ids = ids_of(session, kind)
    with session.book(quiet=True) as book:
        lives = {id_: book.fold(id_).lawful for id_ in ids}
    for step in kind.lifecycle.steps if kind.lifecycle else ():
        found = next((id_ for id_, lawful in lives.items() if step in lawful), "")
        typed = {} if found else {"at": "2026-11-29 09:00"}
        yield step_task(session, kind, step, found or ids[0], typed)  # type: ignore[misc]
    yield batch_task(session, kind, step, dict.fromkeys(ids[:2], "0123456789"))  # type: ignore[misc]


def ids_of(session: Session, kind: Kind) -> list[str]:
    with session.book(quiet=True) as book:
        found = book.sql("SELECT id FROM record WHERE kind = ? AND NOT voided", (kind.name,))
    return [str(id_) for (id_,) in found]


def wanting(row: Row) -> bool:
    """Whether a field stands there without a word on what to write."""
    spec: FieldSpec = row.spec
    judged = spec.judge.__name__ in ("wrong_limit", "wrong_span") or spec.judge is identity_fault
    return not (row.advice or row.line.words) and (spec.type not in PLAIN or judged or spec.group is not None)


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        *(pytest.param(name, records, id=name) for name in FORMS),
        *(
            pytest.param(name, steps, id=f"{name} steps", marks=pytest.mark.slow)  # two dozen forms
            for name in FORMS
            if KIND[name].lifecycle
        ),
    ],
)
def test_it_speaks_chinese_and_says_what_to_write(
    name: str,
    asked: Callable[[Session, Kind], Iterator[Task[object]]],
    sample: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for variable, value in ENVIRONMENT.items():
        monkeypatch.setenv(variable, value)
    session = session_of(sample, DAY)
    app: Full[None] = Full(ansi_color=True)

    async def look() -> None:
        async with app.run_test(size=(80, 90)) as pilot:
            screen = Screen(app, pilot)
            for task in asked(session, KIND[name]):
                await app.push_screen(FormScreen(session, iter([task]).__next__))
                await screen.see("Ctrl-S")
                await pilot.press("f2")
                told = [row.advice for row in app.screen.query(Row)]
                said = [
                    word for word in screen.english if not word.endswith("=")
                ]  # parts of an item are typed 年份=2026
                assert said == [], (task.form.title, screen.text)
                assert screen.latin_in("\n".join(told)) == [], task.form.title
                assert CUT.findall(screen.text) == [], (task.form.title, screen.text)
                assert [row.spec.label for row in app.screen.query(Row) if wanting(row)] == [], task.form.title
                await app.pop_screen()

    asyncio.run(look())
