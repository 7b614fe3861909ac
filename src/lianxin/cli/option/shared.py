"""Options several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lianxin.cli.option.completion import words_of
from lianxin.cli.run.session import session_of
from lianxin.core.error import UsageError
from lianxin.core.look import TYPED


def outlet(context: typer.Context, path: Path | None) -> Path | None:
    """Where output goes, as it was named; looked at before anything is done.

    Raises:
        UsageError: It is a folder.
        LianxinError: Nothing may be written there.
    """
    if path is None:
        return None
    if path.is_dir():
        raise UsageError(f"{path} 是文件夹，这里要写文件名，如 {path / '台账.xlsx'}")
    from lianxin.storage.write.outlet import named, refuse

    refuse(named(path), session_of(context).root)
    return named(path)


FormatOption = Annotated[
    str | None,
    typer.Option("--format", "-f", help=f"格式：{TYPED}", metavar="格式", autocompletion=words_of(TYPED.split("、"))),
]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="写到文件；格式看后缀，- 是屏幕或管道", metavar="文件", callback=outlet),
]
WhereOption = Annotated[
    list[str] | None,
    typer.Option("--where", "-w", help="筛选：字段=值，可用 = != >= <= ~，可写多个", metavar="条件"),
]
PeriodOption = Annotated[
    str | None, typer.Option("--period", "-p", help="期间：2026-03、2026Q1、本周、上月 等", metavar="期间")
]
RollupOption = Annotated[
    Path | None,
    typer.Option("--rollup", "--汇总", metavar="文件夹", help="各单位合在一起的，汇总放在这个文件夹里"),
]
MasterOption = Annotated[
    str, typer.Option("--master", "--主机", metavar="地址", help="Spark 集群在哪里，如 spark://10.0.0.5:7077")
]
