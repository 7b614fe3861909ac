"""What goes with a field that is changed and was left as it was: a household that moves has another group by then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lianxin.core.change import Changed
from lianxin.core.declare.kind import Kind
from lianxin.core.value import FieldType


def staying(kind: Kind, held: Mapping[str, Any], changes: Sequence[Changed]) -> Iterator[str]:
    """What is told of it, in a line each.

    Args:
        kind: Of the record.
        held: What its file held, by label.
        changes: All that is changed.
    """
    changed = {one.spec.name for one in changes}
    for led in kind.fields:
        going = [spec for spec in kind.fields if spec.follows == led.name and spec.name not in changed]
        if led.name not in changed or not held.get(led.label) or not going:
            continue
        stay = "、".join(spec.label for spec in going if spec.type is not FieldType.DAY and held.get(spec.label))
        if stay:
            yield f"换了{led.label}，{stay}没有改，还是原来的；要换的一起改"
        for day in going:
            if day.type is FieldType.DAY:
                wrong = f"当作{led.label}原来写错了，从前的事也按新的算"
                yield f"没有写{day.label}，{wrong}；不是写错的，把{day.label}写上"
