"""Every writing command there is, with what the trial types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from proof.ledger import MARK, OLD_TABLE, PAPER, RETURNED


@dataclass(frozen=True, slots=True)
class Command:
    """A writing command on trial.

    Attributes:
        words: What is typed.
        tree: On what it is typed, see ``ledger.sample``.
        before: What must have been done there before.
        stick: It meets another desk on a stick, which is a fresh copy each time and stands as ``{stick}`` in the words.
        there: It is stopped at what it does to the stick, not to the ledger.
        every: It is stopped at every so many of its calls: one that takes the way of another is not tried as closely.
    """

    name: str
    words: Sequence[str]
    tree: str = "dirty"
    before: Sequence[Sequence[str]] = ()
    every: int = 1
    stick: bool = False
    there: bool = False


_HEARD = ("--day", "2026-11-21", "--visitors", "RY-A0001", "--village", "响水坪村", "--people", "李某", "--way", "电话")
_TOLD = ("--raised", "2026-11-21", "--channel", "电话", "--village", "响水坪村", "--words", "水管坏了", "--level", "镇")
_FRESH = ("household", "add", "--head", "丁某某", "--village", "响水坪村", "--yes")
_TWIN = ("household", "add", "--head", "丁某某", "--village", "响水坪村", "--notes", MARK, "--yes")
_JOIN = ("household", "join", "HU-A0081", "HU-A0082", "--take", "notes", "--yes")
_PAPER = ("evidence", "add", "--about", "WT-2026-A0057", "--file", f"../{PAPER}", "--notes", MARK)
_JUDGED = ("--scope", "个性", "--sphere", "公共", "--merit", "合理", "--category", "就业创业", "--urgency", "一般")
_STEP = ("issue", "progress", "59", "--text", MARK)
_ASSIGN = ("issue", "assign", "69", "--dept", "岫水水务站", "--limit", "5个工作日", "--standard", "通水")

_SELDOM, _SELDOMER = 2, 8

#: Each way a commit can come about, then what differs little from one of them.
COMMANDS = (
    Command("step", _STEP),
    Command("step-own", _STEP, "own"),
    Command("add-issue", ("issue", "add", *_TOLD, "--summary", MARK, "--anonymous", "是")),
    Command("edit", ("edit", "HU-A0005", "--notes", MARK, "--yes")),
    Command("commit", ("commit",), "hand"),
    Command("freeze", ("report", "weekly", "--freeze"), "hand", before=(("commit",),)),
    Command("void", ("household", "void", "HU-A0081", "--reason", MARK, "--yes"), before=(_FRESH,)),
    Command("undo", ("undo", "--yes"), "clean", (_STEP,)),
    Command("step-clean", _STEP, "clean", every=_SELDOM),
    Command("add-visit", ("visit", "add", *_HEARD, "--heard", MARK), every=_SELDOM),
    Command("amend", ("edit", "WT-2026-A0059", "--summary", MARK, "--why", "写错了", "--yes"), every=_SELDOM),
    Command("silence", ("silence", "H002", "WT-2026-A0003", "--why", MARK), every=_SELDOM),
    Command("join", _JOIN, before=(_FRESH, _TWIN), every=_SELDOM),
    Command("import", ("import", f"../{OLD_TABLE}", "--yes"), every=_SELDOM),
    Command("import-back", ("import", "--back", f"../{RETURNED}", "--yes"), "clean", every=_SELDOM),
    Command("evidence", _PAPER, every=_SELDOM),
)

#: How two desks meet: at the ledger's calls, at those of the stick, and what is settled afterwards.
MEETING = (
    Command("sync", ("sync", "{stick}"), "met", every=_SELDOM, stick=True),
    Command("sync-there", ("sync", "{stick}"), "met", every=_SELDOM, stick=True, there=True),
    Command("settle", ("settle", "HU-A0006", "--all", "甲"), "clash", every=_SELDOM),
)


def _issue(step: str, number: str, *words: str, before: Sequence[Sequence[str]] = ()) -> Command:
    return Command(f"issue-{step}", ("issue", step, number, *words, "--note", MARK), before=before, every=_SELDOMER)


def _whistle(step: str, *words: str, number: str = "CS-2026-A0002", before: Sequence[Sequence[str]] = ()) -> Command:
    return Command(f"whistle-{step}", ("whistle", step, number, *words, "--note", MARK), before=before, every=_SELDOMER)


def _rectification(step: str, number: str, *words: str, before: Sequence[Sequence[str]] = ()) -> Command:
    words = ("rectification", step, number, *words, "--note", MARK)
    return Command(f"rectification-{step}", words, before=before, every=_SELDOMER)


_BLOWN = (
    (
        *("whistle", "add", "--blown", "2026-11-22 09:00", "--by", "DW-A0001", "--matter", "修路", "--issues", "60"),
        *("--lead", "DW-A0011", "--summoned", "部门=DW-A0011", "--yes"),
    ),
)
_APPROVED = ("whistle", "approve", "CS-2026-A0003")
_DONE = (
    ("whistle", "arrive", "CS-2026-A0002", "--dept", "DW-A0008", "--who", "RY-A0001"),
    ("whistle", "dispose", "CS-2026-A0002", "--dept", "DW-A0008", "--measure", "先消毒"),
    *(
        ("whistle", "finish", "CS-2026-A0002", "--dept", dept, "--result", "办完了")
        for dept in ("DW-A0005", "DW-A0007", "DW-A0008")
    ),
)

#: The other steps, which all take the way of ``step``: each tried at other calls.
STEPS = (
    _issue("accept", "70", "--level", "村", *_JUDGED),
    _issue("escalate", "69", "--to", "示范区", "--why", "钱不够"),
    _issue("explain", "70", *_JUDGED[:4], "--merit", "已有定论", *_JUDGED[6:], "--why", "已有定论"),
    _issue("quick", "69", "--done", "当场办了", "--reported", "是"),
    _issue("triage", "69", "--urgency", "一般"),
    _issue("merge", "70", "--into", "62"),
    _issue("assign", "69", "--dept", "岫水水务站", "--limit", "5个工作日", "--standard", "通水"),
    _issue("sign", "69", "--person", "RY-A0001", before=(_ASSIGN,)),
    _issue("return", "60", "--why", "不归我们管"),
    _issue("urge", "60", "--form", "催办"),
    _issue("extend", "69", "--limit", "9个工作日", "--why", "下雨", "--approved", "RY-A0005", before=(_ASSIGN,)),
    _issue("suspend", "60", "--why", "没钱", "--until", "有钱", "--review", "2026-12-20", "--told", "是"),
    _issue("resume", "40"),
    _issue("resolve", "60", "--result", "修好了"),
    _issue("feedback", "57", "--how", "电话", "--reached", "已接通", "--solved", "解决", "--satisfied", "满意"),
    _issue("reopen", "48", "--why", "又坏了"),
    _issue("withdraw", "60", "--how", "电话"),
    _issue("learn", "60", "--area", "全村", "--found", "1", "--solved", "1"),
    _issue("reflect", "60", "--text", "多跑一趟"),
    _issue("close", "48"),
    _issue("void", "70", "--why", "登记错了", "--yes"),
    _whistle("respond", "--dept", "DW-A0011", number="CS-2026-A0003", before=(*_BLOWN, _APPROVED)),
    _whistle("arrive", "--dept", "DW-A0008", "--who", "RY-A0001"),
    _whistle("dispose", "--dept", "DW-A0005", "--measure", "先围起来"),
    _whistle("finish", "--dept", "DW-A0005", "--result", "办完了"),
    _whistle("summon", "--dept", "DW-A0012"),
    _whistle("extend", "--dept", "DW-A0005", "--limit", "90个工作日", "--why", "下雨", "--approved", "RY-A0005"),
    _whistle("urge", "--form", "催办"),
    _whistle("progress", "--text", "在办"),
    _whistle("close", "--result", "办完了", before=_DONE),
    _whistle("rate", "--rating", "满意", number="CS-2026-A0001"),
    _whistle("approve", number="CS-2026-A0003", before=_BLOWN),
    _whistle("cancel", "--why", "不用了", number="CS-2026-A0003", before=_BLOWN),
    _rectification("progress", "ZG-A0006", "--text", "在改"),
    _rectification("extend", "ZG-A0006", "--limit", "2027-06-30", "--why", "下雨", "--approved", "RY-A0005"),
    _rectification("finish", "ZG-A0006", "--result", "改好了"),
    _rectification("accept", "ZG-A0005", "--passed", "是"),
    _rectification("return", "ZG-A0005", "--why", "还差一点"),
    _rectification("strike", "ZG-A0005", before=(("rectification", "accept", "ZG-A0005", "--passed", "是"),)),
)
