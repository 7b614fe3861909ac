"""The typefaces of official papers (GB/T 9704-2012) by their part in them, best first; none is shipped.

What a machine has is asked of Typst, which sets the papers: where it finds none with Chinese, nothing else decides.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from lianxin.core.error import LianxinError

if TYPE_CHECKING:
    import typst

#: A folder of one's own with typefaces.
FONTS = "LIANXIN_FONTS"

#: The form of PDF in which Typst refuses a character that no typeface has, where it would set a box.
ARCHIVE: Final = "a-2b"
#: What a typeface with simplified Chinese has.
_TRIED = "国这问题办结"

#: How a machine without Chinese typefaces gets one.
REMEDY = f"请装一种（如 sudo apt install fonts-noto-cjk），或把字体文件放进一个目录，用 {FONTS}=目录 指明"

#: What a machine without the customary ones may have instead.
_SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "Songti SC", "STSong")
_SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "PingFang SC", "Heiti SC", "WenQuanYi Zen Hei")
_ANY = (*_SERIF, *_SANS, "Microsoft YaHei", "SimSun", "AR PL UMing CN", "Droid Sans Fallback")

BODY = ("FangSong", "FangSong_GB2312", "STFangsong", "仿宋", "仿宋_GB2312", *_ANY)  # 正文：仿宋
TITLE = ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "STZhongsong", *_ANY)  # 标题：小标宋
BLACK = ("SimHei", "黑体", "STHeiti", *_SANS, *_ANY)  # 一级标题：黑体
SCRIPT = ("KaiTi", "KaiTi_GB2312", "STKaiti", "楷体", "楷体_GB2312", "AR PL UKai CN", *_ANY)  # 二级标题：楷体
SONG = ("SimSun", "宋体", "STSong", *_ANY)  # 页码：宋体

#: The parts of a paper, as the template calls them.
PARTS: Mapping[str, Sequence[str]] = {"body": BODY, "title": TITLE, "black": BLACK, "script": SCRIPT, "song": SONG}


class Faces(Struct, frozen=True):
    """What a machine sets papers in.

    Attributes:
        fonts: As Typst is given them.
        parts: The families of each part that are there, best first; all empty where none has Chinese.
    """

    fonts: typst.Fonts
    parts: Mapping[str, Sequence[str]]

    @property
    def chinese(self) -> bool:
        """Whether papers can be set here."""
        return any(self.parts.values())

    @property
    def told(self) -> str:
        """The family each part is set in, as a file bears it."""
        return "、".join(dict.fromkeys(found[0] for found in self.parts.values() if found))


@cache
def faces() -> Faces:
    """The typefaces of this machine.

    Raises:
        LianxinError: Typst is not installed.
    """
    try:
        import typst
    except ImportError:
        raise LianxinError("还没有装 PDF 的排版程序，请运行 pip install 'lianxin[pdf]'") from None
    own = os.environ.get(FONTS)
    fonts = typst.Fonts(font_paths=[Path(own)] if own else [])
    found = fonts.families()
    parts = {name: present(wanted, found) for name, wanted in PARTS.items()}
    if not any(parts.values()):  # one nobody here has heard of does as well
        others = [family for family in found if _has_chinese(fonts, family)]
        parts = dict.fromkeys(PARTS, others)
    return Faces(fonts, parts)


def _has_chinese(fonts: typst.Fonts, family: str) -> bool:
    """Whether Typst can set simplified Chinese in a family by itself."""
    import typst

    source = f'#set text(font: ("{family}",), fallback: false)\n{_TRIED}'
    try:
        typst.compile(source.encode(), font_paths=fonts, pdf_standards=ARCHIVE)
    except typst.TypstError:
        return False
    return True


def present(wanted: Iterable[str], families: Iterable[str]) -> list[str]:
    """Those of the wanted families that are there, best first."""
    known = set(families)
    return [family for family in dict.fromkeys(wanted) if family in known]
