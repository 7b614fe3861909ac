"""Reports set in the office's own Word form: it comes from the commit, is named in the file, and refuses plainly."""

from __future__ import annotations

from pathlib import Path

import docx
from tests.cli.desk import Desk

from lianxin.actions.paper.page import shipped


def form(desk: Desk, *paragraphs: str, name: str = "周报") -> Path:
    path = desk.root / "forms" / f"{name}.docx"
    path.parent.mkdir(exist_ok=True)
    made = docx.Document(str(shipped("公文")))
    for text in paragraphs:
        made.add_paragraph(text)
    made.save(str(path))
    return path


def commit(desk: Desk) -> None:
    desk.git("add", "forms")
    desk.git("commit", "-qm", "改版式")


def first(path: Path) -> str:
    return docx.Document(str(path)).paragraphs[0].text


def test_a_report_is_made_again_in_the_form_it_was_set_in(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "周报.docx"
    desk.do("report", "weekly", "-o", str(out))
    assert "编报单位：云岭镇党建办" in [one.text for one in docx.Document(str(out)).paragraphs]
    assert desk.say("verify", str(out)).code == 0

    form(desk, "第一版", "{{ 正文 }}")
    desk.do("report", "weekly", "-o", str(out))
    assert first(out) == "第一版"
    said = desk.say("verify", str(out))
    assert (said.code, "没入库的改动" in said.out) == (1, True)

    commit(desk)
    desk.do("report", "weekly", "-o", str(out))
    assert "和原来一样" in desk.do("report", "weekly", "-o", str(out)).err
    form(desk, "第二版", "{{ 正文 }}")
    commit(desk)
    assert desk.say("verify", str(out)).code == 0
    assert first(out) == "第一版"
    again = desk.do("report", "weekly", "-o", str(out))
    assert (again.err.startswith("已写入"), first(out)) == (True, "第二版")


def test_whatever_has_no_form_is_set_on_the_office_base(desk: Desk, tmp_path: Path) -> None:
    path = form(desk, name="公文")
    made = docx.Document(str(path))
    made.sections[0].header.paragraphs[0].text = "云岭镇专用纸"
    made.save(str(path))
    commit(desk)
    for words in (("ledger", "问题台账"), ("today",), ("handbook",)):
        out = tmp_path / f"{words[0]}.docx"
        desk.do(*words, "-o", str(out))
        assert docx.Document(str(out)).sections[0].header.paragraphs[0].text == "云岭镇专用纸"
        assert desk.say("verify", str(out)).code == 0


def test_a_form_that_will_not_do_leaves_the_file_as_it_was(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "周报.docx"
    out.write_bytes(b"as it was")
    form(desk, "没有地方放内容")
    said = desk.say("report", "weekly", "-o", str(out))
    assert (said.code, "forms/周报.docx 里没有 {{ 正文 }} 这一段" in said.err) == (3, True)
    (desk.root / "forms" / "周报.docx").write_bytes(b"PK")
    said = desk.say("report", "weekly", "-o", str(out))
    assert (said.code, "forms/周报.docx打不开" in said.err.replace(" ", "")) == (3, True)
    assert out.read_bytes() == b"as it was"
