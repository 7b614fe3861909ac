"""``KIND erase``: what identifies somebody leaves the ledger; shown before, asked about, and not to be undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lianxin.cli.option.completion import records
from lianxin.cli.run.saying import speak
from lianxin.cli.run.session import Session, session_of
from lianxin.cli.say.answer import answer, remarked
from lianxin.core.declare.kind import Kind
from lianxin.core.error import LianxinError

if TYPE_CHECKING:
    from lianxin.actions.erase.erase import Erased
    from lianxin.actions.shown import Seen

_Id = Annotated[str, typer.Argument(metavar="编号", help="编号或姓名", autocompletion=records())]
_Why = Annotated[str, typer.Option("--why", "--理由", metavar="理由", help="依法申请注销的：为什么")]
_Paper = Annotated[str, typer.Option("--paper", "--文号", metavar="文号", help="依法申请注销的：申请书或决定的编号")]
_Spare = Annotated[
    list[str] | None,
    typer.Option("--spare", "--不动", metavar="编号", help="里面的同名人不是他，这一份不动；可写多次"),
]

#: So many records are told one by one.
_LISTED = 30
#: What still holds it once the files do not.
_STILL = (
    "台账里已经没有了；这些地方还有，要另外处理：",
    "  · 从前的版本：台账的历史、来历里仍查得到。要连历史也去掉，请管理员照 docs/手册/管理员.md「连历史也注销」做",
    "  · 备份（优盘、备份文件夹）和别的电脑上的台账：收回重做，或照同一节处理",
    "  · 已经发出去、印出来的文件：照规定收回、销毁",
    "  · 导入过的旧表、原来的照片：还在您自己的文件夹里，用不着的删去",
)


def erase_of(kind: Kind) -> Callable[..., Any]:
    """The ``erase`` of one kind."""

    def run(context: typer.Context, id_: _Id, why: _Why = "", paper: _Paper = "", spare: _Spare = None) -> None:
        from lianxin.actions.erase.erase import Asked, erase

        session = session_of(context)
        workspace, asked = session.workspace(), Asked(why, paper, tuple(spare or ()))

        def show() -> Seen:
            found = erase(workspace, kind, id_, asked, dry_run=True)
            _told(session, found, final=False)
            return found.seen

        if session.interactive and not session.yes and not session.dry_run:
            from lianxin.cli.run.prompt import sure

            def write(shown: Seen) -> Erased:
                return erase(workspace, kind, id_, asked, shown=shown)

            done = sure("注销了不能撤销，就这样注销吗？", show, write, final=True)
        else:
            if not session.yes and not session.dry_run:
                raise LianxinError(
                    f"没有注销：不在终端上不能先问您；先用 --dry-run 看看要去掉什么，确要注销就加 --yes（{id_}）"
                )
            done = erase(workspace, kind, id_, asked, dry_run=session.dry_run)
        if session.json:
            gone = [{"id": one.id, "fields": list(one.labels)} for one in done.gone]
            left = [{"what": what, "why": why} for what, why in done.left]
            data = {"id": done.id, "ground": done.ground.value, "gone": gone, "files": list(done.files)}
            answer(session, "erase", done.commit, {**data, "left": left, "commit": done.commit})
        else:
            _told(session, done, final=True)

    return run


def _told(session: Session, done: Erased, *, final: bool) -> None:
    mark = "✓" if done.commit else "（试运行，没有写入）" if final else "要注销："
    named = f"{done.title}（{done.id}）" if session.clear and not done.commit else done.id
    gap = "" if mark.endswith("：") else " "
    speak(f"{mark}{gap}{named} 注销个人信息，依据：{done.ground}\n")
    speak("".join(f"{line}\n" for line in _lines(done)))
    speak(remarked(done.told))
    if done.commit:
        speak("".join(f"{line}\n" for line in _STILL))
        speak(f"  账本记号 {done.commit[:10]}，不能撤销\n")


def _lines(done: Erased) -> Iterator[str]:
    for one in done.gone[:_LISTED]:
        yield f"  {one.id} 的{'、'.join(one.labels)}" if one.labels else f"  {one.id} 记上注销"
    if len(done.gone) > _LISTED:
        yield f"  …… 一共 {len(done.gone)} 份记录，都照这样"
    yield from (f"  文件 {path} 拿走" for path in done.files)
    yield from (f"  {year} 年归档的清单照着换新的" for year in done.years)
    if done.drafts:
        yield f"  没写完的 {done.drafts} 份里提到的也去掉"
    yield from (f"  没有动 {what}：{why}" for what, why in done.left)
