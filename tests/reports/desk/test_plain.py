"""Faults of the folder, told in the words of whoever keeps the book."""

from __future__ import annotations

import re

import pytest

from lianxin.core.code import CODES
from lianxin.core.problem import Problem
from lianxin.reports.desk.plain import plain

#: What two desks wrote differently is in her words already.
_OURS = [code for code in CODES if code.startswith("G") and code != "G014"]


@pytest.mark.parametrize("code", _OURS)
def test_every_fault_of_the_folder_is_told_without_the_words_of_another_program(code: str) -> None:
    one = Problem("villages/CUN-A0001.yaml", 1, 1, code, "甲 被改名成 乙", "git 提交 HEAD 分支 仓库 lianxin commit")
    told = plain(one)
    assert told.message
    assert code in told.remedy
    assert not re.search("提交|分支|仓库|暂存|git|HEAD", told.message + told.remedy)


def test_other_faults_are_left_as_they_are() -> None:
    one = Problem("villages/CUN-A0001.yaml", 1, 1, "F003", "缺「名称」", "补上")
    assert plain(one) == one
