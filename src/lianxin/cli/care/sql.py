"""``sql``: a read-only question to the index."""

from __future__ import annotations

from typing import Annotated

import typer

from lianxin.cli.option.shared import FormatOption, OutputOption
from lianxin.cli.run.command import App
from lianxin.cli.run.session import session_of
from lianxin.cli.say.output import emit, face_of, for_programs

app = App()


@app.command()
def sql(
    context: typer.Context,
    statement: Annotated[str | None, typer.Argument(metavar="语句", help="不写就列出表和视图")] = None,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """用 SQL 查询（只读）。中文视图：问题、走访、结对……；文件和管道里只有公开的栏目，其余要 --internal。"""
    from lianxin.actions.sql.query import answered

    session = session_of(context)
    with session.book() as book:
        document = answered(
            book, statement or "", face_of(session, output), plain=for_programs(session, format_, output)
        )
    emit(session, document, format_, output)
