"""What stands in a column of several things, thing by thing: village and group, matter and words, a term."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from lianxin.actions.bring.value import Names
from lianxin.actions.entry.entry import pieces
from lianxin.core.declare.field import FieldSpec, Privacy
from lianxin.core.value import FieldType
from lianxin.policies.importing import Target

#: What ends a village's name where a group follows it in one cell.
VILLAGE_ENDS = re.compile(r".+?(?:村|社区|居委会)")
_SENTENCE = re.compile(r"[。！？!?\n；;]")
_LONGEST_SUMMARY = 40


def free_text(spec: FieldSpec) -> FieldSpec:
    """A column of several things is read as text first."""
    return replace(spec, type=FieldType.STORY, refs=(), privacy=Privacy.OPEN)


def in_parts(targets: Sequence[Target], text: str, apart: Sequence[str], names: Names) -> Iterator[tuple[Target, str]]:
    """What stands in a column of several things, thing by thing."""
    first, second, *_ = targets
    if first.spec.refs and second.spec.words:
        people = pieces(text)
        yield first, "、".join(one for one in people if names(first.spec, one))
        yield second, "、".join(one for one in people if not names(first.spec, one))
        return
    if first.spec.refs:
        village = _village_in(first.spec, text, names)
        yield first, village
        yield second, text[len(village) :].strip()
        return
    for mark in apart:
        if mark in text.rstrip("".join(apart)):
            one, _, rest = text.partition(mark)
            yield first, one.strip()
            yield second, rest.strip()
            return
    yield (
        first,
        brief(text) if second.spec.type is FieldType.STORY else text.rstrip("起 ").rstrip("".join(apart)).strip(),
    )
    if second.spec.type is FieldType.STORY:
        yield second, text


def _village_in(spec: FieldSpec, text: str, names: Names) -> str:
    for end in range(len(text), 1, -1):
        if names(spec, text[:end].strip()):
            return text[:end]
    found = VILLAGE_ENDS.match(text)
    return found[0] if found else text


def brief(text: str) -> str:
    """The first sentence of a text, as a title."""
    return _SENTENCE.split(text.strip(), maxsplit=1)[0][:_LONGEST_SUMMARY]
