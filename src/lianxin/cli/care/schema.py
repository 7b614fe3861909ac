"""``schema``: JSON Schema files, so that an editor completes and checks records as they are typed."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from lianxin.cli.run.command import App
from lianxin.cli.run.saying import speak
from lianxin.cli.run.session import session_of
from lianxin.cli.say.output import save
from lianxin.core.error import LianxinError, UsageError, reason
from lianxin.storage.write.outlet import STDOUT, named, refuse

app = App()


@app.command()
def schema(
    context: typer.Context,
    kind: Annotated[str | None, typer.Argument(metavar="种类", help="如 issue；不写就是全部")] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="文件夹", help="写到目录，一种一个文件")
    ] = None,
) -> None:
    """给编辑器用的 JSON Schema。"""
    from lianxin.kinds import KIND, KINDS
    from lianxin.storage.schema import json_schema

    if kind is not None and kind not in KIND:
        raise UsageError(f"没有「{kind}」这种记录，可用 {'、'.join(KIND)}")
    wanted = [KIND[kind]] if kind else list(KINDS)
    made = {one.name: json_schema(one) for one in wanted}
    if output is None or named(output) == STDOUT:
        shown = made[kind] if kind else made
        sys.stdout.write(json.dumps(shown, ensure_ascii=False, indent=2) + "\n")
        return
    session = session_of(context)
    files = {output / f"{name}.schema.json": text for name, text in made.items()}
    for path in files:
        refuse(path, session.root)
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LianxinError(f"{output} 建不起来（{reason(error)}），请换个目录") from None
    for path, text in files.items():
        save(session, path, (json.dumps(text, ensure_ascii=False, indent=2) + "\n").encode())
    speak(f"已写入 {output}：{'、'.join(f'{name}.schema.json' for name in made)}\n")
