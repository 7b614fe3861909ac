"""The one place where an error becomes an exit code.

0 fine · 1 problems found · 2 usage · 3 refused · 4 bug · 5 written, though what came after failed · 130 interrupted
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import sys
from collections.abc import Sequence
from typing import Any

from lianxin.cli.ask.meant import called, corrected, own, sentence
from lianxin.cli.run.exit import Exit
from lianxin.cli.run.saying import say_by, tell
from lianxin.cli.run.stop import came
from lianxin.core.error import LianxinError, UsageError, of_machine, reason, starved
from lianxin.core.written import told, untold
from lianxin.storage.git.process.child import end


def _say(text: str) -> None:
    with contextlib.suppress(OSError, ValueError):  # nobody hears: the exit code must do
        tell(text.rstrip() + "\n")
        sys.stderr.flush()


def _interrupted() -> int:
    _say("已中断。" if untold() else "已中断，没有写入。")
    return Exit.INTERRUPTED


def _named(parameter: Any) -> str:
    """An option by one of its names, which is turned into the Chinese one; an argument by what stands for it."""
    if parameter.param_type_name == "option":
        return f"「{next(filter(str.isascii, parameter.opts), parameter.opts[0])}」"
    return f"「{(parameter.get_error_hint() or parameter.name).replace(chr(39), '')}」"


def _usage_words(error: Exception) -> str:
    """A usage error of Typer's, in Chinese."""
    from lianxin.cli.run import inside as typer

    if isinstance(error, typer.MissingParameter) and error.param is not None:
        return f"没有写{_named(error.param)}"
    if isinstance(error, typer.NoSuchOption):
        near = f"，是不是 {'、'.join(sorted(error.possibilities))}" if error.possibilities else ""
        return f"没有 {error.option_name} 这个选项{near}"
    if isinstance(error, typer.BadOptionUsage):
        alone = "does not take a value" in error.message
        return f"{error.option_name} 后面{'不跟值' if alone else '要跟一个值'}"
    if isinstance(error, typer.BadParameter) and error.param is not None:
        told: Any = getattr(error.param, "type_descriptor", None)
        allowed = "、".join(map(str, told.choices)) if told and told.choices else ""
        said = f"，可写 {allowed}" if allowed else f"：{error.message}"
        return f"{_named(error.param)}的值不对{said}"
    said = str(getattr(error, "message", error))
    extra = re.fullmatch(
        r"Got unexpected extra arguments? \((.*)\)", said.replace("argument(s)", "arguments"), re.DOTALL
    )
    return f"多写了「{extra[1]}」" if extra else said


def _bug(error: BaseException) -> None:
    from lianxin.cli.run.bug import keep

    still = "" if untold() else "，数据没有动"
    kept = keep(error)
    where = f"详情记在 {kept}，请把它交给维护的人。" if kept else "没有地方记详情，请检查磁盘和权限。"
    _say(f"对不起，这是 lianxin 自己的毛病（{type(error).__name__}）{still}。{where}")


def _closed(number: int) -> bool:
    """Whether a stream leads nowhere; Python takes it for open where one of its own files had its number meanwhile."""
    try:
        os.fstat(number)
    except OSError:
        return True
    return False


def _streams() -> None:
    """Chinese goes out as UTF-8 whatever cron's locale says; a pipe that cannot take a character gets a mark.

    Stdout that was closed before we began fails when it is written to: else the next file opened had its number.
    What is said to a stderr that was closed goes nowhere.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None or _closed(number):
            os.dup2(os.open(os.devnull, os.O_WRONLY if name == "stderr" else os.O_RDONLY), number)
            setattr(sys, name, os.fdopen(number, "w" if number else "r", encoding="utf-8", closefd=False))
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None and (stream.encoding or "").lower().replace("-", "") != "utf8":
            reconfigure(encoding="utf-8", errors="backslashreplace")


def run(arguments: Sequence[str]) -> int:
    """Run one command and answer with its exit code, everything it printed being out."""
    _streams()
    told()
    say_by(str)
    try:
        code = _said(_answer(arguments))
    except KeyboardInterrupt:
        code = _interrupted()
    finally:
        end()
    if code in (Exit.FINE, Exit.PROBLEMS) or not untold():
        return code
    _say(f"数据已经写入（账本记号 {untold()[-1][:10]}），不要重做；没有做完的只是上面说的。")
    return Exit.WRITTEN


def _said(code: int) -> int:
    """The same, once everything printed is out."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        return _nobody_reads()
    except OSError as error:
        return _unprintable(error)
    return code


def _unprintable(error: OSError) -> int:
    """The screen, file or pipe that our answer goes to will not take it."""
    _say(f"印不出去（{reason(error)}），请看看磁盘是不是满了；要存成文件可用 -o 文件")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return Exit.REFUSED


def _of_a_stream(error: OSError) -> bool:
    """Whether it is a stream that would not take what we print; of files the error tells the name."""
    return error.filename is None and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF)


def _nobody_reads() -> int:
    """Whoever read what we print has gone, as ``head`` does; what is still to come goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if not untold():
        return Exit.FINE
    _say("读结果的程序已经走了，回话没有印完。")
    return Exit.REFUSED


def _answer(arguments: Sequence[str]) -> int:
    from typer.exceptions import Abort
    from typer.exceptions import Exit as TyperExit

    from lianxin.cli.app import command
    from lianxin.cli.run.inside import ClickException, NoArgsIsHelpError, spare_pydantic
    from lianxin.cli.run.tongue import in_english, work_in_chinese

    spare_pydantic()
    if "_LIANXIN_COMPLETE" in os.environ:
        from lianxin.cli.option.completion import complete

        return complete(command())
    from lianxin.cli.run.line import here, hoist

    try:
        here()
        typed, arguments = arguments, in_english(command(), arguments)  # what is said of it is in the words typed
        hoisted = hoist(typed)
        words = own(hoist(arguments))
        at_desk = sys.stdout.isatty() and all(
            word.startswith("-") for word in words
        )  # who types no command works there
        if at_desk or [*typed] != arguments:
            work_in_chinese(command(), words)
        answer = command().main(args=hoisted, prog_name="lianxin", standalone_mode=False, obj=tuple(arguments))
    except TyperExit as leaving:
        return int(leaving.exit_code)
    except (Abort, KeyboardInterrupt, EOFError):
        return _interrupted()
    except NoArgsIsHelpError as error:
        _say(str(error.message))
        return Exit.USAGE
    except ClickException as error:
        within = getattr(error, "ctx", None)
        path = within.command_path if within else called(arguments)
        _say(f"{_usage_words(error)}\n运行 {path} --help 看用法。")
        return Exit.USAGE
    except UsageError as error:
        again = corrected(error, arguments)
        if again:
            return _answer(again)
        _say(sentence(error, arguments))
        return Exit.USAGE
    except LianxinError as error:
        _say(sentence(error, arguments))
        return Exit.REFUSED
    except BrokenPipeError:
        return _nobody_reads()
    except SystemExit as leaving:
        if not isinstance(leaving.__context__, BrokenPipeError):
            raise
        return _nobody_reads()  # Typer met it first
    except OSError as error:
        if _of_a_stream(error):
            return _unprintable(error)
        if error.errno == errno.ENAMETOOLONG:
            _say(f"名字太长（一个文件名最多 255 字节，约 85 个汉字）：{error.filename}\n请换个短些的。")
            return Exit.USAGE
        if told := of_machine(error):
            _say(told)
            return Exit.REFUSED
        _bug(error)
        return Exit.BUG
    except Exception as error:  # noqa: BLE001 - the boundary itself
        if starved(error):
            sys.stderr.write(
                "内存不够，做不下去；请关掉别的程序再来\n"
            )  # nothing is left for making words fit a screen
            return Exit.REFUSED
        if came():  # what was in hand takes its end in its own way
            return _interrupted()
        _bug(error)
        return Exit.BUG
    if answer == Exit.INTERRUPTED:  # what Typer makes of Ctrl-C
        return _interrupted()
    return int(answer or 0)
