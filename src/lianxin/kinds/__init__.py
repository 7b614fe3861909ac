"""Every record kind, in the order readers see them: one file and one line here each.

A line says what must be known of every kind: how its ids begin and where its files stand. The declaration itself,
in the module called like the kind or in ``record`` of its folder, is imported when it is first asked for: a step of
one issue needs no visits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import overload

from lianxin.core.declare.kind import Brief, Kind
from lianxin.core.error import LianxinError

BRIEFS: tuple[Brief, ...] = (
    Brief("village", "村", "CUN", "villages"),
    Brief("org", "单位", "DW", "orgs"),
    Brief("person", "党员干部", "RY", "people"),
    Brief("household", "联系户", "HU", "households"),
    Brief("pairing", "结对", "JD", "pairings"),
    Brief("visit", "走访", "ZF", "visits", yearly=True),
    Brief("issue", "问题", "WT", "issues", yearly=True),
    Brief("whistle", "吹哨", "CS", "whistles", yearly=True),
    Brief("activity", "活动", "HD", "activities", yearly=True),
    Brief("promise", "承诺", "CN", "promises"),
    Brief("project", "项目", "XM", "projects"),
    Brief("survey", "测评", "CP", "surveys"),
    Brief("rectification", "整改", "ZG", "rectifications"),
    Brief("appraisal", "考核", "KH", "appraisals"),
    Brief("evidence", "佐证", "ZZ", "evidence", yearly=True),
    Brief("frozen", "报表", "BB", "frozen", apart="定稿"),
)

#: What is known of a kind by its name; by the prefix of its ids; by its folder.
BRIEF = {brief.name: brief for brief in BRIEFS}
BY_PREFIX = {brief.prefix: brief for brief in BRIEFS}
BY_FOLDER = {brief.folder: brief for brief in BRIEFS}

#: Where closed years stand: ``archive/2025/`` and behind it the place a file had before.
ARCHIVE = "archive"


def home(path: str) -> str:
    """Where a file of the data folder stands, or stood before its year was closed."""
    if not path.startswith(f"{ARCHIVE}/"):
        return path
    year, slash, rest = path.removeprefix(f"{ARCHIVE}/").partition("/")
    return rest if slash and year.isdecimal() else path


@cache
def _declared(name: str) -> Kind:
    home = import_module(f"lianxin.kinds.{name}")
    if hasattr(home, "__path__"):  # one that has a life has a folder
        home = import_module(f"lianxin.kinds.{name}.record")
    found: Kind = getattr(home, name.upper())
    return found


class _Kinds(Sequence[Kind]):
    """Every kind; each is imported when its turn comes."""

    def __len__(self) -> int:
        return len(BRIEFS)

    @overload
    def __getitem__(self, place: int) -> Kind: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Kind]: ...
    def __getitem__(self, place: int | slice) -> Kind | Sequence[Kind]:
        if isinstance(place, slice):
            return tuple(_declared(brief.name) for brief in BRIEFS[place])
        return _declared(BRIEFS[place].name)


class _ByName(Mapping[str, Kind]):
    """Every kind by its name; each is imported when it is asked for."""

    def __len__(self) -> int:
        return len(BRIEF)

    def __iter__(self) -> Iterator[str]:
        return iter(BRIEF)

    def __contains__(self, name: object) -> bool:
        return name in BRIEF

    def __getitem__(self, name: str) -> Kind:
        if name not in BRIEF:
            raise KeyError(name)
        return _declared(name)


KINDS: Sequence[Kind] = _Kinds()
KIND: Mapping[str, Kind] = _ByName()


def kind_named(word: str) -> Kind | None:
    """The kind with this name, Chinese or English."""
    return next((KIND[one.name] for one in BRIEFS if word in (one.label, one.name)), None)


def brief_of(id_: str) -> Brief | None:
    """What is known of the kind an id belongs to, by its prefix; None where it is no kind's."""
    prefix, dash, _ = id_.partition("-")
    return BY_PREFIX.get(prefix) if dash else None


def kind_of(id_: str) -> Kind:
    """The kind of a full id.

    Raises:
        LianxinError: It is the id of no kind.
    """
    brief = brief_of(id_)
    if brief and brief.id_pattern().match(id_):
        return KIND[brief.name]
    raise LianxinError(f"「{id_}」不是任何一种记录的编号")
