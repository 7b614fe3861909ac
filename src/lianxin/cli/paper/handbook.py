"""``handbook``: pages of the five haves, one issue or a bound volume."""

from __future__ import annotations

from typing import Annotated

import typer

from lianxin.cli.option.shared import FormatOption, OutputOption, PeriodOption, WhereOption
from lianxin.cli.run.command import App
from lianxin.cli.run.session import session_of
from lianxin.cli.say.output import emit, face_of

app = App()


@app.command()
def handbook(
    context: typer.Context,
    ids: Annotated[list[str] | None, typer.Argument(metavar="编号", help="问题编号，可只写末几位")] = None,
    village: Annotated[str | None, typer.Option("--village", metavar="村", help="只要这个村的")] = None,
    person: Annotated[str | None, typer.Option("--person", metavar="人员", help="只要这个人经手的")] = None,
    period: PeriodOption = None,
    where: WhereOption = None,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """《工作手册》：一件一页，五有俱全；可按村、按人、按期间成册。"""
    from lianxin.actions.typed_filter import typed_filters
    from lianxin.core.day.period import parse_period
    from lianxin.kinds import KIND
    from lianxin.reports.issue.handbook import chosen, page
    from lianxin.reports.issue.handbook import handbook as report
    from lianxin.reports.origin import asked

    session = session_of(context)
    with session.book() as book:
        if ids and len(ids) == 1:
            document = page(book, book.resolve(ids[0], "issue"))
        elif ids:
            document = report(book, [book.resolve(word, "issue") for word in ids])
        else:
            span = parse_period(period, book.today) if period else None
            place = book.resolve(village, "village") if village else ""
            who = book.resolve(person, "person") if person else ""
            filters = typed_filters(book, KIND["issue"], where or [], face_of(session, output))
            found = chosen(book, village=place, person=who, period=span, filters=filters)
            whose = [book.title(id_) for id_ in (place, who) if id_]
            document = asked(report(book, found, whose=whose, period=span), KIND["issue"], filters)
    emit(session, document, format_, output, called=document.title)
