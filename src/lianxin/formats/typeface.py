"""The typefaces of official papers (GB/T 9704-2012) by their part in them, best first; none is shipped."""

from __future__ import annotations

from collections.abc import Iterable

#: What a machine without the customary ones may have instead.
_SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "Songti SC", "STSong")
_SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "PingFang SC", "Heiti SC", "WenQuanYi Zen Hei")
_ANY = (*_SERIF, *_SANS, "Microsoft YaHei", "SimSun", "AR PL UMing CN", "Droid Sans Fallback")

BODY = ("FangSong", "FangSong_GB2312", "STFangsong", "仿宋", "仿宋_GB2312", *_ANY)  # 正文：仿宋
TITLE = ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "STZhongsong", *_ANY)  # 标题：小标宋
BLACK = ("SimHei", "黑体", "STHeiti", *_SANS, *_ANY)  # 一级标题：黑体
SCRIPT = ("KaiTi", "KaiTi_GB2312", "STKaiti", "楷体", "楷体_GB2312", "AR PL UKai CN", *_ANY)  # 二级标题：楷体

#: Families with Chinese in them that papers may be set in.
CHINESE = frozenset((*BODY, *TITLE, *BLACK, *SCRIPT))


def present(wanted: Iterable[str], families: Iterable[str]) -> list[str]:
    """Those of the wanted families that are there, best first."""
    known = set(families)
    return [family for family in dict.fromkeys(wanted) if family in known]
