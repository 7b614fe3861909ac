"""Where the hand goes from a field, by which key."""

from __future__ import annotations

from enum import StrEnum


class Way(StrEnum):
    """Where the hand goes from a field, and what else a key means to the whole form."""

    NEXT = "下一项"
    ON = "往后"
    TAKEN = "选好了"
    BACK = "上一项"
    DOWN = "往下"
    UP = "往上"
    WRITE = "写入"
    MORE = "更多"
    LEAVE = "离开"
    ANEW = "从头填"
    SAME = "同上的"
    OTHER = "另一份"


#: Keys that are meant for the whole form.
KEYS = {
    "ctrl+s": Way.WRITE,
    "ctrl+o": Way.MORE,
    "f2": Way.MORE,
    "f4": Way.ANEW,
    "f3": Way.SAME,
    "f6": Way.OTHER,
    "escape": Way.LEAVE,
}
