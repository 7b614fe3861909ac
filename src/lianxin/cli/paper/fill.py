"""``fill``: a superior's own blank form, filled from the records."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lianxin.cli.option.shared import OutputOption, PeriodOption, WhereOption
from lianxin.cli.run.command import App
from lianxin.cli.run.saying import tell
from lianxin.cli.run.session import Session, session_of
from lianxin.cli.say.output import emit, face_of, save
from lianxin.core.error import LianxinError, UsageError
from lianxin.storage.write.outlet import STDOUT, refuse, streamed, there

app = App()


@app.command()
def fill(
    context: typer.Context,
    form_: Annotated[
        str | None,
        typer.Argument(
            metavar="表",
            help="空表 表.docx、表.xlsx，里面写好 {{ 字段 }}；或自带的：交办单、督办单、民情手册、吹哨清单、连心卡",
        ),
    ] = None,
    issues: Annotated[
        list[str] | None, typer.Option("--issue", "--问题", metavar="编号", help="填哪些问题，可写多个")
    ] = None,
    ids: Annotated[
        list[str] | None, typer.Option("--id", "--编号", metavar="编号", help="填别的记录：写全编号，可写多个")
    ] = None,
    kind_: Annotated[
        str, typer.Option("--kind", "--种类", metavar="种类", help="与 --where 一起用：哪种记录")
    ] = "issue",
    where: WhereOption = None,
    period: PeriodOption = None,
    tags: Annotated[str | None, typer.Option("--tags", "--标签", metavar="种类", help="列出这种记录可用的标签")] = None,
    digest: Annotated[
        str, typer.Option("--digest", metavar="版本号", help="只填这一版的空表；复核时用，平时不写", hidden=True)
    ] = "",
    copy: Annotated[
        bool, typer.Option("--copy", "--抄表", help="把自带的这张表抄到 forms/ 里，好照着改；不填")
    ] = False,
    output: OutputOption = None,
) -> None:
    """填上级发的空表：Word 或 Excel，表里写着 {{ 字段 }} 的地方换成记录里的内容。"""
    from lianxin.kinds import KIND, kind_named

    session = session_of(context)
    chosen = kind_named(tags or kind_)
    if chosen is None:
        raise UsageError(f"没有「{tags or kind_}」这种记录，可写 {'、'.join(KIND)}")
    if tags:
        from lianxin.reports.fill.tag import tags as listed

        emit(session, listed(chosen))
        return
    if copy and form_ is None:
        raise UsageError("要写抄哪一张，如 lianxin fill 简报 --copy")
    if copy and form_ is not None:
        _copied(session, form_)
        return
    if form_ is None or output is None:
        raise UsageError("要写填哪张表，并用 -o 写明填好的放到哪里，如 lianxin fill 表.docx --issue 7 -o 填好.docx")
    from lianxin.actions.paper.fill import Wanted, settled, wanted_records
    from lianxin.actions.paper.fill import fill as run
    from lianxin.actions.policy.blank import blank
    from lianxin.formats.paper.trace import spelt

    with session.book() as book:
        form = blank(book, form_, digest)
        refuse(output, None, (Path(form_),))
        if not streamed(output) and output.suffix.lower() != form.suffix:
            raise UsageError(f"填好的仍是 {form.suffix}，-o 的后缀也要是 {form.suffix}")
        wanted = Wanted(chosen, issues or (), ids or (), where or (), period)
        face = face_of(session, output)
        kind, found, words = wanted_records(book, wanted, face)
        if not digest and (done := settled(book, form, found)):
            _really(session, form_, done)
        again = spelt(["fill", form.told, "--digest", form.digest, *words])
        made = run(book, session.workspace().office.name, form, kind, found, face, again, where or ())
    held = there(output)
    if held is not None and made.stands(held):
        tell(f"{output} 和原来一样，没有重写\n")
        return
    save(session, output, made.content)
    if output != STDOUT:
        tell(f"已写入 {output}，{len(found)} 条记录\n")


def _really(session: Session, form: str, done: list[str]) -> None:
    """A case that is struck off is not pressed for without a question."""
    if session.yes:
        return
    from lianxin.cli.run.prompt import confirm

    told = f"{'、'.join(done)} 已经销号"
    if not session.interactive:
        raise LianxinError(f"{told}，没有填{form}；确要填，请加 --yes，或去掉这几件")
    if not confirm(f"{told}，还要填{form}吗？", doubtful=True):
        raise LianxinError(f"没有填{form}")


def _copied(session: Session, name: str) -> None:
    """Give the office a shipped form of its own, to be changed at will."""
    from lianxin.actions.paper.page import own_place, shipped

    data = shipped(name).read_bytes()
    path = own_place(session.workspace(), name)
    if session.dry_run:
        tell(f"试一下，没有写入。会抄到 {path}\n")
        return
    path.parent.mkdir(exist_ok=True)
    save(session, path, data)
    tell(f"已抄到 {path}；用 WPS 或 Word 改好存上，以后就用它。要留痕，请 git add forms 再提交\n")
