"""A filter that is typed: a word for a record names one, or is refused with what is near."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.desk import Said, lianxin

from lianxin.core.asset import sample


def said(folder: Path, *words: str) -> Said:
    return lianxin("--data", str(sample()), *words, cwd=folder, today="2026-11-22")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("issue", "list", "责任部门=水务站"), "责任部门：没有叫「水务站」的单位；是不是「岫水水务站」"),
        (("issue", "list", "责任部门!=水务站"), "是不是「岫水水务站」"),
        (("issue", "list", "责任部门=岫水水务站,供电"), "责任部门：没有叫「供电」的单位"),
        (("issue", "list", "责任部门=A9999"), "没有编号是「A9999」的单位"),
        (("ledger", "问题台账", "-p", "本月", "-w", "所属村=青篙"), "是不是「青篙村」"),
        (("handbook", "-w", "所属村=青篙"), "是不是「青篙村」"),
        (("fill", "交办单", "--where", "所属村=青篙", "-o", "单.docx"), "是不是「青篙村」"),
    ],
)
def test_a_word_that_names_no_record_is_refused(words: tuple[str, ...], told: str, tmp_path: Path) -> None:
    found = said(tmp_path, *words)
    assert (found.code, told in found.err) == (2, True), found.out + found.err


@pytest.mark.parametrize("word", ["岫水水务站", "DW-A0011", "A11", "A11,岫水派出所"])
def test_a_record_goes_by_its_name_or_the_tail_of_its_id(word: str, tmp_path: Path) -> None:
    found = said(tmp_path, "issue", "list", f"责任部门={word}")
    assert (found.code, "WT-2026-A0043" in found.out) == (0, True), found.out + found.err


@pytest.mark.parametrize("filter_", ["责任部门=", "责任部门~水务", "责任部门.名称=水务站"])
def test_what_names_no_record_outright_is_taken_as_it_stands(filter_: str, tmp_path: Path) -> None:
    assert said(tmp_path, "issue", "list", filter_).code == 0
