"""``ledger``: any ledger form, or several in one file; without a name, the list of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from lianxin.cli.option.shared import FormatOption, OutputOption, PeriodOption, RollupOption, WhereOption
from lianxin.cli.run.command import App
from lianxin.cli.run.extra import county
from lianxin.cli.run.saying import tell
from lianxin.cli.run.session import Session, session_of
from lianxin.cli.say.answer import begin_with
from lianxin.cli.say.output import emit, face_of, for_programs, save
from lianxin.core.error import UsageError

app = App()


@app.command()
def ledger(
    context: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="台账", help="台账名，可写几个，合成一个文件；不写就列出全部")
    ] = None,
    every: Annotated[bool, typer.Option("--all", "--全部", help="全部台账，Excel 里一张一页")] = False,
    where: WhereOption = None,
    period: PeriodOption = None,
    rollup: RollupOption = None,
    format_: FormatOption = None,
    output: OutputOption = None,
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            "--回填",
            metavar="单位",
            help="出成让他填了发回来的 Excel：能填的格子开着，别的锁住；填好用 导入 --回收 收进来",
        ),
    ] = None,
) -> None:
    """出台账：问题台账、走访台账、结对台账等，也可用自己的表单。"""
    if rollup is not None:
        if to is not None or every:
            raise UsageError("汇总的台账一次出一种，不能用 --all、--to")
        session = session_of(context)
        plain, day = for_programs(session, format_, output), session.now.date()
        document = county().ledger_page(rollup, names or [], where or [], period or "", day, plain=plain)
        emit(session, document, format_, output, called="".join(names or []), again=False)
        return
    if to is not None:
        _send(session_of(context), names or [], where or [], period, to, output)
        return
    from lianxin.actions.policy.form import form_named, forms, listed
    from lianxin.actions.typed_filter import typed_filters
    from lianxin.core.day.period import parse_period
    from lianxin.kinds import kind_named
    from lianxin.reports.ledger.ledger import ledger as report
    from lianxin.reports.ledger.several import ledger_set

    session = session_of(context)
    plain = for_programs(session, format_, output)
    if names and every:
        raise UsageError("写了台账名就不用写 --all，请留一样")
    if not names and not every:
        with session.book() as book:
            document = listed(book, plain=plain)
        emit(session, document, format_, output)
        return
    with session.book() as book:
        chosen = [form_named(book, name) for name in dict.fromkeys(names or ())] or list(forms(book).values())
        span = parse_period(period, book.today) if period else None
        office = book.office.name if book.office else ""
        if len(chosen) == 1:
            kind = kind_named(chosen[0].kind)  # where there is none, the report says so
            filters = typed_filters(book, kind, where or [], face_of(session, output)) if kind else ()
            document = report(book, chosen[0], filters=filters, period=span, office=office, plain=plain)
        else:
            if where:
                raise UsageError("几种台账一起出，栏目不一样，不能用 --where；请一种一种地出")
            document = ledger_set(book, chosen, span, office=office, plain=plain)
        first = begin_with(book, kind_named(chosen[0].kind)) if len(chosen) == 1 else ""
    emit(session, document, format_, output, called=chosen[0].name if len(chosen) == 1 else "")
    if first and session.interactive:
        tell(first)


def _send(
    session: Session, names: Sequence[str], where: Sequence[str], period: str | None, to: str, output: Path | None
) -> None:
    """One ledger as a workbook that comes back."""
    from lianxin.actions.back.send import recipient, send
    from lianxin.actions.policy.form import form_named
    from lianxin.actions.typed_filter import typed_filters
    from lianxin.core.day.period import parse_period
    from lianxin.core.document import Face
    from lianxin.kinds import kind_named
    from lianxin.reports.ledger.ledger import ledger as report

    if len(names) != 1:
        raise UsageError("发出去填的，一次一种台账，如 lianxin ledger 问题台账 --to 水务站 -o 水务站.xlsx")
    if output is None or output.suffix.lower() != ".xlsx":
        raise UsageError("发出去填的是 Excel，请用 -o 写明文件名，如 -o 水务站.xlsx")
    face = face_of(session, output)
    with session.book() as book:
        form = form_named(book, names[0])
        him, kind = recipient(book, form, to), kind_named(form.kind)
        filters = typed_filters(book, kind, where, face) if kind and where else him.filters
        span = parse_period(period, book.today) if period else None
        document = report(book, form, filters=filters, period=span)
        content = send(book, form, document, him, face)
        many = document.provenance.records if document.provenance else 0
    save(session, output, content)
    note = "（内部件）" if face is Face.INTERNAL else "（姓名电话已隐去，内部件请加 --internal）"
    which = f"{him.by}是{him.name}的 " if him.by and not where else ""
    tell(f"已写入 {output}，{which}{many} 条{note}\n填好发回来以后：lianxin import --back {output}\n")
