"""What is to be settled: one small file for each record that two desks changed differently, part of the ledger itself.

It travels with the ledger, so that every desk is told, and stays until somebody has chosen. Both values stand in it,
with whose they are; of a whole file its versions in git.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from lianxin.core.error import LianxinError
from lianxin.core.problem import Level, Problem
from lianxin.kinds import BY_FOLDER
from lianxin.storage import UNSETTLED
from lianxin.storage.merge.value import Place, spelt
from lianxin.storage.read.reading import read_yaml
from lianxin.storage.read.scanning import Unreadable
from lianxin.storage.write.text.tree import plant, write_mapping

#: The fault that tells of them.
OPEN = "G014"

_FILE, _ASKED, _PLACE = "文件", "待定", "栏目"
_BASE, _SIDES = "原", ("甲", "乙")
_VALUE, _WHO, _AT, _COMMIT, _BLOB = "值", "谁", "时间", "提交", "原件"


class Told(Struct, frozen=True, order=True):
    """What one side says.

    Attributes:
        at: When it was written down.
        commit: In which commit.
        value: None where there is nothing.
        blob: Of a whole file, which version; empty where it was taken away.
    """

    at: str = ""
    commit: str = ""
    who: str = ""
    value: Any = None
    blob: str = ""


class Question(Struct, frozen=True):
    """Which of two it is to be.

    Attributes:
        place: The labels that lead to it; empty for a whole file.
        base: What both found.
        sides: 甲 and 乙, the earlier first.
    """

    place: Place
    base: Told
    sides: tuple[Told, Told]


class Unsettled(Struct, frozen=True):
    """The open questions of one file."""

    path: str
    questions: tuple[Question, ...]

    @property
    def id(self) -> str:
        """Of the record; of anything else its path."""
        return name_of(self.path)


def name_of(path: str) -> str:
    """A record by its id, any other file by its path."""
    folder, _, rest = path.partition("/")
    return rest.rpartition("/")[2].removesuffix(".yaml") if folder in BY_FOLDER else path


def file_of(path: str) -> str:
    """Where the questions of a file stand."""
    return f"{UNSETTLED}/{name_of(path).removesuffix('.yaml').replace('/', '.')}.yaml"


def asked(place: Place, base: Told, one: Told, other: Told) -> Question:
    """A question; whichever side is named first, it is the same."""
    return Question(place, base, (one, other) if (one.at, one.commit) <= (other.at, other.commit) else (other, one))


def text_of(unsettled: Unsettled) -> str:
    """The file of some questions."""
    told = {_known(one): _as_text(one) for one in unsettled.questions}
    asked_ = [told[key] for key in sorted(told)]
    return "\n".join(write_mapping(plant({_FILE: unsettled.path, _ASKED: asked_}), None, None)) + "\n"


def unsettled_of(data: bytes) -> Unsettled:
    """The questions a file holds.

    Raises:
        ValueError: It is not one of ours.
    """
    try:
        told = read_yaml(data)
        return Unsettled(str(told[_FILE]), tuple(_question(one) for one in told[_ASKED]))
    except (Unreadable, KeyError, TypeError, AttributeError) as error:
        raise ValueError from error


def every(files: Iterable[tuple[str, bytes]]) -> list[Unsettled]:
    """All that is to be settled, by the files it is about.

    Raises:
        LianxinError: A file is not one of ours.
    """
    found = []
    for path, data in files:
        try:
            found.append(unsettled_of(data))
        except ValueError:
            raise LianxinError(f"{path} 看不懂了；请找管理员用 git 找回它") from None
    return sorted(found, key=lambda one: one.path)


def joined(base: bytes | None, ours: bytes | None, theirs: bytes | None) -> bytes | None:
    """Three versions of such a file in one: what either side has settled is settled.

    Raises:
        ValueError: One is not ours.
    """
    before, mine, other = (unsettled_of(one) if one else None for one in (base, ours, theirs))
    found = mine or other
    if found is None:
        return None
    settled = [one for one in _questions(before) if one not in _questions(mine) or one not in _questions(other)]
    every = dict.fromkeys(map(_known, (*_questions(mine), *_questions(other))))
    left = tuple(one for one in map(_unknown, every) if one not in settled)
    return text_of(Unsettled(found.path, left)).encode() if left else None


def problems(path: str, data: bytes) -> list[Problem]:
    """What ``check`` says of such a file: one problem, at the record it is about."""
    from lianxin.core.code import CODES

    declared = CODES[OPEN]
    try:
        found = unsettled_of(data)
    except ValueError:
        return [Problem(path, 1, 1, declared.id, "这个文件看不懂了，待定的是什么说不清", declared.remedy, "")]
    named = "、".join(dict.fromkeys(said(one.place) for one in found.questions))
    message = f"两台电脑记得不一样，还没有定：{named}"
    return [Problem(found.path, 1, 1, declared.id, message, declared.remedy, "", Level.ERROR)]


def said(place: Place) -> str:
    """What is asked about, in words."""
    return "·".join(place) if place else "整份"


def _questions(one: Unsettled | None) -> Sequence[Question]:
    return one.questions if one else ()


def _known(one: Question) -> str:
    return spelt(_as_text(one))


def _unknown(text: str) -> Question:
    import json

    return _question(json.loads(text))


def _as_text(one: Question) -> dict[str, Any]:
    sides = {name: _told(side) for name, side in zip(_SIDES, one.sides, strict=True)}
    return {_PLACE: list(one.place), _BASE: _told(one.base), **sides}


def _told(one: Told) -> dict[str, Any]:
    about = {_WHO: one.who, _AT: one.at, _COMMIT: one.commit, _BLOB: one.blob}
    value = {} if one.value is None else {_VALUE: one.value}
    return value | {key: text for key, text in about.items() if text}


def _question(told: Mapping[str, Any]) -> Question:
    base, one, other = (_side(told.get(name, {})) for name in (_BASE, *_SIDES))
    return Question(tuple(map(str, told.get(_PLACE, ()))), base, (one, other))


def _side(told: Mapping[str, Any]) -> Told:
    at, commit, who, blob = (str(told.get(key, "")) for key in (_AT, _COMMIT, _WHO, _BLOB))
    return Told(at, commit, who, told.get(_VALUE), blob)
