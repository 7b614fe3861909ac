"""The one place where an error becomes an exit code.

0 fine · 1 problems found · 2 usage · 3 refused · 4 bug · 130 interrupted
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from lianxin.cli.chinese import adapt_help, speak_chinese
from lianxin.cli.coercion import spare_pydantic
from lianxin.core.error import LianxinError, UsageError, reason


class Exit(IntEnum):
    """What other people's scripts read."""

    FINE = 0
    PROBLEMS = 1
    USAGE = 2
    REFUSED = 3
    BUG = 4
    INTERRUPTED = 130


_INTERRUPTED = "已中断，没有写入。"


def _say(text: str) -> None:
    sys.stderr.write(text.rstrip() + "\n")


def _usage_words(error: Exception) -> str:
    """A usage error of Typer's, in Chinese."""
    from typer._click import exceptions as click

    if isinstance(error, click.MissingParameter) and error.param is not None:
        return f"缺少 {error.param.get_error_hint() or error.param.name}"
    if isinstance(error, click.NoSuchOption):
        near = f"，是不是 {'、'.join(sorted(error.possibilities))}" if error.possibilities else ""
        return f"没有 {error.option_name} 这个选项{near}"
    if isinstance(error, click.BadOptionUsage):
        return f"{error.option_name} 后面要跟一个值"
    if isinstance(error, click.BadParameter) and error.param is not None:
        told: Any = getattr(error.param, "type_descriptor", None)
        allowed = "、".join(map(str, told.choices)) if told and told.choices else ""
        said = f"，可写 {allowed}" if allowed else f"：{error.message}"
        return f"{error.param.get_error_hint()} 的值不对{said}"
    return getattr(error, "message", str(error)).replace("Got unexpected extra argument(s)", "多写了")


def _bug(error: BaseException) -> None:
    import tempfile
    import traceback

    handle, name = tempfile.mkstemp(prefix="lianxin-bug-", suffix=".log")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        # frames without values: locals may hold villagers' data
        file.write("".join(traceback.format_exception(error)))
    _say(
        f"对不起，这是 lianxin 自己的毛病（{type(error).__name__}），数据没有动。详情记在 {name}，请把它交给维护的人。"
    )


def _streams() -> None:
    """Chinese goes out as UTF-8 whatever cron's locale says; a pipe that cannot take a character gets a mark."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None and (stream.encoding or "").lower().replace("-", "") != "utf8":
            reconfigure(encoding="utf-8", errors="backslashreplace")


def run(arguments: Sequence[str]) -> int:
    """Run one command and answer with its exit code, everything it printed being out."""
    _streams()
    code = _answer(arguments)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _nobody_reads()
    except OSError as error:
        _say(f"印不出去（{reason(error)}），请看看磁盘是不是满了")
        return Exit.REFUSED
    return code


def _nobody_reads() -> None:
    """Whoever read what we print has gone, as ``head`` does; what is still to come goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _answer(arguments: Sequence[str]) -> int:
    speak_chinese()
    from typer._click.exceptions import ClickException, NoArgsIsHelpError
    from typer.exceptions import Abort
    from typer.exceptions import Exit as TyperExit

    adapt_help()
    spare_pydantic()
    from lianxin.cli.app import command
    from lianxin.cli.session import hoist

    try:
        answer = command().main(args=hoist(arguments), prog_name="lianxin", standalone_mode=False, obj=tuple(arguments))
    except TyperExit as leaving:
        return int(leaving.exit_code)
    except (Abort, KeyboardInterrupt, EOFError):
        _say(_INTERRUPTED)
        return Exit.INTERRUPTED
    except NoArgsIsHelpError as error:
        _say(str(error.message))
        return Exit.USAGE
    except ClickException as error:
        within = getattr(error, "ctx", None)
        path = within.command_path if within else "lianxin"
        _say(f"{_usage_words(error)}\n运行 {path} --help 看用法。")
        return Exit.USAGE
    except UsageError as error:
        _say(str(error))
        return Exit.USAGE
    except LianxinError as error:
        _say(str(error))
        return Exit.REFUSED
    except BrokenPipeError:
        _nobody_reads()
        return Exit.FINE
    except SystemExit as leaving:
        if not isinstance(leaving.__context__, BrokenPipeError):
            raise
        _nobody_reads()  # Typer met it first
        return Exit.FINE
    except Exception as error:  # noqa: BLE001 - the boundary itself
        _bug(error)
        return Exit.BUG
    if answer == Exit.INTERRUPTED:  # what Typer makes of Ctrl-C
        _say(_INTERRUPTED)
    return int(answer or 0)
