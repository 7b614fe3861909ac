"""The next 文号 stands in the form of a step that a paper goes out with: proposed, given only when it is written."""

from __future__ import annotations

import pytest
from tests.cli.desk import ENVIRONMENT, TRIAGE, Desk
from tests.cli.screen import session_of

from lianxin.actions.form.sheet import Sheet
from lianxin.cli.form.tasks import step_task
from lianxin.kinds import KIND
from lianxin.kinds.issue.step import STEPS


@pytest.fixture(autouse=True)
def _as_hers(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


def offered(desk: Desk, step: str, id_: str, **typed: str) -> tuple[str, str]:
    """What stands in 文号 of a step's form, and whose word that is said to be."""
    session = session_of(desk.root)
    task = step_task(session, KIND["issue"], next(one for one in STEPS if one.name == step), id_, typed)
    with session.book(quiet=True) as book:
        line = next(one for one in Sheet(task.form, book).lines(typed) if one.spec.label == "文号")
    return str(line.text), line.whence


def test_two_in_a_row_get_two_and_what_was_taken_back_is_given_again(heard: Desk) -> None:
    series = heard.root / "policy" / "documents.yaml"
    text = series.read_text(encoding="utf-8")
    series.write_text(text.replace("党建交〔{年}〕{号}号'", "党建交〔{年}〕{号}号', 用于: 交办"), encoding="utf-8")
    heard.do("commit")
    heard.do("issue", "accept", "1", *TRIAGE)
    number, whence = offered(heard, "assign", "1")
    assert (number, whence) == ("党建交〔2026〕1号", "下一号")
    assert offered(heard, "assign", "1") == (number, whence)  # looking at it gives none away
    heard.do("issue", "assign", "1", "--dept", "镇水利站", "--document", number, "--limit", "5个工作日")
    second = heard.take_down()
    heard.do("issue", "accept", second, *TRIAGE)
    assert offered(heard, "assign", second)[0] == "党建交〔2026〕2号"
    heard.do("undo", "--yes")
    heard.do("undo", "--yes")
    heard.do("undo", "--yes")
    assert offered(heard, "assign", "1")[0] == "党建交〔2026〕1号"


def test_only_what_goes_out_as_a_paper_gets_a_number(heard: Desk) -> None:
    heard.do("issue", "accept", "1", *TRIAGE)
    assert offered(heard, "assign", "1")[0] == ""  # the shipped series says nothing of it
    heard.do("issue", "assign", "1", "--dept", "镇水利站", "--limit", "5个工作日")
    assert offered(heard, "urge", "1", form="催办")[0] == ""
    assert offered(heard, "urge", "1", form="督办") == ("党建督〔2026〕1号", "下一号")


def test_a_step_nobody_knows_is_told_of(heard: Desk) -> None:
    series = heard.root / "policy" / "documents.yaml"
    series.write_text(series.read_text(encoding="utf-8").replace("用于: 督办", "用于: 督促"), encoding="utf-8")
    told = heard.say("check")
    assert (told.code, "只能写 交办、催办、督办、通报" in told.out.replace("\n", "")) == (1, True), told.out
