"""Patterns that are compiled when first asked: all of them can be, and they answer as patterns do."""

from __future__ import annotations

import importlib
import pkgutil
import re

import lianxin
from lianxin.core.text.pattern import late

_LATE = type(late(""))


def test_every_pattern_of_every_module_can_be_compiled() -> None:
    """One that cannot be would else be a bug on the day its sentence is first met."""
    seen = 0
    for module in pkgutil.walk_packages(lianxin.__path__, "lianxin."):
        if module.name.endswith("__main__"):
            continue
        for value in vars(importlib.import_module(module.name)).values():
            for one in value if isinstance(value, tuple) else (value,):
                if isinstance(one, _LATE):
                    re.compile(one.pattern, one.flags)
                    seen += 1
    assert seen > 100


def test_a_late_pattern_answers_as_the_pattern_does() -> None:
    """Of text and of bytes, with flags, the first time and the second."""
    words, lines = late("[甲乙]+", re.DOTALL), late(rb"\d+")
    for _ in range(2):
        assert words.sub("丙", "甲乙丁甲") == "丙丁丙"
        assert [found.span() for found in words.finditer("丁甲乙")] == [(1, 3)]
        assert lines.findall(b"1a22") == [b"1", b"22"]
        assert words.fullmatch("丁") is None
    assert words.pattern == "[甲乙]+"
