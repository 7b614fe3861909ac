"""A bare Typer app, Typer's own first example: the least a command line of this sort takes to start."""

from __future__ import annotations

import typer

app = typer.Typer(add_completion=False)


@app.command()
def hello(name: str = "连心") -> None:
    """Say hello."""
    typer.echo(f"你好，{name}")


if __name__ == "__main__":
    app()
