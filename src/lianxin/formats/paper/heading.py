"""The heading of a table in one row or two: ``投入/资金`` beside ``投入/物资`` are 资金 and 物资 under 投入."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from lianxin.core.text.pattern import late

_BRACKET = late(r"[(（]")


class Head(Struct, frozen=True):
    """One cell of the heading.

    Attributes:
        first: The column it begins over.
        span: How many columns it stands over.
        deep: How many rows it takes: two where a column stands alone beside others that are grouped.
    """

    text: str
    first: int
    span: int = 1
    deep: int = 1


def head_rows(labels: Sequence[str]) -> list[list[Head]]:
    """The heading's rows, each from left to right.

    Only neighbours that share the word before the stroke are grouped: 村/社区 alone is one heading.
    """
    parts = [label.partition("/") for label in labels]
    words = [over if stroke and under and not _BRACKET.search(over) else "" for over, stroke, under in parts]
    upper: list[Head] = []
    lower: list[Head] = []
    n = 0
    while n < len(labels):
        after = n + 1
        while words[n] and after < len(labels) and words[after] == words[n]:
            after += 1
        if after - n > 1:
            upper.append(Head(words[n], n, span=after - n))
            lower += [Head(parts[place][2], place) for place in range(n, after)]
        else:
            upper.append(Head(labels[n], n, deep=2))
        n = after
    return [upper, lower] if lower else [[Head(head.text, head.first) for head in upper]]
