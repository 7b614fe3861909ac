"""A column by its Chinese name: what it holds, how private it is, and which names are near a wrong one."""

from __future__ import annotations

from msgspec import Struct

from lianxin.core.declare.field import FieldSpec, Privacy
from lianxin.core.declare.kind import Kind
from lianxin.core.tone import Tone, Tones
from lianxin.core.value import FieldType
from lianxin.kinds.inner import inner_of, privacy_by_way
from lianxin.kinds.path import labels, near, near_column, points, walk
from lianxin.reports.value import is_term

__all__ = ["Found", "find", "labels", "near", "near_column"]

#: Wished widths, in Latin characters, of what has a natural one.
_WIDTHS = {
    FieldType.DAY: 10,
    FieldType.MOMENT: 16,
    FieldType.DEADLINE: 16,
    FieldType.PHONE: 13,
    FieldType.FLAG: 4,
    FieldType.INTEGER: 6,
    FieldType.AMOUNT: 12,
    FieldType.STORY: 36,
}


class Found(Struct, frozen=True):
    """What a column name, or a path through references, stands for.

    Attributes:
        path: As asked for, Chinese.
        name: English, for JSON.
        type: TEXT for a reference, which prints as the title of what it points to.
        choices: What may stand in it, where it is enumerated.
        term: What stands in it is called so in public.
        tones: How its words are meant.
        inner: Words in it that are internal.
        typed: Somebody fills it in.
    """

    path: str
    name: str
    type: FieldType
    privacy: Privacy
    choices: tuple[str, ...] = ()
    term: bool = False
    inner: tuple[str, ...] = ()
    tones: Tones = ()
    typed: bool = False

    @property
    def label(self) -> str:
        """The heading it has when none is given."""
        return self.path.replace(".", "")

    @property
    def width(self) -> int:
        """Its wished width; 0 when it has none."""
        if self.type is FieldType.REF:
            return 15
        return _WIDTHS.get(self.type, 0)

    def tone(self, value: object) -> Tone:
        """How a value in it is meant."""
        return dict(self.tones).get(str(value), Tone.NORMAL)


def find(kind: Kind, path: str, unrolled: str = "") -> Found | None:
    """What ``path`` (``状态``, ``甲方.类别``, ``共建计划.项目.事项``) is in a kind; None when nothing.

    Args:
        unrolled: A list each part of which has a row of its own: within it there is one value a row.
    """
    specs = walk(kind, path)
    if not specs:
        return None
    spec = specs[-1]
    type_ = spec.type
    several = any(one.many for one in specs[_within(path, unrolled) :])
    if (type_ is FieldType.REF and points(spec)) or (several and type_ is not FieldType.GROUP):
        type_ = FieldType.TEXT
    choices = spec.choices if type_ is FieldType.CHOICE else ()
    name = "_".join(one.name for one in specs)
    privacy = privacy_by_way(kind, path)
    typed = isinstance(spec, FieldSpec) and not spec.auto
    return Found(path, name, type_, privacy, choices, is_term(spec), inner_of(spec), spec.tones, typed)


def _within(path: str, unrolled: str) -> int:
    """How many steps of a path lead to the list that is unrolled; 0 when it does not go through it."""
    return unrolled.count(".") + 1 if unrolled and f"{path}.".startswith(f"{unrolled}.") else 0
