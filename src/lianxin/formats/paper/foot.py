"""What stands at every document's foot: where its facts came from, and what is not in it."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from msgspec.structs import replace

from lianxin.core.day.period import in_papers
from lianxin.core.document import Provenance
from lianxin.core.filter import in_words

#: What a file names as its maker: no name of whoever made it.
NAME = "连心"
#: China's clock against the world's.
_AHEAD = timedelta(hours=8)


def made_at(provenance: Provenance | None) -> datetime:
    """When a file says it was made, by the world's clock, to the minute for which it was made; without a zone."""
    if provenance is None:
        return datetime(1970, 1, 1)
    return datetime.combine(provenance.as_of, time.fromisoformat(provenance.at or "00:00")) - _AHEAD


def alarm(provenance: Provenance | None) -> str:
    """The loud line about records that are missing from the document, or nothing."""
    if provenance is None or not (provenance.unreadable or provenance.missing):
        return ""
    told = ((provenance.unreadable, "条记录读不出来"), (provenance.missing, "条记录不见了"))
    left_out = "、".join(f"{many} {what}" for many, what in told if many)
    return f"注意：另有 {left_out}，没有计入本文。请先运行 lianxin check 改好再用。"


def origin(provenance: Provenance | None) -> str:
    """One line: day, period, filter, face and records; then what serves to make it again: commit, form, tool."""
    if provenance is None:
        return ""
    commit = provenance.commit[:10] or "未入库"
    parts = [
        f"截至 {provenance.as_of.isoformat()}",
        f"时段 {provenance.period}" if provenance.period else "",
        f"筛选 {provenance.filter}" if provenance.filter else "",
        f"{provenance.face.value}版",
        f"记录 {provenance.records} 条",
        f"读不出 {provenance.unreadable} 条" if provenance.unreadable else "",
        f"不见了 {provenance.missing} 条" if provenance.missing else "",
        f"账本记号 {commit}{'（含还没收进的改动）' if provenance.dirty else ''}",
        f"表单 {provenance.form}" if provenance.form else "",
        provenance.tool,
    ]
    return " · ".join(part for part in parts if part)


def printed(provenance: Provenance | None) -> str:
    """The line as it stands on paper: in words, without what only the tool reads, which the file's properties keep."""
    if provenance is None:
        return ""
    said = {"period": in_papers(provenance.period), "filter": in_words(provenance.filter)}
    return origin(replace(provenance, form="", tool="", **said))


def foot_lines(provenance: Provenance | None, *, paper: bool = False) -> tuple[str, ...]:
    """The foot as lines, the loud one first.

    Args:
        provenance: Of the document.
        paper: They are printed.
    """
    told = printed(provenance) if paper else origin(provenance)
    return tuple(line for line in (alarm(provenance), told) if line)
