"""What the office has defined: figures, duties, scores and outlines, its own and those of the campaigns in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct, field

from lianxin.actions.policy.blank import named
from lianxin.actions.policy.form import form_names, listed_kind
from lianxin.core.asset import asset
from lianxin.core.declare.record import Record
from lianxin.core.error import UsageError
from lianxin.core.problem import Fault, Loc, Problem
from lianxin.kinds.path import near
from lianxin.policies.attachment import Taking
from lianxin.policies.board import Board, check_board
from lianxin.policies.campaign import Campaign
from lianxin.policies.category import Categories
from lianxin.policies.check.duty import check_duty, check_pieces
from lianxin.policies.check.export import Names, check_exports
from lianxin.policies.cycle import Reporting, check_reporting
from lianxin.policies.definitions import (
    OWN,
    SHIPPED,
    Definitions,
    Placed,
    check_figure,
    check_outline,
    check_scheme,
    same_name,
)
from lianxin.policies.duty import Duties, Duty
from lianxin.policies.export import Exports
from lianxin.policies.figure import Figure, Figures
from lianxin.policies.importing import Importing, check_importing
from lianxin.policies.indicator import Indicator, Indicators
from lianxin.policies.outline import Outline
from lianxin.policies.paper import Papers, Series, check_series
from lianxin.policies.pasting import Pasting
from lianxin.policies.retention import Retention, check_retention
from lianxin.policies.score import Scheme, Scores
from lianxin.storage.book import LedgerBook
from lianxin.storage.read.loading import place
from lianxin.storage.settings import load_model

Model = TypeVar("Model", bound=Record)

_MARK = "lianxin.yaml"
_REPORTS = "policy/reports.yaml"
_EXPORTS = "policy/exports.yaml"
_BOARD = "policy/site.yaml"
_IMPORT = "policy/import.yaml"
_TAKING = "policy/attachments.yaml"
_PASTE = "policy/paste.yaml"
_RETENTION = "policy/retention.yaml"
#: The office's own figures.
FIGURES = "policy/figures.yaml"
_DOCUMENTS = "policy/documents.yaml"


class _Loaded(Struct):
    """Everything as it was read, with the faults met on the way."""

    figures: dict[str, Placed[Figure]] = field(default_factory=dict)
    duties: dict[str, Placed[Duty]] = field(default_factory=dict)
    schemes: dict[str, Placed[Scheme]] = field(default_factory=dict)
    outlines: dict[str, Placed[Outline]] = field(default_factory=dict)
    indicators: dict[str, Placed[Indicator]] = field(default_factory=dict)
    series: dict[str, Placed[Series]] = field(default_factory=dict)
    campaigns: dict[str, Campaign] = field(default_factory=dict)
    read: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def model(self, model: type[Model], label: str, path: str, data: bytes) -> Model | None:
        """One file as its model; None when it is faulty."""
        self.read[path] = data
        found, problems = load_model(model, label, path, data)
        self.problems += problems
        return found

    def add(self, known: dict[str, Placed[Model]], what: str, placed: Placed[Model]) -> None:
        """A definition under its name: the first of several alike, told of if they differ."""
        name = str(getattr(placed.value, "name", ""))
        if name in known:
            self.blame(placed.path, same_name(name, what, known[name], placed))
        else:
            known[name] = placed

    def blame(self, path: str, faults: Iterator[Fault]) -> None:
        """Faults of a file at their lines."""
        found = list(faults)
        if found:
            self.problems += place(found, path, self.read[path])


def definitions(book: LedgerBook) -> Definitions:
    """Whatever is in force and sound; ``check`` tells of the rest."""
    return _plain(_load(book))


def figure_named(known: Definitions, name: str) -> Figure:
    """One figure.

    Raises:
        UsageError: None is called so.
    """
    if name in known.figures:
        return known.figures[name]
    raise UsageError(f"没有「{name}」这个数字，不写名称就列出全部{near(name, known.figures)}")


def definition_problems(book: LedgerBook) -> list[Problem]:
    """Every fault of figures, duties, scores, outlines and campaigns."""
    loaded = _load(book, shipped=False)  # what comes with the tool is sound
    names = loaded.indicators
    for figure in loaded.figures.values():
        loaded.blame(figure.path, check_figure(figure.value, figure.loc, names))
    _lend(loaded)
    known = _plain(loaded)
    for duty in loaded.duties.values():
        loaded.blame(duty.path, check_duty(duty.value, duty.loc, names, duty.campaign))
    for scheme in loaded.schemes.values():
        loaded.blame(scheme.path, check_scheme(scheme.value, scheme.loc, names))
    for series in loaded.series.values():
        loaded.blame(series.path, check_series(series.value, series.loc))
    for name, fault in check_pieces({name: (one.value, one.loc) for name, one in loaded.duties.items()}):
        loaded.blame(loaded.duties[name].path, iter((fault,)))
    ledgers = form_names(book)
    for outline in loaded.outlines.values():
        loaded.blame(outline.path, check_outline(outline.value, known, ledgers, partial(listed_kind, book)))
    data = book.file(_EXPORTS)
    exports = loaded.model(Exports, "导出", _EXPORTS, data) if data is not None else None
    if exports is not None:
        loaded.blame(_EXPORTS, check_exports(exports, names_for(book, known)))
    data = book.file(_REPORTS)
    reporting = loaded.model(Reporting, "周月起止", _REPORTS, data) if data is not None else None
    if reporting is not None:
        loaded.blame(_REPORTS, iter(check_reporting(reporting)))
    data = book.file(_BOARD)
    board = loaded.model(Board, "公示栏", _BOARD, data) if data is not None else None
    if board is not None:
        loaded.blame(_BOARD, check_board(board, known))
    data = book.file(_IMPORT)
    importing = loaded.model(Importing, "导入", _IMPORT, data) if data is not None else None
    if importing is not None:
        loaded.blame(_IMPORT, check_importing(importing))
    data = book.file(_RETENTION)
    retention = loaded.model(Retention, "保存期限", _RETENTION, data) if data is not None else None
    if retention is not None:
        loaded.blame(_RETENTION, check_retention(retention))
    for path, label, model in ((_TAKING, "收照片和文件", Taking), (_PASTE, "粘贴", Pasting)):
        if (data := book.file(path)) is not None:
            loaded.model(model, label, path, data)
    return loaded.problems


def names_for(book: LedgerBook, known: Definitions) -> Names:
    """What the commands of an export may name; a shipped outline is called like its file."""
    outlines = {*(file.stem for file in _shipped()), *known.outlines}
    return Names(known, form_names(book), outlines, named(book))


def _shipped() -> list[Path]:
    return sorted(asset("reports").glob("*.yaml"))


def _plain(loaded: _Loaded) -> Definitions:
    return Definitions(
        figures={name: one.value for name, one in loaded.figures.items()},
        duties=loaded.duties,
        schemes={name: one.value for name, one in loaded.schemes.items()},
        outlines={name: one.value for name, one in loaded.outlines.items()},
        campaigns=loaded.campaigns,
        indicators={name: one.value.unit for name, one in loaded.indicators.items()},
        origins={name: one.origin for name, one in loaded.outlines.items()},
        sources={name: one.origin for name, one in loaded.figures.items()},
        series={name: one.value for name, one in loaded.series.items()},
    )


def _load(book: LedgerBook, *, shipped: bool = True) -> _Loaded:
    loaded = _Loaded()
    for file in _shipped() if shipped else ():
        _outline(loaded, SHIPPED, None, file.name, file.read_bytes())
    policy = dict(book.files("policy"))
    policy.setdefault(_DOCUMENTS, asset("policy", "documents.yaml").read_bytes())  # a ledger begun before there was one
    _folder(loaded, OWN, None, "policy/", policy)
    packs = dict(book.files("campaigns"))
    loaded.read[_MARK] = book.file(_MARK) or b""
    for n, name in enumerate(book.campaigns):
        _campaign(loaded, n, name, packs)
    for path, data in book.files("reports"):
        _outline(loaded, OWN, None, path, data)
    if shipped:
        _lend(loaded)
    return loaded


def _lend(loaded: _Loaded) -> None:
    """The shipped figures that shipped outlines name and a ledger begun before there were such has not."""
    if FIGURES not in loaded.read:
        return
    own = {name for name, outline in loaded.outlines.items() if outline.origin != SHIPPED}
    texts = [file.read_text(encoding="utf-8") for file in _shipped() if file.stem not in own]
    shipped, _ = load_model(Figures, "数字", FIGURES, asset(*FIGURES.split("/")).read_bytes())
    for figure in shipped.figures if shipped else ():
        if figure.name not in loaded.figures and any(figure.name in text for text in texts):
            loaded.figures[figure.name] = Placed(figure, SHIPPED, None, FIGURES, ("数字", 0))


def _campaign(loaded: _Loaded, n: int, name: str, packs: Mapping[str, bytes]) -> None:
    folder = f"campaigns/{name}/"
    data = packs.get(f"{folder}campaign.yaml")
    if data is None:
        message = f"活动「{name}」没有 {folder}campaign.yaml；添加自带的请运行 lianxin init . --campaign {name}"
        loaded.blame(_MARK, iter((Fault("P045", ("活动", n), message),)))
        return
    campaign = loaded.model(Campaign, "活动", f"{folder}campaign.yaml", data)
    if campaign is None:
        return
    loaded.campaigns[name] = campaign
    _folder(loaded, name, campaign, folder, packs)
    for path in packs:
        if path.startswith(f"{folder}reports/"):
            _outline(loaded, name, campaign, path, packs[path])


def _folder(loaded: _Loaded, origin: str, campaign: Campaign | None, folder: str, files: Mapping[str, bytes]) -> None:
    """The policy files of the office or of one campaign."""

    def listed(file: str, model: type[Record], attribute: str, label: str) -> Iterator[Placed[Any]]:
        path = f"{folder}{file}.yaml"
        found = loaded.model(model, label, path, files[path]) if path in files else None
        for n, value in enumerate(getattr(found, attribute, ())):
            loc: Loc = (label, n)
            yield Placed(value, origin, campaign, path, loc)

    words = f"{folder}categories.yaml"
    if words in files:  # rules and prompts read it as it stands; here it is only looked through
        loaded.model(Categories, "类别", words, files[words])
    for indicator in listed("indicators", Indicators, "indicators", "指标"):
        loaded.add(loaded.indicators, "指标", indicator)
    for figure in listed("figures", Figures, "figures", "数字"):
        loaded.add(loaded.figures, "数字", figure)
    for series in listed("documents", Papers, "series", "文号"):
        loaded.add(loaded.series, "文号", series)
    for duty in listed("duties", Duties, "duties", "职责"):
        loaded.add(loaded.duties, "职责", duty)
    for scheme in listed("scores", Scores, "schemes", "评分"):
        loaded.add(loaded.schemes, "评分方案", scheme)


def _outline(loaded: _Loaded, origin: str, campaign: Campaign | None, path: str, data: bytes) -> None:
    """An outline; a later one of the same name stands for the earlier."""
    outline = loaded.model(Outline, "报表提纲", path, data)
    if outline is not None:
        loaded.outlines[outline.name] = Placed(outline, origin, campaign, path, ())
