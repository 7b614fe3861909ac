"""Faults of the folder as whoever keeps the book reads them: what it means for her, and who mends it.

How it is mended, whoever looks after the machine reads under the code.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from lianxin.core.problem import Problem

_STOPPED = "现在记不进去"

#: By code what is so; empty where the fault says it in her words already.
_SAID: Mapping[str, str] = {
    "G001": "文件不见了，被删掉或移走了；清单和数里都没有它",
    "G002": "两边都改了这一份，还没有选定用哪一边的",
    "G003": f"台账上有件事做到一半停住了，{_STOPPED}",
    "G004": f"打开的像是从前的台账，{_STOPPED}",
    "G005": "这个文件改了也看不出来",
    "G006": "有一个文件等着收进来，文件夹里却没有了",
    "G007": "",
    "G008": "这份记录没有收进台账，备份里也没有",
    "G009": "这个文件夹里套着另一本台账，里面的记录没有收进来",
    "G010": "有的记录不在文件夹里，看得到，改不了",
    "G011": f"台账的经过暂时找不到了，多半是断过电；记录照样能看，{_STOPPED}",
    "G012": "文件还在，台账却当它要删掉",
    "G013": f"打开的是一本空的台账，从前记的在别处，{_STOPPED}",
}

#: What she can do herself, by code; of all others somebody else is to be asked.
_HERSELF: Mapping[str, str] = {
    "G001": "从回收站或别处把文件放回原来的文件夹；找不到的，请管理员找回。登错的不要删文件，用「作废」",
    "G007": "编号不改，请把文件改回原来的名字",
}


def plain(one: Problem) -> Problem:
    """The same fault in her words."""
    if one.code not in _SAID:
        return one
    how = _HERSELF.get(one.code, "请管理员来办")
    return replace(one, message=_SAID[one.code] or one.message, remedy=f"{how}（管理员要知道的代码：{one.code}）。")
