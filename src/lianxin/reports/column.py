"""A column by its Chinese name: what it holds, how private it is, and which names are near a wrong one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from lianxin.core.document import Tone
from lianxin.core.field import FieldSpec, Privacy, fields_of
from lianxin.core.kind import Derived, Kind
from lianxin.core.value import FieldType
from lianxin.kinds import KIND
from lianxin.reports.value import NAMED

#: Enumerated values worth a colour, by the column's Chinese name; what is not listed is normal.
_TONES: dict[str, dict[str, Tone]] = {
    "预警灯": {"正常": Tone.GOOD, "即将到期": Tone.WARNING, "已逾期": Tone.ALARM},
    "状态": {
        "待研判": Tone.WARNING,
        "已上报": Tone.WARNING,
        "暂缓": Tone.MUTED,
        "已并案": Tone.MUTED,
        "已反馈": Tone.GOOD,
        "已销号": Tone.GOOD,
        "作废": Tone.MUTED,
    },
    "紧急程度": {"紧急": Tone.WARNING, "特急": Tone.ALARM},
    "是否解决": {"解决": Tone.GOOD, "部分解决": Tone.WARNING, "未解决": Tone.ALARM},
    "满意度": {"满意": Tone.GOOD, "不满意": Tone.ALARM},
    "按期办结": {"否": Tone.ALARM},
    "按首次期限办结": {"否": Tone.WARNING},
}

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


Spec = FieldSpec | Derived


@dataclass(frozen=True, slots=True)
class Found:
    """What a column name, or a path through references, stands for.

    Attributes:
        path: As asked for, Chinese.
        name: English, for JSON.
        type: TEXT for a reference, which prints as the title of what it points to.
    """

    path: str
    name: str
    type: FieldType
    privacy: Privacy

    @property
    def label(self) -> str:
        """The heading it has when none is given."""
        return self.path.replace(".", "")

    @property
    def tones(self) -> tuple[tuple[str, Tone], ...]:
        """Colours of its enumerated values."""
        return tuple(_TONES.get(self.path.rsplit(".", 1)[-1], {}).items())

    @property
    def width(self) -> int:
        """Its wished width; 0 when it has none."""
        if self.type is FieldType.REF:
            return 15
        return _WIDTHS.get(self.type, 0)


def tone_of(label: str, value: object) -> Tone:
    """The tone of one value of the column with this Chinese name."""
    return _TONES.get(label, {}).get(str(value), Tone.NORMAL)


def _step(spec: Spec, part: str) -> Spec | None:
    """What a name means after ``spec``: a column of what it points to, or a field of its group."""
    if isinstance(spec, FieldSpec) and spec.group is not None:
        return next((one for one in fields_of(spec.group) if part in (one.label, one.name)), None)
    return next((found for ref in spec.refs if spec.name != "id" and (found := KIND[ref].column(part))), None)


def find(kind: Kind, path: str) -> Found | None:
    """What ``path`` (``状态``, ``甲方.类别``, ``共建计划.项目.事项``) is in a kind; None when nothing."""
    first, *rest = path.split(".")
    spec = kind.column(first)
    names, many = [spec.name if spec else ""], bool(spec and spec.many)
    for part in rest:
        spec = _step(spec, part) if spec else None
        names.append(spec.name if spec else "")
        many = many or bool(spec and spec.many)
    if spec is None:
        return None
    privacy, type_ = spec.privacy, spec.type
    if type_ is FieldType.REF and spec.name != "id":
        type_ = FieldType.TEXT
        privacy = Privacy.NAME if NAMED & set(spec.refs) else privacy
    elif many and type_ is not FieldType.GROUP:
        type_ = FieldType.TEXT
    return Found(path, "_".join(names), type_, privacy)


def labels(kind: Kind) -> list[str]:
    """Every column name of a kind, declared fields first."""
    return [*(spec.label for spec in kind.fields), *(column.label for column in kind.derived)]


def near(word: str, words: Iterable[str]) -> str:
    """What may have been meant, as the tail of a sentence; empty when nothing is near."""
    close = get_close_matches(word, list(words), n=3, cutoff=0.4)
    return f"；是不是「{'」「'.join(close)}」？" if close else ""


def near_column(kind: Kind, path: str) -> str:
    """Near names for a wrong path, looked for where the path goes wrong."""
    head, _, rest = path.partition(".")
    spec = kind.column(head)
    if spec is None or not rest:
        return near(head, labels(kind))
    if not spec.refs:
        return f"；「{head}」不指向别的记录，后面不能再写「.{rest}」"
    return near(rest, [label for ref in spec.refs for label in labels(KIND[ref])])
