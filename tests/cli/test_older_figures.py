"""A ledger begun before some figures were shipped: reports are whole, and a word says whose definitions count."""

from __future__ import annotations

import json
import re

from tests.cli.desk import Desk


def test_figures_that_an_older_file_lacks_are_lent_and_told_of(heard: Desk) -> None:
    file = heard.root / "policy" / "figures.yaml"
    text = file.read_text(encoding="utf-8")
    parts = re.split(r"(?m)^(?=  - 名称: )", text)
    kept = [one for one in parts if not re.match(r"  - 名称: (目前未签收|回访不认可)\n", one)]
    assert len(kept) == len(parts) - 2
    file.write_text("".join(kept), encoding="utf-8")
    (heard.root / "policy" / "site.yaml").write_text("数字: [目前未签收]\n", encoding="utf-8")
    heard.do("commit")
    heard.do("check")
    made = heard.do("report", "monthly", "--period", "2026-03")
    assert "没有定义" not in made.out + made.err
    told = json.dumps(heard.say("--json", "doctor").json, ensure_ascii=False)
    assert "用的是自带的口径" in told
    assert "目前未签收" in told
