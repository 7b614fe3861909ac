"""``init`` and ``demo``: a ledger to keep, and one to play with."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from lianxin.cli.run.command import App
from lianxin.cli.run.saying import speak, tell
from lianxin.cli.run.session import Session, session_of
from lianxin.core.error import UsageError

app = App()

_ASKED = {"name": ("办公室名称", "--name"), "org": ("本单位全称", "--org"), "clerk": ("办事员姓名", "--clerk")}


@app.command()
def init(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="目录", help="一个新目录")],
    name: Annotated[str | None, typer.Option("--name", metavar="名称", help="办公室名称")] = None,
    level: Annotated[str, typer.Option("--level", metavar="层级", help="村、镇、示范区、县")] = "镇",
    org: Annotated[str | None, typer.Option("--org", metavar="单位", help="本单位全称")] = None,
    clerk: Annotated[str | None, typer.Option("--clerk", metavar="姓名", help="办事员姓名")] = None,
    started: Annotated[
        str | None, typer.Option("--started", metavar="日期", help="台账从哪天记起，不写是今天；以前的职责不问")
    ] = None,
    campaign: Annotated[
        list[str] | None,
        typer.Option("--campaign", metavar="活动", help="同时开展的活动，可写多个；目录里已有台账的，把活动加进去"),
    ] = None,
) -> None:
    """新建一本空台账，纳入 git；已有台账的，用 --campaign 添加活动。"""
    from lianxin.actions.begin.start import init as start

    session = session_of(context)
    if campaign and (folder / "lianxin.yaml").is_file():
        _join(session, folder, campaign)
        return
    given = {"name": name, "org": org, "clerk": clerk}
    texts = {key: _told(session, key, text) for key, text in given.items()}
    written = session.workspace_at(folder).written
    begun = _day(started)
    made = start(folder, level=level, written=written, campaigns=campaign or (), started=begun, **texts)
    speak(
        f"✓ 台账建在 {made.root}\n"
        f"  cd {made.root}\n"
        "  lianxin village add      先把村、人员、联系户登记进去\n"
        "  lianxin import 旧表.xlsx  有旧表的，从旧表导进来\n"
        "  lianxin issue add        登记第一件群众反映的问题\n"
        "  policy/ 里是类别、时限和放假安排，按本地规定改\n"
    )
    if campaign:
        speak(f"  campaigns/ 里是{'、'.join(campaign)}的职责、数字和报表，也可以改\n")


def _told(session: Session, key: str, text: str | None) -> str:
    """What was said of the office; at a terminal it is asked for until something is.

    Raises:
        UsageError: There is nobody to ask.
    """
    label, flag = _ASKED[key]
    told = (text or "").strip()
    while not told:
        if not session.interactive:
            raise UsageError(f"缺少{label}，请加 {flag}")
        from lianxin.cli.run.prompt import typed_text

        if text is not None:
            tell(f"{label}必须填\n")
        told = text = typed_text(f"{label}：")
    return told


def _day(text: str | None) -> date | None:
    from pydantic_core import PydanticCustomError

    from lianxin.core.value import parse_day

    try:
        day: date | None = parse_day(text)
    except PydanticCustomError as error:
        raise UsageError(f"启用日期：{error.message()}") from None
    return day


def _join(session: Session, folder: Path, names: list[str]) -> None:
    from lianxin.actions.begin.campaign import join
    from lianxin.cli.say.answer import written

    made = join(session.workspace_at(folder.resolve()), names)
    speak(
        f"✓ 已开展 {'、'.join(made.names)}\n{written(made.commit)}"
        "  campaigns/ 里是它的职责、数字和报表，按本地规定改\n"
        "  lianxin duties       职责完成情况\n"
        "  lianxin figures      全部数字\n"
    )


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(metavar="目录", help="一个新目录")],
) -> None:
    """把样例乡镇放进一个新目录，随便练手。"""
    from lianxin.actions.begin.start import demo as start

    made = start(folder)
    speak(
        f"✓ 样例乡镇（全是虚构的）放在 {made.root}，记了一年，写过 {made.commits} 次\n"
        f"  cd {made.root}\n"
        "  lianxin              今天要办的事\n"
        "  lianxin issue list   全部问题\n"
        "  lianxin ledger       有哪些台账\n"
        "  lianxin log 44       一件事的来龙去脉\n"
    )
