"""``report``: weekly, monthly, quarterly and annual reports, bulletins, supervision lists and circulars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from lianxin.cli.option.shared import FormatOption, OutputOption, PeriodOption, RollupOption
from lianxin.cli.run.command import App
from lianxin.cli.run.extra import county
from lianxin.cli.run.saying import tell
from lianxin.cli.run.session import Session, session_of
from lianxin.cli.say.output import PRINTING, emit, for_programs
from lianxin.core.error import UsageError

if TYPE_CHECKING:
    from lianxin.actions.paper.report import Made, Wanted
    from lianxin.policies.outline import Rhythm

app = App()

_SORTS = "weekly 周报、monthly 月报、quarterly 季报、annual 年报、bulletin 简报、supervision 督办、circular 通报"


@app.command()
def report(
    context: typer.Context,
    sort: Annotated[str | None, typer.Argument(metavar="种类", help=f"{_SORTS}；不写就列出全部")] = None,
    name: Annotated[str | None, typer.Option("--name", "-n", metavar="报表", help="同一种类有几份时，要哪一份")] = None,
    period: PeriodOption = None,
    who: Annotated[
        str | None, typer.Option("--for", "--person", metavar="谁", help="每人一份的，只出这一位（个）的")
    ] = None,
    freeze: Annotated[
        bool, typer.Option("--freeze", "--定稿", help="定稿：把这期的数字记下来，以后有变动就出更正说明")
    ] = False,
    open_: Annotated[bool, typer.Option("--open", "--明细", help="列出每句话后面的记录，不出报表本身")] = False,
    cases: Annotated[
        list[str] | None,
        typer.Option("--case", "--案例", metavar="编号", help="典型案例用这件，可写几次"),
    ] = None,
    number: Annotated[
        str, typer.Option("--number", "--文号", metavar="文号", help="印这个文号；不写就用程序编的下一号")
    ] = "",
    rollup: RollupOption = None,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """出报表：周报三张清单、月报、季报、年报、简报、督办单、通报；加 --freeze 定稿。"""
    from lianxin.actions.paper.report import Wanted, listed, make

    session = session_of(context)
    if rollup is not None:
        if freeze:
            raise UsageError("汇总的报表不定稿：各单位自己定稿，汇总里对得出来")
        if cases or number:
            raise UsageError("汇总的报表里没有单件的问题，也不编文号，不用写 --case 和 --number")
        pages = county()
        if sort is None:
            emit(
                session,
                pages.reports_page(rollup, plain=for_programs(session, format_, output)),
                format_,
                output,
                again=False,
            )
            return
        wanted = Wanted(_rhythm(sort), name or "", period or "", who or "")
        called, document = pages.report_page(rollup, wanted, session.now.date(), opened=open_)
        emit(session, document, format_, output, called=called, again=False)
        return
    if sort is None:
        with session.book() as book:
            document = listed(book, plain=for_programs(session, format_, output))
        emit(session, document, format_, output)
        return
    wanted = Wanted(_rhythm(sort), name or "", period or "", who or "", cases or (), number)
    if open_ and freeze:
        raise UsageError("--open 只是看，不能和 --freeze 一起用")
    if freeze:
        made = _frozen(session, wanted)
    else:
        with session.book("lianxin.actions.paper.report", *PRINTING) as book:
            made = make(book, session.workspace(), wanted)
            if open_:
                from lianxin.reports.outline.opened import opened

                emit(session, opened(book, made.edition, made.page), format_, output)
                return
    emit(session, made.page.document, format_, output, called=made.edition.outline.name)
    picked = [one for one in made.page.sentences if one.rule]
    if picked and session.interactive:
        named = "、".join(one.record for one in picked)
        tell(f"典型案例用的是 {named}：{picked[0].rule}。要换别的，加 --case 编号\n")


def _rhythm(word: str) -> Rhythm:
    from lianxin.policies.outline import Rhythm

    found = next((one for one in Rhythm if word in (one.value, one.name.lower())), None)
    if found is None:
        raise UsageError(f"没有「{word}」这种报表，可写 {_SORTS}")
    return found


def _frozen(session: Session, wanted: Wanted) -> Made:
    from lianxin.actions.paper.freeze import freeze

    froze = freeze(session.workspace(), wanted, dry_run=session.dry_run)
    added = froze.added
    instead = f"，取代 {froze.superseded}" if froze.superseded else ""
    if session.dry_run:
        tell(f"试一下，没有写入。会记为 {added.id}{instead}：\n{added.text if session.clear else ''}\n")
    else:
        from lianxin.cli.say.answer import written

        tell(f"已定稿 {added.id}{instead}\n{written(added.commit)}")
    return froze.made
