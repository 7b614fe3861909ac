"""Running one command from within another: what ``verify`` and ``export`` make files with."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lianxin.core.error import LianxinError

#: Commands of a kind whose answer may go to a file.
_OF_A_KIND = ("list", "show", "log", "suggest")


def produce(tree: Any, words: Sequence[str], path: Path) -> None:
    """Run a command of the tree whose output goes to ``path``, a file or a folder; what it says is not shown.

    Raises:
        LianxinError: It refused, or wrote nothing.
    """
    from typer.exceptions import Exit

    from lianxin.cli.run.inside import ClickException
    from lianxin.cli.run.line import hoist
    from lianxin.cli.run.tongue import in_english

    words = in_english(tree, words)
    said = io.StringIO()
    try:
        with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
            tree.main(args=hoist(words), prog_name="lianxin", standalone_mode=False, obj=tuple(words))
    except ClickException as error:
        raise LianxinError(f"「{' '.join(words)}」这条命令不能运行：{error.format_message()}") from None
    except Exit:
        pass  # the file tells whether it worked
    if not path.exists():
        raise LianxinError(f"「{' '.join(words)}」没有写出文件：{said.getvalue().strip()}")


def lawful(tree: Any, words: Sequence[str]) -> bool:
    """Whether these are words that this tool writes into its files: a command that makes one, and what is to be in it.

    They are taken apart as the command itself would; whatever else they ask for, they are somebody else's.
    """
    from lianxin.cli.run.inside import ClickException, Context
    from lianxin.cli.run.line import GLOBAL
    from lianxin.policies.export import FILL, OPTIONS, SITE

    found = _maker(tree, words)
    if found is None or any(word.partition("=")[0] in GLOBAL for word in words):
        return False
    command, rest = found
    try:
        _, _, given = command.make_parser(Context(command)).parse_args(list(rest))
    except (ClickException, LianxinError):
        return False
    if words[0] == FILL and (not rest or Path(rest[0]).name != rest[0]):
        return False  # a form is told by its name; where somebody's folders lie is not in the file
    if words[0] == SITE and rest:
        return False
    return all(OPTIONS.intersection(one.opts) for one in given if one.param_type_name == "option")


def _maker(tree: Any, words: Sequence[str]) -> tuple[Any, Sequence[str]] | None:
    """The command that makes a file, and what follows its name; None for any other."""
    from lianxin.kinds import KIND
    from lianxin.policies.export import COMMANDS

    if words and words[0] in (*COMMANDS, "log"):
        return tree.get_command(None, words[0]), words[1:]
    if len(words) > 1 and words[0] in KIND and words[1] in _OF_A_KIND:
        command_ = tree.get_command(None, words[0]).get_command(None, words[1])
        return (command_, words[2:]) if command_ else None
    return None
