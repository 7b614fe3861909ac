"""Options several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lianxin.core.error import UsageError


def no_folder(path: Path | None) -> Path | None:
    """A file as it was named.

    Raises:
        UsageError: It is a folder.
    """
    if path is not None and path.is_dir():
        raise UsageError(f"{path} 是文件夹，这里要写文件名，如 {path / '台账.xlsx'}")
    return path


FormatOption = Annotated[
    str | None,
    typer.Option("--format", "-f", help="格式：terminal、md、csv、html、xlsx、json", metavar="格式"),
]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", help="写到文件；格式看后缀", metavar="文件", callback=no_folder)
]
WhereOption = Annotated[
    list[str] | None,
    typer.Option("--where", "-w", help="筛选：字段=值，可用 = != >= <= ~，可写多个", metavar="条件"),
]
PeriodOption = Annotated[
    str | None, typer.Option("--period", "-p", help="期间：2026-03、2026Q1、本周、上月 等", metavar="期间")
]
