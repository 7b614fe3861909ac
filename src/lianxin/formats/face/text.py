"""Free text on the outward face: what must not stand in it is found as people read it, and masked where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial

from lianxin.core.text.erased import erased
from lianxin.core.text.fold import APART, fold, folded, rewritten
from lianxin.core.text.name import Known, mask_one
from lianxin.core.text.pattern import late
from lianxin.core.text.personal import Found, Sort, find
from lianxin.core.text.telephone import mask_phone, read_phone

_PLACE = late(r"\w{2,}(?:村|社区|[镇乡县局委办所站]|街道|中心|支部|公司|合作社|[大中小]学|学校|医院|银行|协会)")
_GROUP = late(r".*?(?:村民小组|小组|[组队])|.*?(?:社区|村)|.*?(?:[镇乡]|街道)", re.DOTALL)
#: A record named with its id, as references are printed.
_WITH_ID = late(r"\uff08[A-Z]{2,5}-(?:\d{4}-)?[A-Z]\d{4,}\uff09\Z")
#: What stands between public words in one cell.
_JOINTS = str.maketrans("", "", "()\uff08\uff09\uff1b;")
_LONGEST_TERM = 48
#: What people put between the characters of a name; not ``、``, which parts people.
_SIGNS = late(
    r"[()\uff08\uff09\[\]【】〔〕「」『』\"'“”‘’_\uff3f\-\u2010-\u2015\uff0d/\uff0f\\|\uff5c●○■◆★☆*~\uff5e+=#]+"
)
#: Whatever stands before them and behind. That it be ideographs is asked of the two: a class of all of those takes a
#: millisecond to compile.
_BETWEEN = late(rf"(\S)\s*{_SIGNS.pattern}(?=\s*(\S))")
_OPENING, _CLOSING = late(r"[(\uff08\[【〔]"), late(r"[)\uff09\]】〕]")
_CLOSED = late(rf"\s*{_CLOSING.pattern}")
#: Two characters may be an end of one word and the head of another.
_SHORTEST_SURE = 2
#: Stops that part sentences, and a name only by a slip; ``、`` parts people.
_STOPS = "\uff0c。；;：:！!？?,…"
_LONGEST_STOPPED = 4
#: Different texts remembered: captions, headings and the names of units come again on every page.
_REMEMBERED = 4_096
#: Longer ones do not come again.
_SHORT = 200

#: Where it stands, and what stands there instead.
_Span = tuple[int, int, str]


def like_place(text: str) -> bool:
    """Whether a text in a name's place ends like a village or a unit: a pairing's side may be either or a person."""
    return _PLACE.fullmatch(text) is not None


def mask_address(text: str) -> str:
    """Down to the group: ``石桥村三组12号`` → ``石桥村三组``; with none, to the village or town."""
    found = _GROUP.match(text)
    return found[0] if found else "****"


def is_term(text: str, known: Known) -> bool:
    """Whether this is what something is called in public: with its id, or several in one, like a unit and a post."""
    whole = fold(_WITH_ID.sub("", text)).translate(_JOINTS)
    return len(whole) <= _LONGEST_TERM and _made_of(whole, known.words)


def _made_of(text: str, words: frozenset[str]) -> bool:
    if text in words:
        return True
    return any(text[:end] in words and _made_of(text[end:], words) for end in range(len(text) - 1, 1, -1))


class Veil:
    """Hides in free text what must not stand there."""

    def __init__(
        self,
        known: Known,
        secrets: Mapping[str, str] | None = None,
        *,
        marks: Mapping[str, str] | None = None,
        numbers: Mapping[str, str] | None = None,
    ) -> None:
        """Prepare for one document.

        Args:
            known: Whose names are hidden, and the words in which they are nobody's.
            secrets: Further text to find → what to put in its place.
            marks: What stands for a name of theirs, or a given name, in place of its surname and a star.
            numbers: The only telephones looked for, as ``read_phone`` keeps them → what to put in their place; None:
                whatever is personal by its shape.
        """
        self.known = known
        self._marks, self._numbers = marks or {}, numbers
        self._secrets = {name: self._marks.get(name) or mask_one(name) for name in known.people}
        self._secrets.update((home, mask_address(home)) for home in known.homes if mask_address(home) != home)
        self._secrets.update((fold(secret), instead) for secret, instead in (secrets or {}).items())
        # How long those are that begin with the same two characters, the longest first; one pattern of thousands would
        # take long to compile, and thousands of telephones begin alike.
        lengths: dict[str, set[int]] = {}
        for secret in self._secrets:
            lengths.setdefault(secret[:2], set()).add(len(secret))
        self._lengths = {beginning: sorted(found, reverse=True) for beginning, found in lengths.items()}
        self._beginning = _beginning(self._secrets)
        self._around = cache(partial(_around, known))  # nearly all of them stand in no text that is asked
        self._parted = _parted(known.people)
        self._given = _beginning(set[str]().union(*known.given.values(), *known.living.values()))
        self._halting = _halting(known.people)
        self._remembered = lru_cache(_REMEMBERED)(self._hidden)
        self._remembered_terms = lru_cache(_REMEMBERED)(self._terms_hidden)

    def given(self, name: str) -> str:
        """What stands for a given name alone, as behind a surname."""
        return self._marks.get(name, "*")

    def knows(self, text: str) -> bool:
        """Whether the whole text is one of those to be hidden."""
        return fold(text) in self._secrets

    def may_be_given(self, text: str) -> Iterator[int]:
        """Where in a folded text somebody's given name may begin."""
        return (found.start() for found in self._given.finditer(text)) if self._given else iter(())

    def hide(self, text: str, label: str = "") -> str:
        """A text with names, numbers and known private values masked.

        Args:
            label: What stands over it.
        """
        return self._remembered(text, label, False)

    def hide_own(self, text: str) -> str:
        """A heading, caption or sentence of the tool's or the office's own; its words are not taken for people."""
        return self._remembered(text, "", True)

    def hide_all(self, texts: Sequence[str], label: str = "") -> list[str]:
        """Many texts at once, which takes a tenth of the time."""
        whole = APART.join(texts)
        hide = self._remembered if len(whole) <= _SHORT else self._hidden  # a short table comes again on every page
        made = hide(whole, label, False).split(APART)
        return made if len(made) == len(texts) else [self.hide(text, label) for text in texts]

    def hide_term(self, text: str) -> str:
        """What is called so in public: left as it stands where the book knows it, ``、`` between several."""
        return self._remembered_terms(text)

    def _terms_hidden(self, text: str) -> str:
        return "、".join(one if is_term(one, self.known) else self.hide_own(one) for one in text.split("、"))

    def _hidden(self, text: str, label: str, own: bool) -> str:
        if erased(text):
            return text
        spans = [*self._named(text, own), *self._numbered(text, label)]
        spans += self._signed(text, own)
        spans += () if own else self._stopped(text)
        if not spans:
            return text
        spans.sort(key=lambda span: (span[0], -span[1]))
        made, done = [], 0
        for start, end, instead in spans:
            if end <= done:
                continue
            # of two that overlap, the one that begins later loses what is hidden already
            made += [text[done:start], instead]
            done = end
        made.append(text[done:])
        return "".join(made)

    def _named(self, text: str, own: bool) -> Iterator[_Span]:
        """Known people and other secrets, the longest that begins at a place."""
        if self._beginning is None:
            return
        read = folded(text)
        done = 0
        for found in self._beginning.finditer(read.text):
            at = found.start()
            if at < done:
                continue
            for length in self._lengths.get(read.text[at : at + 2], ()):
                secret = read.text[at : at + length]
                if secret in self._secrets and not self.public(read.text, at, secret, own=own):
                    done = at + length
                    yield *read.span(at, done), self._secrets[secret]
                    break

    def _signed(self, text: str, own: bool) -> Iterator[_Span]:
        """Known people whose characters signs stand between: 李（福生）, “李”“福”“生”, 李-福-生."""
        if self._parted is None or not _signed_in(text):
            return
        read = rewritten(text, _SIGNS, lambda _: "")
        plain = folded(read.text)
        for found in self._parted.finditer(plain.text):
            for length in self._lengths.get(plain.text[found.start() : found.start() + 2], ()):
                name = plain.text[found.start() : found.start() + length]
                if name not in self.known.people:
                    continue
                start, end = read.span(*plain.span(found.start(), found.start() + length))
                if _belongs(text, start, end, own):
                    yield start, _closed(text, start, end), self._secrets[name]
                    break

    def _stopped(self, text: str) -> Iterator[_Span]:
        """Known people of three characters or more with a stop typed amidst them: 闵，璟骁."""
        for found in self._halting.finditer(text) if self._halting else ():
            start = found.start()
            ahead = text[start : start + 2 * _LONGEST_STOPPED]
            places = [start + n for n, one in enumerate(ahead) if one not in _STOPS]
            plain = "".join(text[place] for place in places)
            for length in self._lengths.get(plain[:2], ()):
                name = plain[:length]
                if len(name) > _SHORTEST_SURE and name in self.known.people and len(places) >= length:
                    yield start, places[length - 1] + 1, self._secrets[name]
                    break

    def public(self, text: str, at: int, name: str, *, own: bool = False) -> bool:
        """Whether a name at this place is part of a public word, or a word of the tool's own in its own sentence."""
        if name in self.known.tool and (own or text.startswith(("\uff1a", ":"), at + len(name))):
            return True
        for word, offset in self._around(name):
            start, end = at - offset, at - offset + len(word)
            there = start >= 0 and text.startswith(word, start)
            if there and (len(word) > len(name) or (own and _alone(text, start, end))):
                return True
        return False

    def _numbered(self, text: str, label: str) -> Iterator[_Span]:
        for found in find(text, label):
            written = text[found.start : found.end]
            if self._numbers is not None:
                instead = self._numbers.get(read_phone(written)) if found.sort is Sort.PHONE else None
                if instead:
                    yield found.start, found.end, instead
                continue
            office = found.sort is Sort.PHONE and read_phone(written) in self.known.lines
            if not office:
                yield found.start, found.end, _masked(found, written)


def _masked(found: Found, written: str) -> str:
    match found.sort:
        case Sort.PHONE:
            return mask_phone(written)
        case Sort.HOUSE:
            return "**号" if written.endswith(("号", "號")) else "**"
        case _:
            return "****"


def _beginning(secrets: Iterable[str]) -> re.Pattern[str] | None:
    """Where a secret may begin, by its first two characters."""
    first = "".join(map(re.escape, sorted({secret[0] for secret in secrets if len(secret) > 1})))
    second = "".join(map(re.escape, sorted({secret[1] for secret in secrets if len(secret) > 1})))
    return re.compile(f"[{first}](?=[{second}])") if first else None


def _around(known: Known, name: str) -> list[tuple[str, int]]:
    """The public words in which a name stands, and where in them."""
    return [(word, word.index(name)) for word in known.words if name in word] if name in known.inside else []


def _parted(people: Iterable[str]) -> re.Pattern[str] | None:
    """Where one of these may begin."""
    return _beginning([name for name in people if _ideograph(name[0])])


def _halting(people: Iterable[str]) -> re.Pattern[str] | None:
    """Where one of three characters or more may begin that a stop breaks off."""
    first = {name[0] for name in people if _SHORTEST_SURE < len(name) <= _LONGEST_STOPPED and _ideograph(name[0])}
    return re.compile(rf"[{''.join(sorted(first))}](?=\w{{0,2}}[{_STOPS}])") if first else None


def _ideograph(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def _signed_in(text: str) -> bool:
    """Whether signs stand between ideographs."""
    return any(_ideograph(found[1]) and _ideograph(found[2]) for found in _BETWEEN.finditer(text))


def _belongs(text: str, start: int, end: int, own: bool) -> bool:
    """Whether signs stand in what is called like somebody, and it is no end of one word and the head of another."""
    written = text[start:end]
    if not _signed_in(written):
        return False
    one = len(_SIGNS.sub("", written)) > _SHORTEST_SURE
    return one or not (own or (text[start - 1 : start].isalpha() and text[end : end + 1].isalpha()))


def _closed(text: str, start: int, end: int) -> int:
    """The end of a name with the bracket that was opened in it."""
    written = text[start:end]
    opened = len(_OPENING.findall(written)) - len(_CLOSING.findall(written))
    closing = _CLOSED.match(text, end) if opened > 0 else None
    return closing.end() if closing else end


def _alone(text: str, start: int, end: int) -> bool:
    """Whether a word stands by itself: no letter beside it."""
    return not (text[start - 1 : start].isalpha() or text[end : end + 1].isalpha())
