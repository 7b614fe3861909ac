"""A paper she has worked on by hand, made again: what she changed is shown, and the new one goes beside it."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from tests.cli.desk import Desk


@pytest.fixture
def office(heard: Desk) -> Desk:
    form = docx.Document()
    form.add_paragraph("{{ 编号 }}")
    form.save(str(heard.root / "上级.docx"))
    return heard


def retyped(path: Path, old: str, new: str) -> bytes:
    """As Word leaves it: another text in a run, and the minute it was saved."""
    made = docx.Document(str(path))
    runs = [run for one in made.paragraphs for run in one.runs if old in run.text]
    assert runs
    for run in runs:
        run.text = run.text.replace(old, new)
    made.core_properties.modified = made.core_properties.modified.replace(year=2031)
    made.save(str(path))
    return path.read_bytes()


def test_her_changes_are_shown_and_kept_and_the_new_paper_lies_beside(office: Desk, tmp_path: Path) -> None:
    paper = tmp_path / "周报.docx"
    words = ("report", "weekly", "--period", "本周", "-o", str(paper))
    office.do(*words)
    mine = retyped(paper, "群众问题周报", "群众问题一周情况")
    office.take_down()
    said = office.say(*words)
    fresh = tmp_path / "周报（新）.docx"
    assert said.code == 3
    assert "现在是：" in said.err
    assert "群众问题一周情况" in said.err
    assert str(fresh) in said.err
    assert paper.read_bytes() == mine
    office.do("verify", str(fresh))
    office.take_down()
    office.say(*words)  # what lay beside is nobody's work: it is made anew
    assert sorted(one.name for one in tmp_path.glob("周报*")) == ["周报.docx", "周报（新）.docx"]
    office.do("verify", str(fresh))


def test_a_paper_saved_without_another_time_is_kept_too(office: Desk, tmp_path: Path) -> None:
    paper, fresh = tmp_path / "周报.docx", tmp_path / "周报（新）.docx"
    words = ("report", "weekly", "--period", "本周", "-o", str(paper))
    office.do(*words)
    for one in (paper, fresh):  # what lies beside may be worked on as well
        made = docx.Document(str(one))
        made.paragraphs[0].add_run("（改过）")
        made.save(str(one))
        mine = one.read_bytes()
        office.take_down()
        assert office.say(*words).code == 3
        assert one.read_bytes() == mine
    assert sorted(one.name for one in tmp_path.glob("周报*")) == ["周报.docx", "周报（新2）.docx", "周报（新）.docx"]


@pytest.mark.parametrize("suffix", ["md", "csv", "html"])
def test_texts_worked_on_by_hand_too(office: Desk, tmp_path: Path, suffix: str) -> None:
    page = tmp_path / f"账.{suffix}"
    words = ("ledger", "问题台账", "-o", str(page))
    office.do(*words)
    told = {"html": "<h1>问题台账</h1>", "md": "问题台账", "csv": "问题描述"}[suffix]
    text = page.read_text(encoding="utf-8").replace(told, told.replace("问题", "我的"), 1)
    page.write_text(text, encoding="utf-8", newline="")
    office.take_down()
    said = office.say(*words)
    assert (said.code, "我的" in said.err) == (3, True), said.err
    assert "<" not in said.err
    assert "我的" in page.read_text(encoding="utf-8")
    office.do("verify", str(tmp_path / f"账（新）.{suffix}"))
