"""Which key does what: those of the desk, and one for each step of a life, got from how its name is spoken."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from string import ascii_letters, ascii_lowercase

from msgspec import Struct

from lianxin.core.declare.lifecycle import Lifecycle, Step
from lianxin.kinds import KIND


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
    Key("n,ｎ", "n", "新记", "add", "记一条新的；在今日、职责、台账报表上先问记什么，村、单位、党员干部也在里面"),
    Key("e,ｅ", "e", "修改", "edit", "改这一条的内容；问题、吹哨、整改则记一条更正"),
    Key("slash,、,／,÷", "/", "找", "find", "在全部记录里找：写过的字、编号、名称和拼音首字母都行；Esc 回到原来的"),
    Key("space,ideographic_space", "空格", "选", "mark", "选中这一条，再按一次不选；选了几条就几条一起办"),
    Key("u,ｕ", "u", "撤销", "undo", "撤销上一条记下的，先给您看"),
    Key("p,ｐ", "p", "打印", "print", "把这一条出成文件"),
    Key("o,ｏ", "o", "打开", "open", "打开刚出的文件"),
    Key("m,ｍ", "m", "其他", "rare", "检查、备份、期限日历、收进手工改过的文件"),
    Key("question_mark,？", "?", "按键", "help", "看全部按键"),
    Key("q,ｑ", "q", "离开", "away", "离开工作台"),
)

#: Letters that no step may have.
_TAKEN = frozenset(key.cap for key in KEYS)

#: Those that steps may have.
LETTERS = tuple(letter for letter in ascii_letters if letter not in _TAKEN)


@cache
def step_keys(kind: str) -> Mapping[str, str]:
    """The key of each step of a kind by the step's name: never the same for two that may be taken in one state."""
    lifecycle = KIND[kind].lifecycle
    if lifecycle is None:
        return {}
    found: dict[str, str] = {}
    awaited = {*lifecycle.awaited.values()}
    for step in sorted(lifecycle.steps, key=lambda step: step.name not in awaited):
        found[step.name] = next(letter for letter in _wished(step) if not _clashing(lifecycle, found, step, letter))
    return found


def _clashing(lifecycle: Lifecycle, found: Mapping[str, str], step: Step, letter: str) -> bool:
    """Whether a letter is that of a step which may be taken where this one may."""
    having = {name for name, key in found.items() if key == letter}
    return any(step.name in row and having & {*row} for row in lifecycle.table.values())


def _wished(step: Step) -> list[str]:
    """Letters for a step, the nearest first: how its characters begin, how they go on, capitals, any other."""
    from lianxin.core.text.pinyin import readings

    spoken = [ways[0] for ways in readings(step.label)]
    begins, whole = "".join(one[0] for one in spoken), "".join(spoken)
    letters = dict.fromkeys(begins + whole + begins.upper() + ascii_lowercase)
    return [letter for letter in letters if letter not in _TAKEN]
