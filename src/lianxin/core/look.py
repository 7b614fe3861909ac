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
        module: What makes it, where that does not bear its name.
        plain: Programs read it: it is told values rather than a page where there is a choice.
    """

    name: str
    suffix: str
    binary: bool
    title: str
    word: str = ""
    module: str = ""
    plain: bool = False

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
    Look("json", ".json", binary=False, title="给程序读", plain=True),
    Look("jsonl", ".jsonl", binary=False, title="给程序读，一行一条", plain=True),
    Look("document", ".json", binary=False, title="给程序读，整页的版面"),
    # to be pasted elsewhere: as tabulate calls them
    Look("github", ".txt", binary=False, title="贴进 GitHub、Gitee", module="pasted"),
    Look("grid", ".txt", binary=False, title="框线表，贴进邮件、记事本", module="pasted"),
    Look("simple", ".txt", binary=False, title="横线表", module="pasted"),
    Look("plain", ".txt", binary=False, title="不带线的表", module="pasted"),
    Look("rst", ".rst", binary=False, title="reStructuredText", module="pasted"),
    Look("orgtbl", ".org", binary=False, title="Org", module="pasted"),
    Look("mediawiki", ".wiki", binary=False, title="维基", module="pasted"),
    Look("jira", ".jira", binary=False, title="Jira、Confluence", module="pasted"),
    Look("latex", ".tex", binary=False, title="LaTeX", module="pasted"),
    Look("tsv", ".tsv", binary=False, title="制表符分隔，贴进表格软件", module="pasted"),
)

#: No look of every document: of one that tells what is due on which day.
CALENDAR = Look("ics", ".ics", binary=False, title="日历，导进手机")

#: As it was before notes stood beside rows; made only to compare with a file of that time.
FORMER = Look("csv-1", ".csv", binary=False, title="逗号分隔表，注和出处在表下", module="csv")

#: Between the rows of a file and what is told of them, which goes into a file beside it; no text holds it.
APART = "\x1e"

#: What is typed after ``-f``.
TYPED = "、".join(look.typed for look in LOOKS)

#: Of the files a document may be written to.
SUFFIXES = tuple(dict.fromkeys(look.suffix for look in (*LOOKS, CALENDAR)))
