"""How what a field says stands in its box, records by their names; what that means; what is just being typed there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from msgspec import Struct

from lianxin.actions.entry.entry import group_texts
from lianxin.actions.entry.figure import parted
from lianxin.actions.form.choice import Choice, stands
from lianxin.core.declare.example import alone
from lianxin.core.declare.field import FieldSpec
from lianxin.core.error import UsageError
from lianxin.core.value import FieldType
from lianxin.storage.book import LedgerBook

#: Between the items of a list in one line.
_BETWEEN = re.compile("[、，,；;\n]")
_SIGN = re.compile("[=:：＝]")


def in_lines(spec: FieldSpec) -> bool:
    """Whether a field is told in lines: of a group each part, of a list of groups or sentences each item, matters."""
    if spec.type is FieldType.GROUP or spec.lines:
        return True
    return spec.many and spec.type is FieldType.TEXT and not spec.words


class Begun(Struct, frozen=True):
    """What is being typed at the end of a line.

    Attributes:
        spec: The field that it belongs to, or the part of a group; None: that cannot be told yet.
        text: So much of it is there.
    """

    spec: FieldSpec | None
    text: str


class Wording:
    """The words of one field.

    Args:
        spec: The field.
        book: Says what records are called.
    """

    def __init__(self, spec: FieldSpec, book: LedgerBook) -> None:
        self._spec = spec
        self._book = book
        self._meant: dict[str, str] = {}

    def picked(self, choice: Choice, spec: FieldSpec) -> str:
        """What was picked for a field, or a part of it, as it stands in the box."""
        return self._named(spec, choice.value) if spec.refs else self._called(choice)

    def _called(self, choice: Choice) -> str:
        if choice.value != choice.shown:
            self._meant[choice.shown] = choice.value
        return choice.shown

    def _named(self, spec: FieldSpec, word: str) -> str:
        return self._called(stands(self._book, spec, word))

    def settled(self, text: str) -> bool:
        """Whether this was picked or stood there: nothing else can be meant by it."""
        return text in self._meant

    # What stands in the box -----------------------------------------------------------------------------------

    def shown(self, answer: str | list[str]) -> str:
        """An answer as it stands in the box."""
        if isinstance(answer, str):
            return self._shown(self._spec, answer)
        return ("\n" if in_lines(self._spec) else "、").join(self._shown(self._spec, one) for one in answer)

    def _shown(self, spec: FieldSpec, text: str) -> str:
        if spec.group:
            told = parted(spec, text)
            return "".join(f"{part.label}：{self._shown(part, said)}" if part else said for part, _, said in told)
        if not spec.refs or not text.strip():
            return text
        words = self._items(text) if spec.many else [text.strip()]
        return "、".join(self._named(spec, word) for word in words)

    # What it means --------------------------------------------------------------------------------------------

    def coded(self, text: str) -> str | list[str]:
        """What stands in the box as it would be typed at the command line."""
        if not in_lines(self._spec):
            return self._coded(self._spec, text.strip())
        lines = [self._line(line.strip()) for line in text.splitlines() if line.strip()]
        return lines if self._spec.many else "\n".join(lines)

    def _line(self, line: str) -> str:
        if self.bare and self.is_bare(line):
            return "、".join(self._meant.get(word, word) for word in self._items(line))
        if alone(self._spec) and not _SIGN.search(line):  # the one part that says enough
            return line
        return self._of_group(self._spec, line) if self._spec.group else line

    def _of_group(self, spec: FieldSpec, text: str) -> str:
        try:
            told = group_texts(spec, text)
        except UsageError:  # it is said where the text is judged
            return text
        return "，".join(f"{part.label}={self._of_part(part, said)}" for part, said in told)

    def _of_part(self, part: FieldSpec, text: str) -> str:
        if part.group:
            return self._of_group(part, text)
        return self._coded(part, text) if part.refs else text

    def _coded(self, spec: FieldSpec, text: str) -> str:
        words = self._items(text) if spec.many and not self.settled(text) else [text]
        return "、".join(self._meant.get(word, word) for word in words) if self._meant else text

    def _items(self, text: str) -> list[str]:
        """The items of a list in one line; a name with a comma in it is one."""
        return [item for found in _items(text, self._meant) if (item := found["item"].strip())]

    @property
    def bare(self) -> FieldSpec | None:
        """The part that a line of this list may be made of alone, several of it in one line: 水务站、司法所."""
        first = alone(self._spec) if self._spec.many else None
        return first if first and (first.refs or first.choices) else None

    def is_bare(self, line: str) -> bool:
        """Whether a line says no other part."""
        return self.bare is not None and not _SIGN.search(line)

    # What is being typed --------------------------------------------------------------------------------------

    def begun(self, line: str) -> Begun:
        """What is being typed at the end of a line."""
        return self._begun(self._spec, line)

    def _begun(self, spec: FieldSpec, line: str) -> Begun:
        if spec.group:
            return self._begun_part(spec, line)
        return self._last(spec, line) if spec.many else Begun(spec, line.strip())

    def _last(self, spec: FieldSpec, line: str) -> Begun:
        """The last item of a list in one line."""
        items = self._items(line)
        open_ = items and not _BETWEEN.match(line.rstrip()[-1:])
        return Begun(spec, items[-1] if open_ else "")

    def _begun_part(self, spec: FieldSpec, line: str) -> Begun:
        if self.bare and self.is_bare(line):
            return self._last(self.bare, line)
        told = [*parted(spec, line)]
        at = max((n for n, (part, _, _) in enumerate(told) if part), default=-1)
        part = told[at][0] if at >= 0 else alone(spec)
        if part is None:
            return Begun(None, "")
        text = "".join(said for _, _, said in told[max(at, 0) :])
        over = not (part.many or part.group) and _BETWEEN.search(text) and not self.settled(text.strip())
        return Begun(None, "") if over else self._begun(part, text)


def _items(text: str, known: Collection[str]) -> Iterator[re.Match[str]]:
    """The items of a list in one line, what is known among them whole."""
    whole = "|".join(re.escape(word) for word in sorted(known, key=len, reverse=True) if _BETWEEN.search(word))
    first = f"(?:{whole})(?=\\s*(?:{_BETWEEN.pattern}|\\Z))|" if whole else ""
    return re.finditer(f"\\s*(?P<item>{first}[^、，,；;\n]+)", text)
