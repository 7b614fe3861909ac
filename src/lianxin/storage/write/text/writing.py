"""New text for a record: written whole, an event appended, single fields changed. Every other line stays as it was."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lianxin.core.declare.kind import Kind
from lianxin.core.declare.lifecycle import Event
from lianxin.core.declare.record import Record
from lianxin.core.error import LianxinError
from lianxin.kinds import KIND, brief_of
from lianxin.storage.read.complaint import EVENTS
from lianxin.storage.read.loading import Loaded, load
from lianxin.storage.read.position import positions
from lianxin.storage.read.reading import read_yaml
from lianxin.storage.read.scanning import Unreadable
from lianxin.storage.write.text.tree import as_text, empty, order, plant, write_entry, write_mapping

_TO_FORMAT = "请先运行 lianxin fmt 整理这个文件"


def record_text(kind: Kind, values: Record | Mapping[str, Any]) -> str:
    """The canonical text of a record; None and empty lists are left out.

    Args:
        kind: Its kind.
        values: The record, or its values by Chinese label or English name, as text or typed.
    """
    record = values if isinstance(values, Record) else kind.model.model_validate(dict(values))
    return "\n".join(write_mapping(plant(as_text(record)), kind.model, kind)) + "\n"


def _read(text: str) -> dict[str, Any]:
    try:
        return read_yaml(text.encode())
    except Unreadable as error:
        fault = error.faults[0]
        said = f"第 {fault.line} 行读不下去（{{}}），请先改好再写入"
        veiled = said.format(fault.veiled) if fault.veiled else ""
        raise LianxinError(said.format(fault.message), veiled=veiled) from None


def _kind_of(values: Mapping[str, Any]) -> Kind | None:
    """The kind of a record, by its id."""
    brief = brief_of(str(values.get("编号", "")))
    return KIND[brief.name] if brief else None


def _prove(new: str, expected: Mapping[str, Any]) -> str:
    """The text, once it reads back as what was meant."""
    try:
        found = read_yaml(new.encode())
    except Unreadable:
        found = {}
    _refuse_otherwise(found, expected)
    return new


def _whose(values: Mapping[str, Any]) -> str:
    """Which file a refusal is about: a command may write several."""
    return f"{values['编号']} 的文件" if values.get("编号") else "这个文件"


def _refuse_otherwise(found: Mapping[str, Any], meant: Mapping[str, Any]) -> None:
    if found != meant:
        raise LianxinError(f"{_whose(meant)}的写法特别，改写后读不回原样，没有动它；{_TO_FORMAT}")


def _texts(value: Any) -> Any:
    """Values as the loader would read them back."""
    if isinstance(value, Mapping):
        return {str(key): _texts(part) for key, part in value.items() if not empty(part)}
    if isinstance(value, (list, tuple)):
        return [_texts(part) for part in value]
    return str(value)


def append_event(text: str, event: Event) -> str:
    """The text with one more event at the end of ``事件:``; no line before it changes.

    Raises:
        LianxinError: ``事件`` is not the last key, or the file is written in a way that cannot be added to.
    """
    return _prove(*_appended(_read(text), text, event))


def append_loaded(path: str, data: bytes, event: Event, values: Mapping[str, Any]) -> tuple[str, Loaded]:
    """The same text, and the record it reads back as.

    Args:
        path: Of the file.
        data: What it holds, read as ``values``; where that is nothing it is read now.

    Raises:
        LianxinError: As ``append_event``.
    """
    text = data.decode()
    new, meant = _appended(values or _read(text), text, event)
    loaded = load(path, new.encode())
    _refuse_otherwise(loaded.values, meant)
    return new, loaded


def _appended(old: Mapping[str, Any], text: str, event: Event) -> tuple[str, dict[str, Any]]:
    """The text with one more event, and what it must read back as."""
    new = as_text(event)
    if EVENTS in old and list(old)[-1] != EVENTS:
        raise LianxinError(f"{_whose(old)}里「事件」后面还有「{list(old)[-1]}」，事件要放在文件最后；{_TO_FORMAT}")
    held = old.get(EVENTS, [])
    if held and not isinstance(held, list):
        raise LianxinError(f"{_whose(old)}里「事件」不是清单；{_TO_FORMAT}")
    kind = _kind_of(old)
    indent, head = 2, "" if EVENTS in old else f"{EVENTS}:\n"
    if held:
        indent = _dash_column(text)
    elif EVENTS in old:  # "事件: []" or "事件:"
        text = re.sub(rf"(?m)^{EVENTS}:[ \t]*(\[[ \t]*\])?", f"{EVENTS}:", text)
    item = write_mapping(plant(new), type(event), kind, indent + 2)
    item[0] = " " * indent + "- " + item[0].lstrip(" ")
    gap = "" if text.endswith("\n") or not text else "\n"
    added = head + "\n".join(item) + "\n"
    if "\r\n" in text:
        gap, added = gap.replace("\n", "\r\n"), added.replace("\n", "\r\n")
    return text + gap + added, {**old, EVENTS: [*(held or []), _texts(new)]}


def _dash_column(text: str) -> int:
    """How far the file indents the dashes of its events."""
    row, column = positions(text.encode()).values[(EVENTS, 0)]
    line = text.split("\n")[row - 1]
    dash = line.find("-")
    if dash < 0 or line[:dash].strip() or dash >= column:
        raise LianxinError(f"「事件」不是一行一项的清单；{_TO_FORMAT}")
    return dash


def edit_text(text: str, changes: Mapping[str, Any]) -> str:
    """The text with top-level fields changed; None takes a field out. Other lines, comments included, stay as they are.

    Args:
        text: The record's file.
        changes: By Chinese label: text, or lists and mappings of text, as the file has them.

    Raises:
        LianxinError: The file is written in a way that single lines cannot be changed.
    """
    old = _read(text)
    kind = _kind_of(old)
    windows = text.count("\r\n")
    if windows and windows != text.count("\n"):
        raise LianxinError(f"{_whose(old)}的行尾有两种写法，没有动它；{_TO_FORMAT}")
    text = text.replace("\r\n", "\n")
    for label, value in changes.items():
        text = _remove(text, label) if empty(value) else _put(text, label, value, kind)
        old = (
            {key: part for key, part in old.items() if key != label} if empty(value) else {**old, label: _texts(value)}
        )
    return _prove(text.replace("\n", "\r\n") if windows else text, old)


def _span(text: str, label: str) -> tuple[int, int]:
    """Lines (from 0, end excluded) a top-level field takes up, without the comments above the next one."""
    where = positions(text.encode()).keys
    starts = sorted(line - 1 for loc, (line, _) in where.items() if len(loc) == 1)
    lines = text.split("\n")
    first = where[(label,)][0] - 1
    end = next((line for line in starts if line > first), len(lines))
    while end > first + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return first, end


def _remove(text: str, label: str) -> str:
    if (label,) not in positions(text.encode()).keys:
        return text
    first, end = _span(text, label)
    lines = text.split("\n")
    return "\n".join(lines[:first] + lines[end:])


def _put(text: str, label: str, value: Any, kind: Kind | None) -> str:
    spec = next((spec for spec in order(kind.model) if spec.label == label), None) if kind else None
    where = positions(text.encode())
    node = plant(value)
    lines = text.split("\n")
    if (label,) in where.keys:
        first, end = _span(text, label)
        node.after = _comment(lines[first], where.values[(label,)][1] - 1) if end == first + 1 else ""
    else:
        first = end = _slot(text, label, kind)
    new = write_entry(f"{label}:", node, spec, kind, 0)
    if first == len(lines) and lines[-1]:
        new.append("")
    return "\n".join(lines[:first] + new + lines[end:])


def _comment(line: str, value_at: int) -> str:
    """The comment after a value on its line, if the value itself is bare or quoted and closed before it."""
    rest = line[value_at:]
    if rest[:1] in ("'", '"'):
        closed = re.match(r"""("(?:\\.|[^"\\])*"|'(?:''|[^'])*')\s+(#.*)\Z""", rest)
        return closed[2] if closed else ""
    found = re.search(r"\s(#.*)\Z", rest)
    return found[1] if found else ""


def _slot(text: str, label: str, kind: Kind | None) -> int:
    """The line before which a new field goes: after the last one that is declared before it."""
    where = positions(text.encode()).keys
    present = [str(loc[0]) for loc in where if len(loc) == 1]
    labels = [spec.label for spec in order(kind.model)] if kind else []
    earlier = labels[: labels.index(label)] if label in labels else [word for word in present if word != EVENTS]
    before = [word for word in present if word in earlier]
    return max((_span(text, word)[1] for word in before), default=where[(present[0],)][0] - 1)
