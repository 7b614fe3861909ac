"""What stands at every document's foot: where its facts came from, and what is not in it."""

from __future__ import annotations

from lianxin.core.document import Provenance


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
        f"数据版本 {commit}{'（含未提交的改动）' if provenance.dirty else ''}",
        f"表单 {provenance.form}" if provenance.form else "",
        provenance.tool,
    ]
    return " · ".join(part for part in parts if part)


def foot_lines(provenance: Provenance | None) -> tuple[str, ...]:
    """The foot as lines, the loud one first."""
    return tuple(line for line in (alarm(provenance), origin(provenance)) if line)
