"""``duties``: who owes what, who is behind, and at what pace it can be caught up."""

from __future__ import annotations

from typing import Annotated

import typer

from lianxin.cli.option.shared import FormatOption, OutputOption, PeriodOption, RollupOption
from lianxin.cli.run.command import App
from lianxin.cli.run.extra import county
from lianxin.cli.run.session import session_of
from lianxin.cli.say.output import emit, face_of, for_programs
from lianxin.core.error import UsageError

app = App()


@app.command()
def duties(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="职责", help="职责名；不写就看全部")] = None,
    who: Annotated[
        str | None,
        typer.Option("--who", "--person", "--org", "--village", metavar="对象", help="只看这个人、单位、村、户的"),
    ] = None,
    period: PeriodOption = None,
    behind: Annotated[bool, typer.Option("--behind", "--只看落后", help="只看落后的、欠的、超出的")] = False,
    rollup: RollupOption = None,
    opened: Annotated[bool, typer.Option("--open", "--明细", help="列出数到的每一条记录")] = False,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """职责完成情况：应做多少、做了多少、差多少、怎么赶上。"""
    from lianxin.actions.policy.duty import fulfilled
    from lianxin.core.day.period import parse_period
    from lianxin.core.document import Face
    from lianxin.reports.duty.page import duties_page, duty_page

    session = session_of(context)
    plain = for_programs(session, format_, output)
    if rollup is not None:
        if who or opened:
            raise UsageError("汇总里的职责只有各单位的数，谁做了什么请到那个单位去看；不用写 --who、--open")
        day = session.now.date()
        document = county().duties_page(rollup, period or "本年", day, name or "", behind=behind, plain=plain)
        emit(session, document, format_, output, again=False)
        return
    with session.book() as book:
        only = book.resolve(who) if who else None
        span = parse_period(period, book.today) if period else None
        found = fulfilled(book, [name] if name else [], span=span)
        if name is None:
            outward = face_of(session, output) is Face.PUBLIC
            document = duties_page(book, found, only=only, behind=behind, opened=opened, outward=outward, plain=plain)
        else:
            document = duty_page(book, found[0], only=only, behind=behind, opened=opened, plain=plain)
    emit(session, document, format_, output)
