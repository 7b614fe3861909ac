"""Which key does what: those of the desk, and one for each step of a life, got from how its name is spoken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache
from string import ascii_lowercase

from msgspec import Struct

from lianxin.core.called import OF_A_KIND
from lianxin.kinds import KIND
from lianxin.kinds.fate import FATES


class Key(Struct, frozen=True):
    """One key of the desk.

    Attributes:
        names: As the terminal tells it; where Chinese is being typed other characters come of the same key.
        cap: What stands on it.
        label: What it does, in a word.
        action: The same for the screen.
        told: What it does, in a sentence.
    """

    names: str
    cap: str
    label: str
    action: str
    told: str


#: Keys of the desk itself, in the order of the last line.
KEYS = (
    Key("n,N,ｎ", "n", "新记", "add", "记一条新的；在今日、职责、台账报表上先问记什么"),
    Key("e,E,ｅ", "e", "修改", "edit", "改这一条的内容；问题、吹哨、整改则记一条更正"),
    Key("slash,、,／,÷", "/", "找", "find", "在全部记录里找：写过的字、编号、拼音首字母都行；Esc 回到原来的"),
    Key("space,ideographic_space", "空格", "选", "mark", "选中这一条，再按一次不选；选了几条就一起办，Esc 都不选了"),
    Key("u,U,ｕ", "u", "撤销", "undo", "撤销上一条记下的，先给您看"),
    Key("p,P,ｐ", "p", "打印", "print", "把这一条出成文件"),
    Key("o,O,ｏ", "o", "打开", "open", "打开刚出的文件"),
    Key("m,M,ｍ", "m", "其他", "rare", "导入旧表、粘贴消息、撤并更名、检查、备份、日历、收进"),
    Key("question_mark,？", "?", "按键", "help", "看全部按键"),
    Key("q,Q,ｑ", "q", "离开", "away", "离开工作台"),
)

#: From a letter to its full-width one.
_FULL = 0xFEE0

#: Letters that no step may have.
_TAKEN = frozenset(key.cap for key in KEYS)

#: Those that steps may have.
LETTERS = tuple(letter for letter in ascii_lowercase if letter not in _TAKEN)


def caps(letter: str) -> str:
    """The names of a key: as a small letter, a capital, and full-width where Chinese is being typed; one meaning."""
    return ",".join((letter, letter.upper(), chr(ord(letter) + _FULL)))


@cache
def step_letters() -> Mapping[str, str]:
    """The letter of each step by its word: the same in every life, never one for two that may be taken in one state.

    Those that are waited for, or stand in several lives, choose first.
    """
    lives = [kind.lifecycle for kind in KIND.values() if kind.lifecycle]
    rows = [{life.label(name) for name in row} for life in lives for state, row in life.table.items() if state]
    awaited = {life.label(name) for life in lives for name in life.awaited.values()}
    words = Counter(step.label for life in lives for step in life.steps)
    found: dict[str, str] = {}
    for word in sorted(words, key=lambda word: words[word] == 1 and word not in awaited):
        beside = {found[one] for row in rows if word in row for one in row if one in found}
        found[word] = next(letter for letter in _wished(word) if letter not in beside)
    return found


def step_keys(kind: str) -> Mapping[str, str]:
    """The key of each step of a kind by the step's name."""
    lifecycle = KIND[kind].lifecycle
    return {step.name: step_letters()[step.label] for step in lifecycle.steps} if lifecycle else {}


@cache
def fate_keys() -> Mapping[str, str]:
    """The key of each thing that may become of a plain record, by its name; a step of that word has the same."""
    found: dict[str, str] = {}
    for name in FATES:
        label = OF_A_KIND[name]
        wished = [step_letters()[label]] if label in step_letters() else _wished(label)
        found[name] = next(letter for letter in wished if letter not in found.values())
    return found


def _wished(word: str) -> list[str]:
    """Letters for a step, the nearest first: how its characters begin, how they go on, any other."""
    from lianxin.core.text.pinyin import readings

    spoken = [ways[0] for ways in readings(word)]
    letters = dict.fromkeys("".join(one[0] for one in spoken) + "".join(spoken) + ascii_lowercase)
    return [letter for letter in letters if letter in LETTERS]
