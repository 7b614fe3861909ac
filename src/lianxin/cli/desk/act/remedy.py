"""What texts tell of as commands, told as the keys that do the same at the desk."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from msgspec import Struct

from lianxin.cli.desk.keys import pressed
from lianxin.cli.desk.view.tab import TABS, tab_of
from lianxin.core.called import CHINESE, OF_A_KIND
from lianxin.core.text.pattern import late
from lianxin.kinds import BRIEF, KIND, brief_of
from lianxin.kinds.fate import FATES

#: A command as texts tell of it, with the word that leads to it; or an option alone, and that word.
_WORD = r"[^\s，。；：、！？（）「」]+"
_COMMAND = late(rf"(请?[先再]?)(?:运行|用|看)? ?lianxin( {_WORD}(?: --[a-z-]+ {_WORD}| [!-~]+)*) ?")
_OPTION = late(r"，?或加 --[a-z-]+[^，。；）]*|(?:用 )?(?<![\w-])--[a-z][a-z-]* ?")

#: Texts with such words are for whoever looks after the machine.
_ADMIN = late(r"(?<![\w.])(?:git|HEAD)(?![\w.])")

#: With this a command writes a file.
_INTO_A_FILE = "-o"

#: What is in the list of what is seldom done, and what has a key of its own.
_RARE = frozenset({"check", "backup", "calendar", "commit", "import", "paste", "sync", "settle"})
_OWN = {
    "undo": "按 u 撤销",
    "find": "按 / 找",
    "ledger": "按 8 看台账",
    "report": "按 8 看报表",
    "dispatch": "按 8 看要出的材料",
    "duties": "按 7 看职责",
}
_OF_ANY = {"show": "按 / 找出 {}", "edit": "在 {} 上按 e 修改", "next": "看 {} 下面那排步骤"}


#: Commands by their Chinese names: some texts tell of them so.
_ENGLISH = {chinese: name for name, chinese in CHINESE.items()}


class Over(Struct, frozen=True):
    """What lies over the desk and has to be left before a key does anything.

    Attributes:
        filling: It is filled in; what it tells of beside its faults can be done once it is written.
        able: What may be done now with the record that keys are for, by its words.
    """

    filling: bool = False
    able: Collection[str] = ()


def tells(text: str) -> bool:
    """Whether a text may tell of a command."""
    return "lianxin " in text or "--" in text or bool(_ADMIN.search(text))


def by_key(text: str, here: str, else_: Callable[[str], str], over: Over | None = None) -> str:
    """A text in which whatever a key does is told by the key.

    Args:
        text: With commands as scripts write them.
        here: Id of the record that the keys are for now.
        else_: Turns what no key does.
        over: What has to be left first; None where nothing has.

    Returns:
        The same text otherwise.
    """
    if _ADMIN.search(text):
        return f"这要管理员来办，请把这句话给他看：{text}"

    def told(found: re.Match[str]) -> str:
        words = [_ENGLISH.get(word, word) for word in found[2].split()]
        if _INTO_A_FILE in words:
            return f"{found[1]}{'格式' if over else '按 p，格式'}选 PDF 或 Word"
        said = _key(words, here)
        return f"{found[1]}{_first(over, _of(words, here), asked=bool(found[1]))}{said}" if said else found[0]

    made = _COMMAND.sub(told, text)
    return else_(made if "lianxin " in made else _OPTION.sub("", made))  # those of a command that no key does stay


def _first(over: Over | None, does: set[str], *, asked: bool) -> str:
    """What has to be done before a key is pressed.

    Args:
        does: What the key does with the record that keys are for; empty for any other.
        asked: The reader is asked to do it: what is filled in cannot be written before.
    """
    if over is None:
        return ""
    now = does <= {*over.able} if does else asked
    return "写入以后再" if over.filling and not now else "按 Esc 出来再"


def _key(words: Sequence[str], here: str) -> str:
    """What a command is at the desk; empty where no key does it."""
    name, *rest = words
    if name in BRIEF and rest:
        return _of_kind(name, rest[0], [word for word in rest[1:] if brief_of(word)], here)
    if name in _RARE:
        return f"按 m 选「{CHINESE[name]}」"
    if name in _OF_ANY and rest:
        return _OF_ANY[name].format(rest[0])
    return _OWN.get(name, "")


def _of_kind(kind: str, asked: str, ids: Sequence[str], here: str) -> str:
    """What is asked of a kind."""
    at = f"在 {ids[0]} 上" if ids and ids[0] != here else ""
    if word := _word(kind, asked):
        return f"{at}{pressed(word)}"
    if asked == "edit":
        return f"{at}按 e 修改"
    tab = tab_of(kind)
    if asked == "add":  # by itself the key takes down what the tab lists that is open
        return f"{f'按 {TABS.index(tab) + 1} 再' if tab else ''}按 n 新记{BRIEF[kind].label}"
    if asked == "show":
        return _OF_ANY["show"].format(ids[0]) if ids else ""
    return f"按 {TABS.index(tab) + 1} 看{BRIEF[kind].label}" if asked == "list" and tab else ""


def _word(kind: str, asked: str) -> str:
    """A step of a kind, or what may become of its records; empty for anything else."""
    life = KIND[kind].lifecycle
    step = life.step(asked) if life else None
    return step.label if step else OF_A_KIND[asked] if not life and asked in FATES else ""


def _of(words: Sequence[str], here: str) -> set[str]:
    """What a command does with the record that the keys are for, by its word; nothing where it is for another."""
    kind, asked, *rest = (*words, "", "")
    ids = [word for word in rest if brief_of(word)]
    return {word} if kind in BRIEF and ids[:1] in ([], [here]) and (word := _word(kind, asked)) else set()
