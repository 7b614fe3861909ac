"""What is said when a word names several records, or none: which it may have meant, and what tells them apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from lianxin.core.declare.field import FieldSpec
from lianxin.core.declare.kind import Derived
from lianxin.core.error import UsageError
from lianxin.core.text.choice import closest, falls_short
from lianxin.core.text.fold import fold
from lianxin.kinds import BRIEF, KIND
from lianxin.storage.index.schema_sql import quoted

Rows = Callable[[str, Sequence[Any]], list[tuple[Any, ...]]]

#: So many matches are listed.
_MOST = 8

#: What tells two of a name apart, in this order.
_TELLING = ("town", "village", "group", "org", "post", "level", "day")

#: Kinds whose titles name nobody.
_OPEN = ("village", "org", "project", "activity")


def several(rows: Rows, word: str, found: Sequence[tuple[str, str, str]]) -> UsageError:
    """The refusal of a word that names several records.

    Args:
        rows: Runs a statement.
        word: As typed.
        found: Id, title and kind of each.
    """
    clear, veiled = [], []
    for id_, title, kind in found[:_MOST]:
        where, ends = apart(rows, id_, kind)
        clear.append(f"{id_} {title}" + (f"（{'，'.join((*where, *ends))}）" if (*where, *ends) else ""))
        named = f"{id_} {title}" if kind in _OPEN else id_
        veiled.append(named + (f"（{'，'.join(where)}）" if where else ""))
    more = f" 等 {len(found)} 个" if len(found) > _MOST else ""
    end = f"{more}；请写编号"
    return UsageError(
        f"「{word}」不止一个：{'、'.join(clear)}{end}", veiled=f"这个名字不止一个：{'、'.join(veiled)}{end}"
    )


def apart(rows: Rows, id_: str, kind: str) -> tuple[list[str], list[str]]:
    """Where a record belongs, in words; and what is nobody else's business: whom it saw, how its telephone ends."""
    names = {spec.name: spec for spec in KIND[kind].fields}
    telling = [names[name] for name in _TELLING if name in names and not names[name].many]
    columns = [_worded(spec) for spec in telling]
    phone = "t.phone" if "phone" in names else "NULL"
    seen = KIND[kind].column("seen")
    whom = f"({seen.sql})" if isinstance(seen, Derived) else "NULL"
    found = rows(f"SELECT {', '.join((*columns, whom, phone))} FROM {quoted(kind)} AS t WHERE t.id = ?", (id_,))  # noqa: S608
    if not found:  # a voided one has no row
        return ["已作废"], []
    *where, people, number = found[0]
    ends = (people, number and f"电话尾号 {number[-4:]}")
    return [str(one) for one in where if one], [str(one) for one in ends if one]


def _worded(spec: FieldSpec) -> str:
    own = f"t.{quoted(spec.name)}"
    return f"(SELECT title FROM record AS r WHERE r.id = {own})" if spec.refs else own  # noqa: S608 - declared names


def unnumbered(rows: Rows, word: str, kinds: Sequence[str], ending: str) -> UsageError:
    """The refusal of an id, or the tail of one, that no record has.

    Args:
        rows: Runs a statement.
        word: As typed.
        kinds: Names of the kinds that were looked among; none: all.
        ending: How ids end that are nearly it; empty: it is none.
    """
    said = f"没有编号是「{word}」的{'或'.join(BRIEF[kind].label for kind in kinds) or '记录'}"
    marks = ", ".join("?" * len(kinds))
    among = f"AND kind IN ({marks})" if kinds else ""
    near = rows(
        f"SELECT id FROM record WHERE id GLOB ? {among} AND NOT voided ORDER BY id DESC",  # noqa: S608 - marks only
        (f"*[A-Z]{ending}", *kinds),
    )
    if ending and len(near) == 1:
        return UsageError(f"{said}；是不是「{near[0][0]}」？", meant=(word, near[0][0]))
    if ending and 1 < len(near) <= _MOST:
        return UsageError(f"{said}；像它的有 {'、'.join(id_ for (id_,) in near)}")
    return UsageError(f"{said}；可用 lianxin {kinds[0] if kinds else 'issue'} list 看看有哪些")


def missing(rows: Rows, word: str, kinds: Sequence[str], *, any_: bool) -> UsageError:
    """The refusal of a word that names no record.

    Args:
        rows: Runs a statement.
        word: As typed.
        kinds: Names of the kinds that were looked among.
        any_: Any kind would do.
    """
    label = "记录" if any_ else "或".join(BRIEF[kind].label for kind in kinds)
    marks = ", ".join("?" * len(kinds))
    known = rows(
        f"SELECT c.word, r.title, r.kind FROM called AS c JOIN record AS r ON r.id = c.record "  # noqa: S608 - marks only
        f"WHERE NOT r.voided AND c.kind IN ({marks}) ORDER BY r.id",
        tuple(kinds),
    )
    titles = {folded: (title, kind) for folded, title, kind in known}
    near = _meant(word, list(titles))
    said = f"没有叫「{word}」的{label}"
    if not near:
        first = f"；还没有登记的，先运行 lianxin {kinds[0]} add" if len(kinds) == 1 else ""
        return UsageError(f"{said}，请写编号或全名{first}", veiled=f"没有叫这个名字的{label}，请写编号或全名{first}")
    title, kind = titles[near]
    veiled = said if kind in _OPEN else f"没有叫这个名字的{label}"
    veiled += f"；是不是「{title}」？" if kind in _OPEN else "，请写编号或全名"
    return UsageError(f"{said}；是不是「{title}」？", veiled=veiled, meant=(word, title))


def _meant(word: str, titles: Sequence[str]) -> str:
    """The folded title that was probably meant; none where it leaves out what names another."""
    typed = fold(word)
    near = closest(typed, titles)
    rest = typed.replace(near, "", 1) if near else ""
    two = near in typed and len(rest) > 1 and closest(rest, titles)
    return "" if two or falls_short(word, near) else near
