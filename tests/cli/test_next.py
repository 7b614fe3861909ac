"""The next step that a record's page names is one that can be taken, from the beginning of each life to its end."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from tests.cli.desk import TODAY, TRIAGE, Desk

from lianxin.core.document import Paragraph
from lianxin.reports.record.page import show
from lianxin.storage.book import open_book

NOW = datetime.fromisoformat(f"{TODAY} 23:59")

#: What each step cannot do without, beside what the record says.
FLAGS = {
    "issue": {
        "accept": (),
        "assign": ("--dept", "镇水利站", "--person", "石勇", "--standard", "通水"),
        "sign": ("--by", "石勇"),
        "resolve": ("--result", "通水了"),
        "feedback": ("--how", "电话", "--solved", "解决", "--satisfied", "满意"),
        "triage": TRIAGE,
        "reflect": ("--text", "早清早好"),
        "close": (),
    },
    "whistle": {
        "approve": (),
        "respond": (),
        "arrive": ("--who", "石勇"),
        "dispose": ("--measure", "清淤"),
        "finish": ("--result", "清完了"),
        "close": ("--result", "通水了"),
        "rate": ("--rating", "满意"),
    },
    "rectification": {
        "progress": ("--text", "定了专人"),
        "finish": ("--result", "贴出来了"),
        "accept": ("--passed", "是"),
        "strike": (),
    },
}


def offered(desk: Desk, id_: str) -> list[str]:
    """The words of the command that its page names."""
    with open_book(desk.root, today=NOW.date(), now=NOW) as book:
        blocks = show(book, id_).blocks
    told = [block.text for block in blocks if isinstance(block, Paragraph)]
    found = re.search(r"^下一步：\w+（lianxin ([^）]+)）", "\n".join(told), re.MULTILINE)
    return found[1].split() if found else []


@pytest.mark.parametrize(
    ("kind", "id_", "end"),
    [
        ("issue", "WT-2026-A0001", "reopen"),
        ("whistle", "CS-2026-A0001", "rate"),
        ("rectification", "ZG-A0001", ""),
    ],
)
def test_a_life_from_next_step_to_next_step(heard: Desk, kind: str, id_: str, end: str) -> None:
    if kind == "whistle":
        heard.do(
            *("whistle", "add", "--blown", "2026-03-05 09:00", "--by", "镇水利站", "--matter", "清渠"),
            *("--issues", "1", "--lead", "镇水利站", "--summoned", "镇水利站"),
        )
    if kind == "rectification":
        heard.do(
            *(
                "rectification",
                "add",
                "--listed",
                "2026-03-02",
                "--source",
                "督查",
                "--about",
                "松坪村",
                "--fault",
                "断档",
            ),
            *("--measure", "按季换", "--dept", "镇水利站", "--limit", "2026-03-12"),
        )
    taken = []
    while (words := offered(heard, id_)) and words[1] not in taken and words[1] != end:
        heard.do(*words, *FLAGS[kind][words[1]])
        taken.append(words[1])
    assert (set(taken) | {end}) >= {*FLAGS[kind]}
    assert not words or words[1] == end
