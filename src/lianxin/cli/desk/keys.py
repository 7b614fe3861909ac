"""Which key does what: those of the desk, and those of steps and fates, got from how their names are spoken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
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
    Key("m,M,ｍ", "m", "其他", "rare", "导入旧表、粘贴消息、登记发文、撤并更名、登重的合并、同步、检查、备份、换人"),
    Key("question_mark,？", "?", "按键", "help", "看全部按键"),
    Key("q,Q,ｑ", "q", "离开", "away", "离开工作台"),
)

#: Keys of the desk itself that some lines give a meaning of their own, in the same sense.
OPENS, PRINTS = "o", "p"

#: Lists what may be done and has no letter of its own; as the terminal tells it, and where Chinese is being typed.
MORE, MORE_NAMES = ".", "full_stop,。,．"

#: The key of each line of a list in turn: digits, then letters, where there are many.
NUMBERS = "123456789" + ascii_lowercase

#: Steps that put a mistake right.
_AMENDS = frozenset({"amend", "void"})

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
def letters() -> Mapping[str, str]:
    """The letter of what may be done with a record, by its word: one letter is one word, whatever the record.

    There are more words than letters. Those that are waited for choose first, then those of several lives; what puts
    a mistake right chooses last. Whoever chose before moves on to another of his own letters if that makes room.
    """
    lives = [kind.lifecycle for kind in KIND.values() if kind.lifecycle]
    awaited = {step.label for life in lives for name in life.awaited.values() if (step := life.step(name))}
    words = Counter(step.label for life in lives for step in life.steps)
    amends = {step.label for life in lives for step in life.steps if step.name in _AMENDS}
    steps = sorted(words, key=lambda word: words[word] == 1 and word not in awaited)
    every = sorted([*steps, *(OF_A_KIND[name] for name in FATES)], key=lambda word: word in amends)
    heard = {word: _heard(word) for word in dict.fromkeys(every)}
    found: dict[str, str] = {}
    for word in heard:
        _settle(word, heard, found, set())
    rest = (letter for letter in LETTERS if letter not in found)
    found |= dict(zip(rest, (word for word in heard if word not in found.values()), strict=False))
    return {word: letter for letter, word in found.items()}


def key_of(word: str) -> str:
    """The key of what may be done with a record: its letter, or the one that lists those that have none."""
    return letters().get(word, MORE)


@cache
def number_of(word: str) -> str:
    """The number in that list of one that has no letter: the same whatever else may be done."""
    return _numbers()[word]


@cache
def _numbers() -> Mapping[str, str]:
    lives = [[step.label for step in kind.lifecycle.steps] for kind in KIND.values() if kind.lifecycle]
    every = [[word for word in life if word not in letters()] for life in (*lives, [OF_A_KIND[one] for one in FATES])]
    found: dict[str, str] = {}
    for word in (word for words in every for word in words):
        beside = {found.get(other) for words in every if word in words for other in words}
        found.setdefault(word, next(number for number in NUMBERS if number not in beside))
    return found


def pressed(word: str) -> str:
    """How one is told to do it."""
    key = key_of(word)
    return f"按 {key} 选「{word}」" if key == MORE else f"按 {key} {word}"


def _settle(word: str, heard: Mapping[str, Sequence[str]], found: dict[str, str], asked: set[str]) -> bool:
    """Find a letter for a word; one that has it already may take another that it wishes as well."""
    for letter in heard[word]:
        if letter not in asked:
            asked.add(letter)
            if letter not in found or _settle(found[letter], heard, found, asked):
                found[letter] = word
                return True
    return False


def _heard(word: str) -> list[str]:
    """Letters that steps may have with which its characters begin."""
    from lianxin.core.text.pinyin import initial

    return [letter for letter in dict.fromkeys(map(initial, word)) if letter in LETTERS]
