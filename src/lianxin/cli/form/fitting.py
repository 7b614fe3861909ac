"""What fits what is being typed in a field: of a few words, or of the records; and what to write there."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from lianxin.actions.form.choice import Choice, records, words
from lianxin.actions.form.sheet import YES_NO, Line
from lianxin.actions.form.wording import Begun, Wording, in_lines
from lianxin.cli.form.picks import FEW
from lianxin.cli.option.flag import hint
from lianxin.core.declare.example import written
from lianxin.core.declare.field import FieldSpec
from lianxin.core.value import FieldType
from lianxin.storage.book import LedgerBook


class Fitting(Struct, frozen=True):
    """What a field may be picked from.

    Attributes:
        book: The records.
        wording: How they stand in the box.
        narrow: There is little room: no records are shown before something is typed.
        itself: The id of the record that the form is about: it does not point to itself.
    """

    book: LedgerBook
    wording: Wording
    narrow: bool
    itself: str

    def listed(self, line: Line, part: FieldSpec | None) -> tuple[tuple[str, str], ...]:
        """The few words that what is being typed is one of; ``part``: of a group, the one that it belongs to."""
        if line.words or part is None or not line.spec.group:
            return line.words
        words_ = YES_NO if part.type is FieldType.FLAG else part.choices
        return tuple((word, word) for word in words_)

    def found(self, line: Line, begun: Begun, *, touched: bool) -> list[Choice]:
        """What fits, the likeliest first."""
        listed, untouched = self.listed(line, begun.spec), bool(line.text) and not touched
        if line.spec.group and (untouched or (len(listed) > FEW and not begun.text)):
            return []
        if listed:
            found = words(listed, begun.text)
            found = words(listed, "") if any(begun.text == choice.shown for choice in found) else found
            return [replace(one, apart=line.apart[one.value]) for one in found] if line.apart else found
        if begun.spec is None or not begun.spec.refs or untouched or self.wording.settled(begun.text):
            return []
        if self.narrow and not begun.text:
            return []
        return [one for one in records(self.book, begun.spec, begun.text, line.unit) if one.value != self.itself]


def picked(line: Line, text: str) -> bool:
    """Whether a field says records, or some of its words: a letter added to that would make it neither."""
    if line.spec.type is FieldType.REF:
        return True
    words_ = {shown for _, shown in line.words}
    return bool(words_) and not in_lines(line.spec) and set(text.split("、")) <= words_


def told_long(spec: FieldSpec) -> bool:
    """Whether a field is told in lines, or in so many words."""
    return in_lines(spec) or spec.type is FieldType.STORY


def advice(line: Line, text: str, *, over: bool) -> str:
    """What to write in a field, and what becomes of what stands there: ``over``, it is typed over."""
    spec = line.spec
    lacking = f"{line.must}前要有" if line.must and not line.text else ""
    again = "，打「、」再添一个" if spec.many and picked(line, text) else ""
    more = "，按 → 接着写" if told_long(spec) else again
    stands = f"回车照用，打字换掉{more}" if over else ""
    plain = "" if line.words or spec.choices else hint(spec)
    told = (spec.help, plain) if spec.coming else (spec.help or plain,)
    way = (
        f"写成 {written(spec)}"
        if spec.group
        else "几个用顿号隔开"
        if spec.many and not (more or in_lines(spec))
        else ""
    )
    rows = f"{'' if spec.lines else '一行一项，'}空行上回车到下一项" if in_lines(spec) else ""
    return "；".join(filter(None, (line.why if line.must == "" else "", lacking, stands, *told, way, rows)))
