"""Running one command from within another: what ``verify`` and ``export`` make files with."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Sequence
from pathlib import Path

from lianxin.core.error import LianxinError


def produce(words: Sequence[str], path: Path) -> None:
    """Run a command whose output goes to ``path``, a file or a folder; what it says is not shown.

    Raises:
        LianxinError: It refused, or wrote nothing.
    """
    from typer._click.exceptions import ClickException
    from typer.exceptions import Exit

    from lianxin.cli.app import command
    from lianxin.cli.session import hoist

    said = io.StringIO()
    try:
        with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
            command().main(args=hoist(words), prog_name="lianxin", standalone_mode=False, obj=tuple(words))
    except ClickException as error:
        raise LianxinError(f"「{' '.join(words)}」这条命令不能运行：{error.format_message()}") from None
    except Exit:
        pass  # the file tells whether it worked
    if not path.exists():
        raise LianxinError(f"「{' '.join(words)}」没有写出文件：{said.getvalue().strip()}")
