"""``rollup``: the books of many offices read, checked, counted and put together."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lianxin.cli.option.shared import MasterOption
from lianxin.cli.run.command import App
from lianxin.cli.run.exit import Exit
from lianxin.cli.run.extra import master_of, needed
from lianxin.cli.run.progress import progress
from lianxin.cli.run.saying import speak
from lianxin.cli.run.session import session_of
from lianxin.core.error import UsageError

if TYPE_CHECKING:
    from lianxin.actions.county.rollup import Rolled

app = App()


@app.command()
def rollup(
    context: typer.Context,
    listed: Annotated[Path, typer.Argument(metavar="单位清单", help="哪些单位、台账在哪里")] = Path("offices.yaml"),
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="放在哪个文件夹；不写是清单旁边的「汇总」", metavar="文件夹"),
    ] = None,
    period: Annotated[
        list[str] | None, typer.Option("--period", "-p", help="另外还要收哪个期间，可写多个", metavar="期间")
    ] = None,
    again: Annotated[
        list[str] | None, typer.Option("--again", "--重收", help="经过接不上的单位，问清楚了重新收", metavar="单位")
    ] = None,
    at_once: Annotated[
        int, typer.Option("--at-once", "--同时", min=1, metavar="几个", help="同时读几个单位，不写看这台机器")
    ] = 0,
    engine: Annotated[
        str,
        typer.Option("--engine", "--引擎", metavar="引擎", help="duckdb 在这台机器上算，spark 在集群上算"),
    ] = "duckdb",
    master: MasterOption = "",
) -> None:
    """汇总：各单位的台账读到一起，数字按单位加，还能打开看到哪个单位的哪条记录。"""
    session = session_of(context)
    try:
        from lianxin.actions.county.rollup import rollup as roll
        from lianxin.actions.county.spread import cluster, limited

        spread = cluster(master_of(master)) if engine == "spark" else limited(at_once)
    except ModuleNotFoundError as error:
        raise needed(error, "spark" if engine == "spark" else "county") from None
    if engine not in ("duckdb", "spark"):
        raise UsageError(f"没有「{engine}」这个引擎，汇总可写 duckdb、spark")
    folder = output or listed.resolve().parent / "汇总"
    with progress("读各单位的台账", show=sys.stderr.isatty() and not session.json) as advance:
        done = roll(listed, folder, session.now, period or (), again=again or (), spread=spread, progress=advance)
    if session.json:
        from lianxin.cli.say.answer import answer

        offices = [
            {
                "name": one.name,
                "standing": one.standing,
                "kept": one.name in done.kept,
                "why": one.why or None,
                "commit": one.commit or None,
                "records": one.records,
            }
            for one in done.manifest.offices
        ]
        answer(session, "rollup", "", {"folder": str(folder), "changed": done.changed, "offices": offices})
    else:
        _tell(done)
    if any(one.why for one in done.manifest.offices):
        raise typer.Exit(Exit.PROBLEMS)


def _tell(done: Rolled) -> None:
    offices = done.manifest.offices
    for one in offices:
        told = "没有变" if one.name in done.kept else one.standing
        below = f"下面 {one.within.offices} 个单位，" if one.within else ""
        held = f"  {below}{sum(one.records.values())} 条记录" if one.commit else ""
        faulty = f"，读不出来的 {one.unreadable} 份" if one.unreadable else ""
        wrong = f"，有 {one.faults} 处毛病" if one.faults else ""
        speak(f"{'✗' if one.why else '✓'} {one.name}  {told}{held}{faulty}{wrong}\n")
        if one.why:
            speak(f"    {one.why}\n")
    good = sum(not one.why for one in offices)
    speak(f"汇总在 {done.folder}：{len(offices)} 个单位，{good} 个是现在的；期间 {'、'.join(done.manifest.periods)}\n")
    speak(f"  lianxin figures --rollup {done.folder}          看全部数字\n")
