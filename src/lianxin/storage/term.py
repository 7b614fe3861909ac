"""The words by which an office orders its work: whatever stands in its policies, campaigns, forms and outlines."""

from __future__ import annotations

from collections.abc import Iterable

from lianxin.core.asset import asset
from lianxin.core.text.pattern import late

#: Not the office's words: why a hint was silenced is the clerk's own about a record, headings of old workbooks are
#: anybody's.
UNHEARD = ("policy/silenced.yaml", "policy/import.yaml")

_COMMENT = late(r"(?m)^\s*#.*$|\s#\s.*$")
#: A longer run is a sentence.
_WORD = late("(?<![\u3400-\u9fff])[\u3400-\u9fff]{2,16}(?![\u3400-\u9fff])")


def words(files: Iterable[bytes]) -> frozenset[str]:
    """Every run of Chinese characters in YAML files, comments left out."""
    return frozenset(word for data in files for word in _WORD.findall(_COMMENT.sub("", data.decode(errors="ignore"))))


def shipped(folders: Iterable[str]) -> frozenset[str]:
    """Those of the files that come with the tool."""
    return words(path.read_bytes() for name in ("ledgers", *folders) for path in sorted(asset(name).rglob("*.yaml")))
