"""``sql``: a read-only question to the index."""

from __future__ import annotations

import contextlib
from typing import Annotated

import typer

from lianxin.cli.option.shared import FormatOption, OutputOption
from lianxin.cli.run.session import session_of
from lianxin.cli.say.output import emit, face_of
from lianxin.core.declare.field import Privacy
from lianxin.core.document import Column, Document, Table
from lianxin.core.error import UsageError

app = typer.Typer(add_completion=False)

_OPEN_ONLY = "；这里只能查中文视图里公开的栏目，内部的要加 --internal"


@app.command()
def sql(
    context: typer.Context,
    statement: Annotated[str | None, typer.Argument(metavar="语句", help="不写就列出表和视图")] = None,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """用 SQL 查询（只读）。中文视图：问题、走访、结对……；文件和管道里只有公开的栏目，其余要 --internal。"""
    import sqlite3

    from lianxin.core.document import Face
    from lianxin.reports.known import names
    from lianxin.reports.origin import provenance

    session = session_of(context)
    public = face_of(session, output) is Face.PUBLIC
    text = statement or "SELECT type, name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY type DESC, name"
    with session.book() as book:
        if public:
            from lianxin.actions.open_sql import open_connection
        try:
            with (
                contextlib.closing(open_connection(book, text))
                if public
                else contextlib.nullcontext(book.connection) as connection
            ):
                cursor = connection.execute(text)
                heads = [str(column[0]) for column in cursor.description or ()]
                rows = cursor.fetchall()
        except (sqlite3.Error, sqlite3.Warning) as error:
            from lianxin.cli.sql_words import in_chinese

            raise UsageError(f"查不了：{in_chinese(error)}{_OPEN_ONLY if public else ''}") from None
        # a bare result has lost which field it came from: treat every column as free text that may name someone
        columns = tuple(Column(head, f"c{n}_{head}", privacy=Privacy.STORY) for n, head in enumerate(heads))
        table = Table(columns, rows, notes=(f"共 {len(rows)} 行。",))
        document = Document(
            "查询结果", (table,), name="sql", provenance=provenance(book, records=len(rows)), names=names(book)
        )
    emit(session, document, format_, output)
