"""The looks a document may have: the one list that formats, the policy of exports, flags and refusals go by."""

from __future__ import annotations

from msgspec import Struct


class Look(Struct, frozen=True):
    """One look.

    Attributes:
        name: English: of its module and in recipes.
        suffix: Of its files.
        binary: It gives bytes.
        title: What it is, in a few words.
        word: What is typed after ``-f``, where that is not the name.
    """

    name: str
    suffix: str
    binary: bool
    title: str
    word: str = ""

    @property
    def typed(self) -> str:
        """What the clerk types and reads."""
        return self.word or self.name


#: In the order readers see them.
LOOKS: tuple[Look, ...] = (
    Look("terminal", ".txt", binary=False, title="屏幕", word="屏幕"),
    Look("md", ".md", binary=False, title="Markdown"),
    Look("csv", ".csv", binary=False, title="逗号分隔表"),
    Look("html", ".html", binary=False, title="网页，可打印"),
    Look("xlsx", ".xlsx", binary=True, title="Excel/WPS 表格"),
    Look("docx", ".docx", binary=True, title="Word/WPS 文档"),
    Look("pdf", ".pdf", binary=True, title="PDF"),
    Look("json", ".json", binary=False, title="给程序读"),
)

#: What is typed after ``-f``.
TYPED = "、".join(look.typed for look in LOOKS)

#: Of the files a document may be written to.
SUFFIXES = tuple(look.suffix for look in LOOKS)
