"""Every format bears the line by which its file can be made again, and gives it back letter for letter."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from lianxin.core.document import Column, Document, Face, Paragraph, Provenance, Table
from lianxin.core.look import CALENDAR, SUFFIXES
from lianxin.core.text.name import Known
from lianxin.formats import FORMATS, Format, format_for, render, unchanged
from lianxin.formats.face.mask import mask
from lianxin.formats.paper.trace import Trace, read_trace, trace_line

COMMIT = "0123456789abcdef0123456789abcdef01234567"
ORIGIN = Provenance(
    COMMIT,
    date(2026, 3, 2),
    face=Face.INTERNAL,
    tool="lianxin 9.9.9",
    records=3,
    at="09:40",
    recipe="ledger 问题台账 --where '反映人~张 <b>&_*x' -f md",
    definitions="1a2b3c4d",
)
TABLE = Table((Column("编号", "id"), Column("事由", "summary")), [("WT-1", "渠堵了"), ("WT-2", "路灯不亮")])
DOCUMENT = Document("问题台账", (TABLE, Paragraph("以上。")), provenance=ORIGIN)
QUICK = [format_ for format_ in FORMATS if format_.name != "pdf"]


def written(document: Document, format_: Format) -> bytes:
    made = render(document, format_, width=100)
    return made.encode() if isinstance(made, str) else made


@pytest.mark.parametrize("format_", QUICK, ids=lambda one: one.name)
@pytest.mark.parametrize("recipe", [ORIGIN.recipe, "ledger 问题台账 -f xlsx", "sql 'SELECT 1' " + "很长的条件" * 90])
def test_what_a_file_bears_comes_back(format_: Format, recipe: str) -> None:
    origin = replace(ORIGIN, recipe=recipe)
    found = format_.trace(written(replace(DOCUMENT, provenance=origin), format_))
    assert found == Trace(
        "lianxin 9.9.9", "1a2b3c4d", COMMIT, False, datetime(2026, 3, 2, 9, 40), Face.INTERNAL, recipe
    )


@given(
    recipe=st.text(st.characters(categories=("L", "N", "P", "S"), include_characters=" "), min_size=1).map(str.strip),
    dirty=st.booleans(),
)
def test_any_command_comes_back_from_markdown_and_csv(recipe: str, dirty: bool) -> None:
    origin = replace(ORIGIN, recipe=recipe or "today", dirty=dirty)
    document = replace(DOCUMENT, provenance=origin)
    for format_ in FORMATS[:4]:
        found = format_.trace(written(document, format_))
        assert found is not None, format_.name
        assert (found.recipe, found.dirty) == (origin.recipe, dirty), format_.name


@pytest.mark.parametrize("format_", FORMATS, ids=lambda one: one.name)
def test_files_of_others_bear_nothing(format_: Format) -> None:
    for data in (
        b"",
        b"\x00\xff\xfe",
        b"PK\x03\x04",
        "别人的文件".encode(),
        b"{}",
        b"[1]",
        b'{"schema": 5}',
        b"<html>",
    ):
        assert format_.trace(data) is None


@pytest.mark.parametrize("format_", QUICK, ids=lambda one: one.name)
def test_unchanged_means_all_but_commit_and_minute(format_: Format) -> None:
    data = written(DOCUMENT, format_)
    later = replace(ORIGIN, commit=COMMIT[::-1], as_of=date(2026, 5, 1), at="23:00")
    assert unchanged(replace(DOCUMENT, provenance=later), format_, data)
    more = replace(DOCUMENT, blocks=(TABLE, Paragraph("以上，完。")), provenance=later)
    assert not unchanged(more, format_, data)
    assert not unchanged(replace(DOCUMENT, provenance=replace(later, records=4)), format_, data)
    assert not unchanged(DOCUMENT, format_, written(replace(DOCUMENT, provenance=replace(ORIGIN, dirty=True)), format_))
    assert not unchanged(DOCUMENT, format_, data + b" ")


def test_a_screen_shows_no_such_line() -> None:
    screen = replace(DOCUMENT, provenance=replace(ORIGIN, recipe=""))
    assert "复核" not in str(render(screen, "terminal"))
    assert trace_line(screen.provenance) == ""


def test_what_was_masked_says_so() -> None:
    origin = replace(ORIGIN, recipe="handbook --person 张满仓 -f md")
    document = replace(DOCUMENT, provenance=origin, names=Known.of({"张满仓"}))
    hidden = mask(document, Face.PUBLIC).provenance
    found = read_trace(trace_line(hidden))
    assert found is not None
    assert found.hidden
    assert "张满仓" not in found.recipe


def test_exports_know_every_format() -> None:
    assert tuple(dict.fromkeys(format_.suffix for format_ in (*FORMATS, format_for(CALENDAR.name)))) == SUFFIXES
