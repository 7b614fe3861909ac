"""A report over offices: the same outline, its figures pooled, a row of its tables an office."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial

from msgspec.structs import replace

from lianxin.core.chart import Chart
from lianxin.core.document import Block, Column, Document, Heading, Paragraph, Table, Value
from lianxin.core.error import UsageError
from lianxin.core.filter import parse_filters
from lianxin.core.tone import Tone
from lianxin.core.value import FieldType, day_text
from lianxin.policies.definitions import ALL
from lianxin.policies.outline import Grid, Outline, Picture, Section, Standing, Term
from lianxin.reports.county.duties import behind_table, duties_table
from lianxin.reports.county.frame import otherwise, stale, standing
from lianxin.reports.county.frozen import frozen_blocks
from lianxin.reports.county.ledger import held_tables, withheld
from lianxin.reports.county.material import worded_by
from lianxin.reports.county.pooled import Pooled, figured
from lianxin.reports.county.press import CountyPress
from lianxin.reports.county.told import opened_report, told_findings, told_points, told_text
from lianxin.reports.figure.figured import NOTHING, Figured, notes
from lianxin.reports.ledger.form import Form
from lianxin.reports.outline.chart import points, series, spacing_of, states_chart, through_time, unit_of
from lianxin.reports.outline.grid import POOLED, Rows, check_grid, few, table_by
from lianxin.reports.outline.note import defined_once
from lianxin.reports.outline.paper import masthead_of
from lianxin.reports.outline.section import figures_block, sections
from lianxin.reports.outline.tag import filled, titled
from lianxin.reports.subject import nobody

_OFFICE = Column("单位", "subject", term=True)
_BASIS = "所据台账"


def pooled_report(
    found: Pooled, outline: Outline, forms: Mapping[str, Sequence[Form]], *, opened: bool = False
) -> Document:
    """The report.

    Args:
        found: The roll-up in its period.
        outline: As the offices have it.
        forms: Every ledger by name, each version of it.
        opened: Its sentences with the records behind them instead.

    Raises:
        UsageError: It is made for each person; or it names what no office has.
    """
    if outline.subject:
        raise UsageError(f"「{outline.name}」是每人一份的，汇总里不出；请到各单位去出")
    press = CountyPress.of(found, outline)
    made = list(sections(press, partial(_section, press, forms), 1, list(frozen_blocks(found))))
    if opened:
        return opened_report(found, titled(press), press.sentences)
    told = [*stale(found), *otherwise([one for groups in press.used.values() for one in groups])]
    basis: list[Block] = [Heading(_BASIS, 1), standing(list(found.offices.values()))]
    head = masthead_of(press)
    return Document(
        titled(press),
        tuple(defined_once((*told, *made, *basis))),
        name="rollup",
        subtitle="" if "{期间}" in outline.title or (head and head.name) else filled(press, "{期间}"),
        landscape=outline.landscape,
        masthead=head,
        withheld=withheld(found) if any(section.ledger for section in outline.sections) else "",
    )


def _section(press: CountyPress, forms: Mapping[str, Sequence[Form]], section: Section, level: int) -> Iterator[Block]:
    yield from told_text(press, section.text or "")
    yield from told_findings(press, section.findings)
    if section.points:
        yield from told_points(press, section.points)
    if section.figures:
        yield figures_block(_each(press, section.figures), _scarce(press, section.figures))
    if section.grid and (table := _grid(press, section.grid)).rows:
        yield table
    yield from (chart for picture in section.pictures if (chart := _chart(press, picture)).labels)
    if section.duties:
        yield from _duties(press, section.duties, level)
    if section.score:
        yield Paragraph(f"“{section.score}”的得分见各单位的报表。", Tone.MUTED)
    if section.ledger:
        period = None if section.ever else press.period
        filters = parse_filters(section.filters)
        tables = held_tables(press.found, forms.get(section.ledger, ()), filters, period, section.columns)
        yield from tables
        if not tables:
            yield Paragraph("本期没有。", Tone.MUTED)
    for one in section.standing:
        yield from _standing(press, one)


def _each(press: CountyPress, names: Sequence[str]) -> Iterator[Figured]:
    """Each figure; one that some count otherwise once more for them, by their names."""
    for name in names:
        most, *others = press.groups(name)
        yield figured(most.figure, most.shares, press.period, press.found.today)
        for one in others:
            named = one.figure.model_copy(update={"name": f"{name}（{'、'.join(one.offices)}）"})
            yield figured(named, one.shares, press.period, press.found.today)


def _scarce(press: CountyPress, names: Sequence[str]) -> list[str]:
    """Figures that not every office has."""
    read = {name for name, one in press.found.offices.items() if one.commit}
    told = []
    for name in names:
        lacking = read - {office for group in press.groups(name) for office in group.offices}
        if lacking:
            told.append(f"“{name}”{_named(press, lacking)}没有这个数字，不在里面。")
    return told


def _named(press: CountyPress, offices: set[str]) -> str:
    named = [name for name in press.found.offices if name in offices]
    return "、".join(named) if len(named) <= 8 else f"{'、'.join(named[:8])}等 {len(named)} 个单位"


def _grid(press: CountyPress, grid: Grid) -> Table:
    """A table of figures, a row an office, whatever the rows of an office's own are."""
    scores = press.score(grid.score) if grid.score else {}
    if grid.score and not scores:  # people give points in it
        rates = [name for name in grid.figures if press.definition(name).denominator]
        sort = grid.sort if grid.sort in grid.figures else (rates or list(grid.figures))[0]
        grid = grid.model_copy(update={"score": None, "sort": sort})
    check_grid(grid)
    rows = Rows({name: press.by_office(name) for name in grid.figures}, scores)
    wholes = [press.figure(name) for name in grid.figures]
    table = table_by(grid, rows, wholes, _OFFICE, lambda office: office)
    apart = [n for n, name in enumerate(grid.figures, 2) if len(press.groups(name)) > 1]
    totals: tuple[Value, ...] = tuple(NOTHING if n in apart else value for n, value in enumerate(table.totals))
    told = [*notes(one.figure for one in wholes), *few(grid, rows)]
    if grid.score:
        told.append(f"综合成绩：按“{grid.score}”算，一个单位的记录合在一起算。")
    if apart:
        told.append("各单位口径不一样的，合计印“—”。")
    return replace(table, records=(), totals=totals, notes=(*told, POOLED))


def _chart(press: CountyPress, picture: Picture) -> Chart:
    title = filled(press, picture.title)
    every = spacing_of(press.period, picture.every)
    today = press.found.today
    along = list(points(press.period, every, today))
    if picture.states:
        counts = press.states(every, along)
        return states_chart(picture, title, along if any(counts) else (), today, counts if any(counts) else ())
    figures = [press.definition(name) for name in picture.figures]
    if not picture.by:
        found = [press.at(name, every, along) for name in picture.figures]
        told = any(one is not None for row in found for one in row)
        if not told:
            return through_time(picture, title, figures, (), [() for _ in found], today)
        return through_time(picture, title, figures, along, found, today)
    worded = all(worded_by(figure, picture.by) for figure in figures)
    rows = [press.by_words(one.name, picture.by) if worded else press.by_office(one.name) for one in figures]
    subjects = sorted(
        dict.fromkeys(subject for row in rows for subject in row),
        key=lambda one: (not one, -((rows[0][one].value if one in rows[0] else None) or Decimal(0))),
    )
    left = subjects[picture.most :]
    subjects = subjects[: picture.most]
    told_ = notes(figures)
    if left:
        told_ = (*told_, f"只画前 {len(subjects)} 个，另有 {len(left)} 个没有画出。")
    return Chart(
        picture.look,
        title if worded else _of_offices(title),
        picture.by.partition(".")[0] if worded else _OFFICE.label,
        tuple(one or nobody(picture.by) for one in subjects),
        tuple(series(figure, [row.get(one) for one in subjects]) for figure, row in zip(figures, rows, strict=True)),
        unit_of(figures),
        notes=told_,
        whole=sum((one.value or Decimal(0) for one in rows[0].values()), Decimal(0)),
    )


def _of_offices(title: str) -> str:
    """A chart of villages or departments that became one of offices says so."""
    for word in ("各村", "各承办单位", "各部门"):
        title = title.replace(word, "各单位")
    return title


def _duties(press: CountyPress, wanted: Sequence[str], level: int) -> Iterator[Block]:
    lines = press.found.pool.duties(press.found.name)
    if ALL not in wanted:
        lines = [(office, one) for office, one in lines if one.duty in wanted]
    if not lines:
        return
    yield duties_table(lines)
    table = behind_table(lines)
    if table.rows:
        yield Heading(f"有落后的单位（{len(table.rows)} 个）", level)
        yield table


def _standing(press: CountyPress, one: Standing) -> Iterator[Block]:
    match one:
        case Standing.BALANCE | Standing.LISTS:
            yield _balance(press)
            if one is Standing.LISTS:
                yield Paragraph("三张清单逐件见各单位的周报。", Tone.MUTED)
        case Standing.OVERDUE | Standing.CIRCULAR:
            yield _late(press, one)
        case Standing.CORRECTIONS:
            yield from frozen_blocks(press.found)
        case Standing.SEAL:
            return  # every report over offices says at its end which state of each book it was made from


def _balance(press: CountyPress) -> Table:
    """The balance, office by office; the last line is all of them together."""
    counts = press.balance()
    columns = (_OFFICE, *(Column(term.value, term.name.lower(), FieldType.INTEGER) for term in Term))
    rows: list[tuple[Value, ...]] = [(office, *(one.get(term, 0) for term in Term)) for office, one in counts.items()]
    totals: tuple[Value, ...] = ("合计", *(press.count(term) for term in Term))
    note = "新增按反映的那天算，销号、重办、作废按实际发生的时间算，补录的也一样；销号以后又重办的，两边各算一次。"
    return Table(columns, rows, totals=totals if len(rows) > 1 else (), notes=(note,))


def _late(press: CountyPress, one: Standing) -> Block:
    found = {office: int(value.numerator) for office, value in press.by_office(one.value).items() if value.numerator}
    what = "应当通报的问题" if one is Standing.CIRCULAR else "超期未办结的问题"
    day = day_text(press.found.today)
    if not found:
        return Paragraph(f"截至{day}，没有{what}。", Tone.GOOD)
    columns = (_OFFICE, Column("件数", "count", FieldType.INTEGER))
    rows = sorted(found.items(), key=lambda pair: -pair[1])
    total = sum(found.values())
    note = f"截至{day}，{what}共 {total} 件，在 {len(found)} 个单位；逐件见数字“{one.value}”的明细。"
    return Table(columns, rows, totals=("合计", total), notes=(note,))
