"""What is said instead of a command: at the desk the key that does it, in the help of a step what it means."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.desk import lianxin

from lianxin.cli.desk.act.remedy import Over, by_key


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("心得体会请运行 lianxin issue reflect WT-2026-A0007 写上", "心得体会请按 . 选「心得体会」写上"),
        ("销号前要补上：lianxin issue triage WT-2026-A0008", "销号前要补上：在 WT-2026-A0008 上按 v 补研判"),
        ("还没有登记的，先运行 lianxin household add", "还没有登记的，先按 5 再按 n 新记联系户"),
        ("编号用 lianxin person list、lianxin household list 等查", "编号按 9 看党员干部、按 5 看联系户等查"),
        ("请先运行 lianxin commit 再来", "请先按 m 选「收进」再来"),
        ("没有写入，请用 --why 写上理由", "没有写入，请写上理由"),
        ("请先运行 lianxin commit 收进来，或加 --yes 收进来一起备份", "请先按 m 选「收进」收进来"),
        ("登错了的用 lianxin village void CUN-A0002 --why 理由", "登错了的在 CUN-A0002 上按 . 选「作废」"),
        ("先写成文件：lianxin 手册 WT-2026-A0007 -o ../WT-2026-A0007.pdf", "先写成文件：按 p，格式选 PDF 或 Word"),
        ("运行 lianxin explain D001 看", "运行 lianxin explain D001 看"),
        ("没有写入：请先 git switch 回来", "这要管理员来办，请把这句话给他看：没有写入：请先 git switch 回来"),
    ],
)
def test_a_command_is_told_by_its_key(text: str, told: str) -> None:
    assert by_key(text, "WT-2026-A0007", str) == told


def test_over_a_form_that_is_left_first() -> None:
    text = "进展请运行 lianxin issue progress WT-2026-A0007 写上"
    told = by_key(text, "WT-2026-A0007", str, Over(filling=True, able=("受理", "进展")))
    assert told == "进展请按 Esc 出来再按 z 进展写上"


def test_what_can_be_done_only_once_the_form_is_written_says_so() -> None:
    text = "还没有判定类别，销号前要补上：lianxin issue triage WT-2026-A0007"
    told = by_key(text, "WT-2026-A0007", str, Over(filling=True, able=("受理", "进展")))
    assert told == "还没有判定类别，销号前要补上：写入以后再按 v 补研判"
    told = by_key("DW-A0031 的所在村：lianxin org edit DW-A0031", "CUN-A0012", str, Over(filling=True))
    assert told == "DW-A0031 的所在村：写入以后再在 DW-A0031 上按 e 修改"
    told = by_key("还没有登记的，先运行 lianxin household add", "", str, Over(filling=True))
    assert told == "还没有登记的，先按 Esc 出来再按 5 再按 n 新记联系户"


def test_help_on_a_step_says_first_what_it_means(tmp_path: Path) -> None:
    told = lianxin("帮助", "受理", cwd=tmp_path).out
    assert told.startswith("问题的「受理」：认下这件事归本级办")
    assert "什么时候能办：问题是「待研判」、「已上报」的时候。\n办了以后：变成「已受理」。\n要填：受理层级；" in told
    assert told.index("要填：") < told.index("用法：lianxin 问题 受理")
