"""What else wants to be entered now that something is written: of what a visit heard, the issues made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from lianxin.core.book import Book
from lianxin.core.text.matter import matters, short, undecided
from lianxin.reports.today.heard import made_of


class Follow(Struct, frozen=True):
    """What else wants to be entered now that something is written.

    Attributes:
        kind: Of the record that follows.
        typed: What is known of it already, by field name.
        asked: Whether it is to be, as a person at a form is asked.
        told: The command, where there is no form.
        source: The id of the record that it follows.
        matter: Which of several it is made of; empty where there is but one.
    """

    kind: str
    typed: Mapping[str, str]
    asked: str
    told: str
    source: str
    matter: str = ""

    def declined(self, why: str, before: str) -> Mapping[str, str]:
        """What is written in the record that it follows where it is not to be.

        Args:
            why: It is not.
            before: What is said of others there.
        """
        said = f"「{short(self.matter)}」{why}" if self.matter else why
        return {"no_issue": f"{before.rstrip('；。')}；{said}" if before else said}


def issues_of(visit: str, requests: str, before: str = "") -> Iterator[Follow]:
    """The issues that may be made of what was asked for on a visit, one for each matter.

    Args:
        visit: Its id.
        requests: What was asked for.
        before: What of it was written down before, and asked about then.
    """
    every, known = matters(requests), {*matters(before)}
    new = [one for one in every if one not in known]
    told = f"要立问题：lianxin issue add --visit {visit}"
    if len(every) == 1 and new:
        yield Follow("issue", {"visit": visit}, "听到了诉求，现在立一件问题吗？", told, visit)
        return
    for n, matter in enumerate(new, 1):
        which = f"第 {n} 件：{short(matter)}" if len(new) > 1 else f"新添的一件：{short(matter)}"
        heard = f"听到了 {len(new)} 件诉求，" if len(new) > 1 else ""
        yield Follow(
            "issue", {"visit": visit, "words": matter}, f"{heard}{which}\n现在立一件问题吗？", told, visit, matter
        )


def left_of(book: Book, visit: str) -> Iterator[Follow]:
    """The issues that may be made of what a visit heard and nobody has decided about yet.

    Raises:
        LianxinError: There is no such visit, or it cannot be read.
    """
    record = book.record(visit)
    requests, declined = getattr(record, "requests", None) or "", getattr(record, "no_issue", None) or ""
    every = matters(requests)
    left = undecided(every, made_of(book, visit), declined)
    yield from issues_of(visit, requests, "\n".join(one for one in every if one not in left))
