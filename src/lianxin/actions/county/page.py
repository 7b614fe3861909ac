"""The pages of a roll-up: its figures, reports, duties and ledgers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

import msgspec

from lianxin.actions.paper.report import Wanted, only_one, usual
from lianxin.core.day.period import lasting, parse_period
from lianxin.core.declare.record import Record
from lianxin.core.document import Column, Document, Table
from lianxin.core.error import UsageError
from lianxin.core.filter import parse_filters
from lianxin.kinds.path import near
from lianxin.policies.outline import Outline
from lianxin.reports.county.duties import pooled_duties
from lianxin.reports.county.figures import one_pooled, opened_pool, pooled_figures
from lianxin.reports.county.ledger import pooled_ledger
from lianxin.reports.county.pooled import Pooled
from lianxin.reports.county.report import pooled_report
from lianxin.reports.ledger.form import Form
from lianxin.storage.county.engine import Engine
from lianxin.storage.county.pool import RollUp

Model = TypeVar("Model", bound=Record)


def figures_page(
    folder: Path,
    word: str,
    today: date,
    name: str = "",
    office: str = "",
    engine: Engine | None = None,
    *,
    opened: bool = False,
    plain: bool = False,
) -> Document:
    """Figures over the offices of a roll-up.

    Args:
        folder: Of the roll-up.
        word: The period, as typed.
        today: It is seen from this day.
        name: One figure; empty for all.
        office: Only this office's.
        engine: Which one counts; None for the usual one.
        opened: With the records behind it.
        plain: Values for programs.

    Raises:
        UsageError: There is no such figure, office or period in it, or nothing was rolled up.
    """
    if office and not opened:
        raise UsageError("--office 要和 --open 一起写")
    found = _pooled(folder, word, today, engine)
    if not name:
        return pooled_figures(found, plain=plain)
    if opened:
        return opened_pool(found, name, office, plain=plain)
    return one_pooled(found, name, plain=plain)


def report_page(folder: Path, wanted: Wanted, today: date, *, opened: bool = False) -> tuple[str, Document]:
    """A report over the offices of a roll-up, and what it is called; of several versions the one most offices have.

    Args:
        folder: Of the roll-up.
        wanted: Which report, of which period.
        today: It is seen from this day.
        opened: Its sentences with the records behind them instead.

    Raises:
        UsageError: There is no such report or period in it, or it is made for each person.
    """
    if wanted.who:
        raise UsageError("汇总的报表不分人出，不用写 --for")
    pool = RollUp(folder)
    known = _versions(Outline, pool.manifest.outlines, [one.outlines.items() for one in pool.manifest.offices])
    outline = only_one({name: own[0] for name, own in known.items()}, wanted)
    found = _pooled(folder, wanted.period or usual(outline, today), today)
    return outline.name, pooled_report(found, outline, _forms(pool), opened=opened)


def reports_page(folder: Path, *, plain: bool = False) -> Document:
    """Every report that can be made over the offices, and how it is asked for."""
    manifest = RollUp(folder).manifest
    known = _versions(Outline, manifest.outlines, [one.outlines.items() for one in manifest.offices])
    columns = (
        Column("报表", "name"),
        Column("种类", "sort"),
        Column("几个单位有", "offices"),
        Column("怎么出", "command"),
    )
    rows = [
        (
            name,
            own[0].rhythm.value,
            sum(name in one.outlines for one in manifest.offices),
            f"lianxin report {own[0].rhythm.value} --name {name} --rollup {folder}",
        )
        for name, own in known.items()
        if not own[0].subject
    ]
    return Document("报表清单", (Table(columns, rows),), name="reports", plain=plain)


def duties_page(
    folder: Path, word: str, today: date, name: str = "", *, behind: bool = False, plain: bool = False
) -> Document:
    """Duties over the offices of a roll-up.

    Raises:
        UsageError: There is no such duty or period in it.
    """
    return pooled_duties(_pooled(folder, word, today), name, behind=behind, plain=plain)


def ledger_page(
    folder: Path, names: Sequence[str], where: Sequence[str], word: str, today: date, *, plain: bool = False
) -> Document:
    """A ledger over the offices of a roll-up, or the list of them.

    Args:
        names: The one wanted; none for the list.
        word: The period; empty for all that there is.

    Raises:
        UsageError: There is no such ledger, or it is narrowed by what it has no column for.
    """
    pool = RollUp(folder)
    known = _forms(pool)
    if not names:
        columns = (Column("台账", "name"), Column("种类", "kind"), Column("几个单位有", "offices"))
        many = Counter(name for one in pool.manifest.offices for name in one.forms)
        rows = [(name, own[0].kind, many[name]) for name, own in known.items()]
        return Document("台账清单", (Table(columns, rows),), name="ledgers", plain=plain)
    if len(names) > 1:
        raise UsageError("汇总的台账一次出一种，请一种一种地出")
    name = names[0] if names[0] in known else next((one for one in known if one.removesuffix("台账") == names[0]), "")
    if not name:
        raise UsageError(f"这份汇总里没有「{names[0]}」这种台账{near(names[0], known)}；不写名字就列出全部")
    found = _pooled(folder, "本年", today)  # the rows are of all years
    period = parse_period(word, today) if word else None
    return pooled_ledger(found, name, known[name], parse_filters(where), period, plain=plain)


def _pooled(folder: Path, word: str, today: date, engine: Engine | None = None) -> Pooled:
    return Pooled(RollUp(folder, engine), lasting(parse_period(word, today)), today)


def _forms(pool: RollUp) -> Mapping[str, Sequence[Form]]:
    return _versions(Form, pool.manifest.forms, [one.printed_by() for one in pool.manifest.offices])


def _versions(
    model: type[Model], texts: Mapping[str, str], offices: Iterable[Iterable[tuple[str, str]]]
) -> dict[str, list[Model]]:
    """Every definition by its name, the version that most offices have first."""
    found: dict[str, Counter[str]] = {}
    for own in offices:
        for name, digest in own:
            found.setdefault(name, Counter())[digest] += 1
    return {
        name: [_read(model, texts[digest]) for digest, _many in versions.most_common()]
        for name, versions in found.items()
    }


def _read(model: type[Model], text: str) -> Model:
    return model.model_validate(msgspec.json.decode(text), by_alias=True, by_name=False)
