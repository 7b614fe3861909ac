"""The sentences of a report: an outline's patterns, filled with figures, without those that have nothing to tell.

A clause (up to ，；。) whose figures are all nought, or one of which has nothing to divide by or to compare with, is
left out; a sentence all of whose figures are gone goes too. ``[…]`` is told only if all figures in it have something to
tell; ``[…|…]`` is the first of its ways that has, and a way without figures always does.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from lianxin.reports.outline.tag import Teller, Weight, filled, weighed

#: Ends of clauses, from the weakest; the last of them end sentences.
_WEAK, _ENDS = "，；", "。！？\n"


class _Clause(Struct, frozen=True):
    """A clause as it is to be printed.

    Attributes:
        end: The mark after it; empty at the end of a text.
        figures: Whether it tells any.
        told: Whether it stays.
    """

    text: str
    end: str
    figures: bool
    told: bool


def said(teller: Teller, text: str) -> str:
    """A paragraph of the outline as it is printed; empty where none of it has anything to tell."""
    sentence: list[_Clause] = []
    made: list[str] = []
    for pattern, end in _split(text, _WEAK + _ENDS):
        sentence.append(_clause(teller, pattern, end))
        if end in _ENDS:
            made.append(_joined(sentence))
            sentence = []
    return "".join((*made, _joined(sentence))).strip()


def _joined(sentence: list[_Clause]) -> str:
    """The clauses that stay, each with the strongest mark of those before the next one."""
    if any(one.figures for one in sentence) and not any(one.figures and one.told for one in sentence):
        return ""
    text, mark = "", ""
    for one in sentence:
        if one.told:
            text += (mark if text else "") + one.text
            mark = one.end
        elif one.end in _WEAK and _WEAK.find(one.end) > _WEAK.find(mark):
            mark = one.end
    return text + (sentence[-1].end if text else "")


def _clause(teller: Teller, pattern: str, end: str) -> _Clause:
    """One clause: its ways are chosen first, then its own figures decide whether it stays."""
    text, own, ways = "", [], []
    chosen = False
    for part, optional in _parts(pattern):
        if optional:
            found = [one for one, _ in _split(part, "|")]
            ways += [weight for one in found for weight in weighed(teller, one)]
            part = next((one for one in found if set(weighed(teller, one)) <= {Weight.TOLD}), "")  # noqa: PLW2901
            chosen = chosen or bool(part.strip())
        else:
            own += weighed(teller, part)
        text += part
    figures = bool(own or ways)
    told = bool(text.strip()) and Weight.MISSING not in own and (not figures or chosen or Weight.TOLD in own)
    return _Clause(filled(teller, text) if told else "", end, figures, told)


def _parts(pattern: str) -> Iterator[tuple[str, bool]]:
    """What stands outside of brackets, and what inside: (text, whether inside)."""
    while "[" in pattern:
        before, _, rest = pattern.partition("[")
        inside, _, pattern = rest.partition("]")
        yield before, False
        yield inside, True
    yield pattern, False


def _split(text: str, marks: str) -> Iterator[tuple[str, str]]:
    """A text at marks that stand in no bracket or brace: (what is before, the mark)."""
    depth, start = 0, 0
    for at, one in enumerate(text):
        depth += (one in "[{") - (one in "]}")
        if one in marks and not depth:
            yield text[start:at], one
            start = at + 1
    if text[start:]:
        yield text[start:], ""
