"""Where a record with a life stands now: some of its columns, and what may be done next."""

from __future__ import annotations

from datetime import datetime

from lianxin.core.book import Book, Query
from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import VOID, Life, Target, timely
from lianxin.core.document import KeyValues, Pair, Paragraph
from lianxin.core.filter import Filter, Op
from lianxin.core.tone import Tone
from lianxin.reports.column import find
from lianxin.reports.value import plain


def columns(book: Book, kind: Kind, id_: str, *labels: str) -> KeyValues:
    """Some columns of one record, those with nothing in them left out."""
    rows, _ids = book.select(Query(kind, labels, (Filter(("编号",), Op.EQ, (id_,)),)))
    pairs = []
    for label, value in zip(labels, rows[0] if rows else [None] * len(labels), strict=True):
        found, shown = find(kind, label), plain(value)
        if found and shown is not None:
            pairs.append(Pair(label, shown, found.name, found.type, found.privacy, id_, found.tone(shown)))
    return KeyValues(tuple(pairs))


def steps(kind: Kind, id_: str, life: Life, now: datetime, waits: str = "", *, typed: bool = True) -> list[Paragraph]:
    """What is to be done next, and what else may be.

    Args:
        kind: Of the record.
        id_: Of the record.
        life: What its events add up to.
        now: This minute: for some steps it is too late.
        waits: For what else the step that comes next has to wait.
        typed: With the commands to be typed; else only why nothing is to be done.
    """
    if life.state == VOID:
        return [Paragraph("已作废，编号保留，不再办理。", Tone.MUTED)]
    table = kind.lifecycle.table[life.state] if kind.lifecycle else {}
    if life.lawful and all(target is Target.SAME for target in table.values()):
        waits = waits or "已经办完了。"  # whatever may be added leads nowhere
    if not typed:
        return [Paragraph(waits)] if waits else []
    able = timely(life, now)
    first, *others = (None, *able) if waits else (*able, None)
    if first is None and not any(others):
        return [Paragraph("已经没有可做的步骤。", Tone.MUTED)]
    told = f"下一步：{first.label}（lianxin {kind.name} {first.name} {id_}）" if first else waits
    rest = "、".join(step.label for step in others if step)
    return [Paragraph(f"{told}\n还可以：{rest}；怎么写看 lianxin next {id_}" if rest else told)]
